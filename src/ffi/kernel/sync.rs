//! Locks in the program's own memory: critical sections, slim reader/writer locks, condition variables.
#![allow(non_snake_case, reason = "Windows' names")]

use super::call::{FALSE, TRUE, truth};
use super::types::{CONDITION_VARIABLE, CRITICAL_SECTION, SRWLOCK};
use crate::ffi::types::{BOOL, DWORD};
use crate::kernel::code::Code;
use crate::kernel::condition::{Condition, Lock};
use crate::kernel::critical_section::CriticalSection;
use crate::kernel::srw_lock::SrwLock;

/// # Safety
/// In place.
const unsafe fn section<'a>(place: *mut CRITICAL_SECTION) -> &'a CriticalSection {
    // SAFETY: the same layout; the caller's memory is changed through atomic words only.
    unsafe { &*place.cast() }
}

/// # Safety
/// In place.
const unsafe fn srw<'a>(place: *mut SRWLOCK) -> &'a SrwLock {
    // SAFETY: as above.
    unsafe { &*place.cast() }
}

/// # Safety
/// In place.
const unsafe fn condition<'a>(place: *mut CONDITION_VARIABLE) -> &'a Condition {
    // SAFETY: as above.
    unsafe { &*place.cast() }
}

fn bool_of(value: bool) -> BOOL {
    if value { TRUE } else { FALSE }
}

/// `void InitializeCriticalSection(LPCRITICAL_SECTION lpCriticalSection)`
///
/// Makes a critical section, which a thread may enter again while it is in it, and leaves as many times.
///
/// Source: KO19, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_InitializeCriticalSection(lpCriticalSection: *mut CRITICAL_SECTION) {
    // SAFETY: in place.
    let _ = unsafe { section(lpCriticalSection) }.initialize(0, 0);
}

/// `BOOL InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount)`
///
/// [`ws2_InitializeCriticalSection`] with the number of times to look before sleeping.
///
/// # Returns
/// TRUE.
///
/// Source: KO19, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_InitializeCriticalSectionAndSpinCount(
    lpCriticalSection: *mut CRITICAL_SECTION,
    dwSpinCount: DWORD,
) -> BOOL {
    // SAFETY: in place.
    bool_of(unsafe { section(lpCriticalSection) }.initialize(dwSpinCount, 0).is_ok())
}

/// `BOOL InitializeCriticalSectionEx(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount, DWORD Flags)`
///
/// [`ws2_InitializeCriticalSection`] with the number of times to look before sleeping, and with flags, which
/// change nothing here. Windows looks at the highest three alone: curl gives 1.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: one of the flags 0xE0000000, which are reserved.
///
/// Source: KO19, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_InitializeCriticalSectionEx(
    lpCriticalSection: *mut CRITICAL_SECTION,
    dwSpinCount: DWORD,
    Flags: DWORD,
) -> BOOL {
    truth(
        |f| write!(f, "InitializeCriticalSectionEx({lpCriticalSection:p}, {dwSpinCount}, {Flags:#x})"),
        // SAFETY: in place.
        unsafe { section(lpCriticalSection) }.initialize(dwSpinCount, Flags),
    )
}

/// `DWORD SetCriticalSectionSpinCount(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount)`
///
/// Sets the number of times to look before sleeping.
///
/// # Returns
/// The number that it was.
///
/// Source: KO19, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetCriticalSectionSpinCount(
    lpCriticalSection: *mut CRITICAL_SECTION,
    dwSpinCount: DWORD,
) -> DWORD {
    // SAFETY: in place.
    unsafe { section(lpCriticalSection) }.set_spins(dwSpinCount)
}

/// `void EnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection)`
///
/// Enters a critical section, waiting until no other thread is in it.
///
/// Source: KO19, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_EnterCriticalSection(lpCriticalSection: *mut CRITICAL_SECTION) {
    // SAFETY: in place.
    unsafe { section(lpCriticalSection) }.enter();
}

/// `BOOL TryEnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection)`
///
/// Enters a critical section if no other thread is in it.
///
/// # Returns
/// TRUE, or FALSE.
///
/// Source: KO19, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_TryEnterCriticalSection(lpCriticalSection: *mut CRITICAL_SECTION) -> BOOL {
    // SAFETY: in place.
    bool_of(unsafe { section(lpCriticalSection) }.try_enter())
}

/// `void LeaveCriticalSection(LPCRITICAL_SECTION lpCriticalSection)`
///
/// Leaves a critical section once. Of a thread that is not in it this changes nothing.
///
/// Source: KO19, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LeaveCriticalSection(lpCriticalSection: *mut CRITICAL_SECTION) {
    // SAFETY: in place.
    unsafe { section(lpCriticalSection) }.leave();
}

/// `void DeleteCriticalSection(LPCRITICAL_SECTION lpCriticalSection)`
///
/// Ends a critical section that no thread is in.
///
/// Source: KO19, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_DeleteCriticalSection(lpCriticalSection: *mut CRITICAL_SECTION) {
    // SAFETY: in place.
    unsafe { section(lpCriticalSection) }.delete();
}

/// `void InitializeSRWLock(PSRWLOCK SRWLock)`
///
/// Makes a slim lock, as one that is all zero is already.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_InitializeSRWLock(SRWLock: *mut SRWLOCK) {
    // SAFETY: in place.
    unsafe { srw(SRWLock) }.initialize();
}

/// `void AcquireSRWLockExclusive(PSRWLOCK SRWLock)`
///
/// Takes a slim lock for writing. A thread that has it already waits for ever.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_AcquireSRWLockExclusive(SRWLock: *mut SRWLOCK) {
    // SAFETY: in place.
    unsafe { srw(SRWLock) }.write();
}

/// `void AcquireSRWLockShared(PSRWLOCK SRWLock)`
///
/// Takes a slim lock for reading, after those who wait to write.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_AcquireSRWLockShared(SRWLock: *mut SRWLOCK) {
    // SAFETY: in place.
    unsafe { srw(SRWLock) }.read();
}

/// `void ReleaseSRWLockExclusive(PSRWLOCK SRWLock)`
///
/// Gives a slim lock up that was taken for writing.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ReleaseSRWLockExclusive(SRWLock: *mut SRWLOCK) {
    // SAFETY: in place.
    unsafe { srw(SRWLock) }.end_write();
}

/// `void ReleaseSRWLockShared(PSRWLOCK SRWLock)`
///
/// Gives a slim lock up that was taken for reading.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_ReleaseSRWLockShared(SRWLock: *mut SRWLOCK) {
    // SAFETY: in place.
    unsafe { srw(SRWLock) }.end_read();
}

/// `BOOLEAN TryAcquireSRWLockExclusive(PSRWLOCK SRWLock)`
///
/// Takes a slim lock for writing if nobody has it.
///
/// # Returns
/// 1, or 0.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_TryAcquireSRWLockExclusive(SRWLock: *mut SRWLOCK) -> BOOLEAN {
    // SAFETY: in place.
    u8::from(unsafe { srw(SRWLock) }.try_write())
}

/// `BOOLEAN TryAcquireSRWLockShared(PSRWLOCK SRWLock)`
///
/// Takes a slim lock for reading if nobody writes or waits to.
///
/// # Returns
/// 1, or 0.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_TryAcquireSRWLockShared(SRWLock: *mut SRWLOCK) -> BOOLEAN {
    // SAFETY: in place.
    u8::from(unsafe { srw(SRWLock) }.try_read())
}

/// `void InitializeConditionVariable(PCONDITION_VARIABLE ConditionVariable)`
///
/// Makes a condition variable, as one that is all zero is already.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_InitializeConditionVariable(ConditionVariable: *mut CONDITION_VARIABLE) {
    // SAFETY: in place.
    unsafe { condition(ConditionVariable) }.initialize();
}

/// `void WakeConditionVariable(PCONDITION_VARIABLE ConditionVariable)`
///
/// Wakes one of the threads that sleep on a condition variable.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WakeConditionVariable(ConditionVariable: *mut CONDITION_VARIABLE) {
    // SAFETY: in place.
    unsafe { condition(ConditionVariable) }.wake_one();
}

/// `void WakeAllConditionVariable(PCONDITION_VARIABLE ConditionVariable)`
///
/// Wakes all threads that sleep on a condition variable.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// In place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_WakeAllConditionVariable(ConditionVariable: *mut CONDITION_VARIABLE) {
    // SAFETY: in place.
    unsafe { condition(ConditionVariable) }.wake_all();
}

/// `BOOL SleepConditionVariableCS(PCONDITION_VARIABLE ConditionVariable, PCRITICAL_SECTION CriticalSection, DWORD dwMilliseconds)`
///
/// Leaves a critical section, sleeps until somebody wakes the condition variable, and enters it again. May return for no
/// reason: the program looks again whether what it waits for is there.
///
/// # Returns
/// TRUE, or FALSE; the thread is in the critical section either way.
///
/// # Errors
/// * `ERROR_TIMEOUT`: nobody woke it within so many milliseconds.
/// * `ERROR_INVALID_PARAMETER`: the thread is not in the critical section, or more than once.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// Both in place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SleepConditionVariableCS(
    ConditionVariable: *mut CONDITION_VARIABLE,
    CriticalSection: *mut CRITICAL_SECTION,
    dwMilliseconds: DWORD,
) -> BOOL {
    // SAFETY: in place.
    let (place, lock) = unsafe { (condition(ConditionVariable), Lock::Section(section(CriticalSection))) };
    truth(
        |f| {
            write!(
                f,
                "SleepConditionVariableCS({ConditionVariable:p}, {CriticalSection:p}, {dwMilliseconds})"
            )
        },
        place.sleep(lock, dwMilliseconds),
    )
}

/// `BOOL SleepConditionVariableSRW(PCONDITION_VARIABLE ConditionVariable, PSRWLOCK SRWLock, DWORD dwMilliseconds, ULONG Flags)`
///
/// [`ws2_SleepConditionVariableCS`] with a slim lock: flag 1 for one that the thread has for reading, 0 for writing.
///
/// # Returns
/// TRUE, or FALSE; the thread has the lock either way.
///
/// # Errors
/// * `ERROR_TIMEOUT`: nobody woke it within so many milliseconds.
/// * `ERROR_INVALID_PARAMETER`: another flag.
///
/// Source: KO20, Windows' documentation.
///
/// # Safety
/// Both in place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SleepConditionVariableSRW(
    ConditionVariable: *mut CONDITION_VARIABLE,
    SRWLock: *mut SRWLOCK,
    dwMilliseconds: DWORD,
    Flags: DWORD,
) -> BOOL {
    // SAFETY: in place.
    let (place, lock) = unsafe { (condition(ConditionVariable), srw(SRWLock)) };
    let lock = match Flags {
        0 => Ok(Lock::Write(lock)),
        1 => Ok(Lock::Read(lock)),
        _ => Err(Code::INVALID_PARAMETER),
    };
    truth(
        |f| {
            write!(
                f,
                "SleepConditionVariableSRW({ConditionVariable:p}, {SRWLock:p}, {dwMilliseconds}, {Flags})"
            )
        },
        lock.and_then(|lock| place.sleep(lock, dwMilliseconds)),
    )
}

/// One byte of truth: 0 or 1.
pub type BOOLEAN = u8;

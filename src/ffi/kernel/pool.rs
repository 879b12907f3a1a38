//! Thread pools, cleanup groups, and what a callback says of itself: `CreateThreadpool CloseThreadpool SetThreadpoolThreadMaximum
//! SetThreadpoolThreadMinimum SetThreadpoolStackInformation QueryThreadpoolStackInformation CreateThreadpoolCleanupGroup
//! CloseThreadpoolCleanupGroupMembers CloseThreadpoolCleanupGroup CallbackMayRunLong DisassociateCurrentThreadFromCallback
//! SetEventWhenCallbackReturns ReleaseSemaphoreWhenCallbackReturns ReleaseMutexWhenCallbackReturns
//! LeaveCriticalSectionWhenCallbackReturns FreeLibraryWhenCallbackReturns`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;

use super::call::{Out, handle, pointer, truth};
use super::types::{
    CRITICAL_SECTION, HANDLE, PTP_CALLBACK_INSTANCE, PTP_CLEANUP_GROUP, PTP_POOL, TP_POOL_STACK_INFORMATION,
};
use crate::ffi::platform::types::HMODULE;
use crate::ffi::types::{BOOL, DWORD};
use crate::kernel::code::Code;
use crate::kernel::pool::{self, Action, Stack};
use crate::kernel::{event, mutex, semaphore};
use crate::sys::user::memory;

/// `PTP_POOL CreateThreadpool(PVOID reserved)`
///
/// Makes a pool of threads, which objects belong to by their environment (`SetThreadpoolCallbackPool`). It has at most 500 threads
/// if nothing else is said, and starts them as they are needed: at once while there are fewer callbacks than processors, else when one has waited
/// for 10 ms.
///
/// # Returns
/// The pool, or NULL.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: `reserved` is not NULL.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: TP4, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CreateThreadpool(reserved: *mut c_void) -> PTP_POOL {
    let made = if reserved.is_null() { pool::create() } else { Err(Code::INVALID_PARAMETER) };
    handle(|f| write!(f, "CreateThreadpool({reserved:p})"), made).cast()
}

/// `void CloseThreadpool(PTP_POOL ptpp)`
///
/// Gives a pool back. Its threads end when none of its objects is left.
///
/// Source: TP4, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CloseThreadpool(ptpp: PTP_POOL) {
    pool::close_pool(ptpp.addr());
}

/// `void SetThreadpoolThreadMaximum(PTP_POOL ptpp, DWORD cthrdMost)`
///
/// Says how many threads the pool may have; at least one. What runs is not ended.
///
/// Source: TP4, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetThreadpoolThreadMaximum(ptpp: PTP_POOL, cthrdMost: DWORD) {
    pool::set_maximum(ptpp.addr(), cthrdMost);
}

/// `BOOL SetThreadpoolThreadMinimum(PTP_POOL ptpp, DWORD cthrdMic)`
///
/// Says how many threads the pool is to have always, and starts them.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no pool.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: so many threads cannot be.
///
/// Source: TP4, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetThreadpoolThreadMinimum(ptpp: PTP_POOL, cthrdMic: DWORD) -> BOOL {
    truth(
        |f| write!(f, "SetThreadpoolThreadMinimum({ptpp:p}, {cthrdMic})"),
        pool::set_minimum(ptpp.addr(), cthrdMic),
    )
}

/// `BOOL SetThreadpoolStackInformation(PTP_POOL ptpp, PTP_POOL_STACK_INFORMATION ptpsi)`
///
/// Says how large the stacks of the threads are that the pool starts from now on: `StackReserve` bytes, at least 256 KiB; 0: the
/// system's usual size. `StackCommit` is noted only, since Linux gives memory as it is used.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no pool; more committed than reserved.
/// * `ERROR_NOACCESS`: `ptpsi` cannot be read.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `ptpsi` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SetThreadpoolStackInformation(
    ptpp: PTP_POOL,
    ptpsi: *mut TP_POOL_STACK_INFORMATION,
) -> BOOL {
    let set = || {
        // SAFETY: an in pointer; any bits are a value of these numbers.
        let wanted = unsafe { memory::read(ptpsi.cast_const()) }.ok_or(Code::NOACCESS)?;
        if wanted.StackReserve != 0 && wanted.StackCommit > wanted.StackReserve {
            return Err(Code::INVALID_PARAMETER);
        }
        pool::set_stack(ptpp.addr(), Stack { reserve: wanted.StackReserve, commit: wanted.StackCommit })
    };
    truth(|f| write!(f, "SetThreadpoolStackInformation({ptpp:p}, {ptpsi:p})"), set())
}

/// `BOOL QueryThreadpoolStackInformation(PTP_POOL ptpp, PTP_POOL_STACK_INFORMATION ptpsi)`
///
/// Tells what [`ws2_SetThreadpoolStackInformation`] has said.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: no pool.
/// * `ERROR_NOACCESS`: `ptpsi` cannot be written.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `ptpsi` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_QueryThreadpoolStackInformation(
    ptpp: PTP_POOL,
    ptpsi: *mut TP_POOL_STACK_INFORMATION,
) -> BOOL {
    let told = || {
        let place = Out::needed(ptpsi)?;
        let Stack { reserve, commit } = pool::stack(ptpp.addr())?;
        // SAFETY: an out pointer.
        unsafe { place.put(TP_POOL_STACK_INFORMATION { StackReserve: reserve, StackCommit: commit }) }
    };
    truth(|f| write!(f, "QueryThreadpoolStackInformation({ptpp:p}, {ptpsi:p})"), told())
}

/// `PTP_CLEANUP_GROUP CreateThreadpoolCleanupGroup(void)`
///
/// Makes a group, which objects belong to by their environment (`SetThreadpoolCallbackCleanupGroup`), to be closed together.
///
/// # Returns
/// The group, or NULL.
///
/// # Errors
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: TP5, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CreateThreadpoolCleanupGroup() -> PTP_CLEANUP_GROUP {
    handle(|f| write!(f, "CreateThreadpoolCleanupGroup()"), pool::create_group()).cast()
}

/// `void CloseThreadpoolCleanupGroupMembers(PTP_CLEANUP_GROUP ptpcg, BOOL fCancelPendingCallbacks, PVOID pvCleanupContext)`
///
/// Waits for the callbacks of all objects of a group, and closes the objects. With `fCancelPendingCallbacks` what has not begun is not
/// called, and for each object that was still open the environment's function is called with the object's context and
/// `pvCleanupContext`.
///
/// Source: TP5, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CloseThreadpoolCleanupGroupMembers(
    ptpcg: PTP_CLEANUP_GROUP,
    fCancelPendingCallbacks: BOOL,
    pvCleanupContext: *mut c_void,
) {
    pool::close_members(ptpcg.addr(), fCancelPendingCallbacks != 0, pvCleanupContext.expose_provenance());
}

/// `void CloseThreadpoolCleanupGroup(PTP_CLEANUP_GROUP ptpcg)`
///
/// Gives a group back whose objects are closed.
///
/// Source: TP5, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CloseThreadpoolCleanupGroup(ptpcg: PTP_CLEANUP_GROUP) {
    pool::close_group(ptpcg.addr());
}

/// `BOOL CallbackMayRunLong(PTP_CALLBACK_INSTANCE pci)`
///
/// Says that the calling callback may take long, so that the pool does not wait for it before it begins others.
///
/// # Returns
/// TRUE: there is another thread for them, or there may be. FALSE: there is none, or this is no callback.
///
/// Source: TP7, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CallbackMayRunLong(pci: PTP_CALLBACK_INSTANCE) -> BOOL {
    BOOL::from(pool::may_run_long(pci.addr()))
}

/// `void DisassociateCurrentThreadFromCallback(PTP_CALLBACK_INSTANCE pci)`
///
/// Whoever waits for the object's callbacks waits no longer for the calling one.
///
/// Source: TP7, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_DisassociateCurrentThreadFromCallback(pci: PTP_CALLBACK_INSTANCE) {
    pool::disassociate(pci.addr());
}

/// `void SetEventWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HANDLE evt)`
///
/// Has an event set when the calling callback is over. What was said first counts.
///
/// Source: TP7, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetEventWhenCallbackReturns(pci: PTP_CALLBACK_INSTANCE, evt: HANDLE) {
    fn run([event, _]: [usize; 2]) {
        let _ = event::set(event);
    }
    pool::when_returns(pci.addr(), Action::SetEvent, run, [evt.addr(), 0]);
}

/// `void ReleaseSemaphoreWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HANDLE sem, DWORD crel)`
///
/// Has a semaphore released by that much when the calling callback is over. What was said first counts.
///
/// Source: TP7, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ReleaseSemaphoreWhenCallbackReturns(
    pci: PTP_CALLBACK_INSTANCE,
    sem: HANDLE,
    crel: DWORD,
) {
    fn run([semaphore, by]: [usize; 2]) {
        let _ = i32::try_from(by).map(|by| semaphore::release(semaphore, by));
    }
    let by = usize::try_from(crel).unwrap_or(0);
    pool::when_returns(pci.addr(), Action::ReleaseSemaphore, run, [sem.addr(), by]);
}

/// `void ReleaseMutexWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HANDLE mut)`
///
/// Has a mutex released when the calling callback is over, which owns it. What was said first counts.
///
/// Source: TP7, Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_ReleaseMutexWhenCallbackReturns(pci: PTP_CALLBACK_INSTANCE, mutex: HANDLE) {
    fn run([mutex, _]: [usize; 2]) {
        let _ = mutex::release(mutex);
    }
    pool::when_returns(pci.addr(), Action::ReleaseMutex, run, [mutex.addr(), 0]);
}

/// `void LeaveCriticalSectionWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, PCRITICAL_SECTION pcs)`
///
/// Has a critical section left when the calling callback is over, which is in it. What was said first counts.
///
/// Source: TP7, Windows' documentation.
///
/// # Safety
/// In place, until the callback is over.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LeaveCriticalSectionWhenCallbackReturns(
    pci: PTP_CALLBACK_INSTANCE,
    pcs: *mut CRITICAL_SECTION,
) {
    fn run([section, _]: [usize; 2]) {
        // SAFETY: in place, as the caller of `LeaveCriticalSectionWhenCallbackReturns` says.
        unsafe { super::ws2_LeaveCriticalSection(pointer(section).cast()) };
    }
    pool::when_returns(pci.addr(), Action::LeaveCriticalSection, run, [pcs.expose_provenance(), 0]);
}

/// `void FreeLibraryWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HMODULE mod)`
///
/// Has a library given back when the calling callback is over. What was said first counts.
///
/// Source: TP7, Windows' documentation.
///
/// # Safety
/// As for `FreeLibrary`, at the callback's end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FreeLibraryWhenCallbackReturns(pci: PTP_CALLBACK_INSTANCE, module: HMODULE) {
    fn run([module, _]: [usize; 2]) {
        // SAFETY: as the caller of `FreeLibraryWhenCallbackReturns` says.
        unsafe { crate::ffi::platform::ws2_FreeLibrary(pointer(module).cast()) };
    }
    pool::when_returns(pci.addr(), Action::FreeLibrary, run, [module.expose_provenance(), 0]);
}

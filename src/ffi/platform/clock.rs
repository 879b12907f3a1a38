//! Clocks and times.

#![allow(non_snake_case, reason = "Windows' names")]

use super::answer::{Answer, give, placed, put, truth};
use super::types::{FILETIME, LARGE_INTEGER, SYSTEMTIME, TIME_ZONE_INFORMATION, TIMECAPS, UINT};
use crate::ffi::types::{BOOL, DWORD, LONG};
use crate::platform::code::Code;
use crate::platform::filetime::{self, Date};
use crate::sys::platform::clock;
use crate::sys::user::memory;

/// Counts of `QueryPerformanceCounter` in a second, as on Windows 10 and later.
const FREQUENCY: i64 = 10_000_000;
const TIMERR_NOCANDO: UINT = 97;

impl From<u64> for FILETIME {
    fn from(units: u64) -> Self {
        let half = |bits: u64| u32::try_from(bits & 0xFFFF_FFFF).unwrap_or(0);
        Self { dwLowDateTime: half(units), dwHighDateTime: half(units >> 32) }
    }
}

impl From<FILETIME> for u64 {
    fn from(time: FILETIME) -> Self {
        Self::from(time.dwHighDateTime) << 32 | Self::from(time.dwLowDateTime)
    }
}

impl From<Date> for SYSTEMTIME {
    fn from(date: Date) -> Self {
        Self {
            wYear: date.year,
            wMonth: date.month,
            wDayOfWeek: date.weekday,
            wDay: date.day,
            wHour: date.hour,
            wMinute: date.minute,
            wSecond: date.second,
            wMilliseconds: date.millisecond,
        }
    }
}

impl From<SYSTEMTIME> for Date {
    fn from(time: SYSTEMTIME) -> Self {
        Self {
            year: time.wYear,
            month: time.wMonth,
            weekday: time.wDayOfWeek,
            day: time.wDay,
            hour: time.wHour,
            minute: time.wMinute,
            second: time.wSecond,
            millisecond: time.wMilliseconds,
        }
    }
}

fn now() -> u64 {
    let (seconds, nanoseconds) = clock::now();
    filetime::from_unix(seconds, nanoseconds)
}

/// Local time for a time in UTC.
fn local(utc: u64) -> u64 {
    filetime::moved(utc, clock::zone(filetime::to_unix(utc)).offset)
}

fn milliseconds() -> u64 {
    clock::since_start() / 1_000_000
}

fn low(number: u64) -> DWORD {
    DWORD::try_from(number & 0xFFFF_FFFF).unwrap_or(0)
}

/// # Safety
/// `from` is an in pointer.
unsafe fn given<T: Copy>(from: *const T) -> Answer<T> {
    // SAFETY: passed on to the caller; the types here are made of numbers.
    unsafe { memory::read(from) }.ok_or(Code::ERROR_NOACCESS)
}

/// `DWORD GetTickCount(void)`
///
/// Milliseconds since the machine was started, sleep included; begins anew after 49.7 days.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetTickCount() -> DWORD {
    low(milliseconds())
}

/// `ULONGLONG GetTickCount64(void)`
///
/// Milliseconds since the machine was started, sleep included.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_GetTickCount64() -> super::types::ULONGLONG {
    milliseconds()
}

/// `BOOL QueryPerformanceCounter(LARGE_INTEGER *lpPerformanceCount)`
///
/// A count of 100 nanoseconds that nobody sets.
///
/// # Errors
/// `ERROR_NOACCESS`: `lpPerformanceCount` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpPerformanceCount` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_QueryPerformanceCounter(lpPerformanceCount: *mut LARGE_INTEGER) -> BOOL {
    // SAFETY: an out pointer.
    truth(unsafe { put(lpPerformanceCount, clock::steady() / (1_000_000_000 / FREQUENCY)) })
}

/// `BOOL QueryPerformanceFrequency(LARGE_INTEGER *lpFrequency)`
///
/// The counts of `QueryPerformanceCounter` in a second: 10,000,000.
///
/// # Errors
/// `ERROR_NOACCESS`: `lpFrequency` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFrequency` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_QueryPerformanceFrequency(lpFrequency: *mut LARGE_INTEGER) -> BOOL {
    // SAFETY: an out pointer.
    truth(unsafe { put(lpFrequency, FREQUENCY) })
}

/// `void GetSystemTime(LPSYSTEMTIME lpSystemTime)`
///
/// The date and time in UTC. Memory that cannot be written is left alone.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpSystemTime` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetSystemTime(lpSystemTime: *mut SYSTEMTIME) {
    // SAFETY: an out pointer.
    truth(filetime::date(now()).and_then(|date| unsafe { put(lpSystemTime, date.into()) }));
}

/// `void GetLocalTime(LPSYSTEMTIME lpSystemTime)`
///
/// The date and time in the machine's time zone, or that of TZ. Memory that cannot be written is left alone.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpSystemTime` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetLocalTime(lpSystemTime: *mut SYSTEMTIME) {
    // SAFETY: an out pointer.
    truth(filetime::date(local(now())).and_then(|date| unsafe { put(lpSystemTime, date.into()) }));
}

/// `void GetSystemTimeAsFileTime(LPFILETIME lpSystemTimeAsFileTime)`
///
/// The time in UTC, in 100 nanoseconds since the beginning of 1601. Memory that cannot be written is left alone.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpSystemTimeAsFileTime` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetSystemTimeAsFileTime(lpSystemTimeAsFileTime: *mut FILETIME) {
    // SAFETY: an out pointer.
    truth(unsafe { put(lpSystemTimeAsFileTime, now().into()) });
}

/// `void GetSystemTimePreciseAsFileTime(LPFILETIME lpSystemTimeAsFileTime)`
///
/// The same: the clock is precise either way.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpSystemTimeAsFileTime` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetSystemTimePreciseAsFileTime(lpSystemTimeAsFileTime: *mut FILETIME) {
    // SAFETY: an out pointer.
    truth(unsafe { put(lpSystemTimeAsFileTime, now().into()) });
}

/// `BOOL FileTimeToSystemTime(const FILETIME *lpFileTime, LPSYSTEMTIME lpSystemTime)`
///
/// The date of a count of 100 nanoseconds.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: the highest bit is set. `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileTime` is an in pointer, `lpSystemTime` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FileTimeToSystemTime(
    lpFileTime: *const FILETIME,
    lpSystemTime: *mut SYSTEMTIME,
) -> BOOL {
    // SAFETY: an in pointer and an out pointer.
    truth(unsafe {
        given(lpFileTime)
            .and_then(|time| filetime::date(time.into()))
            .and_then(|date| put(lpSystemTime, date.into()))
    })
}

/// `BOOL SystemTimeToFileTime(const SYSTEMTIME *lpSystemTime, LPFILETIME lpFileTime)`
///
/// The count of 100 nanoseconds of a date; `wDayOfWeek` is not looked at.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: there is no such date. `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpSystemTime` is an in pointer, `lpFileTime` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_SystemTimeToFileTime(
    lpSystemTime: *const SYSTEMTIME,
    lpFileTime: *mut FILETIME,
) -> BOOL {
    // SAFETY: an in pointer and an out pointer.
    truth(unsafe {
        given(lpSystemTime)
            .and_then(|time| filetime::filetime(time.into()))
            .and_then(|units| put(lpFileTime, units.into()))
    })
}

/// `BOOL FileTimeToLocalFileTime(const FILETIME *lpFileTime, LPFILETIME lpLocalFileTime)`
///
/// Local time for a time in UTC, by the zone's offset now.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: the highest bit is set. `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpFileTime` is an in pointer, `lpLocalFileTime` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_FileTimeToLocalFileTime(
    lpFileTime: *const FILETIME,
    lpLocalFileTime: *mut FILETIME,
) -> BOOL {
    // SAFETY: an in pointer and an out pointer.
    truth(unsafe { moved(lpFileTime, lpLocalFileTime, 1) })
}

/// `BOOL LocalFileTimeToFileTime(const FILETIME *lpLocalFileTime, LPFILETIME lpFileTime)`
///
/// The time in UTC for a local time, by the zone's offset now.
///
/// # Errors
/// As [`FileTimeToLocalFileTime`](ws2_FileTimeToLocalFileTime).
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpLocalFileTime` is an in pointer, `lpFileTime` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_LocalFileTimeToFileTime(
    lpLocalFileTime: *const FILETIME,
    lpFileTime: *mut FILETIME,
) -> BOOL {
    // SAFETY: an in pointer and an out pointer.
    truth(unsafe { moved(lpLocalFileTime, lpFileTime, -1) })
}

/// # Safety
/// `from` is an in pointer, `to` an out pointer.
unsafe fn moved(from: *const FILETIME, to: *mut FILETIME, direction: i64) -> Answer<()> {
    // SAFETY: passed on to the caller.
    unsafe {
        let units = u64::from(given(from)?);
        filetime::date(units)?;
        let (seconds, _) = clock::now();
        put(to, filetime::moved(units, clock::zone(seconds).offset * direction).into())
    }
}

/// `LONG CompareFileTime(const FILETIME *lpFileTime1, const FILETIME *lpFileTime2)`
///
/// Which of two times is earlier. A time that cannot be read counts as 0.
///
/// # Returns
/// −1 if the first is earlier, 0 if they are equal, 1 if it is later.
///
/// Source: Windows documentation.
///
/// # Safety
/// Both are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_CompareFileTime(
    lpFileTime1: *const FILETIME,
    lpFileTime2: *const FILETIME,
) -> LONG {
    // SAFETY: in pointers.
    let (a, b) = unsafe { (given(lpFileTime1), given(lpFileTime2)) };
    let units = |time: Answer<FILETIME>| time.map_or(0, u64::from);
    match units(a).cmp(&units(b)) {
        std::cmp::Ordering::Less => -1,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 1,
    }
}

/// `DWORD GetTimeZoneInformation(LPTIME_ZONE_INFORMATION lpTimeZoneInformation)`
///
/// The machine's time zone: minutes that are added to local time to get UTC, and names. The dates on which summer time
/// begins and ends are zero.
///
/// # Returns
/// 0 where there is no summer time, 1 in standard time, 2 in summer time; 0xFFFFFFFF after an error.
///
/// # Errors
/// `ERROR_NOACCESS`: `lpTimeZoneInformation` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `lpTimeZoneInformation` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetTimeZoneInformation(
    lpTimeZoneInformation: *mut TIME_ZONE_INFORMATION,
) -> DWORD {
    const HALF_A_YEAR: i64 = 182 * 86_400;
    let (seconds, _) = clock::now();
    let now = clock::zone(seconds);
    let then = clock::zone(seconds + HALF_A_YEAR);
    let standard = if now.summer { &then } else { &now };
    let summer = if now.summer { &now } else { &then };
    let minutes = |offset: i64| LONG::try_from(-offset / 60).unwrap_or(0);
    let bias = minutes(standard.offset);
    let zone = TIME_ZONE_INFORMATION {
        Bias: bias,
        StandardName: placed(standard.name.to_bytes()),
        StandardDate: SYSTEMTIME::default(),
        StandardBias: 0,
        DaylightName: placed(summer.name.to_bytes()),
        DaylightDate: SYSTEMTIME::default(),
        DaylightBias: minutes(summer.offset) - bias,
    };
    let answer = DWORD::from(now.summer || then.summer) + DWORD::from(now.summer);
    // SAFETY: an out pointer.
    give(unsafe { put(lpTimeZoneInformation, zone) }.map(|()| answer), DWORD::MAX)
}

/// `DWORD timeGetTime(void)`
///
/// Milliseconds since the machine was started; begins anew after 49.7 days.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_timeGetTime() -> DWORD {
    low(milliseconds())
}

/// `UINT timeBeginPeriod(UINT uPeriod)`
///
/// Asks for finer timers, which are as fine as they can be here.
///
/// # Returns
/// 0, or TIMERR_NOCANDO (97) for a period of 0 milliseconds.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_timeBeginPeriod(uPeriod: UINT) -> UINT {
    if uPeriod == 0 { TIMERR_NOCANDO } else { 0 }
}

/// `UINT timeEndPeriod(UINT uPeriod)`
///
/// Takes `timeBeginPeriod` back.
///
/// # Returns
/// As [`timeBeginPeriod`](ws2_timeBeginPeriod).
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_timeEndPeriod(uPeriod: UINT) -> UINT {
    if uPeriod == 0 { TIMERR_NOCANDO } else { 0 }
}

/// `UINT timeGetDevCaps(LPTIMECAPS ptc, UINT cbtc)`
///
/// The shortest and longest period of timers in milliseconds: 1 and 1,000,000.
///
/// # Returns
/// 0, or TIMERR_NOCANDO (97) where `ptc` cannot be written or `cbtc` is not 8.
///
/// Source: Windows documentation.
///
/// # Safety
/// `ptc` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_timeGetDevCaps(ptc: *mut TIMECAPS, cbtc: UINT) -> UINT {
    let fits = cbtc as usize == size_of::<TIMECAPS>();
    // SAFETY: an out pointer.
    let written = fits && unsafe { put(ptc, TIMECAPS { wPeriodMin: 1, wPeriodMax: 1_000_000 }) }.is_ok();
    if written { 0 } else { TIMERR_NOCANDO }
}

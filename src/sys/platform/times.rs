//! When processes and threads began, and how long they have run.

use super::clock;
use crate::sys::process::kernel_file;
use crate::sys::process::libc_call::KeptErrno;
use crate::sys::room::{self, Made, NoMemory};

/// How long in the program and how long in the kernel, and when it began, each in 100 nanoseconds; the last since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// In the program itself.
    pub user: u64,
    /// In the kernel for it.
    pub kernel: u64,
    /// When it began.
    pub began: u64,
}

/// The fields 14, 15 and 22 of a `stat` file of /proc: user and system time and the beginning after the machine's start, in ticks. The name
/// in brackets may have blanks and brackets of its own.
fn fields(stat: &str) -> Option<[u64; 3]> {
    let after = stat.get(stat.rfind(')')? + 1..)?;
    let mut fields = after.split_ascii_whitespace().skip(11);
    let user = fields.next()?.parse().ok()?;
    let kernel = fields.next()?.parse().ok()?;
    Some([user, kernel, fields.nth(6)?.parse().ok()?])
}

fn read(path: &dyn std::fmt::Display) -> Made<Option<Times>> {
    match kernel_file::read(&room::shown(path)?) {
        Ok(stat) => Ok(times(&stat)),
        Err(errno) if errno.number() == libc::ENOMEM => Err(NoMemory),
        Err(_) => Ok(None),
    }
}

fn times(stat: &[u8]) -> Option<Times> {
    // The name may be any bytes; what counts stands behind it.
    let after = stat.iter().rposition(|&byte| byte == b')')?;
    let [user, kernel, began] = fields(std::str::from_utf8(stat.get(after..)?).ok()?)?;
    // SAFETY: a number of the process.
    let ticks = unsafe { libc::getauxval(libc::AT_CLKTCK) }.max(1);
    let units =
        |number: u64| u64::try_from(u128::from(number) * 10_000_000 / u128::from(ticks)).unwrap_or(u64::MAX);
    let (seconds, nanoseconds) = clock::now();
    let now = seconds.unsigned_abs() * 10_000_000 + nanoseconds.unsigned_abs() / 100;
    let started = now.saturating_sub(clock::since_start() / 100);
    Some(Times { user: units(user), kernel: units(kernel), began: started + units(began) })
}

/// Finer than the ticks of /proc.
fn used(who: i32, times: &mut Times) {
    let _kept = KeptErrno::new();
    // SAFETY: all zero is a value, and the C library writes to a local.
    unsafe {
        let mut usage = std::mem::zeroed::<libc::rusage>();
        if libc::getrusage(who, &raw mut usage) == 0 {
            let units = |time: libc::timeval| {
                time.tv_sec.unsigned_abs() * 10_000_000 + time.tv_usec.unsigned_abs() * 10
            };
            (times.user, times.kernel) = (units(usage.ru_utime), units(usage.ru_stime));
        }
    }
}

/// Of a process; `own`: it is this one. None where it has ended.
///
/// # Errors
/// [`NoMemory`].
pub fn of_process(number: u32, own: bool) -> Made<Option<Times>> {
    let mut times = read(&format_args!("/proc/{number}/stat"))?;
    if let (true, Some(times)) = (own, &mut times) {
        used(libc::RUSAGE_SELF, times);
    }
    Ok(times)
}

/// Of a thread of this process; `own`: it is the calling one. None where it has ended.
///
/// # Errors
/// [`NoMemory`].
pub fn of_thread(number: u32, own: bool) -> Made<Option<Times>> {
    let mut times = read(&format_args!("/proc/self/task/{number}/stat"))?;
    if let (true, Some(times)) = (own, &mut times) {
        used(libc::RUSAGE_THREAD, times);
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_proc() {
        let rest = "S 1 2 3 4 5 6 7 8 9 10 140 150 16 17 18 19 20 21 22000 23";
        assert_eq!(fields(&format!("7 (a) {rest}")), Some([140, 150, 22000]));
        assert_eq!(fields(&format!("7 (a ) (b) {rest}")), Some([140, 150, 22000]));
        assert_eq!(fields("7 (a) S 1"), None);
        assert_eq!(fields(""), None);
    }
}

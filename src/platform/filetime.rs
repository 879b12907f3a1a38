//! Windows' times: `FILETIME`, a count of 100 nanoseconds since the beginning of 1601, and `SYSTEMTIME`, a date and a
//! time of day.

use super::code::Code;

/// Seconds from the beginning of 1601 to that of 1970.
const EPOCH: i64 = 11_644_473_600;
/// Units of a `FILETIME` in a second.
const UNITS: i64 = 10_000_000;
const DAY: i64 = 86_400;

/// A date and a time of day, as `SYSTEMTIME` has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// 1601 to 30827.
    pub year: u16,
    /// 1 to 12.
    pub month: u16,
    /// 0 (Sunday) to 6.
    pub weekday: u16,
    /// 1 to 31.
    pub day: u16,
    /// 0 to 23.
    pub hour: u16,
    /// 0 to 59.
    pub minute: u16,
    /// 0 to 59.
    pub second: u16,
    /// 0 to 999.
    pub millisecond: u16,
}

/// The `FILETIME` of a time since 1970; 0 for what is before 1601.
#[must_use]
pub fn from_unix(seconds: i64, nanoseconds: i64) -> u64 {
    let units = seconds.saturating_add(EPOCH).saturating_mul(UNITS).saturating_add(nanoseconds / 100);
    u64::try_from(units).unwrap_or(0)
}

/// The seconds since 1970 of a `FILETIME`.
#[must_use]
pub fn to_unix(filetime: u64) -> i64 {
    i64::try_from(filetime / UNITS.unsigned_abs()).unwrap_or(i64::MAX) - EPOCH
}

/// The time since 1970, in seconds and nanoseconds, of a `FILETIME` that is to be set; none for the two that leave a time as it is.
#[must_use]
pub fn to_set(filetime: u64) -> Option<(i64, i64)> {
    let part = i64::try_from(filetime % UNITS.unsigned_abs()).unwrap_or(0);
    (filetime != 0 && filetime != u64::MAX).then(|| (to_unix(filetime), part * 100))
}

/// Days from 1 March 1600, from which leap days come at the ends of years, to the first day of a month.
const fn days_before(year: i64, month: i64) -> i64 {
    let (year, month) = if month > 2 { (year - 1600, month - 3) } else { (year - 1601, month + 9) };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5
}

/// 1 January 1601 in that count.
const FIRST: i64 = days_before(1601, 1);

/// The date of a `FILETIME`.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: the highest bit is set.
pub fn date(filetime: u64) -> Result<Date, Code> {
    let units = i64::try_from(filetime).map_err(|_| Code::ERROR_INVALID_PARAMETER)?;
    let (seconds, rest) = (units / UNITS, units % UNITS);
    let (days, time) = (seconds / DAY, seconds % DAY);

    // Years of 400, 100, 4 and 1, each beginning in March.
    let mut left = days + FIRST;
    let mut year = 1600 + left / 146_097 * 400;
    left %= 146_097;
    let centuries = (left / 36_524).min(3);
    left -= centuries * 36_524;
    let fours = left / 1461;
    left -= fours * 1461;
    let ones = (left / 365).min(3);
    left -= ones * 365;
    year += centuries * 100 + fours * 4 + ones;
    let month = (left * 5 + 2) / 153;
    let day = left - (month * 153 + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };

    let short = |number: i64| u16::try_from(number).unwrap_or(u16::MAX);
    Ok(Date {
        year: short(year),
        month: short(month),
        weekday: short((days + 1) % 7),
        day: short(day),
        hour: short(time / 3600),
        minute: short(time / 60 % 60),
        second: short(time % 60),
        millisecond: short(rest / 10_000),
    })
}

/// The `FILETIME` of a date; the day of the week is not looked at.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: there is no such date or time of day.
pub fn filetime(date: Date) -> Result<u64, Code> {
    let leap =
        date.year.is_multiple_of(4) && (!date.year.is_multiple_of(100) || date.year.is_multiple_of(400));
    let days = match date.month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    };
    let valid = (1601..=30827).contains(&date.year)
        && (1..=days).contains(&date.day)
        && date.hour < 24
        && date.minute < 60
        && date.second < 60
        && date.millisecond < 1000;
    if !valid {
        return Err(Code::ERROR_INVALID_PARAMETER);
    }
    let days = days_before(date.year.into(), date.month.into()) - FIRST + i64::from(date.day) - 1;
    let seconds =
        days * DAY + i64::from(date.hour) * 3600 + i64::from(date.minute) * 60 + i64::from(date.second);
    let units = seconds * UNITS + i64::from(date.millisecond) * 10_000;
    u64::try_from(units).map_err(|_| Code::ERROR_INVALID_PARAMETER)
}

/// A `FILETIME` moved by seconds, as between UTC and local time; 0 for what would be before 1601.
#[must_use]
pub fn moved(filetime: u64, seconds: i64) -> u64 {
    filetime.saturating_add_signed(seconds.saturating_mul(UNITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(ymd: (u16, u16, u16), weekday: u16, hms: (u16, u16, u16), millisecond: u16) -> Date {
        Date {
            year: ymd.0,
            month: ymd.1,
            weekday,
            day: ymd.2,
            hour: hms.0,
            minute: hms.1,
            second: hms.2,
            millisecond,
        }
    }

    #[test]
    fn known_dates() {
        for (units, expected) in [
            (0, at((1601, 1, 1), 1, (0, 0, 0), 0)),
            (116_444_736_000_000_000, at((1970, 1, 1), 4, (0, 0, 0), 0)),
            (125_963_423_990_010_000, at((2000, 2, 29), 2, (23, 59, 59), 1)),
            (133_529_472_000_000_000, at((2024, 2, 21), 3, (0, 0, 0), 0)),
        ] {
            assert_eq!(date(units), Ok(expected), "{units}");
            assert_eq!(filetime(expected), Ok(units));
        }
        assert_eq!(date(1 << 63), Err(Code::ERROR_INVALID_PARAMETER));
    }

    #[test]
    fn every_day_comes_back() {
        let mut previous = None;
        for day in 0..400_000_u64 {
            let units = day * DAY.unsigned_abs() * UNITS.unsigned_abs();
            let date = date(units).unwrap();
            assert_eq!(filetime(date), Ok(units), "{date:?}");
            assert_ne!(previous, Some((date.month, date.day)));
            previous = Some((date.month, date.day));
        }
    }

    #[test]
    fn dates_that_are_none() {
        let good = at((2023, 2, 28), 0, (1, 2, 3), 4);
        assert!(filetime(good).is_ok());
        for bad in [
            Date { day: 29, ..good },
            Date { day: 0, ..good },
            Date { month: 13, ..good },
            Date { month: 0, ..good },
            Date { year: 1600, ..good },
            Date { year: 30828, ..good },
            Date { hour: 24, ..good },
            Date { minute: 60, ..good },
            Date { second: 60, ..good },
            Date { millisecond: 1000, ..good },
        ] {
            assert_eq!(filetime(bad), Err(Code::ERROR_INVALID_PARAMETER), "{bad:?}");
        }
    }

    #[test]
    fn unix_times() {
        assert_eq!(from_unix(0, 0), 116_444_736_000_000_000);
        assert_eq!(from_unix(1, 150), 116_444_736_010_000_001);
        assert_eq!(from_unix(i64::MIN, 0), 0);
        assert_eq!(to_unix(116_444_736_010_000_001), 1);
        assert_eq!(moved(100, -3600), 0);
        assert_eq!(moved(0, 1), 10_000_000);
    }
}

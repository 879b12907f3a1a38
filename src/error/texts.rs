//! A list of short texts in one, with a NUL behind each. A list of `&str` is one of addresses, and those the loader has to write
//! whenever a program starts.

use std::ffi::CStr;

/// The text of that number, from 0.
pub(crate) fn nth(list: &'static str, number: usize) -> Option<&'static CStr> {
    let mut rest = list.as_bytes();
    for _ in 0..number {
        let end = rest.iter().position(|byte| *byte == 0)?;
        rest = rest.get(end + 1..)?;
    }
    CStr::from_bytes_until_nul(rest).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_by_its_number() {
        let list = "one\0\0three\0";
        let texts = [Some(c"one"), Some(c""), Some(c"three"), None, None];
        assert_eq!([0, 1, 2, 3, 4].map(|number| nth(list, number)), texts);
        assert_eq!(nth("", 0), None);
    }
}

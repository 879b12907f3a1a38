//! The kernel's error numbers as a type.

/// An error number of Linux. Unknown values are representable.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Errno(i32);

impl Errno {
    /// The error behind a positive number.
    #[must_use]
    pub const fn new(number: i32) -> Self {
        Self(number)
    }

    /// The error behind a number that the kernel returned, negated: 1 to 4095.
    pub(super) fn from_raw(number: usize) -> Self {
        Self(i32::try_from(number).unwrap_or(i32::MAX))
    }

    /// The number, as in `<errno.h>`.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }
}

impl std::fmt::Debug for Errno {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "errno {}", self.0)
    }
}

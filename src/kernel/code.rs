//! The codes of Windows itself that these functions report by `GetLastError`.

use std::fmt;

use crate::sys::room::NoMemory;

/// An error code of Windows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code(u32);

macro_rules! codes {
    ($($name:ident = $number:literal;)+) => {
        #[allow(missing_docs, reason = "Windows' names")]
        impl Code {
            $(pub const $name: Self = Self($number);)+
        }

        static NAMES: &[(u32, &str)] = &[$(($number, concat!("ERROR_", stringify!($name)))),+];
    };
}

codes! {
    INVALID_FUNCTION = 1;
    FILE_NOT_FOUND = 2;
    PATH_NOT_FOUND = 3;
    TOO_MANY_OPEN_FILES = 4;
    ACCESS_DENIED = 5;
    INVALID_HANDLE = 6;
    NOT_ENOUGH_MEMORY = 8;
    GEN_FAILURE = 31;
    NOT_SUPPORTED = 50;
    BAD_NETPATH = 53;
    INVALID_PARAMETER = 87;
    BROKEN_PIPE = 109;
    DISK_FULL = 112;
    CALL_NOT_IMPLEMENTED = 120;
    SEM_TIMEOUT = 121;
    INSUFFICIENT_BUFFER = 122;
    INVALID_NAME = 123;
    SIGNAL_REFUSED = 156;
    ALREADY_EXISTS = 183;
    FILENAME_EXCED_RANGE = 206;
    WAIT_IO_COMPLETION = 192;
    PIPE_LOCAL = 229;
    BAD_PIPE = 230;
    PIPE_BUSY = 231;
    NO_DATA = 232;
    PIPE_NOT_CONNECTED = 233;
    MORE_DATA = 234;
    WAIT_TIMEOUT = 258;
    NOT_OWNER = 288;
    TOO_MANY_POSTS = 298;
    INVALID_ADDRESS = 487;
    PIPE_CONNECTED = 535;
    PIPE_LISTENING = 536;
    ABANDONED_WAIT_0 = 735;
    IO_INCOMPLETE = 996;
    IO_PENDING = 997;
    NOACCESS = 998;
    FILE_INVALID = 1006;
    MAPPED_ALIGNMENT = 1132;
    NOT_FOUND = 1168;
    CANNOT_IMPERSONATE = 1368;
    INVALID_WINDOW_HANDLE = 1400;
    CANNOT_FIND_WND_CLASS = 1407;
    WINDOW_OF_OTHER_THREAD = 1408;
    CLASS_ALREADY_EXISTS = 1410;
    CLASS_DOES_NOT_EXIST = 1411;
    CLASS_HAS_WINDOWS = 1412;
    INVALID_INDEX = 1413;
    INVALID_THREAD_ID = 1444;
    NO_SYSTEM_RESOURCES = 1450;
    TIMEOUT = 1460;
    NOT_SAME_OBJECT = 1656;
    NOT_ENOUGH_QUOTA = 1816;
}

impl Code {
    /// A code by its number.
    #[must_use]
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }

    /// The number, as `GetLastError` reports it.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The name, such as `ERROR_INVALID_HANDLE`.
    #[must_use]
    pub fn name(self) -> &'static str {
        let name =
            NAMES.iter().find(|(number, _)| *number == self.0).map_or("unknown code", |(_, name)| *name);
        // Results of waits have no prefix.
        name.strip_prefix("ERROR_").filter(|rest| rest.starts_with("WAIT_")).unwrap_or(name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name(), self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<NoMemory> for Code {
    fn from(_: NoMemory) -> Self {
        Self::NOT_ENOUGH_MEMORY
    }
}

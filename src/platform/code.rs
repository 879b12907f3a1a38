//! Windows' own error codes, as `GetLastError` reports them for what is no socket: number, name and English text.

use crate::error::texts;
use crate::sys::room::NoMemory;

/// An error code of Windows. Unknown numbers are representable.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Code(u32);

impl From<NoMemory> for Code {
    fn from(_: NoMemory) -> Self {
        Self::ERROR_NOT_ENOUGH_MEMORY
    }
}

impl Code {
    /// The code with this number, known or not.
    #[must_use]
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The name; none for a number without an entry.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.said(0)
    }

    /// The text, without a full stop; none for a number without an entry.
    #[must_use]
    pub fn text(self) -> Option<&'static str> {
        self.said(1)
    }

    /// The name (0) or the text (1).
    fn said(self, which: usize) -> Option<&'static str> {
        let at = NUMBERS.binary_search(&self.0).ok()?;
        texts::nth(TEXTS, 2 * at + which)?.to_str().ok()
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}({})", self.name().unwrap_or("Code"), self.0)
    }
}

/// Makes of the list a constant per code, the numbers among which a code is looked up, and for each its name and its text.
macro_rules! codes {
    ($($name:ident = $number:literal, $text:literal;)+) => {
        impl Code {
            $(
                #[doc = concat!($text, ".")]
                pub const $name: Self = Self($number);
            )+
        }

        static NUMBERS: &[u32] = &[$($number,)+];
        static TEXTS: &str = concat!($(stringify!($name), "\0", $text, "\0",)+);
    };
}

codes! {
    ERROR_SUCCESS = 0, "The call has succeeded";
    ERROR_INVALID_FUNCTION = 1, "This kind of object cannot do that";
    ERROR_FILE_NOT_FOUND = 2, "There is no file of that name";
    ERROR_PATH_NOT_FOUND = 3, "A directory on the way to the file does not exist";
    ERROR_TOO_MANY_OPEN_FILES = 4, "No more files can be opened";
    ERROR_ACCESS_DENIED = 5, "Access was denied";
    ERROR_INVALID_HANDLE = 6, "The handle is not valid";
    ERROR_NOT_ENOUGH_MEMORY = 8, "There is not enough memory";
    ERROR_OUTOFMEMORY = 14, "No memory is left for this";
    ERROR_NOT_SAME_DEVICE = 17, "The two names are on different file systems";
    ERROR_NO_MORE_FILES = 18, "There are no more files";
    ERROR_WRITE_PROTECT = 19, "The file system can only be read";
    ERROR_NOT_READY = 21, "The device is not ready";
    ERROR_BAD_LENGTH = 24, "The program gave a length that does not fit the structure";
    ERROR_GEN_FAILURE = 31, "The device does not work";
    ERROR_SHARING_VIOLATION = 32, "Another process is using the file";
    ERROR_LOCK_VIOLATION = 33, "Another process has locked that part of the file";
    ERROR_HANDLE_EOF = 38, "The end of the file was reached";
    ERROR_NOT_SUPPORTED = 50, "The request is not supported";
    ERROR_BAD_NETPATH = 53, "The name is one of another machine, which is not reached";
    ERROR_DEV_NOT_EXIST = 55, "The device is not there any more";
    ERROR_NETNAME_DELETED = 64, "The other side has reset the connection";
    ERROR_FILE_EXISTS = 80, "The file exists already";
    ERROR_INVALID_PARAMETER = 87, "An argument is wrong";
    ERROR_BROKEN_PIPE = 109, "The other end of the pipe is closed";
    ERROR_BUFFER_OVERFLOW = 111, "The buffer is too small for the text or list";
    ERROR_DISK_FULL = 112, "The disk is full";
    ERROR_CALL_NOT_IMPLEMENTED = 120, "This function does not exist here";
    ERROR_SEM_TIMEOUT = 121, "The time for the wait has run out";
    ERROR_INSUFFICIENT_BUFFER = 122, "The buffer is too small";
    ERROR_INVALID_NAME = 123, "The name is not written as names must be";
    ERROR_MOD_NOT_FOUND = 126, "The library was not found";
    ERROR_PROC_NOT_FOUND = 127, "The library has no function of that name";
    ERROR_NEGATIVE_SEEK = 131, "The position would be before the beginning of the file";
    ERROR_DIR_NOT_EMPTY = 145, "The directory is not empty";
    ERROR_DISCARDED = 157, "The block has no memory";
    ERROR_NOT_LOCKED = 158, "The memory or the range was not locked";
    ERROR_BUSY = 170, "The resource is in use";
    ERROR_ALREADY_EXISTS = 183, "There is one of that name already";
    ERROR_ENVVAR_NOT_FOUND = 203, "There is no environment variable of that name";
    ERROR_FILENAME_EXCED_RANGE = 206, "The name is too long";
    ERROR_FILE_TOO_LARGE = 223, "The file is too large for that";
    ERROR_PIPE_LOCAL = 229, "The other end of the pipe is on this machine";
    ERROR_BAD_PIPE = 230, "The pipe is not in the state or the mode for that";
    ERROR_PIPE_BUSY = 231, "All instances of the pipe are in use";
    ERROR_NO_DATA = 232, "The pipe has nothing to read, or nobody reads it any more";
    ERROR_PIPE_NOT_CONNECTED = 233, "Nobody is at the other end of the pipe";
    ERROR_MORE_DATA = 234, "There is more than was asked for";
    ERROR_NO_WORK_DONE = 235, "There was nothing to do";
    WAIT_TIMEOUT = 258, "The wait has ended because its time was over";
    ERROR_DIRECTORY = 267, "The name is not one of a directory";
    ERROR_NOT_OWNER = 288, "The mutex belongs to another thread";
    ERROR_TOO_MANY_POSTS = 298, "The semaphore has its highest count already";
    ERROR_MR_MID_NOT_FOUND = 317, "There is no text for that number";
    ERROR_INVALID_ADDRESS = 487, "The address is not one of that memory";
    ERROR_PIPE_CONNECTED = 535, "A client is at the other end of the pipe already";
    ERROR_PIPE_LISTENING = 536, "The pipe waits for a client";
    ERROR_NOACCESS = 998, "A pointer does not lead to usable memory";
    ERROR_INVALID_FLAGS = 1004, "A flag is not known or does not go with the others";
    ERROR_NO_UNICODE_TRANSLATION = 1113, "A character cannot be written in the other encoding";
    ERROR_IO_DEVICE = 1117, "The device reported an error";
    ERROR_NOT_FOUND = 1168, "What was looked for is not there";
    ERROR_CONNECTION_REFUSED = 1225, "The other machine refused the connection";
    ERROR_CONNECTION_ABORTED = 1236, "This machine gave the connection up";
    ERROR_NO_SUCH_USER = 1317, "There is no such user";
    ERROR_INTERNAL_ERROR = 1359, "Something inside has gone wrong";
    ERROR_CANNOT_IMPERSONATE = 1368, "The client's rights cannot be taken over before something was read from it";
    ERROR_INVALID_MSGBOX_STYLE = 1438, "There is no message box with those buttons";
    ERROR_WORKING_SET_QUOTA = 1453, "The process may not keep so much in memory";
    ERROR_TIMEOUT = 1460, "The time has run out";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_is_sorted_and_texts_are_sentences_without_an_end() {
        for pair in NUMBERS.windows(2) {
            assert!(pair[0] < pair[1], "{} and {}", pair[0], pair[1]);
        }
        assert_eq!(TEXTS.matches('\0').count(), 2 * NUMBERS.len());
        for number in NUMBERS {
            let code = Code::from_number(*number);
            assert!(code.name().is_some_and(|name| !name.contains(' ')), "{code:?}");
            assert!(code.text().is_some_and(|text| text.is_ascii() && !text.ends_with('.')), "{code:?}");
        }
    }

    #[test]
    fn unknown_numbers_have_no_text() {
        let unknown = Code::from_number(0x1234_5678);
        assert_eq!((unknown.name(), unknown.text(), unknown.number()), (None, None, 0x1234_5678));
        assert_eq!(format!("{:?} {unknown:?}", Code::ERROR_NOACCESS), "ERROR_NOACCESS(998) Code(305419896)");
    }
}

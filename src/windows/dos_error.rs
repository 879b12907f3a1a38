//! `RtlNtStatusToDosError`: the statuses that no operation on a socket ends with, beside those of `status`, and their codes.

use super::status;

/// Makes of the list the table and a constant per status; and for the test the list with the names in it.
macro_rules! statuses {
    ($($status:ident = $number:literal, $windows:ident = $code:literal;)+) => {
        $(
            #[allow(missing_docs, reason = "Windows' names")]
            pub const $status: u32 = $number;
        )+

        static TABLE: &[(u32, u32)] = &[$(($number, $code)),+];

        /// What another crate says that these numbers are.
        #[cfg(test)]
        fn told() -> Vec<(&'static str, [(u32, u32); 2])> {
            use windows_sys::Win32::Foundation::*;
            vec![$((stringify!($status), [($status.cast_unsigned(), $number), ($windows, $code)])),+]
        }
    };
}

// Sorted by number.
statuses! {
    STATUS_OBJECT_NAME_EXISTS = 0x4000_0000, ERROR_OBJECT_NAME_EXISTS = 698;
    STATUS_NO_MORE_FILES = 0x8000_0006, ERROR_NO_MORE_FILES = 18;
    STATUS_NO_MORE_ENTRIES = 0x8000_001A, ERROR_NO_MORE_ITEMS = 259;
    STATUS_UNSUCCESSFUL = 0xC000_0001, ERROR_GEN_FAILURE = 31;
    STATUS_INVALID_INFO_CLASS = 0xC000_0003, ERROR_INVALID_PARAMETER = 87;
    STATUS_INFO_LENGTH_MISMATCH = 0xC000_0004, ERROR_BAD_LENGTH = 24;
    STATUS_INVALID_DEVICE_REQUEST = 0xC000_0010, ERROR_INVALID_FUNCTION = 1;
    STATUS_NO_MEDIA_IN_DEVICE = 0xC000_0013, ERROR_NOT_READY = 21;
    STATUS_MORE_PROCESSING_REQUIRED = 0xC000_0016, ERROR_MORE_DATA = 234;
    STATUS_ALREADY_COMMITTED = 0xC000_0021, ERROR_ACCESS_DENIED = 5;
    STATUS_NOT_LOCKED = 0xC000_002A, ERROR_NOT_LOCKED = 158;
    STATUS_OBJECT_NAME_INVALID = 0xC000_0033, ERROR_INVALID_NAME = 123;
    STATUS_OBJECT_NAME_COLLISION = 0xC000_0035, ERROR_ALREADY_EXISTS = 183;
    STATUS_PORT_DISCONNECTED = 0xC000_0037, ERROR_INVALID_HANDLE = 6;
    STATUS_OBJECT_PATH_INVALID = 0xC000_0039, ERROR_BAD_PATHNAME = 161;
    STATUS_OBJECT_PATH_SYNTAX_BAD = 0xC000_003B, ERROR_BAD_PATHNAME = 161;
    STATUS_SECTION_TOO_BIG = 0xC000_0040, ERROR_NOT_ENOUGH_MEMORY = 8;
    STATUS_MUTANT_NOT_OWNED = 0xC000_0046, ERROR_NOT_OWNER = 288;
    STATUS_SEMAPHORE_LIMIT_EXCEEDED = 0xC000_0047, ERROR_TOO_MANY_POSTS = 298;
    STATUS_FILE_LOCK_CONFLICT = 0xC000_0054, ERROR_LOCK_VIOLATION = 33;
    STATUS_LOCK_NOT_GRANTED = 0xC000_0055, ERROR_LOCK_VIOLATION = 33;
    STATUS_DELETE_PENDING = 0xC000_0056, ERROR_ACCESS_DENIED = 5;
    STATUS_PRIVILEGE_NOT_HELD = 0xC000_0061, ERROR_PRIVILEGE_NOT_HELD = 1314;
    STATUS_PROCEDURE_NOT_FOUND = 0xC000_007A, ERROR_PROC_NOT_FOUND = 127;
    STATUS_RANGE_NOT_LOCKED = 0xC000_007E, ERROR_NOT_LOCKED = 158;
    STATUS_DISK_FULL = 0xC000_007F, ERROR_DISK_FULL = 112;
    STATUS_MEDIA_WRITE_PROTECTED = 0xC000_00A2, ERROR_WRITE_PROTECT = 19;
    STATUS_INSTANCE_NOT_AVAILABLE = 0xC000_00AB, ERROR_PIPE_BUSY = 231;
    STATUS_PIPE_NOT_AVAILABLE = 0xC000_00AC, ERROR_PIPE_BUSY = 231;
    STATUS_INVALID_PIPE_STATE = 0xC000_00AD, ERROR_BAD_PIPE = 230;
    STATUS_PIPE_BUSY = 0xC000_00AE, ERROR_PIPE_BUSY = 231;
    STATUS_PIPE_CLOSING = 0xC000_00B1, ERROR_NO_DATA = 232;
    STATUS_PIPE_CONNECTED = 0xC000_00B2, ERROR_PIPE_CONNECTED = 535;
    STATUS_PIPE_LISTENING = 0xC000_00B3, ERROR_PIPE_LISTENING = 536;
    STATUS_FILE_IS_A_DIRECTORY = 0xC000_00BA, ERROR_ACCESS_DENIED = 5;
    STATUS_NOT_SAME_DEVICE = 0xC000_00D4, ERROR_NOT_SAME_DEVICE = 17;
    STATUS_PIPE_EMPTY = 0xC000_00D9, ERROR_NO_DATA = 232;
    STATUS_INVALID_PARAMETER_1 = 0xC000_00EF, ERROR_INVALID_PARAMETER = 87;
    STATUS_INVALID_PARAMETER_2 = 0xC000_00F0, ERROR_INVALID_PARAMETER = 87;
    STATUS_INVALID_PARAMETER_3 = 0xC000_00F1, ERROR_INVALID_PARAMETER = 87;
    STATUS_INVALID_PARAMETER_4 = 0xC000_00F2, ERROR_INVALID_PARAMETER = 87;
    STATUS_DIRECTORY_NOT_EMPTY = 0xC000_0101, ERROR_DIR_NOT_EMPTY = 145;
    STATUS_NOT_A_DIRECTORY = 0xC000_0103, ERROR_DIRECTORY = 267;
    STATUS_CANNOT_DELETE = 0xC000_0121, ERROR_ACCESS_DENIED = 5;
    STATUS_FILE_DELETED = 0xC000_0123, ERROR_ACCESS_DENIED = 5;
    STATUS_FILE_CLOSED = 0xC000_0128, ERROR_INVALID_HANDLE = 6;
    STATUS_DLL_NOT_FOUND = 0xC000_0135, ERROR_MOD_NOT_FOUND = 126;
    STATUS_PIPE_BROKEN = 0xC000_014B, ERROR_BROKEN_PIPE = 109;
    STATUS_NOT_FOUND = 0xC000_0225, ERROR_NOT_FOUND = 1168;
}

/// Routines have run in a wait; the owner of a mutex ended with it.
const USER_APC: u32 = 0xC0;
const ABANDONED_WAIT_0: u32 = 0x80;

/// The code of Windows itself. A status without a row is `ERROR_MR_MID_NOT_FOUND` (317), as one that Windows does not know.
#[must_use]
pub fn of(status: u32) -> u32 {
    const NO_ROW: u32 = 317;
    const ABANDONED: u32 = 735;
    const IO_PENDING: u32 = 997;
    /// The bit of statuses that programs make themselves.
    const OWN: u32 = 0x2000_0000;
    if status & OWN != 0 {
        return status;
    }
    match status {
        status::SUCCESS => 0,
        // Waits say these as codes, too.
        status::TIMEOUT | USER_APC => status,
        ABANDONED_WAIT_0 => ABANDONED,
        status::PENDING => IO_PENDING,
        // Codes of Windows as statuses: FACILITY_NTWIN32, and those of COM.
        _ if matches!(status >> 16, 0xC007 | 0x8007) => status & 0xFFFF,
        _ => match TABLE.binary_search_by_key(&status, |(status, _)| *status) {
            Ok(at) => TABLE.get(at).map_or(NO_ROW, |(_, code)| *code),
            Err(_) if status::is_success(status) => NO_ROW,
            Err(_) => status::to_windows(status),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_windows() {
        for (name, numbers) in told() {
            for (theirs, ours) in numbers {
                assert_eq!(theirs, ours, "{name}");
            }
        }
        assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0), "sorted, each once");
    }

    /// NT10.
    #[test]
    fn codes_of_statuses() {
        for (status, expected) in [
            (0, 0),
            (1, 317),
            (0x80, 735),
            (0xC0, 192),
            (0x102, 258),
            (0x103, 997),
            (0xC000_0008, 6),
            (0xC000_0010, 1),
            (0xC000_0034, 2),
            (0xC000_0120, 995),
            (0xC000_0225, 1168),
            (0xC000_0236, 1225),
            (0x4000_0001, 317),
            (0xC000_FFFF, 317),
            (0xC007_0057, 87),
            (0x8007_0005, 5),
            (0x2000_0001, 0x2000_0001),
            (0xE000_1234, 0xE000_1234),
        ] {
            assert_eq!(of(status), expected, "{status:#x}");
        }
    }
}

//! Which of Windows' codes a failure of Linux gets, for what is no socket.

use super::code::Code;
use crate::sys::Errno;

/// The code for an error number; total.
#[must_use]
pub const fn code(errno: Errno) -> Code {
    match errno.number() {
        libc::ENOENT => Code::ERROR_FILE_NOT_FOUND,
        libc::ENOTDIR => Code::ERROR_PATH_NOT_FOUND,
        libc::EACCES | libc::EPERM | libc::EISDIR => Code::ERROR_ACCESS_DENIED,
        libc::EBADF => Code::ERROR_INVALID_HANDLE,
        libc::EEXIST => Code::ERROR_FILE_EXISTS,
        libc::EMFILE | libc::ENFILE => Code::ERROR_TOO_MANY_OPEN_FILES,
        libc::ENOSPC | libc::EDQUOT => Code::ERROR_DISK_FULL,
        libc::ENOTEMPTY => Code::ERROR_DIR_NOT_EMPTY,
        libc::EINVAL => Code::ERROR_INVALID_PARAMETER,
        libc::ENOMEM => Code::ERROR_NOT_ENOUGH_MEMORY,
        libc::EFAULT => Code::ERROR_NOACCESS,
        libc::EPIPE | libc::EAGAIN => Code::ERROR_NO_DATA,
        libc::EROFS => Code::ERROR_WRITE_PROTECT,
        libc::EBUSY => Code::ERROR_BUSY,
        libc::ETXTBSY => Code::ERROR_SHARING_VIOLATION,
        libc::ENAMETOOLONG => Code::ERROR_FILENAME_EXCED_RANGE,
        libc::EXDEV => Code::ERROR_NOT_SAME_DEVICE,
        libc::EFBIG => Code::ERROR_FILE_TOO_LARGE,
        libc::EIO => Code::ERROR_IO_DEVICE,
        libc::ENXIO | libc::ENODEV => Code::ERROR_DEV_NOT_EXIST,
        libc::ESPIPE | libc::ENOTTY => Code::ERROR_INVALID_FUNCTION,
        libc::ENOSYS => Code::ERROR_CALL_NOT_IMPLEMENTED,
        libc::EOPNOTSUPP => Code::ERROR_NOT_SUPPORTED,
        _ => Code::ERROR_GEN_FAILURE,
    }
}

impl From<Errno> for Code {
    fn from(errno: Errno) -> Self {
        code(errno)
    }
}

/// The code that `ReadFile` and `WriteFile` report where `recv` and `send` report a code of Winsock.
#[must_use]
pub fn of_socket(code: i32) -> Code {
    match code {
        10054 => Code::ERROR_NETNAME_DELETED,
        10053 => Code::ERROR_CONNECTION_ABORTED,
        10060 => Code::ERROR_SEM_TIMEOUT,
        10014 => Code::ERROR_NOACCESS,
        other => Code::from_number(other.cast_unsigned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_code_that_is_a_failure() {
        for number in 0..4096 {
            assert_ne!(code(Errno::new(number)), Code::ERROR_SUCCESS);
        }
        assert_eq!(code(Errno::new(libc::ENOENT)), Code::ERROR_FILE_NOT_FOUND);
        assert_eq!(code(Errno::new(libc::ENOTDIR)), Code::ERROR_PATH_NOT_FOUND);
    }

    #[test]
    fn a_socket_keeps_winsocks_code_where_windows_has_no_other() {
        for (code, expected) in [(10054, 64), (10053, 1236), (10060, 121), (10014, 998), (10038, 10038)] {
            assert_eq!(of_socket(code).number(), expected);
        }
    }
}

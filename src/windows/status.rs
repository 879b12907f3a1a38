//! The one table of statuses: what an operation has come to (Windows' NTSTATUS, which stands in `OVERLAPPED.Internal`),
//! and the two codes in which it is reported: that of Windows itself (a completion port, `GetOverlappedResult`) and that
//! of Winsock (`WSAGetOverlappedResult`, a completion routine).
//!
//! Rows SC1 to SC19 and SM1 to SM24. This folder knows numbers only, so codes are numbers here.

/// A row of the table.
struct Row {
    status: u32,
    windows: u32,
    winsock: i32,
}

/// Makes of the list the table and a constant per status; and for the test the list with the names in it.
macro_rules! statuses {
    ($($status:ident = $number:literal, $windows:ident = $code:literal, $winsock:ident = $wsa:literal;)+) => {
        $(
            #[allow(missing_docs, reason = "Windows' names")]
            pub const $status: u32 = $number;
        )+

        static TABLE: &[Row] = &[$(Row { status: $number, windows: $code, winsock: $wsa }),+];

        /// What another crate says that these numbers are: status, code of Windows, code of Winsock.
        #[cfg(test)]
        fn told() -> Vec<(&'static str, [(u32, u32); 3])> {
            use windows_sys::Win32::Foundation::*;
            use windows_sys::Win32::Networking::WinSock::*;
            vec![$((
                stringify!($status),
                [
                    ($status.cast_unsigned(), $number),
                    ($windows, $code),
                    ($winsock.cast_unsigned(), $wsa),
                ],
            )),+]
        }
    };
}

/// It has ended well.
pub const SUCCESS: u32 = 0;
/// It has not ended yet.
pub const PENDING: u32 = 0x103;
/// Its time has passed, or that of a wait.
pub const TIMEOUT: u32 = 0x102;
/// What `GetOverlappedResult` and `WSAGetOverlappedResult` say of that.
pub const INCOMPLETE: u32 = 996;

// Sorted by number.
statuses! {
    STATUS_BUFFER_OVERFLOW = 0x8000_0005, ERROR_MORE_DATA = 234, WSAEMSGSIZE = 10040;
    STATUS_NOT_IMPLEMENTED = 0xC000_0002, ERROR_INVALID_FUNCTION = 1, WSAEOPNOTSUPP = 10045;
    STATUS_ACCESS_VIOLATION = 0xC000_0005, ERROR_NOACCESS = 998, WSAEFAULT = 10014;
    STATUS_PAGEFILE_QUOTA = 0xC000_0007, ERROR_PAGEFILE_QUOTA = 1454, WSAENOBUFS = 10055;
    STATUS_INVALID_HANDLE = 0xC000_0008, ERROR_INVALID_HANDLE = 6, WSAENOTSOCK = 10038;
    STATUS_INVALID_PARAMETER = 0xC000_000D, ERROR_INVALID_PARAMETER = 87, WSAEINVAL = 10022;
    STATUS_NO_SUCH_DEVICE = 0xC000_000E, ERROR_FILE_NOT_FOUND = 2, WSAENETDOWN = 10050;
    STATUS_NO_SUCH_FILE = 0xC000_000F, ERROR_FILE_NOT_FOUND = 2, WSAENETDOWN = 10050;
    STATUS_END_OF_FILE = 0xC000_0011, ERROR_HANDLE_EOF = 38, WSAEINVAL = 10022;
    STATUS_NO_MEMORY = 0xC000_0017, ERROR_NOT_ENOUGH_MEMORY = 8, WSAENOBUFS = 10055;
    STATUS_CONFLICTING_ADDRESSES = 0xC000_0018, ERROR_INVALID_ADDRESS = 487, WSAENOBUFS = 10055;
    STATUS_ACCESS_DENIED = 0xC000_0022, ERROR_ACCESS_DENIED = 5, WSAEACCES = 10013;
    STATUS_BUFFER_TOO_SMALL = 0xC000_0023, ERROR_INSUFFICIENT_BUFFER = 122, WSAEFAULT = 10014;
    STATUS_OBJECT_TYPE_MISMATCH = 0xC000_0024, ERROR_INVALID_HANDLE = 6, WSAENOTSOCK = 10038;
    STATUS_OBJECT_NAME_NOT_FOUND = 0xC000_0034, ERROR_FILE_NOT_FOUND = 2, WSAENETDOWN = 10050;
    STATUS_OBJECT_PATH_NOT_FOUND = 0xC000_003A, ERROR_PATH_NOT_FOUND = 3, WSAENETDOWN = 10050;
    STATUS_SHARING_VIOLATION = 0xC000_0043, ERROR_SHARING_VIOLATION = 32, WSAEADDRINUSE = 10048;
    STATUS_QUOTA_EXCEEDED = 0xC000_0044, ERROR_NOT_ENOUGH_QUOTA = 1816, WSAENOBUFS = 10055;
    STATUS_TOO_MANY_PAGING_FILES = 0xC000_0097, ERROR_NOT_ENOUGH_MEMORY = 8, WSAENOBUFS = 10055;
    STATUS_INSUFFICIENT_RESOURCES = 0xC000_009A, ERROR_NO_SYSTEM_RESOURCES = 1450, WSAENOBUFS = 10055;
    STATUS_WORKING_SET_QUOTA = 0xC000_00A1, ERROR_WORKING_SET_QUOTA = 1453, WSAENOBUFS = 10055;
    STATUS_DEVICE_NOT_READY = 0xC000_00A3, ERROR_NOT_READY = 21, WSAEWOULDBLOCK = 10035;
    STATUS_INVALID_PIPE_STATE = 0xC000_00AD, ERROR_BAD_PIPE = 230, WSAEINVAL = 10022;
    STATUS_PIPE_BUSY = 0xC000_00AE, ERROR_PIPE_BUSY = 231, WSAEINVAL = 10022;
    STATUS_ILLEGAL_FUNCTION = 0xC000_00AF, ERROR_INVALID_FUNCTION = 1, WSAEINVAL = 10022;
    STATUS_PIPE_DISCONNECTED = 0xC000_00B0, ERROR_PIPE_NOT_CONNECTED = 233, WSAESHUTDOWN = 10058;
    STATUS_PIPE_CLOSING = 0xC000_00B1, ERROR_NO_DATA = 232, WSAEINVAL = 10022;
    STATUS_PIPE_CONNECTED = 0xC000_00B2, ERROR_PIPE_CONNECTED = 535, WSAEINVAL = 10022;
    STATUS_PIPE_LISTENING = 0xC000_00B3, ERROR_PIPE_LISTENING = 536, WSAEINVAL = 10022;
    STATUS_INVALID_READ_MODE = 0xC000_00B4, ERROR_BAD_PIPE = 230, WSAEINVAL = 10022;
    STATUS_IO_TIMEOUT = 0xC000_00B5, ERROR_SEM_TIMEOUT = 121, WSAETIMEDOUT = 10060;
    STATUS_NOT_SUPPORTED = 0xC000_00BB, ERROR_NOT_SUPPORTED = 50, WSAEOPNOTSUPP = 10045;
    STATUS_REMOTE_NOT_LISTENING = 0xC000_00BC, ERROR_REM_NOT_LIST = 51, WSAECONNREFUSED = 10061;
    STATUS_BAD_NETWORK_PATH = 0xC000_00BE, ERROR_BAD_NETPATH = 53, WSAENETDOWN = 10050;
    STATUS_NETWORK_BUSY = 0xC000_00BF, ERROR_NETWORK_BUSY = 54, WSAENETDOWN = 10050;
    STATUS_INVALID_NETWORK_RESPONSE = 0xC000_00C3, ERROR_BAD_NET_RESP = 58, WSAENETDOWN = 10050;
    STATUS_UNEXPECTED_NETWORK_ERROR = 0xC000_00C4, ERROR_UNEXP_NET_ERR = 59, WSAENETDOWN = 10050;
    STATUS_REQUEST_NOT_ACCEPTED = 0xC000_00D0, ERROR_REQ_NOT_ACCEP = 71, WSAEWOULDBLOCK = 10035;
    STATUS_PIPE_EMPTY = 0xC000_00D9, ERROR_NO_DATA = 232, WSAEINVAL = 10022;
    STATUS_CANCELLED = 0xC000_0120, ERROR_OPERATION_ABORTED = 995, WSA_OPERATION_ABORTED = 995;
    STATUS_COMMITMENT_LIMIT = 0xC000_012D, ERROR_COMMITMENT_LIMIT = 1455, WSAENOBUFS = 10055;
    STATUS_LOCAL_DISCONNECT = 0xC000_013B, ERROR_NETNAME_DELETED = 64, WSAECONNABORTED = 10053;
    STATUS_REMOTE_DISCONNECT = 0xC000_013C, ERROR_NETNAME_DELETED = 64, WSAECONNRESET = 10054;
    STATUS_REMOTE_RESOURCES = 0xC000_013D, ERROR_REM_NOT_LIST = 51, WSAENOBUFS = 10055;
    STATUS_LINK_FAILED = 0xC000_013E, ERROR_UNEXP_NET_ERR = 59, WSAECONNRESET = 10054;
    STATUS_LINK_TIMEOUT = 0xC000_013F, ERROR_UNEXP_NET_ERR = 59, WSAETIMEDOUT = 10060;
    STATUS_INVALID_CONNECTION = 0xC000_0140, ERROR_UNEXP_NET_ERR = 59, WSAENOTCONN = 10057;
    STATUS_INVALID_ADDRESS = 0xC000_0141, ERROR_UNEXP_NET_ERR = 59, WSAEADDRNOTAVAIL = 10049;
    STATUS_PIPE_BROKEN = 0xC000_014B, ERROR_BROKEN_PIPE = 109, WSAEINVAL = 10022;
    STATUS_INVALID_BUFFER_SIZE = 0xC000_0206, ERROR_INVALID_USER_BUFFER = 1784, WSAEMSGSIZE = 10040;
    STATUS_INVALID_ADDRESS_COMPONENT = 0xC000_0207, ERROR_INVALID_NETNAME = 1214, WSAEADDRNOTAVAIL = 10049;
    STATUS_TOO_MANY_ADDRESSES = 0xC000_0209, ERROR_TOO_MANY_NAMES = 68, WSAENOBUFS = 10055;
    STATUS_ADDRESS_ALREADY_EXISTS = 0xC000_020A, ERROR_DUP_NAME = 52, WSAEADDRINUSE = 10048;
    STATUS_CONNECTION_DISCONNECTED = 0xC000_020C, ERROR_NETNAME_DELETED = 64, WSAECONNRESET = 10054;
    STATUS_CONNECTION_RESET = 0xC000_020D, ERROR_NETNAME_DELETED = 64, WSAECONNRESET = 10054;
    STATUS_TRANSACTION_ABORTED = 0xC000_020F, ERROR_UNEXP_NET_ERR = 59, WSAECONNABORTED = 10053;
    STATUS_CONNECTION_REFUSED = 0xC000_0236, ERROR_CONNECTION_REFUSED = 1225, WSAECONNREFUSED = 10061;
    STATUS_GRACEFUL_DISCONNECT = 0xC000_0237, ERROR_GRACEFUL_DISCONNECT = 1226, WSAEDISCON = 10101;
    STATUS_CONNECTION_ACTIVE = 0xC000_023B, ERROR_CONNECTION_ACTIVE = 1230, WSAEISCONN = 10056;
    STATUS_NETWORK_UNREACHABLE = 0xC000_023C, ERROR_NETWORK_UNREACHABLE = 1231, WSAENETUNREACH = 10051;
    STATUS_HOST_UNREACHABLE = 0xC000_023D, ERROR_HOST_UNREACHABLE = 1232, WSAEHOSTUNREACH = 10065;
    STATUS_PROTOCOL_UNREACHABLE = 0xC000_023E, ERROR_PROTOCOL_UNREACHABLE = 1233, WSAENETUNREACH = 10051;
    STATUS_PORT_UNREACHABLE = 0xC000_023F, ERROR_PORT_UNREACHABLE = 1234, WSAECONNRESET = 10054;
    STATUS_REQUEST_ABORTED = 0xC000_0240, ERROR_REQUEST_ABORTED = 1235, WSAEINTR = 10004;
    STATUS_CONNECTION_ABORTED = 0xC000_0241, ERROR_CONNECTION_ABORTED = 1236, WSAECONNABORTED = 10053;
    STATUS_HOST_DOWN = 0xC000_0350, ERROR_HOST_DOWN = 1256, WSAEHOSTDOWN = 10064;
}

/// Whether a status is none of a failure: `NT_SUCCESS`.
#[must_use]
pub const fn is_success(status: u32) -> bool {
    status < 0x8000_0000
}

fn row(status: u32) -> Option<&'static Row> {
    let at = TABLE.binary_search_by_key(&status, |row| row.status).ok()?;
    TABLE.get(at)
}

/// The code of Windows itself: 0 after success, `ERROR_IO_INCOMPLETE` (996) for what is pending; of a failure without
/// a row `ERROR_MR_MID_NOT_FOUND` (317), as Windows has it.
#[must_use]
pub fn to_windows(status: u32) -> u32 {
    const NO_ROW: u32 = 317;
    match row(status) {
        Some(row) => row.windows,
        None if status == PENDING => INCOMPLETE,
        None if is_success(status) => 0,
        None => NO_ROW,
    }
}

/// Winsock's code: 0 after success, `WSA_IO_INCOMPLETE` (996) for what is pending; of a failure without a row
/// `WSAEINVAL` (OR1).
#[must_use]
pub fn to_winsock(status: u32) -> i32 {
    const INVALID: i32 = 10022;
    match row(status) {
        Some(row) => row.winsock,
        None if status == PENDING => INCOMPLETE.cast_signed(),
        None if is_success(status) => 0,
        None => INVALID,
    }
}

/// The status of an operation that failed with a code of Winsock: of several that mean it, the one that Windows' own
/// operations end with.
#[must_use]
pub fn from_winsock(code: i32) -> u32 {
    match code {
        0 => SUCCESS,
        995 => STATUS_CANCELLED,
        10004 => STATUS_REQUEST_ABORTED,
        10013 => STATUS_ACCESS_DENIED,
        10014 => STATUS_ACCESS_VIOLATION,
        10035 => STATUS_DEVICE_NOT_READY,
        10038 => STATUS_INVALID_HANDLE,
        10040 => STATUS_INVALID_BUFFER_SIZE,
        10045 => STATUS_NOT_SUPPORTED,
        10048 => STATUS_ADDRESS_ALREADY_EXISTS,
        10049 => STATUS_INVALID_ADDRESS_COMPONENT,
        10050 => STATUS_UNEXPECTED_NETWORK_ERROR,
        10051 => STATUS_NETWORK_UNREACHABLE,
        // Winsock's WSAENETRESET has no status of its own.
        10052 | 10054 => STATUS_CONNECTION_RESET,
        10053 => STATUS_CONNECTION_ABORTED,
        8 | 10024 | 10055 => STATUS_INSUFFICIENT_RESOURCES,
        10056 => STATUS_CONNECTION_ACTIVE,
        10057 => STATUS_INVALID_CONNECTION,
        10058 => STATUS_PIPE_DISCONNECTED,
        10060 => STATUS_IO_TIMEOUT,
        10061 => STATUS_CONNECTION_REFUSED,
        10064 => STATUS_HOST_DOWN,
        10065 => STATUS_HOST_UNREACHABLE,
        10101 => STATUS_GRACEFUL_DISCONNECT,
        _ => STATUS_INVALID_PARAMETER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Row by row: names and numbers are Windows' own.
    #[test]
    fn numbers_are_those_of_windows() {
        let rows = told();
        assert_eq!(rows.len(), TABLE.len());
        for (name, numbers) in rows {
            for (theirs, ours) in numbers {
                assert_eq!(theirs, ours, "{name}");
            }
        }
        assert!(TABLE.windows(2).all(|pair| pair[0].status < pair[1].status), "sorted, each once");
        let pending = windows_sys::Win32::Foundation::STATUS_PENDING.cast_unsigned();
        assert_eq!((pending, PENDING), (PENDING, windows_sys::Win32::Foundation::ERROR_IO_INCOMPLETE - 737));
        assert_eq!(INCOMPLETE, windows_sys::Win32::Foundation::ERROR_IO_INCOMPLETE);
    }

    /// SC1 to SC19: status, code of Windows, code of Winsock.
    #[test]
    fn what_a_completion_shows() {
        for (row, status, windows, winsock) in [
            ("SC1", 0, 0, 0),
            ("SC2", 0x103, 996, 996),
            ("SC3", 0xC000_0120, 995, 995),
            ("SC4", 0xC000_0241, 1236, 10053),
            ("SC5", 0xC000_020D, 64, 10054),
            ("SC6", 0xC000_013B, 64, 10053),
            ("SC6", 0xC000_013C, 64, 10054),
            ("SC6", 0xC000_020C, 64, 10054),
            ("SC7", 0xC000_0236, 1225, 10061),
            ("SC8", 0xC000_00B5, 121, 10060),
            ("SC9", 0xC000_023F, 1234, 10054),
            ("SC10", 0xC000_023C, 1231, 10051),
            ("SC10", 0xC000_023D, 1232, 10065),
            ("SC10", 0xC000_023E, 1233, 10051),
            ("SC11", 0x8000_0005, 234, 10040),
            ("SC12", 0xC000_0023, 122, 10014),
            ("SC13", 0xC000_00B0, 233, 10058),
            ("SC14", 0xC000_0140, 59, 10057),
            ("SC15", 0xC000_0005, 998, 10014),
            ("SC16", 0xC000_009A, 1450, 10055),
            ("SC17", 0xC000_000D, 87, 10022),
            ("SC18", 0xC000_00BB, 50, 10045),
            ("SC19", 0xC000_0022, 5, 10013),
        ] {
            assert_eq!((to_windows(status), to_winsock(status)), (windows, winsock), "{row} {status:#x}");
        }
    }

    /// OR1: what has no row is a success or WSAEINVAL.
    #[test]
    fn what_has_no_row() {
        for (status, expected) in
            [(1, 0), (0x102, 0), (0x4000_0000, 0), (0x8000_0001, 10022), (0xC000_0001, 10022)]
        {
            assert_eq!(to_winsock(status), expected, "{status:#x}");
            assert_eq!(to_windows(status) == 0, expected == 0, "{status:#x}");
        }
    }

    /// A failure says the same after it has travelled as a status, but for WSAENETRESET.
    #[test]
    fn codes_come_back() {
        for row in TABLE {
            let status = from_winsock(row.winsock);
            assert_eq!(to_winsock(status), row.winsock, "{:#x}", row.status);
        }
        assert_eq!(to_winsock(from_winsock(10052)), 10054);
        assert_eq!(from_winsock(0), SUCCESS);
        assert_eq!(to_winsock(from_winsock(11001)), 10022);
    }
}

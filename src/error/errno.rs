//! Linux's error numbers in Winsock's terms, where nothing more is known about the call and the socket.
//!
//! A call that knows more decides for itself first: what EPIPE, EAGAIN, ETIMEDOUT or EINVAL stand for depends
//! on the socket's state (docs/semantics/linux.md).

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::trace;
use crate::sys::Errno;

/// Makes rows of error number, its name, and code.
macro_rules! table {
    ($($errno:ident => $code:ident,)+) => {
        &[$((libc::$errno, stringify!($errno), WsaError::$code),)+]
    };
}

/// Sorted by the number that most architectures use. Searched from the front, since some number otherwise.
static TABLE: &[(i32, &str, WsaError)] = table! {
    EPERM => WSAEACCES, // a filter's verdict (Q20)
    ENOENT => WSAENETDOWN, // SM8: no such object; a Unix socket's path
    EINTR => WSAEINTR,
    EBADF => WSAENOTSOCK,
    EAGAIN => WSAEWOULDBLOCK,
    ENOMEM => WSAENOBUFS, // Q20
    EACCES => WSAEACCES, // Q20
    EFAULT => WSAEFAULT,
    ENODEV => WSAEADDRNOTAVAIL, // N2: a scope or interface that is not there
    EINVAL => WSAEINVAL,
    ENFILE => WSAEMFILE,
    EMFILE => WSAEMFILE,
    ENOTTY => WSAEOPNOTSUPP, // DW19: a request that the socket does not know
    ENOSPC => WSAENOBUFS,
    EPIPE => WSAESHUTDOWN, // SM5: pipe disconnected
    ENAMETOOLONG => WSAENAMETOOLONG,
    ENOSYS => WSAEOPNOTSUPP, // SM9: not implemented
    ENOTEMPTY => WSAENOTEMPTY,
    ELOOP => WSAELOOP,
    ENONET => WSAEHOSTUNREACH, // ICMP: the host is isolated
    EREMOTE => WSAEREMOTE,
    EUSERS => WSAEUSERS,
    ENOTSOCK => WSAENOTSOCK,
    EDESTADDRREQ => WSAENOTCONN, // ER16, not WSAEDESTADDRREQ
    EMSGSIZE => WSAEMSGSIZE,
    EPROTOTYPE => WSAEPROTOTYPE,
    ENOPROTOOPT => WSAENOPROTOOPT,
    EPROTONOSUPPORT => WSAEPROTONOSUPPORT,
    ESOCKTNOSUPPORT => WSAESOCKTNOSUPPORT,
    EOPNOTSUPP => WSAEOPNOTSUPP,
    EPFNOSUPPORT => WSAEPFNOSUPPORT,
    EAFNOSUPPORT => WSAEAFNOSUPPORT,
    EADDRINUSE => WSAEADDRINUSE,
    EADDRNOTAVAIL => WSAEADDRNOTAVAIL,
    ENETDOWN => WSAENETDOWN,
    ENETUNREACH => WSAENETUNREACH,
    ENETRESET => WSAENETRESET,
    ECONNABORTED => WSAECONNABORTED,
    ECONNRESET => WSAECONNRESET,
    ENOBUFS => WSAENOBUFS,
    EISCONN => WSAEISCONN,
    ENOTCONN => WSAENOTCONN,
    ESHUTDOWN => WSAESHUTDOWN,
    ETOOMANYREFS => WSAETOOMANYREFS,
    ETIMEDOUT => WSAETIMEDOUT,
    ECONNREFUSED => WSAECONNREFUSED,
    EHOSTDOWN => WSAEHOSTDOWN,
    EHOSTUNREACH => WSAEHOSTUNREACH,
    EALREADY => WSAEALREADY,
    EINPROGRESS => WSAEWOULDBLOCK, // K1: a connection has begun
    ESTALE => WSAESTALE,
    EDQUOT => WSAEDQUOT,
    ECANCELED => WSA_OPERATION_ABORTED, // SM7: cancelled
};

fn row(errno: Errno) -> Option<&'static (i32, &'static str, WsaError)> {
    TABLE.iter().find(|(number, ..)| *number == errno.number())
}

/// The code for an error number about which nothing else is known; `WSASYSCALLFAILURE` for one that no call
/// of ours is expected to give (Q21).
#[must_use]
pub fn code(errno: Errno) -> WsaError {
    row(errno).map_or(WsaError::WSASYSCALLFAILURE, |(_, _, code)| *code)
}

/// The failure of a call about which nothing but the error number is known. The trace names the number, with a
/// line of its own where nobody expected it (Q21).
impl From<Errno> for Failure {
    fn from(errno: Errno) -> Self {
        match row(errno) {
            Some((_, name, code)) => code.because(name),
            None => {
                trace::note(&format_args!("unexpected error of Linux: {errno:?}"));
                WsaError::WSASYSCALLFAILURE.because("an error of Linux that has no counterpart, named above")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each number at most once, and every number leads somewhere that has a name.
    #[test]
    fn total_and_unambiguous() {
        for number in 0..=4095 {
            let rows = TABLE.iter().filter(|(listed, ..)| *listed == number).count();
            assert!(rows <= 1, "errno {number} stands {rows} times");
            let answer = code(Errno::new(number));
            assert!(answer.name().is_some(), "errno {number}");
            if rows == 0 {
                assert_eq!(answer, WsaError::WSASYSCALLFAILURE, "errno {number} (Q21)");
            }
        }
        for number in [-1, 4096, i32::MIN, i32::MAX] {
            assert_eq!(code(Errno::new(number)), WsaError::WSASYSCALLFAILURE, "errno {number} (Q21)");
        }
    }

    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    #[test]
    fn sorted() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} and {} are out of order", pair[0].1, pair[1].1);
        }
    }

    /// Q20 and those rows of ER1 to ER24 that hold without knowing more, by number.
    #[test]
    fn rows_of_the_specification() {
        let rows = [
            (libc::ENETUNREACH, 10051),
            (libc::EHOSTUNREACH, 10065),
            (libc::EACCES, 10013),
            (libc::EPERM, 10013),
            (libc::ENETDOWN, 10050),
            (libc::ENOBUFS, 10055),
            (libc::ENOMEM, 10055),
            (libc::EWOULDBLOCK, 10035),
            (libc::ECONNRESET, 10054),
            (libc::EDESTADDRREQ, 10057),
            (libc::EMSGSIZE, 10040),
            (libc::EFAULT, 10014),
            (libc::EBADF, 10038),
            (libc::ENOTSOCK, 10038),
            (libc::EOPNOTSUPP, 10045),
            (libc::ENOTSUP, 10045),
            (libc::EINPROGRESS, 10035),
            (libc::EPROTO, 10107),
        ];
        for (errno, number) in rows {
            assert_eq!(code(Errno::new(errno)).number(), number, "{:?}", Errno::new(errno));
        }
    }

    #[test]
    fn failure_names_the_error() {
        let failure = Failure::from(Errno::new(libc::ECONNREFUSED));
        assert_eq!((failure.code, failure.why), (WsaError::WSAECONNREFUSED, "ECONNREFUSED"));
        assert_eq!(Failure::from(Errno::new(4000)).code, WsaError::WSASYSCALLFAILURE);
    }
}

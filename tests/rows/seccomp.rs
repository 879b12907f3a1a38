//! Error numbers that no state of this kernel gives: a filter of system calls lets the real `sendto` fail with them.

use std::thread;

use ws2_32::error::WsaError as E;

use crate::connections::{tcp, udp};
use crate::support::network::must;

/// Runs something in a thread whose `sendto` fails with this error number. Other threads are not concerned.
fn with_failing_sendto<T: Send>(errno: i32, job: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let load_number = libc::BPF_LD | libc::BPF_W | libc::BPF_ABS;
            let jump_if_equal = libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K;
            let give = libc::BPF_RET | libc::BPF_K;
            let step = |code: u32, if_so: u8, if_not: u8, k: u32| libc::sock_filter {
                code: u16::try_from(code).unwrap(),
                jt: if_so,
                jf: if_not,
                k,
            };
            let mut steps = [
                step(load_number, 0, 0, 0),
                step(jump_if_equal, 0, 1, u32::try_from(libc::SYS_sendto).unwrap()),
                step(give, 0, 0, libc::SECCOMP_RET_ERRNO | errno.cast_unsigned()),
                step(give, 0, 0, libc::SECCOMP_RET_ALLOW),
            ];
            let filter = libc::sock_fprog { len: 4, filter: steps.as_mut_ptr() };
            // SAFETY: no pointers.
            must(unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) });
            // SAFETY: the filter is as long as it says; the kernel copies it.
            must(unsafe { libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const filter) });
            job()
        });
        thread.join().unwrap()
    })
}

/// What the kernel says about datagrams and about streams, whose states never give these.
#[test]
fn errors_without_a_state() {
    let rows = [
        (libc::ENETDOWN, E::WSAENETDOWN),
        (libc::ENOBUFS, E::WSAENOBUFS),
        (libc::ENOMEM, E::WSAENOBUFS),
        (libc::EPERM, E::WSAEACCES),
        (libc::EXDEV, E::WSASYSCALLFAILURE), // Q21
    ];
    for (errno, code) in rows {
        let (stream, _peer) = tcp();
        let (datagram, _other) = udp();
        with_failing_sendto(errno, || {
            assert_eq!(stream.send(b"x", 0), Err(code), "stream, errno {errno}");
            assert_eq!(datagram.send(b"x", 0), Err(code), "datagram, errno {errno}");
        });
        assert_eq!(stream.send(b"x", 0), Ok(1), "it is not the connection's end");
        assert_eq!(datagram.send(b"x", 0), Ok(1));
    }
}

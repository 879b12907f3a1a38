//! Socket options and ioctls, by Linux's numbers.

use std::mem::MaybeUninit;

use syscalls::Sysno;

use crate::sys::{Errno, Fd, call};

/// Reads an option into a value of plain numbers; what the kernel does not fill stays zero.
///
/// # Errors
/// The kernel's error.
#[inline(always)]
fn get<T: Plain>(fd: Fd, level: i32, name: i32) -> Result<T, Errno> {
    // SAFETY: `Plain` types have zero as a value.
    let mut value: T = unsafe { MaybeUninit::zeroed().assume_init() };
    let mut len = u32::try_from(size_of::<T>()).unwrap_or(0);
    let (to, len_at) = ((&raw mut value) as usize, (&raw mut len) as usize);
    let (level, name) = (level.cast_unsigned() as usize, name.cast_unsigned() as usize);
    // SAFETY: the kernel writes to locals, no more than `len` says, and any bytes are a value of `T`.
    unsafe { call(Sysno::getsockopt, [fd.raw(), level, name, to, len_at, 0])? };
    Ok(value)
}

/// Types that are plain numbers all through: zero and any other bytes are a value.
///
/// # Safety
/// That is so.
pub unsafe trait Plain: Copy {}
// SAFETY: a number.
unsafe impl Plain for i32 {}
// SAFETY: a number.
unsafe impl Plain for u64 {}
// SAFETY: two numbers.
unsafe impl Plain for libc::linger {}
// SAFETY: two numbers.
unsafe impl Plain for libc::timeval {}
// SAFETY: numbers.
unsafe impl Plain for libc::in_addr {}
// SAFETY: numbers.
unsafe impl Plain for libc::ip_mreqn {}
// SAFETY: numbers.
unsafe impl Plain for libc::ipv6_mreq {}
// SAFETY: numbers.
unsafe impl Plain for libc::ucred {}
// SAFETY: numbers.
unsafe impl Plain for TcpCounters {}

/// Reads an option that is an `int`.
///
/// # Errors
/// The kernel's error.
#[inline(always)]
pub fn get_int(fd: Fd, level: i32, name: i32) -> Result<i32, Errno> {
    get(fd, level, name)
}

/// Reads an option that is a structure.
///
/// # Errors
/// The kernel's error.
#[inline(always)]
pub fn get_value<T: Plain>(fd: Fd, level: i32, name: i32) -> Result<T, Errno> {
    get(fd, level, name)
}

/// Sets an option.
///
/// # Errors
/// The kernel's error.
#[inline(always)]
pub fn set<T: Plain>(fd: Fd, level: i32, name: i32, value: T) -> Result<(), Errno> {
    let (level, name) = (level.cast_unsigned() as usize, name.cast_unsigned() as usize);
    let from = (&raw const value) as usize;
    // SAFETY: the kernel reads a local.
    unsafe { call(Sysno::setsockopt, [fd.raw(), level, name, from, size_of::<T>(), 0])? };
    Ok(())
}

/// Has a connection end with a reset when it is closed.
pub fn reset_at_close(fd: Fd) {
    let _ = set(fd, libc::SOL_SOCKET, libc::SO_LINGER, libc::linger { l_onoff: 1, l_linger: 0 });
}

/// Sets an option from bytes, laid out as the kernel wants them.
///
/// # Errors
/// The kernel's error.
pub fn set_bytes(fd: Fd, level: i32, name: i32, bytes: &[u8]) -> Result<(), Errno> {
    let (level, name) = (level.cast_unsigned() as usize, name.cast_unsigned() as usize);
    // SAFETY: the kernel reads a slice.
    unsafe { call(Sysno::setsockopt, [fd.raw(), level, name, bytes.as_ptr() as usize, bytes.len(), 0])? };
    Ok(())
}

/// Reads an option into bytes; how many the kernel wrote.
///
/// # Errors
/// The kernel's error.
pub fn get_bytes(fd: Fd, level: i32, name: i32, bytes: &mut [u8]) -> Result<usize, Errno> {
    let mut len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let (to, len_at) = (bytes.as_mut_ptr() as usize, (&raw mut len) as usize);
    let (level, name) = (level.cast_unsigned() as usize, name.cast_unsigned() as usize);
    // SAFETY: the kernel writes to a slice, no more than its length, and to a local.
    unsafe { call(Sysno::getsockopt, [fd.raw(), level, name, to, len_at, 0])? };
    Ok(usize::try_from(len).unwrap_or(0).min(bytes.len()))
}

/// The kernel's number for the socket itself: shared by duplicates, new for every new socket. A kernel that has no
/// such number (before 4.12, emulators) tells the inode's, which serves.
///
/// # Errors
/// The kernel's error; `ENOTSOCK` or `EBADF` where there is no socket.
#[inline(always)]
pub fn cookie(fd: Fd) -> Result<u64, Errno> {
    match get(fd, libc::SOL_SOCKET, libc::SO_COOKIE) {
        Err(errno) if !matches!(errno.number(), libc::ENOTSOCK | libc::EBADF) => inode_instead(fd),
        told => told,
    }
}

#[cold]
fn inode_instead(fd: Fd) -> Result<u64, Errno> {
    socket_type(fd)?;
    crate::sys::file_identity(fd).map(|(_, inode)| inode)
}

/// `SO_TYPE`: Linux's number, which is Windows' too.
///
/// # Errors
/// The kernel's error; `ENOTSOCK` or `EBADF` where there is no socket.
pub fn socket_type(fd: Fd) -> Result<i32, Errno> {
    get(fd, libc::SOL_SOCKET, libc::SO_TYPE)
}

/// The process at the other end of a connection of `AF_UNIX`, as it was when it connected or listened; 0 where there is none.
///
/// # Errors
/// The kernel's error.
pub fn peer_process(fd: Fd) -> Result<i32, Errno> {
    get(fd, libc::SOL_SOCKET, libc::SO_PEERCRED).map(|peer: libc::ucred| peer.pid)
}

/// `SO_NETNS_COOKIE`: which network namespace the socket is of; from Linux 5.14 on, for IPv4 and IPv6.
///
/// # Errors
/// The kernel's error; `ENOPROTOOPT` where it does not say.
pub fn network(fd: Fd) -> Result<u64, Errno> {
    get(fd, libc::SOL_SOCKET, libc::SO_NETNS_COOKIE)
}

/// Takes the socket's pending error: reading it clears it.
///
/// # Errors
/// The kernel's error.
#[inline(always)]
pub fn take_error(fd: Fd) -> Result<Option<Errno>, Errno> {
    let number: i32 = get(fd, libc::SOL_SOCKET, libc::SO_ERROR)?;
    Ok((number != 0).then(|| Errno::new(number)))
}

/// The beginning of the kernel's `struct tcp_info`, as far as it is needed.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TcpCounters {
    /// The connection's state, `TCP_ESTABLISHED` = 1 and so on.
    pub state: u8,
    ca_state: u8,
    /// Retransmissions of the segment that is out now.
    pub retransmits: u8,
    /// Keep-alive or zero-window probes that have not been answered.
    pub probes: u8,
    backoff: u8,
    options: u8,
    window_scales: u8,
    flags: u8,
    times_and_counts: [u32; 24],
    rates: [u64; 2],
    /// Bytes that the peer has acknowledged, our SYN included.
    pub bytes_acked: u64,
    /// Bytes that have come, the peer's FIN as one of them.
    pub bytes_received: u64,
    segs_out: u32,
    /// Segments that came in.
    pub segs_in: u32,
    /// Bytes that wait to be sent.
    pub notsent_bytes: u32,
    min_rtt: u32,
}

const _: () = {
    use std::mem::offset_of;
    assert!(offset_of!(TcpCounters, bytes_acked) == 120);
    assert!(offset_of!(TcpCounters, segs_in) == 140);
    assert!(offset_of!(TcpCounters, notsent_bytes) == 144);
};

/// `TCP_INFO`.
///
/// # Errors
/// The kernel's error; `EOPNOTSUPP` for what is not TCP.
pub fn tcp_counters(fd: Fd) -> Result<TcpCounters, Errno> {
    get(fd, libc::IPPROTO_TCP, libc::TCP_INFO)
}

/// An ioctl that reports an `int`.
///
/// # Errors
/// The kernel's error.
pub fn ioctl_int(fd: Fd, request: libc::Ioctl) -> Result<i32, Errno> {
    let mut value = 0_i32;
    let request = usize::try_from(request).unwrap_or(0);
    // SAFETY: the requests used here write one `int`.
    unsafe { call(Sysno::ioctl, [fd.raw(), request, (&raw mut value) as usize, 0, 0, 0])? };
    Ok(value)
}

/// Makes the descriptor blocking or non-blocking: one system call, whatever it was.
///
/// # Errors
/// The kernel's error.
#[inline(always)]
pub fn set_nonblocking(fd: Fd, on: bool) -> Result<(), Errno> {
    let value = i32::from(on);
    let request = usize::try_from(libc::FIONBIO).unwrap_or(0);
    // SAFETY: the kernel reads a local.
    unsafe { call(Sysno::ioctl, [fd.raw(), request, (&raw const value) as usize, 0, 0, 0])? };
    Ok(())
}

#[cfg(test)]
impl TcpCounters {
    /// Counters with everything else 0.
    pub(crate) fn for_test(state: u8, bytes_acked: u64, segs_in: u32) -> Self {
        // SAFETY: `Plain` types have zero as a value.
        let zero: Self = unsafe { MaybeUninit::zeroed().assume_init() };
        Self { state, bytes_acked, segs_in, ..zero }
    }
}

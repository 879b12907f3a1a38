//! Making, naming, connecting, shutting down and closing sockets.

use syscalls::Sysno;

use crate::sys::{Address, Errno, Fd, call};

/// Makes a socket that is closed on exec. All numbers are Linux's.
///
/// # Errors
/// The kernel's error.
#[inline(always)]
pub fn socket(domain: i32, kind: i32, protocol: i32) -> Result<Fd, Errno> {
    let kind = kind | libc::SOCK_CLOEXEC;
    let args = [domain, kind, protocol].map(as_word);
    // SAFETY: numbers only.
    let fd = unsafe { call(Sysno::socket, [args[0], args[1], args[2], 0, 0, 0])? };
    above_standard_streams(Fd::from_kernel(fd)?)
}

/// Windows never hands out 0, and programs take 0 to 2 for the standard streams: a new socket gets another number.
#[inline(always)]
fn above_standard_streams(fd: Fd) -> Result<Fd, Errno> {
    if fd.number() > 2 {
        return Ok(fd);
    }
    moved_up(fd)
}

#[cold]
fn moved_up(fd: Fd) -> Result<Fd, Errno> {
    let moved = crate::sys::file::duplicate(fd, false);
    close(fd);
    moved
}

/// Closes a descriptor. Linux lets go of the number whatever it answers.
#[inline(always)]
pub fn close(fd: Fd) {
    // SAFETY: a number; who may close it is the caller's business.
    let _ = unsafe { call(Sysno::close, [fd.raw(), 0, 0, 0, 0, 0]) };
}

/// Gives the socket a local address.
///
/// # Errors
/// The kernel's error.
pub fn bind(fd: Fd, address: &Address) -> Result<(), Errno> {
    // SAFETY: the kernel reads a local value.
    unsafe { call(Sysno::bind, [fd.raw(), address.as_ptr(), address.len(), 0, 0, 0])? };
    Ok(())
}

/// Connects; on a blocking descriptor this waits in the kernel.
///
/// # Errors
/// The kernel's error.
#[inline(always)]
pub fn connect(fd: Fd, address: &Address) -> Result<(), Errno> {
    // SAFETY: the kernel reads a local value.
    unsafe { call(Sysno::connect, [fd.raw(), address.as_ptr(), address.len(), 0, 0, 0])? };
    Ok(())
}

/// Listens.
///
/// # Errors
/// The kernel's error.
pub fn listen(fd: Fd, backlog: i32) -> Result<(), Errno> {
    // SAFETY: numbers only.
    unsafe { call(Sysno::listen, [fd.raw(), as_word(backlog), 0, 0, 0, 0])? };
    Ok(())
}

/// Takes a connection; on a blocking descriptor this waits in the kernel. The new socket is closed on exec.
///
/// # Errors
/// The kernel's error.
#[inline(always)]
pub fn accept(fd: Fd, nonblocking: bool) -> Result<(Fd, Address), Errno> {
    let flags = libc::SOCK_CLOEXEC | if nonblocking { libc::SOCK_NONBLOCK } else { 0 };
    let mut peer = Address::room();
    let mut len = 128_u32;
    let (to, len_at) = (peer.as_mut_ptr(), (&raw mut len) as usize);
    // SAFETY: the kernel writes to locals, no more than `len` says.
    let new = unsafe { call(Sysno::accept4, [fd.raw(), to, len_at, as_word(flags), 0, 0])? };
    peer.set_len(len);
    Ok((above_standard_streams(Fd::from_kernel(new)?)?, peer))
}

/// Shuts down; `how` is Linux's (and Windows') 0, 1 or 2.
///
/// # Errors
/// The kernel's error.
pub fn shutdown(fd: Fd, how: i32) -> Result<(), Errno> {
    // SAFETY: numbers only.
    unsafe { call(Sysno::shutdown, [fd.raw(), as_word(how), 0, 0, 0, 0])? };
    Ok(())
}

/// The local address.
///
/// # Errors
/// The kernel's error.
pub fn local_name(fd: Fd) -> Result<Address, Errno> {
    name(Sysno::getsockname, fd)
}

/// The peer's address.
///
/// # Errors
/// The kernel's error.
pub fn peer_name(fd: Fd) -> Result<Address, Errno> {
    name(Sysno::getpeername, fd)
}

fn name(number: Sysno, fd: Fd) -> Result<Address, Errno> {
    let mut address = Address::room();
    let mut len = 128_u32;
    let (to, len_at) = (address.as_mut_ptr(), (&raw mut len) as usize);
    // SAFETY: the kernel writes to locals, no more than `len` says.
    unsafe { call(number, [fd.raw(), to, len_at, 0, 0, 0])? };
    address.set_len(len);
    Ok(address)
}

/// Whether the descriptor is in non-blocking mode.
///
/// # Errors
/// The kernel's error.
#[inline(always)]
pub fn nonblocking(fd: Fd) -> Result<bool, Errno> {
    Ok(status_flags(fd)? & nonblock_bit() != 0)
}

#[inline(always)]
fn status_flags(fd: Fd) -> Result<usize, Errno> {
    // SAFETY: numbers only.
    unsafe { call(Sysno::fcntl, [fd.raw(), as_word(libc::F_GETFL), 0, 0, 0, 0]) }
}

const fn nonblock_bit() -> usize {
    libc::O_NONBLOCK.unsigned_abs() as usize
}

/// An `int` argument as the register that carries it.
fn as_word(number: i32) -> usize {
    number.cast_unsigned() as usize
}

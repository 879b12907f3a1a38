//! Filters that the kernel runs on what a socket receives: small programs of the classic BPF machine.

use syscalls::Sysno;

use crate::sys::{Errno, Fd, call};

/// One instruction, in the kernel's layout.
pub type Instruction = libc::sock_filter;

const fn step(code: u32, jt: u8, jf: u8, k: u32) -> Instruction {
    #[allow(clippy::cast_possible_truncation, reason = "the codes have 16 bits")]
    let code = code as u16;
    Instruction { code, jt, jf, k }
}

/// Takes everything.
const TAKE: Instruction = step(libc::BPF_RET, 0, 0, u32::MAX);
/// Takes nothing. Where a listener is chosen by number, it is the number of the first.
const NONE: Instruction = step(libc::BPF_RET, 0, 0, 0);

/// The number of the interface by which it came: `SKF_AD_OFF + SKF_AD_IFINDEX`.
const INTERFACE: Instruction = step(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0, (-0x1000_i32 + 8).cast_unsigned());
/// The loopback interface is the first of every network.
const LOOPBACK: u32 = 1;

/// Four times the low half of the first byte: the length of an IPv4 header, into the index.
const HEADER: Instruction = step(libc::BPF_LDX | libc::BPF_B | libc::BPF_MSH, 0, 0, 0);
const BYTE_AT_INDEX: Instruction = step(libc::BPF_LD | libc::BPF_B | libc::BPF_IND, 0, 0, 0);
const FIRST_BYTE: Instruction = step(libc::BPF_LD | libc::BPF_B | libc::BPF_ABS, 0, 0, 0);

/// The number in the accumulator is this one: goes on after `jt`, else after `jf` instructions.
const fn equals(number: u32, jt: u8, jf: u8) -> Instruction {
    step(libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K, jt, jf, number)
}

/// Everything but ICMP's echo request by the loopback interface. A raw socket of IPv4 gets the IP header, too.
pub static NO_LOOPED_ECHO_REQUEST: [Instruction; 7] =
    [INTERFACE, equals(LOOPBACK, 0, 3), HEADER, BYTE_AT_INDEX, equals(8, 1, 0), TAKE, NONE];

/// The same for ICMPv6. A raw socket of IPv6 gets no IP header.
pub static NO_LOOPED_ECHO_REQUEST_OF_IPV6: [Instruction; 6] =
    [INTERFACE, equals(LOOPBACK, 0, 2), FIRST_BYTE, equals(128, 1, 0), TAKE, NONE];

/// Whatever comes, the first of those that share an address.
static FIRST: [Instruction; 1] = [NONE];

/// Lets a filter decide what a socket receives.
///
/// # Errors
/// The kernel's error.
pub fn attach(fd: Fd, program: &'static [Instruction]) -> Result<(), Errno> {
    set(fd, libc::SO_ATTACH_FILTER, program)
}

/// Lets the first of the sockets that share an address by SO_REUSEPORT have all that comes to it; for any one of them.
///
/// # Errors
/// The kernel's error: `EINVAL` where the socket shares with nobody.
pub fn first_gets_all(fd: Fd) -> Result<(), Errno> {
    set(fd, libc::SO_ATTACH_REUSEPORT_CBPF, &FIRST)
}

fn set(fd: Fd, name: i32, program: &'static [Instruction]) -> Result<(), Errno> {
    let len = u16::try_from(program.len()).map_err(|_| Errno::new(libc::EINVAL))?;
    let value = libc::sock_fprog { len, filter: program.as_ptr().cast_mut() };
    let (level, name) = (libc::SOL_SOCKET.cast_unsigned() as usize, name.cast_unsigned() as usize);
    let from = (&raw const value) as usize;
    // SAFETY: the kernel reads a local, and as many instructions as that says.
    unsafe { call(Sysno::setsockopt, [fd.raw(), level, name, from, size_of_val(&value), 0])? };
    Ok(())
}

//! Filters that the kernel runs on what a socket receives: small programs of the classic BPF machine.

use syscalls::Sysno;

use crate::sys::room::Made;
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
const INTERFACE: Instruction = load_beside(8);
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

/// `SKF_AD_OFF`: behind it stands what the kernel knows beside the packet.
const BESIDE: i32 = -0x1000;
/// `SKF_NET_OFF`: behind it stands the IP header.
const IP: i32 = -0x10_0000;

const fn load_beside(what: i32) -> Instruction {
    step(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0, (BESIDE + what).cast_unsigned())
}

/// How it came: `SKF_AD_PKTTYPE`.
const KIND: Instruction = load_beside(4);
const PACKET_BROADCAST: u32 = 1;
const PACKET_LOOPBACK: u32 = 5;
/// `SKF_AD_PROTOCOL`.
const PROTOCOL: Instruction = load_beside(0);
const ETH_P_IP: u32 = 0x800;
/// The receiver's address in a header of IPv4.
const TO: Instruction = step(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0, (IP + 16).cast_unsigned());

/// The most interfaces that one filter lists; the kernel's limit is 4096 instructions.
pub const MOST_INTERFACES: usize = 1024;

/// Lets a datagram socket have no broadcasts, or only what comes by these interfaces.
///
/// # Errors
/// The kernel's error.
pub fn set_hearing(fd: Fd, no_broadcasts: bool, only: Option<&[u32]>) -> Result<(), Errno> {
    match (no_broadcasts, only) {
        (false, None) => match super::option::set(fd, libc::SOL_SOCKET, libc::SO_DETACH_FILTER, 0_i32) {
            // There was none.
            Err(errno) if errno.number() == libc::ENOENT => Ok(()),
            result => result,
        },
        _ => attach(fd, &hearing(no_broadcasts, only)?),
    }
}

/// The most instructions beside those for a list.
const OTHERS: usize = 12;

fn hearing(no_broadcasts: bool, only: Option<&[u32]>) -> Made<Vec<Instruction>> {
    let mut program = Vec::new();
    let listed = only.map_or(0, <[u32]>::len);
    program.try_reserve_exact(listed.saturating_mul(2).saturating_add(OTHERS))?;
    if let Some(listed) = only {
        program.push(INTERFACE);
        for (at, number) in listed.iter().enumerate() {
            // To what follows the list: over the rest of it, two instructions each, and over "none".
            let rest = u32::try_from((listed.len() - at - 1) * 2 + 1).unwrap_or(0);
            program.extend([equals(*number, 0, 1), step(libc::BPF_JMP | libc::BPF_JA, 0, 0, rest)]);
        }
        program.push(NONE);
    }
    if no_broadcasts {
        // What this machine sent itself comes as "looped", whether a broadcast or for a group (224.0.0.0/4).
        program.extend([
            KIND,
            equals(PACKET_BROADCAST, 7, 0),
            equals(PACKET_LOOPBACK, 0, 5),
            PROTOCOL,
            equals(ETH_P_IP, 0, 3),
            TO,
            step(libc::BPF_ALU | libc::BPF_AND | libc::BPF_K, 0, 0, 0xf000_0000),
            equals(0xe000_0000, 0, 1),
            TAKE,
            NONE,
        ]);
    } else {
        program.push(TAKE);
    }
    Ok(program)
}

/// Lets a filter decide what a socket receives.
///
/// # Errors
/// The kernel's error.
pub fn attach(fd: Fd, program: &[Instruction]) -> Result<(), Errno> {
    set(fd, libc::SO_ATTACH_FILTER, program)
}

/// Lets the first of the sockets that share an address by SO_REUSEPORT have all that comes to it; for any one of them.
///
/// # Errors
/// The kernel's error: `EINVAL` where the socket shares with nobody.
pub fn first_gets_all(fd: Fd) -> Result<(), Errno> {
    set(fd, libc::SO_ATTACH_REUSEPORT_CBPF, &FIRST)
}

fn set(fd: Fd, name: i32, program: &[Instruction]) -> Result<(), Errno> {
    let len = u16::try_from(program.len()).map_err(|_| Errno::new(libc::EINVAL))?;
    let value = libc::sock_fprog { len, filter: program.as_ptr().cast_mut() };
    let (level, name) = (libc::SOL_SOCKET.cast_unsigned() as usize, name.cast_unsigned() as usize);
    let from = (&raw const value) as usize;
    // SAFETY: the kernel reads a local, and as many instructions as that says.
    unsafe { call(Sysno::setsockopt, [fd.raw(), level, name, from, size_of_val(&value), 0])? };
    Ok(())
}

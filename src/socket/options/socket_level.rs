//! The options of level SOL_SOCKET.

use super::form::{Answer, Form, TOO_SHORT};
use super::numbers as n;
use super::{NO_OPTION, Target, protocol_info, refused};
use crate::descriptor::facts::{self, Facts};
use crate::descriptor::special::Special;
use crate::descriptor::{self, Identity, Record};
use crate::error::WsaError;
use crate::error::errno;
use crate::error::failure::Failure;
use crate::socket::connect::{State, settle, settle_as};
use crate::socket::transfer::kernel_time_out;
use crate::socket::{companion, sharing};
use crate::sys::Fd;
use crate::sys::event::clock;
use crate::sys::net::{option, transfer};
use crate::windows::abi::AF_INET6;

/// The form of an option that is a number; none where there is no such option, or not for this kind of socket.
fn form(name: i32, stream: bool) -> Option<Form> {
    let form = match name {
        n::SO_KEEPALIVE if stream => Form::Byte,
        n::SO_DONTROUTE => Form::Byte,
        n::SO_ACCEPTCONN | n::SO_DONTLINGER | n::SO_OOBINLINE | n::SO_CONDITIONAL_ACCEPT if stream => {
            Form::SocketFlag
        }
        n::SO_BROADCAST if !stream => Form::SocketFlag,
        n::SO_DEBUG
        | n::SO_REUSEADDR
        | n::SO_EXCLUSIVEADDRUSE
        | n::SO_RANDOMIZE_PORT
        | n::SO_PORT_SCALABILITY
        | n::SO_REUSE_UNICASTPORT => Form::SocketFlag,
        n::SO_SNDBUF
        | n::SO_RCVBUF
        | n::SO_SNDTIMEO
        | n::SO_RCVTIMEO
        | n::SO_ERROR
        | n::SO_TYPE
        | n::SO_MAX_MSG_SIZE
        | n::SO_CONNECT_TIME
        | n::SO_COMPARTMENT_ID => Form::SocketWhole,
        _ => return None,
    };
    Some(form)
}

/// See [`super::takes_negative`]: the options that Winsock itself keeps, not the protocols below it.
pub(super) fn takes_negative(name: i32) -> bool {
    let forms = [form(name, true), form(name, false)];
    let kept_by_winsock = |form| matches!(form, Form::SocketFlag | Form::SocketWhole);
    matches!(name, n::SO_LINGER | n::SO_OPENTYPE) || forms.into_iter().flatten().any(kept_by_winsock)
}

/// The routing compartment that every program is in, unless Windows was told otherwise.
const DEFAULT_COMPARTMENT: u32 = 1;

/// The size of a buffer by which Windows moves data between the program's memory and the network without one. Linux cannot,
/// and to the kernel it would mean the least buffer that there is, where Windows slows nothing down: it stays as it is.
const UNBUFFERED: u32 = 0;

/// Sets an option.
pub(super) fn set(target: Target, name: i32, value: Result<&[u8], Failure>) -> Result<(), Failure> {
    if name == n::SO_LINGER && target.is_stream() {
        return set_linger(target.fd, value?);
    }
    let form = form(name, target.is_stream()).ok_or(NO_OPTION)?;
    if name == n::SO_TYPE {
        // X14.
        return Err(WsaError::WSAEINVAL.because("the type of a socket cannot be changed"));
    }
    if matches!(name, n::SO_ACCEPTCONN | n::SO_MAX_MSG_SIZE | n::SO_CONNECT_TIME) {
        return Err(WsaError::WSAENOPROTOOPT.because("the option can only be read"));
    }
    set_number(target, name, form.parse(value?)?)
}

fn set_number(target: Target, name: i32, value: u32) -> Result<(), Failure> {
    let fd = target.fd;
    match name {
        n::SO_KEEPALIVE => kernel_set(fd, libc::SO_KEEPALIVE, value),
        n::SO_BROADCAST => {
            kernel_set(fd, libc::SO_BROADCAST, value)?;
            companion::broadcasts(fd, value != 0)
        }
        n::SO_OOBINLINE => set_in_line(fd, value),
        n::SO_SNDBUF => {
            if value != UNBUFFERED {
                kernel_set(fd, libc::SO_SNDBUF, value)?;
            }
            remember_buffer(fd, |special| &mut special.send_buffer, value)
        }
        n::SO_RCVBUF => {
            if value != UNBUFFERED {
                kernel_set(fd, libc::SO_RCVBUF, value)?;
                companion::set_on_all(fd, libc::SOL_SOCKET, libc::SO_RCVBUF, value.cast_signed());
            }
            remember_buffer(fd, |special| &mut special.receive_buffer, value)
        }
        n::SO_SNDTIMEO => set_time_out(fd, |record| record.send_timeout = Some(value)),
        n::SO_RCVTIMEO => set_time_out(fd, |record| record.receive_timeout = Some(value)),
        n::SO_ERROR => {
            settled_error(target, descriptor::identify(fd)?)?;
            note(fd, |record| record.error = value.cast_signed())
        }
        n::SO_DONTLINGER => {
            let linger: libc::linger = option::get_value(fd, libc::SOL_SOCKET, libc::SO_LINGER)?;
            let linger = libc::linger { l_onoff: i32::from(value == 0), ..linger };
            option::set(fd, libc::SOL_SOCKET, libc::SO_LINGER, linger)?;
            facts::note(fd, facts::seen(fd), Facts::LINGERS);
            remember_linger(fd, 1)
        }
        n::SO_REUSEADDR => set_reuse(target, value != 0),
        n::SO_EXCLUSIVEADDRUSE => set_exclusive(fd, value != 0),
        n::SO_COMPARTMENT_ID if value == DEFAULT_COMPARTMENT => Ok(()),
        n::SO_COMPARTMENT_ID => Err(WsaError::WSAEINVAL.because("there is one compartment, number 1")),
        _ => Ok(descriptor::change(fd, |record| record.remember(n::SOL_SOCKET, name, value))?),
    }
}

/// Reads an option.
pub(super) fn get(target: Target, name: i32, room: Result<usize, Failure>) -> Result<Answer, Failure> {
    match name {
        n::SO_LINGER if target.is_stream() => return get_linger(target.fd, room?),
        n::SO_PROTOCOL_INFOA | n::SO_PROTOCOL_INFOW => {
            return protocol_info::get(target, name == n::SO_PROTOCOL_INFOW, room?);
        }
        _ => {}
    }
    let form = form(name, target.is_stream()).ok_or(NO_OPTION)?;
    let room = room?;
    Ok(form.print(get_number(target, name)?, room))
}

fn get_number(target: Target, name: i32) -> Result<u32, Failure> {
    let fd = target.fd;
    let kept = |look: fn(&Record) -> Option<u32>| -> Result<Option<u32>, Failure> {
        Ok(descriptor::identify(fd)?.look(look).flatten())
    };
    match name {
        n::SO_ACCEPTCONN => kernel_get(fd, libc::SO_ACCEPTCONN),
        n::SO_KEEPALIVE => kernel_get(fd, libc::SO_KEEPALIVE),
        n::SO_BROADCAST => kernel_get(fd, libc::SO_BROADCAST),
        n::SO_OOBINLINE => kernel_get(fd, libc::SO_OOBINLINE),
        n::SO_TYPE => Ok(target.kind.cast_unsigned()),
        n::SO_SNDBUF => own_or_kernel(
            kept(|record| record.special().send_buffer.map(i32::cast_unsigned))?,
            fd,
            libc::SO_SNDBUF,
        ),
        n::SO_RCVBUF => own_or_kernel(
            kept(|record| record.special().receive_buffer.map(i32::cast_unsigned))?,
            fd,
            libc::SO_RCVBUF,
        ),
        n::SO_SNDTIMEO => {
            let own = kept(|record| record.send_timeout)?;
            Ok(own.unwrap_or_else(|| kernel_time_out(fd, libc::SO_SNDTIMEO)))
        }
        n::SO_RCVTIMEO => {
            let own = kept(|record| record.receive_timeout)?;
            Ok(own.unwrap_or_else(|| kernel_time_out(fd, libc::SO_RCVTIMEO)))
        }
        n::SO_ERROR => Ok(settled_error(target, descriptor::identify(fd)?)?.cast_unsigned()),
        n::SO_DONTLINGER => {
            let linger: libc::linger = option::get_value(fd, libc::SOL_SOCKET, libc::SO_LINGER)?;
            Ok(u32::from(linger.l_onoff == 0))
        }
        n::SO_REUSEADDR => {
            let own = kept(|record| record.ours.then_some(record.reuse_address.into()))?;
            own.map_or_else(|| kernel_get(fd, libc::SO_REUSEADDR), Ok)
        }
        n::SO_EXCLUSIVEADDRUSE => Ok(kept(|record| Some(record.exclusive_address.into()))?.unwrap_or(0)),
        n::SO_MAX_MSG_SIZE => Ok(longest_message(target.kind, target.family()?)),
        n::SO_CONNECT_TIME => connect_time(target),
        n::SO_COMPARTMENT_ID => Ok(DEFAULT_COMPARTMENT),
        _ => Ok(descriptor::identify(fd)?.look(|record| record.remembered(n::SOL_SOCKET, name)).unwrap_or(0)),
    }
}

fn kernel_set(fd: Fd, name: i32, value: u32) -> Result<(), Failure> {
    option::set(fd, libc::SOL_SOCKET, name, value.cast_signed()).map_err(refused)
}

fn kernel_get(fd: Fd, name: i32) -> Result<u32, Failure> {
    Ok(option::get_int(fd, libc::SOL_SOCKET, name).map_err(refused)?.cast_unsigned())
}

fn own_or_kernel(own: Option<u32>, fd: Fd, name: i32) -> Result<u32, Failure> {
    own.map_or_else(|| kernel_get(fd, name), Ok)
}

fn set_time_out(fd: Fd, change: impl FnOnce(&mut Record)) -> Result<(), Failure> {
    let seen = facts::seen(fd);
    note(fd, change)?;
    facts::note(fd, seen, Facts::TIMED);
    Ok(())
}

fn remember_buffer(fd: Fd, which: fn(&mut Special) -> &mut Option<i32>, value: u32) -> Result<(), Failure> {
    Ok(descriptor::change(fd, |record| {
        record.change_special(|special| {
            *which(special) = Some(value.cast_signed());
            Ok(())
        })
    })?)
}

fn note(fd: Fd, change: impl FnOnce(&mut Record)) -> Result<(), Failure> {
    Ok(descriptor::update(fd, change)?)
}

/// O1: SO_ERROR tells how the last non-blocking `connect` failed. Reading does not clear it, and neither the
/// end of a connection nor another error shows in it.
fn settled_error(target: Target, identity: Identity) -> Result<i32, Failure> {
    // One that is known to be connected has settled, and is not held for this.
    if target.is_stream() && target.held && settle_as(identity, target.fd)? == State::Fresh {
        // A connect of POSIX code that failed, which no record tells of.
        if let Some(errno) = option::take_error(target.fd)? {
            note(target.fd, |record| record.error = errno::code(errno).number())?;
        }
    }
    Ok(identity.look(|record| record.error).unwrap_or(0))
}

/// X3: an urgent byte that was received apart does not come again in line. Linux would let it, since the byte stays in
/// the stream; it is taken out where it is the next one there. Behind other data it comes again.
fn set_in_line(fd: Fd, value: u32) -> Result<(), Failure> {
    let comes_again = value != 0
        && kernel_get(fd, libc::SO_OOBINLINE)? == 0
        && option::ioctl_int(fd, SIOCATMARK).is_ok_and(|at_mark| at_mark != 0)
        && transfer::urgent_byte_was_taken(fd);
    kernel_set(fd, libc::SO_OOBINLINE, value)?;
    if comes_again {
        transfer::discard_byte(fd);
    }
    Ok(())
}

/// Linux's number, which `libc` does not name.
const SIOCATMARK: libc::Ioctl = 0x8905;

/// `struct linger` of Windows: two 16-bit numbers.
fn set_linger(fd: Fd, value: &[u8]) -> Result<(), Failure> {
    let [on_low, on_high, time_low, time_high, ..] = *value else { return Err(TOO_SHORT) };
    let linger = libc::linger {
        l_onoff: (on_low | on_high).into(),
        l_linger: u16::from_ne_bytes([time_low, time_high]).into(),
    };
    let seen = facts::seen(fd);
    option::set(fd, libc::SOL_SOCKET, libc::SO_LINGER, linger)?;
    if linger.l_onoff != 0 && linger.l_linger > 0 {
        facts::note(fd, seen, Facts::LINGERS);
    } else {
        facts::unnote(fd, seen, Facts::LINGERS);
    }
    remember_linger(fd, u16::from_ne_bytes([on_low, on_high]))
}

/// X12: the kernel keeps no more of l_onoff than on or off, which is enough for 0 and 1.
fn remember_linger(fd: Fd, on: u16) -> Result<(), Failure> {
    let before = || descriptor::glance(fd, |record| record.recalled(n::SOL_SOCKET, n::SO_LINGER)).flatten();
    if on > 1 || before().is_some() {
        descriptor::change(fd, |record| record.remember(n::SOL_SOCKET, n::SO_LINGER, on.into()))?;
    }
    Ok(())
}

fn get_linger(fd: Fd, room: usize) -> Result<Answer, Failure> {
    let linger: libc::linger = option::get_value(fd, libc::SOL_SOCKET, libc::SO_LINGER)?;
    let time = u16::try_from(linger.l_linger).unwrap_or(u16::MAX);
    let as_set = descriptor::read(fd).map_or(0, |record| record.remembered(n::SOL_SOCKET, n::SO_LINGER));
    let on = match (linger.l_onoff != 0, u16::try_from(as_set)) {
        (false, _) => 0,
        (true, Err(_) | Ok(0)) => 1,
        (true, Ok(as_set)) => as_set,
    };
    let ([on_low, on_high], [low, high]) = (on.to_ne_bytes(), time.to_ne_bytes());
    Answer::whole(&[on_low, on_high, low, high], room)
}

const BOTH: Failure = WsaError::WSAEINVAL.because("SO_REUSEADDR and SO_EXCLUSIVEADDRUSE exclude each other");

fn set_reuse(target: Target, on: bool) -> Result<(), Failure> {
    descriptor::update(target.fd, |record| {
        if on && record.exclusive_address {
            return Err(BOTH);
        }
        record.reuse_address = on;
        Ok(())
    })??;
    Ok(sharing::tell_kernel(target.fd, on)?)
}

fn set_exclusive(fd: Fd, on: bool) -> Result<(), Failure> {
    descriptor::update(fd, |record| {
        if on && record.reuse_address {
            return Err(BOTH);
        }
        record.exclusive_address = on;
        Ok(())
    })?
}

/// SO_MAX_MSG_SIZE (O7): what an IP packet can carry. A stream has no such limit.
fn longest_message(kind: i32, family: i32) -> u32 {
    match (kind, family) {
        (libc::SOCK_STREAM, _) => u32::MAX,
        (libc::SOCK_RAW, AF_INET6) => 65535,
        (libc::SOCK_RAW, _) => 65515,
        (_, AF_INET6) => 65527,
        _ => 65507,
    }
}

/// SO_CONNECT_TIME (O13): seconds since the connection was made; for one that this library did not make, since
/// it was first asked.
fn connect_time(target: Target) -> Result<u32, Failure> {
    if !target.is_stream() || settle(target.fd)? != State::Connected {
        return Ok(u32::MAX);
    }
    let since = descriptor::update(target.fd, Record::note_connected)?;
    let seconds = clock::monotonic().saturating_sub(since) / 1_000_000_000;
    Ok(u32::try_from(seconds).unwrap_or(u32::MAX - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// O7, and nothing is a number beyond its row.
    #[test]
    fn o7_longest_messages() {
        let rows = [
            (libc::SOCK_DGRAM, 2, 65507),
            (libc::SOCK_DGRAM, 23, 65527),
            (libc::SOCK_STREAM, 2, u32::MAX),
            (libc::SOCK_STREAM, 1, u32::MAX),
            (libc::SOCK_RAW, 2, 65515),
            (libc::SOCK_RAW, 23, 65535),
        ];
        for (kind, family, expected) in rows {
            assert_eq!(longest_message(kind, family), expected, "{kind} {family}");
        }
    }

    /// O8, and the Winsock 1.1 rule that it follows: what a kind of socket has no use for is no option of it.
    #[test]
    fn o8_options_by_kind() {
        for name in [n::SO_KEEPALIVE, n::SO_ACCEPTCONN, n::SO_DONTLINGER, n::SO_OOBINLINE] {
            assert!(form(name, true).is_some() && form(name, false).is_none(), "{name:#x}");
        }
        assert!(form(n::SO_BROADCAST, false).is_some() && form(n::SO_BROADCAST, true).is_none());
        for name in [0, 0x40, 0x1003, 0x1004, 0x1009, 0x2001, 0x700b, 0x7010, -1, i32::MAX] {
            assert!(form(name, true).is_none() && form(name, false).is_none(), "{name:#x}");
        }
    }
}

//! SO_PROTOCOL_INFOA and SO_PROTOCOL_INFOW: the row of Windows' catalogue of protocols that a socket belongs to.

use super::Target;
use super::form::Answer;
use crate::error::failure::Failure;
use crate::socket::bytes::{self, Bytes};
use crate::sys::net::option;
use crate::windows::abi::SOCK_RAW;
use crate::windows::catalogue::Row;

/// Reads the option, with a name of 8-bit or of 16-bit characters.
pub(super) fn get(target: Target, wide: bool, room: usize) -> Result<Answer, Failure> {
    let row = Row {
        family: target.family()?,
        kind: target.kind,
        // X14: one entry serves all protocols of raw sockets.
        protocol: match target.kind {
            SOCK_RAW => 0,
            _ => option::get_int(target.fd, libc::SOL_SOCKET, libc::SO_PROTOCOL)?,
        },
    };
    let bytes = row.bytes(wide);
    Ok(if room < bytes.len() {
        Answer { bytes: Bytes::new(), len: bytes.len(), fits: false }
    } else {
        Answer { bytes: bytes::of(&bytes)?, len: room, fits: true }
    })
}

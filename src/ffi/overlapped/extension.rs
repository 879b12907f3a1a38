//! `SIO_GET_EXTENSION_FUNCTION_POINTER`: the functions that Windows hands out by their GUIDs (EX1 to EX3).

use std::ffi::c_void;

use super::{message, mswsock, transmit};
use crate::error::WsaError;
use crate::error::failure::Failure;

/// Windows' number of the command.
pub(in crate::ffi) const COMMAND: u32 = 0xC800_0006;

type Guid = [u8; 16];

/// The bytes of a GUID: three numbers in the order of this machine, and eight bytes.
const fn guid(a: u32, b: u16, c: u16, d: [u8; 8]) -> Guid {
    let [a0, a1, a2, a3] = a.to_le_bytes();
    let [b0, b1] = b.to_le_bytes();
    let [c0, c1] = c.to_le_bytes();
    let [d0, d1, d2, d3, d4, d5, d6, d7] = d;
    [a0, a1, a2, a3, b0, b1, c0, c1, d0, d1, d2, d3, d4, d5, d6, d7]
}

const MSWSOCK: [u8; 8] = [0x95, 0xca, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92];

/// The functions, each by its GUID.
fn table() -> [(Guid, *const c_void); 9] {
    [
        (guid(0xb536_7df1, 0xcbac, 0x11cf, MSWSOCK), mswsock::ws2_AcceptEx as *const c_void),
        (guid(0xb536_7df2, 0xcbac, 0x11cf, MSWSOCK), mswsock::ws2_GetAcceptExSockaddrs as *const c_void),
        (guid(0xb536_7df0, 0xcbac, 0x11cf, MSWSOCK), transmit::ws2_TransmitFile as *const c_void),
        (
            guid(0xd968_9da0, 0x1f90, 0x11d3, [0x99, 0x71, 0x00, 0xc0, 0x4f, 0x68, 0xc8, 0x76]),
            transmit::transmit_packets as *const c_void,
        ),
        (
            guid(0xf689_d7c8, 0x6f1f, 0x436b, [0x8a, 0x53, 0xe5, 0x4f, 0xe3, 0x51, 0xc3, 0x22]),
            message::receive_message as *const c_void,
        ),
        (
            guid(0xa441_e712, 0x754f, 0x43ca, [0x84, 0xa7, 0x0d, 0xee, 0x44, 0xcf, 0x60, 0x6d]),
            message::WSASendMsg as *const c_void,
        ),
        (
            guid(0x25a2_07b9, 0xddf3, 0x4660, [0x8e, 0xe9, 0x76, 0xe5, 0x8c, 0x74, 0x06, 0x3e]),
            mswsock::connect_ex as *const c_void,
        ),
        (
            guid(0x7fda_2e11, 0x8630, 0x436f, [0xa0, 0x31, 0xf5, 0x36, 0xa6, 0xee, 0xc1, 0x57]),
            mswsock::disconnect_ex as *const c_void,
        ),
        (
            guid(0x18c7_6f85, 0xdc66, 0x4964, [0x97, 0x2e, 0x23, 0xc2, 0x72, 0x38, 0x31, 0x2b]),
            crate::ffi::WSAPoll as *const c_void,
        ),
    ]
}

/// The address of the function that a command names.
///
/// # Errors
/// `WSAEFAULT`: no GUID. `WSAEINVAL`: no function has it.
pub(in crate::ffi) fn function(input: &[u8]) -> Result<usize, Failure> {
    let wanted = input.first_chunk::<16>().ok_or(WsaError::WSAEFAULT.because("no GUID is given"))?;
    let found = table().into_iter().find(|(guid, _)| guid == wanted).map(|(_, at)| at.expose_provenance());
    found.ok_or(WsaError::WSAEINVAL.because("no function has that GUID"))
}

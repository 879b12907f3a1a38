//! `TransmitFile`, and `TransmitPackets`, which `SIO_GET_EXTENSION_FUNCTION_POINTER` hands out.

#![allow(non_snake_case, reason = "Windows' names")]

use std::collections::VecDeque;
use std::ffi::c_void;

use super::call::{Own, wish};
use super::mswsock::{begun, truth};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::types::{BOOL, DWORD, OVERLAPPED, SOCKET};
use crate::overlapped::operations::transmit::{self, Element, Source};
use crate::socket::transfer::socket_first;
use crate::sys::platform::file;
use crate::sys::user::memory;
use crate::sys::{Fd, Pieces};

/// What `TransmitFile` sends before and behind the file: 32 bytes.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "the names are Windows' own; their pages say what they mean")]
pub struct TRANSMIT_FILE_BUFFERS {
    pub Head: *mut c_void,
    pub HeadLength: DWORD,
    pub Tail: *mut c_void,
    pub TailLength: DWORD,
}

/// An element of `TransmitPackets`: 24 bytes. In memory: where; in a file: the offset, and the handle.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "the names are Windows' own; their pages say what they mean")]
pub struct TRANSMIT_PACKETS_ELEMENT {
    pub dwElFlags: DWORD,
    pub cLength: DWORD,
    pub nFileOffset: i64,
    pub hFile: HANDLE,
}

const _: () = {
    assert!(size_of::<TRANSMIT_FILE_BUFFERS>() == 32);
    assert!(size_of::<TRANSMIT_PACKETS_ELEMENT>() == 24);
};

const BAD: Failure = WsaError::WSAEFAULT.because("what is to be sent cannot be read");
const NO_FILE: Failure = WsaError::WSAENOTSOCK.because("hFile is no handle of a file");
const NO_MEMORY: Failure = WsaError::WSAENOBUFS.because("no memory for so many elements");

/// Memory to send, which the kernel looks at later.
fn memory_of(address: *mut c_void, len: DWORD) -> Result<Element, Failure> {
    let mut pieces = Pieces::default();
    // SAFETY: it is only read.
    let added = unsafe { pieces.push(address.expose_provenance(), len) };
    if added { Ok(Element::Memory(pieces)) } else { Err(NO_MEMORY) }
}

fn file_of(handle: HANDLE, from: Option<u64>, len: DWORD) -> Result<Element, Failure> {
    const CURRENT: u32 = 1;
    let fd = Fd::from_socket(handle.addr()).filter(|_| handle.addr() < 0x4000_0000).ok_or(NO_FILE)?;
    let from = match from {
        Some(from) => from,
        None => file::seek(fd, 0, CURRENT).map_err(|_| NO_FILE)?,
    };
    let source = Source::of(fd).map_err(|_| NO_FILE)?;
    Ok(Element::File { source, from, len: len.into() })
}

/// `BOOL TransmitFile(SOCKET hSocket, HANDLE hFile, DWORD nNumberOfBytesToWrite, DWORD nNumberOfBytesPerSend, LPOVERLAPPED lpOverlapped, LPTRANSMIT_FILE_BUFFERS lpTransmitBuffers, DWORD dwReserved)`
///
/// Sends memory, a part of a file, and memory on a connected stream socket. `nNumberOfBytesToWrite` is how much of the file,
/// 0 to its end; it begins at `Offset` of the OVERLAPPED, or at the file's position without one. `hFile` and
/// `lpTransmitBuffers` may be NULL. `nNumberOfBytesPerSend` is not looked at. `dwReserved` has flags: TF_DISCONNECT (1) ends the
/// connection afterwards, with TF_REUSE_SOCKET (2) as `DisconnectEx` does; 4, 0x10 and 0x20 change nothing here.
///
/// # Returns
/// With an OVERLAPPED FALSE and `WSA_IO_PENDING`: the operation has begun, and its number of bytes will be the sum. Without one
/// TRUE when all is taken, or FALSE.
///
/// # Errors
/// * `WSAENOTSOCK`: no socket; or `hFile` is no file.
/// * `WSAENOTCONN`: not connected, and no stream socket.
/// * `WSAESHUTDOWN`: after `shutdown` with `SD_SEND`.
/// * `WSAEINVAL`: the offset is behind the end of the file; more than 2,147,483,646 bytes; another flag, or TF_REUSE_SOCKET
///   without TF_DISCONNECT; a handle that is not one of a plain file.
/// * `WSAEFAULT`: `lpTransmitBuffers` or `lpOverlapped` cannot be used; memory that cannot be read ends the operation so.
/// * `WSANOTINITIALISED`, `WSAENOBUFS`, `WSAEMFILE`; and without an OVERLAPPED those of [`ws2_send`](crate::ffi::ws2_send).
///
/// Source: TX1 to TX7.
///
/// # Safety
/// `lpTransmitBuffers` is an in pointer to buffers that live until the end; an overlapped pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_TransmitFile(
    hSocket: SOCKET,
    hFile: HANDLE,
    nNumberOfBytesToWrite: DWORD,
    nNumberOfBytesPerSend: DWORD,
    lpOverlapped: *mut OVERLAPPED,
    lpTransmitBuffers: *mut TRANSMIT_FILE_BUFFERS,
    dwReserved: DWORD,
) -> BOOL {
    let _ = nNumberOfBytesPerSend;
    truth(
        |f| {
            write!(
                f,
                "TransmitFile({hSocket}, {hFile:p}, {nNumberOfBytesToWrite} bytes, {lpOverlapped:p}, {dwReserved:#x})"
            )
        },
        || {
            transmit::check(hSocket, dwReserved, false)?;
            let mut elements = VecDeque::new();
            elements.try_reserve_exact(3).map_err(|_| NO_MEMORY)?;
            let buffers = if lpTransmitBuffers.is_null() {
                None
            } else {
                // SAFETY: an in pointer; any bits are numbers and addresses.
                Some(unsafe { memory::read(lpTransmitBuffers) }.ok_or(BAD)?)
            };
            let mut own = Own::new(0);
            let wish = if lpOverlapped.is_null() {
                own.wish()?
            } else {
                // SAFETY: an overlapped pointer.
                unsafe { wish((lpOverlapped, None)) }.map_err(|bad| socket_first(hSocket, bad))?
            };
            if let Some(buffers) = buffers {
                elements.push_back(memory_of(buffers.Head, buffers.HeadLength)?);
            }
            if !hFile.is_null() {
                let from = (!lpOverlapped.is_null()).then(|| wish.overlapped.offset());
                elements.push_back(file_of(hFile, from, nNumberOfBytesToWrite)?);
            }
            if let Some(buffers) = buffers {
                elements.push_back(memory_of(buffers.Tail, buffers.TailLength)?);
            }
            begun(transmit::begin(hSocket, elements, dwReserved, wish)?)
        },
    )
}

/// `BOOL TransmitPackets(SOCKET hSocket, LPTRANSMIT_PACKETS_ELEMENT lpPacketArray, DWORD nElementCount, DWORD nSendSize, LPOVERLAPPED lpOverlapped, DWORD dwFlags)`
///
/// Sends elements, each in memory (TP_ELEMENT_MEMORY, 1) or in a file (TP_ELEMENT_FILE, 2; offset −1: the file's position), on a
/// connected stream socket. `nSendSize` and TP_ELEMENT_EOP (4) are about datagrams, and change nothing on a stream. The flags
/// are those of [`ws2_TransmitFile`]. Datagram sockets are refused.
///
/// # Returns
/// As [`ws2_TransmitFile`].
///
/// # Errors
/// Those of [`ws2_TransmitFile`], and
/// * `WSAEOPNOTSUPP`: a connected datagram socket.
/// * `WSAEINVAL`: an element that is neither in memory nor in a file.
/// * `WSAEFAULT`: the elements cannot be read.
///
/// Source: TX6.
///
/// # Safety
/// The elements are an in pointer to so many, whose memory lives until the end; an overlapped pointer.
pub(super) unsafe extern "C" fn transmit_packets(
    hSocket: SOCKET,
    lpPacketArray: *mut TRANSMIT_PACKETS_ELEMENT,
    nElementCount: DWORD,
    nSendSize: DWORD,
    lpOverlapped: *mut OVERLAPPED,
    dwFlags: DWORD,
) -> BOOL {
    const MEMORY: DWORD = 1;
    const FILE: DWORD = 2;
    const END: DWORD = 4;
    const BAD_ELEMENT: Failure =
        WsaError::WSAEINVAL.because("an element that is neither in memory nor in a file");
    const DATAGRAMS: Failure = WsaError::WSAEOPNOTSUPP.because("TransmitPackets on a datagram socket");
    let _ = nSendSize;
    truth(
        |f| write!(f, "TransmitPackets({hSocket}, {nElementCount} elements, {lpOverlapped:p}, {dwFlags:#x})"),
        || {
            transmit::check(hSocket, dwFlags, true)?;
            if !crate::descriptor::is_stream(crate::descriptor::of(hSocket)?)? {
                return Err(DATAGRAMS);
            }
            let many = usize::try_from(nElementCount).unwrap_or(usize::MAX);
            let bytes = many.saturating_mul(size_of::<TRANSMIT_PACKETS_ELEMENT>());
            if many > 0 && !memory::readable(lpPacketArray.addr(), bytes) {
                return Err(BAD);
            }
            let mut elements = VecDeque::new();
            elements.try_reserve_exact(many).map_err(|_| NO_MEMORY)?;
            for at in 0..many {
                // SAFETY: readable, as just asked; any bits are numbers and addresses.
                let element = unsafe { lpPacketArray.add(at).read_unaligned() };
                elements.push_back(match element.dwElFlags & !END {
                    MEMORY => {
                        // The address stands where a file's offset does.
                        let address = usize::try_from(element.nFileOffset.cast_unsigned()).unwrap_or(0);
                        memory_of(std::ptr::with_exposed_provenance_mut(address), element.cLength)?
                    }
                    FILE => {
                        let from = u64::try_from(element.nFileOffset).ok();
                        file_of(element.hFile, from, element.cLength)?
                    }
                    _ => return Err(BAD_ELEMENT),
                });
            }
            let mut own = Own::new(0);
            let wish = if lpOverlapped.is_null() {
                own.wish()?
            } else {
                // SAFETY: an overlapped pointer.
                unsafe { wish((lpOverlapped, None)) }?
            };
            begun(transmit::begin(hSocket, elements, dwFlags, wish)?)
        },
    )
}

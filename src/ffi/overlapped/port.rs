//! Completion ports: `CreateIoCompletionPort GetQueuedCompletionStatus GetQueuedCompletionStatusEx
//! PostQueuedCompletionStatus SetFileCompletionNotificationModes`.

#![allow(non_snake_case, reason = "Windows' names")]

use super::super::kernel::call::{FALSE, Out, TRUE, handle, pointer, truth, waiting};
use super::super::kernel::types::{HANDLE, ULONG_PTR};
use crate::ffi::types::{BOOL, DWORD, OVERLAPPED, OVERLAPPED_ENTRY};
use crate::kernel::code::Code;
use crate::kernel::hold;
use crate::kernel::port::{self, Missed, Packet};
use crate::overlapped::{association, reactor};
use crate::sys::user::memory;
use crate::windows::status;

/// `HANDLE CreateIoCompletionPort(HANDLE FileHandle, HANDLE ExistingCompletionPort, ULONG_PTR CompletionKey, DWORD NumberOfConcurrentThreads)`
///
/// Makes a completion port where `ExistingCompletionPort` is NULL; and associates a socket with the port, where `FileHandle`
/// is not `INVALID_HANDLE_VALUE`: the end of each of its operations is a packet there with `CompletionKey`, those included that
/// have begun before. The association is for the socket's life.
///
/// `NumberOfConcurrentThreads` is how many threads are to run at a time with a packet of the port; 0: as many as there are
/// processors. It holds for waking threads; one that asks while a packet is there gets it. A thread that waits in this library
/// does not count.
///
/// # Returns
/// The port's handle, or NULL.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: a port without a socket; a socket that belongs to a port already, or was made without
///   WSA_FLAG_OVERLAPPED; a file.
/// * `ERROR_INVALID_HANDLE`: the port or the socket is none, or was closed.
/// * `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`: no memory, no descriptor; a million handles.
///
/// Source: CP1 to CP6, CP28.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_CreateIoCompletionPort(
    FileHandle: HANDLE,
    ExistingCompletionPort: HANDLE,
    CompletionKey: ULONG_PTR,
    NumberOfConcurrentThreads: DWORD,
) -> HANDLE {
    const INVALID: usize = usize::MAX;
    let (file, port) = (FileHandle.addr(), ExistingCompletionPort.addr());
    let made = || -> Result<usize, Code> {
        match (file, port) {
            (INVALID, 0) => port::create(NumberOfConcurrentThreads),
            (INVALID, _) => Err(Code::INVALID_PARAMETER),
            (file, 0) => {
                let port = port::create(NumberOfConcurrentThreads)?;
                association::associate(file, port, CompletionKey).inspect_err(|_| {
                    let _ = hold::close(port);
                })?;
                Ok(port)
            }
            (file, port) => association::associate(file, port, CompletionKey).map(|()| port),
        }
    };
    handle(
        |f| {
            write!(
                f,
                "CreateIoCompletionPort({FileHandle:p}, {ExistingCompletionPort:p}, {CompletionKey:#x}, {NumberOfConcurrentThreads})"
            )
        },
        made(),
    )
}

/// `BOOL SetFileCompletionNotificationModes(HANDLE FileHandle, UCHAR Flags)`
///
/// Says how the ends of a socket's operations are told: 1 (FILE_SKIP_COMPLETION_PORT_ON_SUCCESS): an operation that succeeds at
/// once makes no packet; 2 (FILE_SKIP_SET_EVENT_ON_HANDLE): the socket's own signal is left alone. Flags are added and never
/// taken back.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_PARAMETER`: another flag; a socket without WSA_FLAG_OVERLAPPED; a file.
/// * `ERROR_INVALID_HANDLE`: no socket.
/// * `ERROR_NO_SYSTEM_RESOURCES`: no memory, no descriptor.
///
/// Source: CP22 to CP24.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_SetFileCompletionNotificationModes(FileHandle: HANDLE, Flags: u8) -> BOOL {
    truth(
        |f| write!(f, "SetFileCompletionNotificationModes({FileHandle:p}, {Flags})"),
        association::add_modes(FileHandle.addr(), Flags),
    )
}

/// The last error of a call that brought no packet.
const fn code_of(missed: Missed) -> Code {
    match missed {
        Missed::Refused(code) => code,
        Missed::TimedOut => Code::WAIT_TIMEOUT,
        Missed::Interrupted => Code::WAIT_IO_COMPLETION,
        Missed::Abandoned | Missed::Ends => Code::ABANDONED_WAIT_0,
    }
}

/// `BOOL GetQueuedCompletionStatus(HANDLE CompletionPort, LPDWORD lpNumberOfBytesTransferred, PULONG_PTR lpCompletionKey, LPOVERLAPPED *lpOverlapped, DWORD dwMilliseconds)`
///
/// Takes the packet that has waited longest at a port, or waits for one so many milliseconds: 0 only looks, `INFINITE` is
/// for ever. Of several threads that wait the one that came last gets the next packet.
///
/// # Returns
/// TRUE: an operation has succeeded, or a posted packet has come. FALSE with `*lpOverlapped` not NULL: an operation has
/// failed, and the last error is its code. FALSE with `*lpOverlapped` NULL: no packet; the count and the key stay as they
/// are. Only FALSE sets the last error.
///
/// # Errors
/// * `WAIT_TIMEOUT` (258): nothing came in time.
/// * `ERROR_ABANDONED_WAIT_0` (735): the port was closed meanwhile.
/// * `ERROR_INVALID_HANDLE`: no port, or a handle that was closed.
/// * `ERROR_NOACCESS`: a place for a result cannot be written; nothing is taken then.
/// * `ERROR_NOT_ENOUGH_MEMORY`: no memory to note the wait.
/// * The code of the operation: `ERROR_OPERATION_ABORTED` (995), `ERROR_NETNAME_DELETED` (64, a reset connection),
///   `ERROR_CONNECTION_ABORTED` (1236, the socket was closed), and others.
///
/// Source: GQ1 to GQ5, CP7, CP9, CP11, CP21, SC1 to SC19.
///
/// # Safety
/// The three in the middle are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetQueuedCompletionStatus(
    CompletionPort: HANDLE,
    lpNumberOfBytesTransferred: *mut DWORD,
    lpCompletionKey: *mut ULONG_PTR,
    lpOverlapped: *mut *mut OVERLAPPED,
    dwMilliseconds: DWORD,
) -> BOOL {
    let taken = || -> Result<(), Code> {
        let (bytes, key) = (Out::needed(lpNumberOfBytesTransferred)?, Out::needed(lpCompletionKey)?);
        let overlapped = Out::needed(lpOverlapped)?;
        // SAFETY: an out pointer, as are the others below.
        unsafe { Out::needed(lpOverlapped)?.put(std::ptr::null_mut())? };
        reactor::resume();
        let packet = port::get(CompletionPort.addr(), dwMilliseconds).map_err(code_of)?;
        // SAFETY: out pointers.
        unsafe {
            bytes.put(packet.bytes)?;
            key.put(packet.key)?;
            overlapped.put(pointer(packet.overlapped).cast())?;
        }
        match status::to_windows(packet.status) {
            0 => Ok(()),
            code => Err(Code::from_number(code)),
        }
    };
    waiting(
        |f| write!(f, "GetQueuedCompletionStatus({CompletionPort:p}, ..., {dwMilliseconds})"),
        || taken().map(|()| TRUE),
        FALSE,
    )
}

/// `BOOL GetQueuedCompletionStatusEx(HANDLE CompletionPort, LPOVERLAPPED_ENTRY lpCompletionPortEntries, ULONG ulCount, PULONG ulNumEntriesRemoved, DWORD dwMilliseconds, BOOL fAlertable)`
///
/// Takes as many packets as wait at a port, at most `ulCount`; waits for the first as [`ws2_GetQueuedCompletionStatus`]. With
/// `fAlertable` it runs the routines that are queued to the thread instead of waiting.
///
/// # Returns
/// TRUE where at least one came, be it of an operation that failed: its NTSTATUS is in `Internal` of the entry. Else FALSE,
/// and `*ulNumEntriesRemoved` is 1, as on Windows.
///
/// # Errors
/// * `WAIT_TIMEOUT` (258): nothing came in time.
/// * `WAIT_IO_COMPLETION` (192): routines have run.
/// * `ERROR_ABANDONED_WAIT_0` (735): the port was closed meanwhile.
/// * `ERROR_INVALID_HANDLE`: no port, or a handle that was closed.
/// * `ERROR_INVALID_PARAMETER`: `ulCount` is 0.
/// * `ERROR_NOACCESS`: a place for a result cannot be written; nothing is taken then.
/// * `ERROR_NOT_ENOUGH_MEMORY`: no memory to note the wait.
///
/// Source: CP12 to CP15.
///
/// # Safety
/// The entries are an out pointer to so many, the count is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetQueuedCompletionStatusEx(
    CompletionPort: HANDLE,
    lpCompletionPortEntries: *mut OVERLAPPED_ENTRY,
    ulCount: DWORD,
    ulNumEntriesRemoved: *mut DWORD,
    dwMilliseconds: DWORD,
    fAlertable: BOOL,
) -> BOOL {
    let taken = || -> Result<(), Code> {
        let most = usize::try_from(ulCount).unwrap_or(usize::MAX);
        let removed = Out::needed(ulNumEntriesRemoved)?;
        let room = most.saturating_mul(size_of::<OVERLAPPED_ENTRY>());
        if lpCompletionPortEntries.is_null() || !memory::writable(lpCompletionPortEntries.addr(), room) {
            return Err(Code::NOACCESS);
        }
        // SAFETY: an out pointer, as below.
        unsafe { Out::needed(ulNumEntriesRemoved)?.put(1)? };
        reactor::resume();
        let taken = port::get_several(CompletionPort.addr(), most, dwMilliseconds, fAlertable != 0);
        let (first, others) = taken.map_err(code_of)?;
        let mut count: DWORD = 0;
        for (at, packet) in std::iter::once(&first).chain(&others).take(most).enumerate() {
            // SAFETY: within the room that was found writable; the address need not be aligned.
            unsafe { lpCompletionPortEntries.add(at).write_unaligned(entry(packet)) };
            count = count.saturating_add(1);
        }
        // SAFETY: an out pointer.
        unsafe { removed.put(count) }
    };
    waiting(
        |f| {
            write!(
                f,
                "GetQueuedCompletionStatusEx({CompletionPort:p}, {ulCount} entries, {dwMilliseconds}, {fAlertable})"
            )
        },
        || taken().map(|()| TRUE),
        FALSE,
    )
}

pub(super) fn entry(packet: &Packet) -> OVERLAPPED_ENTRY {
    OVERLAPPED_ENTRY {
        lpCompletionKey: packet.key,
        lpOverlapped: pointer(packet.overlapped).cast(),
        Internal: usize::try_from(packet.status).unwrap_or(0),
        dwNumberOfBytesTransferred: packet.bytes,
    }
}

/// `BOOL PostQueuedCompletionStatus(HANDLE CompletionPort, DWORD dwNumberOfBytesTransferred, ULONG_PTR dwCompletionKey, LPOVERLAPPED lpOverlapped)`
///
/// Adds a packet with these values to a port. `lpOverlapped` is not looked at.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `ERROR_INVALID_HANDLE`: no port, or a handle that was closed.
/// * `ERROR_ACCESS_DENIED`: the handle has no right to it.
/// * `ERROR_NOT_ENOUGH_MEMORY`: no memory for the packet.
///
/// Source: CP16.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_PostQueuedCompletionStatus(
    CompletionPort: HANDLE,
    dwNumberOfBytesTransferred: DWORD,
    dwCompletionKey: ULONG_PTR,
    lpOverlapped: *mut OVERLAPPED,
) -> BOOL {
    let packet = Packet {
        key: dwCompletionKey,
        overlapped: lpOverlapped.expose_provenance(),
        status: status::SUCCESS,
        bytes: dwNumberOfBytesTransferred,
    };
    truth(
        |f| {
            write!(
                f,
                "PostQueuedCompletionStatus({CompletionPort:p}, {dwNumberOfBytesTransferred}, {dwCompletionKey:#x}, {lpOverlapped:p})"
            )
        },
        port::post(CompletionPort.addr(), packet),
    )
}

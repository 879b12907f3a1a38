//! What programs call beside their sockets: other programs, pipes, file mappings, serial lines, echo requests.

use std::ffi::CStr;
use std::mem::zeroed;
use std::ptr::{null, null_mut};

use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::platform::types::{COMMTIMEOUTS, DCB, PROCESS_INFORMATION, STARTUPINFOA, STARTUPINFOW};
use ws2_32::ffi::*;

use crate::support::calls::start;
use crate::support::process::{alone, here};
use crate::support::waiting::wait_until;
use crate::walk::{NO_MEMORY, walk};

/// `ERROR_NO_SYSTEM_RESOURCES`: a thread or a descriptor could not be had.
const NO_RESOURCES: i32 = 1450;
const CODES: &[i32] = &[NO_MEMORY, NO_RESOURCES];

fn error() -> i32 {
    ws2_GetLastError().cast_signed()
}

fn truth(value: i32) -> Result<(), i32> {
    if value == 0 { Err(error()) } else { Ok(()) }
}

fn handle(value: HANDLE) -> Result<HANDLE, i32> {
    if value.is_null() { Err(error()) } else { Ok(value) }
}

fn close(handle: HANDLE) {
    assert_eq!(ws2_CloseHandle(handle), 1);
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

/// Waits for its end, and until nothing of it is left open.
fn ended(child: PROCESS_INFORMATION, before: usize) {
    let mut code = 77;
    unsafe {
        assert_eq!(ws2_WaitForSingleObject(child.hProcess, u32::MAX), 0);
        assert_eq!(ws2_GetExitCodeProcess(child.hProcess, &raw mut code), 1);
    }
    assert_eq!(code, 0);
    close(child.hThread);
    close(child.hProcess);
    wait_until("nobody watches", || threads() == before);
}

/// With memory refused no program is found that is not there, and none runs of which the call says that it was not started.
#[test]
fn programs() {
    alone(here!("programs"), || {
        start();
        let before = threads();
        let begin = |line: &CStr| {
            let mut startup = STARTUPINFOA { cb: 104, ..unsafe { zeroed() } };
            let mut told = PROCESS_INFORMATION::default();
            let none = null_mut();
            // Two ends: that of the text and that of the block.
            let block = [b'A', b'=', b'b', 0, 0];
            let block = block.as_ptr().cast_mut().cast();
            truth(unsafe {
                ws2_CreateProcessA(
                    null(),
                    line.as_ptr().cast_mut(),
                    none,
                    null_mut(),
                    0,
                    0,
                    block,
                    c"/".as_ptr(),
                    &raw mut startup,
                    &raw mut told,
                )
            })
            .map(|()| told)
        };
        for line in [c"true.exe \"a b\" c", c"cmd /c exit 0"] {
            walk("CreateProcessA", CODES, || begin(line), |child| ended(child, before));
        }
        let wide: Vec<u16> = "true a b\0".encode_utf16().collect();
        let begin = || {
            let mut startup = STARTUPINFOW { cb: 104, ..unsafe { zeroed() } };
            let mut told = PROCESS_INFORMATION::default();
            truth(unsafe {
                ws2_CreateProcessW(
                    null(),
                    wide.as_ptr().cast_mut(),
                    null_mut(),
                    null_mut(),
                    0,
                    0,
                    null_mut(),
                    null(),
                    &raw mut startup,
                    &raw mut told,
                )
            })
            .map(|()| told)
        };
        walk("CreateProcessW", CODES, begin, |child| ended(child, before));
        assert_eq!(unsafe { libc::waitpid(-1, null_mut(), 0) }, -1, "one was left");
        let close_all = |process| {
            close(process);
            wait_until("nobody watches", || threads() == before);
        };
        for number in [std::os::unix::process::parent_id(), std::process::id()] {
            let open = || handle(ws2_OpenProcess(0x0010_1000, 0, number));
            walk("OpenProcess", CODES, open, close_all);
        }
    });
}

#[test]
fn pipes_and_mappings() {
    alone(here!("pipes_and_mappings"), || {
        start();
        let make = || {
            let (mut read, mut write) = (null_mut(), null_mut());
            truth(unsafe { ws2_CreatePipe(&raw mut read, &raw mut write, null_mut(), 0) })
                .map(|()| [read, write])
        };
        walk("CreatePipe", CODES, make, |ends| ends.into_iter().for_each(close));
        let name = std::ffi::CString::new(format!(r"\\.\pipe\ws2-memory-{}", std::process::id())).unwrap();
        let serve = || {
            let made = unsafe { ws2_CreateNamedPipeA(name.as_ptr(), 3, 4, 255, 0, 0, 0, null_mut()) };
            if made.addr() == usize::MAX { Err(error()) } else { Ok(made) }
        };
        walk("CreateNamedPipeA", CODES, serve, close);
        let reach = || {
            // What an attempt leaves connected is not free for the next one.
            let server = serve()?;
            let made =
                unsafe { ws2_CreateFileA(name.as_ptr(), 0xC000_0000, 0, null_mut(), 3, 0, null_mut()) };
            let code = error();
            close(server);
            if made.addr() == usize::MAX { Err(code) } else { Ok(made) }
        };
        walk("CreateFileA of a pipe", CODES, reach, close);
        let [read, write] = make().unwrap();
        let mut moved = 0;
        assert_eq!(
            unsafe { ws2_WriteFile(write, c"text".as_ptr().cast(), 4, &raw mut moved, null_mut()) },
            1
        );
        let look = || {
            let (mut text, mut count) = ([0_u8; 8], 0);
            truth(unsafe {
                ws2_PeekNamedPipe(read, (&raw mut text).cast(), 8, &raw mut count, null_mut(), null_mut())
            })
            .map(|()| assert_eq!((count, &text[..4]), (4, &b"text"[..])))
        };
        walk("PeekNamedPipe", CODES, look, drop);
        close(read);
        close(write);
        for name in [null(), c"a mapping".as_ptr()] {
            let make = || {
                let memory = null_mut::<std::ffi::c_void>().wrapping_sub(1);
                handle(unsafe { ws2_CreateFileMappingA(memory, null_mut(), 4, 0, 4096, name) })
            };
            walk("CreateFileMappingA", CODES, make, close);
            let mapping = make().unwrap();
            let view = || {
                let view = ws2_MapViewOfFile(mapping, 2, 0, 0, 0);
                if view.is_null() { Err(error()) } else { Ok(view) }
            };
            walk("MapViewOfFile", CODES, view, |view| assert_eq!(ws2_UnmapViewOfFile(view), 1));
            if !name.is_null() {
                walk(
                    "OpenFileMappingA",
                    CODES,
                    || handle(unsafe { ws2_OpenFileMappingA(4, 0, name) }),
                    close,
                );
            }
            close(mapping);
        }
        let reserve = || {
            let pages = ws2_VirtualAlloc(null_mut(), 4096, 0x3000, 4);
            if pages.is_null() { Err(error()) } else { Ok(pages) }
        };
        let free = |pages| assert_eq!(unsafe { ws2_VirtualFree(pages, 0, 0x8000) }, 1);
        walk("VirtualAlloc", CODES, reserve, free);
    });
}

/// The texts that a process asks for: the command line, the environment, whole names.
#[test]
fn texts() {
    alone(here!("texts"), || {
        start();
        let wide = |text: &str| text.encode_utf16().chain([0]).collect::<Vec<u16>>();
        let told = |length: u32| if length == 0 { Err(error()) } else { Ok(length) };
        let line = || {
            let line = ws2_GetCommandLineW();
            if line.is_null() { Err(error()) } else { Ok(()) }
        };
        walk("GetCommandLineW", CODES, line, drop);
        assert_eq!(unsafe { ws2_SetEnvironmentVariableA(c"WS2_WALK".as_ptr(), c"value".as_ptr()) }, 1);
        let (mut narrow, mut broad) = ([0; 64], [0_u16; 64]);
        let text = wide("<%WS2_WALK%> %NOT_THERE% 5 %");
        let expand = || told(unsafe { ws2_ExpandEnvironmentStringsW(text.as_ptr(), broad.as_mut_ptr(), 64) });
        walk("ExpandEnvironmentStringsW", CODES, expand, |length| assert_eq!(length, 24));
        let from = c"%WS2_WALK%".as_ptr();
        let expand = || told(unsafe { ws2_ExpandEnvironmentStringsA(from, narrow.as_mut_ptr(), 64) });
        walk("ExpandEnvironmentStringsA", CODES, expand, |length| assert_eq!(length, 6));
        let name = wide("a/../b");
        let mut room = [0_u16; 1024];
        let full =
            || told(unsafe { ws2_GetFullPathNameW(name.as_ptr(), 1024, room.as_mut_ptr(), null_mut()) });
        walk("GetFullPathNameW", CODES, full, |length| assert!(length > 2));
        let variable = wide("WS2_WALK");
        let get = || told(unsafe { ws2_GetEnvironmentVariableW(variable.as_ptr(), room.as_mut_ptr(), 1024) });
        walk("GetEnvironmentVariableW", CODES, get, |length| assert_eq!(length, 5));
        let module = || told(unsafe { ws2_GetModuleFileNameW(null_mut(), room.as_mut_ptr(), 1024) });
        walk("GetModuleFileNameW", CODES, module, |length| assert!(length > 1));
    });
}

#[test]
fn serial_lines() {
    alone(here!("serial_lines"), || {
        start();
        let line = unsafe { libc::posix_openpt(libc::O_RDWR | libc::O_NOCTTY) };
        assert!(line > 2);
        let line = std::ptr::without_provenance_mut::<std::ffi::c_void>(line.unsigned_abs() as usize);
        let build = || {
            let mut block = DCB::default();
            truth(unsafe { ws2_BuildCommDCBA(c"Baud=9600 PARITY=n data=8 stop=1".as_ptr(), &raw mut block) })
                .map(|()| assert_eq!((block.BaudRate, block.ByteSize), (9600, 8)))
        };
        walk("BuildCommDCBA", CODES, build, drop);
        let mut times = COMMTIMEOUTS { ReadTotalTimeoutConstant: 5, ..unsafe { zeroed() } };
        walk("SetCommTimeouts", CODES, || truth(unsafe { ws2_SetCommTimeouts(line, &raw mut times) }), drop);
        close(line);
    });
}

#[test]
fn echo_requests() {
    alone(here!("echo_requests"), || {
        start();
        let port = ws2_IcmpCreateFile();
        if port.addr() == usize::MAX {
            return crate::support::process::left_out("this user may send no echo requests");
        }
        let ask = || {
            let mut room = [0_u64; 32];
            let loopback = u32::from_ne_bytes([127, 0, 0, 1]);
            let count = unsafe {
                ws2_IcmpSendEcho(
                    port,
                    loopback,
                    c"ping".as_ptr().cast_mut().cast(),
                    4,
                    null_mut(),
                    (&raw mut room).cast(),
                    256,
                    20_000,
                )
            };
            if count == 0 { Err(error()) } else { Ok(()) }
        };
        walk("IcmpSendEcho", CODES, ask, drop);
        assert_eq!(ws2_IcmpCloseHandle(port), 1);
    });
}

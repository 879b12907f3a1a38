//! A socket that is being closed, at the moment in which its number is still taken by what the library puts there and nothing is
//! known of it any more: functions that take handles of files leave that alone.

use std::ptr::null_mut;
use std::sync::{Arc, Mutex};

use crate::support::calls::*;
use crate::support::process::{alone, here};
use crate::support::stops::{Place, disturbed};
use ws2_32::ffi::platform::types::HANDLE;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::{
    ws2_CloseHandle, ws2_CompareObjectHandles, ws2_DuplicateHandle, ws2_FlushFileBuffers,
    ws2_GetCurrentProcess, ws2_GetFileType, ws2_GetHandleInformation, ws2_GetLastError, ws2_PeekNamedPipe,
    ws2_ReadFile, ws2_SetHandleInformation, ws2_SetLastError, ws2_WriteFile,
};

const ERROR_INVALID_HANDLE: u32 = 6;

/// Calls every one of them; what each gave, and its last error.
pub(crate) fn everything_on(s: SOCKET) -> Vec<(&'static str, i32, u32)> {
    let handle: HANDLE = std::ptr::without_provenance_mut(s);
    let (mut count, mut bytes, mut made) = (0_u32, [0_u8; 4], null_mut());
    let process = ws2_GetCurrentProcess();
    let mut told = Vec::new();
    let mut note = |name, act: &mut dyn FnMut() -> i32| {
        ws2_SetLastError(0);
        let answer = act();
        told.push((name, answer, ws2_GetLastError()));
    };
    let (at, room) = (&raw mut count, bytes.as_mut_ptr());
    // SAFETY: locals, all through.
    unsafe {
        note("ReadFile", &mut || ws2_ReadFile(handle, room.cast(), 4, at, null_mut()));
        note("WriteFile", &mut || ws2_WriteFile(handle, room.cast(), 4, at, null_mut()));
        note("PeekNamedPipe", &mut || ws2_PeekNamedPipe(handle, null_mut(), 0, null_mut(), at, null_mut()));
        note("GetFileType", &mut || ws2_GetFileType(handle).cast_signed());
        note("FlushFileBuffers", &mut || ws2_FlushFileBuffers(handle));
        note("GetHandleInformation", &mut || ws2_GetHandleInformation(handle, at));
        note("SetHandleInformation", &mut || ws2_SetHandleInformation(handle, 1, 1));
        note("CompareObjectHandles", &mut || ws2_CompareObjectHandles(handle, handle));
        note("DuplicateHandle", &mut || {
            ws2_DuplicateHandle(process, handle, process, &raw mut made, 0, 0, 2)
        });
        note("CloseHandle", &mut || ws2_CloseHandle(handle));
    }
    told
}

#[test]
fn what_stands_under_the_number_is_not_the_programs() {
    alone(here!("what_stands_under_the_number_is_not_the_programs"), || {
        start();
        let s = socket(AF_INET, STREAM);
        let told = Arc::new(Mutex::new(Vec::new()));
        let answers = Arc::clone(&told);
        let worst = move || *answers.lock().unwrap() = everything_on(s);
        // After the placeholder was put there, and before it is taken away.
        let Some(round) = disturbed(libc::SYS_dup3, Place::Before(1), worst, move || close(s)) else {
            return;
        };
        assert!(round.stopped && round.disturbed, "the closing was not stopped");
        assert_eq!(round.answer, Ok(0));
        let told = told.lock().unwrap();
        assert_eq!(told.len(), 10);
        for (name, answer, code) in told.iter() {
            assert_eq!((*answer, *code), (0, ERROR_INVALID_HANDLE), "{name}");
        }
    });
}

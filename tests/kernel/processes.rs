//! Handles to other processes: what they cost, and whose end they tell.

use std::ffi::CString;
use std::mem::zeroed;
use std::ptr::{null, null_mut};

use ws2_32::ffi::platform::types::{HANDLE, PROCESS_INFORMATION, STARTUPINFOA};
use ws2_32::ffi::*;

use crate::support::process::{alone, descriptors, fork, here, succeeded};
use crate::support::waiting::wait_until;
use crate::words::*;

const ACCESS: u32 = 0x0010_1001; // SYNCHRONIZE, PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_TERMINATE

/// A command that does not end before this process.
const GOES_ON: &str = "exec tail --pid=$PPID -f /dev/null >/dev/null 2>&1";

/// Starts a shell that runs a command; or says why not.
fn begin(command: &str) -> Result<PROCESS_INFORMATION, u32> {
    let line = CString::new(format!("cmd /c {command}")).unwrap();
    let mut told = PROCESS_INFORMATION::default();
    let mut startup = STARTUPINFOA { cb: 104, ..unsafe { zeroed() } };
    let begun = unsafe {
        ws2_CreateProcessA(
            null(),
            line.as_ptr().cast_mut(),
            null_mut(),
            null_mut(),
            1,
            0,
            null_mut(),
            null(),
            &raw mut startup,
            &raw mut told,
        )
    };
    if begun == 1 { Ok(told) } else { Err(ws2_GetLastError()) }
}

fn open(number: u32) -> HANDLE {
    let handle = ws2_OpenProcess(ACCESS, 0, number);
    assert!(!handle.is_null(), "{}", ws2_GetLastError());
    handle
}

fn code(process: HANDLE) -> u32 {
    let mut code = 77;
    assert_eq!(unsafe { ws2_GetExitCodeProcess(process, &raw mut code) }, 1);
    code
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

fn parent() -> u32 {
    std::os::unix::process::parent_id()
}

/// A watchdog opens its parent again and again.
#[test]
fn many_handles_to_one_process_cost_one_thread() {
    alone(here!("many_handles_to_one_process_cost_one_thread"), || {
        let (threads_before, before) = (threads(), descriptors().len());
        for _ in 0..3000 {
            close(open(parent()));
        }
        wait_until("the thread has ended", || threads() == threads_before);
        wait_until("its descriptors are closed", || descriptors().len() == before);
        let all: Vec<_> = (0..3000).map(|_| open(parent())).collect();
        wait_until("there is one thread", || threads() == threads_before + 1);
        assert!(descriptors().len() <= before + 3);
        assert_eq!(ws2_CompareObjectHandles(all[0], all[2999]), 1);
        all.into_iter().for_each(close);
        wait_until("the thread has ended", || threads() == threads_before);
        wait_until("its descriptors are closed", || descriptors().len() == before);
    });
}

#[test]
fn every_handle_tells_the_end_of_a_child() {
    alone(here!("every_handle_tells_the_end_of_a_child"), || {
        let child = begin(GOES_ON).unwrap_or_else(|code| panic!("{code}"));
        let second = open(child.dwProcessId);
        assert_eq!(ws2_TerminateProcess(second, 42), 1);
        for handle in [child.hProcess, child.hThread, second] {
            assert_eq!(wait(handle, INFINITE), 0);
            assert_eq!(code(handle), 42);
        }
        let third = open(child.dwProcessId);
        assert_eq!(code(third), 42, "there is still a handle");
        [child.hProcess, child.hThread, second, third].into_iter().for_each(close);
        assert!(ws2_OpenProcess(ACCESS, 0, child.dwProcessId).is_null());

        let child = begin("exit 7").unwrap_or_else(|code| panic!("{code}"));
        let second = open(child.dwProcessId);
        close(child.hProcess);
        close(child.hThread);
        assert_eq!(wait(second, INFINITE), 0);
        assert_eq!(code(second), 7);
        close(second);

        // One that the program has forked itself is not reaped, but asked.
        let own = fork(|| false);
        let handle = open(own.cast_unsigned());
        assert_eq!(wait(handle, INFINITE), 0);
        assert_eq!(code(handle), 1);
        assert!(!succeeded(own));
        close(handle);
    });
}

/// A child without handles is reaped, and nobody else's is.
#[test]
fn children_are_reaped_once() {
    alone(here!("children_are_reaped_once"), || {
        let child = begin("exit 3").unwrap_or_else(|code| panic!("{code}"));
        close(child.hProcess);
        close(child.hThread);
        let number = child.dwProcessId;
        wait_until("it was reaped", || !std::path::Path::new(&format!("/proc/{number}")).exists());

        let child = begin(GOES_ON).unwrap_or_else(|code| panic!("{code}"));
        let other = fork(|| true);
        // The program reaps it itself.
        assert_eq!(ws2_TerminateProcess(child.hProcess, 9), 1);
        let number = child.dwProcessId.cast_signed();
        let reaped = unsafe { libc::waitpid(number, null_mut(), 0) };
        assert!(reaped == number || reaped == -1);
        assert_eq!(wait(child.hProcess, INFINITE), 0);
        assert_eq!(code(child.hProcess), 9);
        assert_eq!(ws2_TerminateProcess(child.hProcess, 9), 0);
        assert_eq!(ws2_GetLastError(), 5);
        assert!(succeeded(other));
        close(child.hProcess);
        close(child.hThread);
    });
}

#[test]
fn a_child_of_fork_waits_for_processes() {
    alone(here!("a_child_of_fork_waits_for_processes"), || {
        let mut ends = [0; 2];
        assert_eq!(unsafe { libc::pipe(ends.as_mut_ptr()) }, 0);
        let [read, write] = ends;
        let other = fork(move || unsafe {
            libc::close(write);
            libc::read(read, (&raw mut ends).cast(), 1) == 0
        });
        let handle = Shared::from(open(other.cast_unsigned()));
        let child = fork(move || {
            let running = wait(handle.get(), 0) == TIMED_OUT && code(handle.get()) == 259;
            unsafe { libc::close(write) };
            running && wait(handle.get(), INFINITE) == 0
        });
        unsafe { libc::close(write) };
        assert!(succeeded(child));
        assert_eq!(wait(handle.get(), INFINITE), 0);
        assert!(succeeded(other));
        close(handle.get());
    });
}

/// Programs close descriptors that they do not know.
#[test]
fn descriptors_that_the_program_closes() {
    alone(here!("descriptors_that_the_program_closes"), || {
        let first = begin(GOES_ON).unwrap_or_else(|code| panic!("{code}"));
        assert_eq!(unsafe { libc::syscall(libc::SYS_close_range, 3, u32::MAX, 0) }, 0);
        let second = begin(GOES_ON).unwrap_or_else(|code| panic!("{code}"));
        for child in [first, second] {
            assert_eq!(wait(child.hProcess, 0), TIMED_OUT);
            assert_eq!(unsafe { libc::kill(child.dwProcessId.cast_signed(), libc::SIGKILL) }, 0);
            assert_eq!(wait(child.hProcess, INFINITE), 0);
            assert_eq!(code(child.hProcess), 1);
            close(child.hProcess);
            close(child.hThread);
        }
    });
}

/// No program runs of which `CreateProcess` says that it was not started.
#[test]
fn without_room_for_handles_nothing_is_started() {
    alone(here!("without_room_for_handles_nothing_is_started"), || {
        let event = event(true, true);
        let own = ws2_GetCurrentProcess();
        let mut all = Vec::new();
        loop {
            let mut another = null_mut();
            if unsafe { ws2_DuplicateHandle(own, event, own, &raw mut another, 0, 0, 2) } == 0 {
                break;
            }
            all.push(another);
        }
        assert_eq!(ws2_GetLastError(), 1450);
        for room in 0..2 {
            assert_eq!(begin("exit 0").err(), Some(1450), "room for {room}");
            assert_eq!(unsafe { libc::waitpid(-1, null_mut(), 0) }, -1, "it runs");
            close(all.pop().unwrap());
        }
        let child = begin("exit 6").unwrap_or_else(|code| panic!("{code}"));
        assert_eq!(wait(child.hProcess, INFINITE), 0);
        assert_eq!(code(child.hThread), 6);
    });
}

#[test]
fn without_descriptors_nothing_is_started() {
    alone(here!("without_descriptors_nothing_is_started"), || {
        let few = |limit: u64| {
            let limit = libc::rlimit { rlim_cur: limit, rlim_max: 4096 };
            assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) }, 0);
        };
        let used = (0..).find(|&fd| unsafe { libc::fcntl(fd, libc::F_GETFD) } == -1).unwrap();
        let mut refused = 0;
        for limit in used.. {
            few(limit.try_into().unwrap());
            let begun = begin("exit 5");
            few(1024);
            let Ok(child) = begun else {
                refused += 1;
                assert_eq!(unsafe { libc::waitpid(-1, null_mut(), 0) }, -1, "it runs with {limit}");
                continue;
            };
            assert_eq!(wait(child.hProcess, INFINITE), 0);
            assert_eq!(code(child.hProcess), 5);
            close(child.hProcess);
            close(child.hThread);
            break;
        }
        assert!(refused > 2, "{refused}");
    });
}

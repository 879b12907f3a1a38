//! Pipes with a name while threads close, fork, use an end for the first time, or have no descriptor left.

use std::ffi::CString;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::placeholder::everything_on;
use crate::support::calls::*;
use crate::support::process::{Blocked, alone, here};
use crate::support::stops::{Place, disturbed};
use crate::support::supervised::{Asked, Verdict, let_fail, supervised};
use crate::support::waiting::wait_until;
use ws2_32::ffi::types::OVERLAPPED;
use ws2_32::ffi::*;

const OVERLAPPED_FLAG: u32 = 0x4000_0000;
const TOO_MANY_OPEN_FILES: u32 = 4;
const INVALID_HANDLE: u32 = 6;
const BROKEN_PIPE: u32 = 109;
const SEM_TIMEOUT: u32 = 121;
const PIPE_CONNECTED: u32 = 535;
const IO_INCOMPLETE: u32 = 996;
const IO_PENDING: u32 = 997;
const NO_SYSTEM_RESOURCES: u32 = 1450;
/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(30);

type Handle = *mut core::ffi::c_void;

fn handle(number: usize) -> Handle {
    std::ptr::without_provenance_mut(number)
}

fn name() -> CString {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    CString::new(format!(r"\\.\pipe\closing-{}-{number}", std::process::id())).unwrap()
}

/// A new instance of a pipe of bytes; its number.
fn server(name: &CString, flags: u32) -> usize {
    // SAFETY: a text.
    let made = unsafe { ws2_CreateNamedPipeA(name.as_ptr(), 3 | flags, 0, 8, 512, 512, 0, null_mut()) };
    assert_ne!(made.addr(), usize::MAX, "{}", ws2_GetLastError());
    made.addr()
}

/// A client's end; its number, or the error.
fn client(name: &CString, flags: u32) -> Result<usize, u32> {
    // SAFETY: a text.
    let made = unsafe { ws2_CreateFileA(name.as_ptr(), 0xC000_0000, 0, null_mut(), 3, flags, null_mut()) };
    if made.addr() == usize::MAX { Err(ws2_GetLastError()) } else { Ok(made.addr()) }
}

/// Both ends.
fn pair(flags: u32) -> [usize; 2] {
    let name = name();
    let server = server(&name, flags);
    [server, client(&name, flags).unwrap()]
}

/// Reads a byte; the byte, or the error.
fn read(end: usize) -> Result<u8, u32> {
    let (mut byte, mut moved) = (0_u8, 99);
    // SAFETY: locals.
    match unsafe { ws2_ReadFile(handle(end), (&raw mut byte).cast(), 1, &raw mut moved, null_mut()) } {
        0 => Err(ws2_GetLastError()),
        _ => Ok(byte),
    }
}

fn write(end: usize, byte: u8) -> Result<(), u32> {
    let mut moved = 99;
    // SAFETY: locals.
    match unsafe { ws2_WriteFile(handle(end), (&raw const byte).cast(), 1, &raw mut moved, null_mut()) } {
        0 => Err(ws2_GetLastError()),
        _ => Ok(()),
    }
}

/// A second number of the same socket, of which the library does not know: as a process has it that was started with it.
fn inherited(end: usize) -> usize {
    // SAFETY: numbers only.
    let number = unsafe { libc::fcntl(i32::try_from(end).unwrap(), libc::F_DUPFD_CLOEXEC, 3) };
    usize::try_from(number).unwrap()
}

fn close_all(ends: impl IntoIterator<Item = usize>) {
    for end in ends {
        assert_eq!(ws2_CloseHandle(handle(end)), 1);
    }
}

/// An OVERLAPPED with an event, which stays where it is.
struct Over(Box<OVERLAPPED>);

impl Over {
    fn new() -> Self {
        // SAFETY: numbers and pointers, for which zero is a value.
        let mut over: Box<OVERLAPPED> = Box::new(unsafe { std::mem::zeroed() });
        over.hEvent = WSACreateEvent();
        Self(over)
    }

    /// `ConnectNamedPipe`: its answer and the last error, which is 0 before.
    fn connect(&mut self, server: usize) -> (i32, u32) {
        ws2_SetLastError(0);
        // SAFETY: stays until it is over, as the tests wait for that.
        let answer = unsafe { ws2_ConnectNamedPipe(handle(server), &raw mut *self.0) };
        (answer, ws2_GetLastError())
    }

    /// How it has ended, if it does within a bound.
    fn ended(&mut self, end: usize) -> (i32, u32) {
        ws2_WaitForSingleObject(self.0.hEvent, 30_000);
        let mut moved = 0;
        ws2_SetLastError(0);
        // SAFETY: locals.
        let answer = unsafe { ws2_GetOverlappedResult(handle(end), &raw mut *self.0, &raw mut moved, 0) };
        (answer, ws2_GetLastError())
    }
}

/// Runs `job`, and `act` once, before the system call that `is_it` means; the job's answer. None where that cannot be tried.
fn stopped<T: Send + 'static>(
    mut is_it: impl FnMut(&Asked) -> bool,
    act: impl FnOnce(),
    job: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let mut act = Some(act);
    let answer = supervised(job, |asked| {
        if act.is_some() && is_it(asked) {
            act.take().unwrap()();
        }
        Verdict::Goes
    })?;
    assert!(act.is_none(), "the call was not stopped");
    Some(answer)
}

/// Whether a call takes away what is open under that number: it closes it, or puts another file there.
fn closes(asked: &Asked, number: usize) -> bool {
    let [first, second, ..] = asked.arguments;
    let number = u64::try_from(number).unwrap();
    (asked.number, first) == (libc::SYS_close, number) || (asked.number, second) == (libc::SYS_dup3, number)
}

/// A thread is inside of the file that says where a pipe's instances are, which it has locked, while another one forks: when the thread
/// has left, the file is free, whatever the child does.
#[test]
fn a_fork_does_not_keep_the_name_locked() {
    const LOCKS: u64 = 38;
    alone(here!("a_fork_does_not_keep_the_name_locked"), || {
        stay_started();
        let name = name();
        let server = server(&name, 0);
        let (mut child, mut is_locked) = (0, false);
        let is_it = |asked: &Asked| {
            let now = is_locked;
            is_locked |= asked.number == libc::SYS_fcntl && asked.arguments[1] == LOCKS;
            now
        };
        // SAFETY: the child does nothing, and ends by itself if nobody ends it.
        let fork = || unsafe {
            child = libc::fork();
            if child == 0 {
                libc::alarm(60);
                loop {
                    libc::pause();
                }
            }
        };
        let of_client = name.clone();
        let Some(client) = stopped(is_it, fork, move || client(&of_client, 0)) else { return };
        let (tell, told) = channel();
        std::thread::spawn(move || {
            // SAFETY: a text.
            let answer = unsafe { ws2_WaitNamedPipeA(name.as_ptr(), 1) };
            let _ = tell.send((answer, ws2_GetLastError()));
        });
        let told = told.recv_timeout(LONG);
        // SAFETY: the child is this test's.
        unsafe {
            libc::kill(child, libc::SIGKILL);
            libc::waitpid(child, null_mut(), 0);
        }
        assert_eq!(told, Ok((0, SEM_TIMEOUT)));
        close_all([server, client.unwrap()]);
    });
}

/// Two threads use an end for the first time that the process was started with: it is one end, and the first one's read goes on.
#[test]
fn an_end_is_adopted_once() {
    alone(here!("an_end_is_adopted_once"), || {
        stay_started();
        let [server, client] = pair(0);
        let end = inherited(client);
        let reader = Arc::new(Mutex::new(None));
        let of_worst = Arc::clone(&reader);
        let worst = move || *of_worst.lock().unwrap() = Some(Blocked::on(move || read(end)));
        let peek = move || {
            let (none, mut there) = (null_mut(), 99);
            // SAFETY: locals.
            let answer =
                unsafe { ws2_PeekNamedPipe(handle(end), null_mut(), 0, none, &raw mut there, null_mut()) };
            (answer, there)
        };
        // It asks whose socket this is: it has not found it in the table.
        let Some(round) = disturbed(libc::SYS_getpeername, Place::Before(1), worst, peek) else { return };
        assert!(round.stopped && round.disturbed);
        assert_eq!(round.answer, (1, 0));
        let reader = reader.lock().unwrap().take().unwrap();
        assert!(!reader.has_returned());
        assert_eq!(write(server, b'a'), Ok(()));
        assert_eq!(reader.outcome(), Ok(b'a'));
        close_all([end, client, server]);
    });
}

/// A handle that is being closed, at the moment in which its descriptor is still open, is none.
#[test]
fn a_handle_that_is_being_closed_is_none() {
    alone(here!("a_handle_that_is_being_closed_is_none"), || {
        stay_started();
        for which in 0..2 {
            let ends = pair(0);
            let end = ends[which];
            let told = Arc::new(Mutex::new(Vec::new()));
            let mut other = None;
            let answers = Arc::clone(&told);
            let act = || {
                let thread = Blocked::started(move || *answers.lock().unwrap() = everything_on(end));
                wait_until("it is over, or waits", || thread.has_returned() || thread.is_waiting());
                other = Some(thread);
            };
            let close = move || ws2_CloseHandle(handle(end));
            let Some(closed) = stopped(|asked| closes(asked, end), act, close) else { return };
            assert_eq!(closed, 1);
            other.unwrap().outcome();
            let told = told.lock().unwrap();
            assert_eq!(told.len(), 10);
            for (name, answer, code) in told.iter() {
                assert_eq!((*answer, *code), (0, INVALID_HANDLE), "{name}");
            }
            close_all([ends[1 - which]]);
        }
    });
}

/// A thread uses an end for the first time while another one closes it: it does not wait for what is closed.
#[test]
fn a_read_does_not_outlive_the_closing_of_an_end_that_nobody_knew() {
    alone(here!("a_read_does_not_outlive_the_closing_of_an_end_that_nobody_knew"), || {
        stay_started();
        let [server, client] = pair(0);
        for close in [ws2_CloseHandle, ws2_NtClose_as_bool, WSACloseEvent] {
            let end = inherited(client);
            let mut reader = None;
            let act = || reader = Some(Blocked::on(move || read(end)));
            let close = move || close(handle(end));
            let Some(closed) = stopped(|asked| closes(asked, end), act, close) else { return };
            assert_eq!(closed, 1);
            assert_eq!(reader.unwrap().outcome(), Err(BROKEN_PIPE));
        }
        close_all([client, server]);
    });
}

#[allow(non_snake_case, reason = "Windows' name in it")]
extern "C" fn ws2_NtClose_as_bool(end: Handle) -> i32 {
    i32::from(ws2_NtClose(end) == 0)
}

/// A duplicate that the program has closed as a descriptor, and whose number the next duplicate of the same end gets.
#[test]
fn a_number_is_a_duplicates_again() {
    alone(here!("a_number_is_a_duplicates_again"), || {
        stay_started();
        let [server, client] = pair(0);
        let duplicate = || {
            let (process, mut made) = (ws2_GetCurrentProcess(), null_mut());
            let place = &raw mut made;
            // SAFETY: a local.
            let done = unsafe { ws2_DuplicateHandle(process, handle(server), process, place, 0, 0, 2) };
            assert_eq!(done, 1);
            made.addr()
        };
        let first = duplicate();
        // SAFETY: a number of this test's.
        assert_eq!(unsafe { libc::close(i32::try_from(first).unwrap()) }, 0);
        let second = duplicate();
        assert_eq!(second, first, "the lowest number that is free");
        for end in [second, server] {
            assert_eq!(Over::new().connect(end), (0, PIPE_CONNECTED), "it is a server's end");
            assert_eq!((write(client, b'a'), read(end)), (Ok(()), Ok(b'a')));
            assert_eq!((write(end, b'b'), read(client)), (Ok(()), Ok(b'b')));
        }
        close_all([second]);
        assert_eq!((write(server, b'a'), read(client)), (Ok(()), Ok(b'a')));
        close_all([client, server]);
    });
}

/// How much was moved is told before an operation begins that ends later, and not after: the place may be gone by then.
#[test]
fn nothing_is_told_of_what_ends_later() {
    alone(here!("nothing_is_told_of_what_ends_later"), || {
        stay_started();
        const BEFORE: u32 = 99;
        const AFTER: u32 = 77;
        let name = name();
        // SAFETY: a text.
        let server = unsafe {
            ws2_CreateNamedPipeA(name.as_ptr(), 3 | OVERLAPPED_FLAG, 6, 1, 512, 512, 0, null_mut())
        };
        let (server, client) = (server.addr(), client(&name, OVERLAPPED_FLAG).unwrap());
        assert_eq!(Over::new().connect(server), (0, PIPE_CONNECTED));
        // The thread that waits for all of them is there already: it is none of the calls that are stopped.
        let (beside, mut waits) = (self::server(&self::name(), OVERLAPPED_FLAG), Over::new());
        assert_eq!(waits.connect(beside), (0, IO_PENDING));
        for transacts in [false, true] {
            let moved: &'static AtomicU32 = Box::leak(Box::new(AtomicU32::new(BEFORE)));
            let mut seen = BEFORE;
            // The engine is asked to tell when the operation can go on: it has begun.
            let is_it = |asked: &Asked| asked.number == libc::SYS_epoll_ctl;
            let act = || seen = moved.swap(AFTER, Ordering::AcqRel);
            let job = move || {
                let mut over = Over::new();
                let room: &'static mut [u8; 8] = Box::leak(Box::new([0; 8]));
                let (room, over_at, told) = (room.as_mut_ptr().cast(), &raw mut *over.0, moved.as_ptr());
                let end = handle(server);
                // SAFETY: all of it stays.
                let answer = unsafe {
                    if transacts {
                        ws2_TransactNamedPipe(
                            end,
                            c"ask".as_ptr().cast_mut().cast(),
                            3,
                            room,
                            8,
                            told,
                            over_at,
                        )
                    } else {
                        ws2_ReadFile(end, room, 8, told, over_at)
                    }
                };
                let code = ws2_GetLastError();
                let cancelled = ws2_CancelIoEx(end, over_at);
                (answer, code, cancelled, over.ended(server).0)
            };
            let Some(answer) = stopped(is_it, act, job) else { return };
            assert_eq!(answer, (0, IO_PENDING, 1, 0), "{transacts}");
            assert_eq!((seen, moved.load(Ordering::Acquire)), (0, AFTER), "{transacts}");
        }
        close_all([client, server, beside]);
    });
}

/// A client comes while `ConnectNamedPipe` with an OVERLAPPED looks whether one is there.
#[test]
fn an_overlapped_connect_does_not_succeed_at_once() {
    alone(here!("an_overlapped_connect_does_not_succeed_at_once"), || {
        stay_started();
        let name = name();
        let server = server(&name, OVERLAPPED_FLAG);
        let (mut looks, mut came) = (0, None);
        let is_it = |asked: &Asked| {
            looks += u32::from(asked.number == libc::SYS_accept4);
            looks == 2
        };
        let act = || came = Some(client(&name, 0));
        let job = move || {
            let mut over = Over::new();
            (over.connect(server), over.ended(server))
        };
        let Some(answer) = stopped(is_it, act, job) else { return };
        assert_eq!(answer, ((0, IO_PENDING), (1, 0)));
        close_all([came.unwrap().unwrap(), server]);
    });
}

/// No descriptor is left for a client that has come: the wait ends, and the client waits for the next.
#[test]
fn a_client_for_whom_no_descriptor_is_left() {
    alone(here!("a_client_for_whom_no_descriptor_is_left"), || {
        stay_started();
        let name = name();
        let server = server(&name, OVERLAPPED_FLAG);
        let (tell, told) = channel();
        let (go, went) = channel();
        let thread = std::thread::spawn(move || {
            // Of this thread, and so of the one that it starts, which looks later.
            let_fail(libc::SYS_accept4, None, libc::EMFILE);
            let mut over = Over::new();
            let begun = over.connect(server);
            tell.send((begun, Moved(over))).unwrap();
            let () = went.recv().unwrap();
            Over::new().connect(server)
        });
        let (begun, Moved(mut over)) = told.recv_timeout(LONG).unwrap();
        assert_eq!(begun, (0, IO_PENDING), "nobody is there yet");
        let client = client(&name, 0).unwrap();
        assert_eq!(over.ended(server), (0, NO_SYSTEM_RESOURCES));
        go.send(()).unwrap();
        assert_eq!(thread.join().unwrap(), (0, TOO_MANY_OPEN_FILES));
        assert_eq!(Over::new().connect(server), (0, PIPE_CONNECTED));
        close_all([client, server]);
    });
}

/// Addresses that another thread uses next.
struct Moved(Over);

// SAFETY: one thread after the other.
unsafe impl Send for Moved {}

/// A client that has no descriptor for what it gives the server does not come.
#[test]
fn a_client_that_cannot_come_is_not_seen() {
    alone(here!("a_client_that_cannot_come_is_not_seen"), || {
        stay_started();
        let name = name();
        let server = server(&name, OVERLAPPED_FLAG);
        let of_client = name.clone();
        let thread = std::thread::spawn(move || {
            let_fail(libc::SYS_pipe2, None, libc::EMFILE);
            client(&of_client, 0)
        });
        assert_eq!(thread.join().unwrap(), Err(TOO_MANY_OPEN_FILES));
        let mut over = Over::new();
        assert_eq!(over.connect(server), (0, IO_PENDING));
        let mut moved = 0;
        // SAFETY: locals.
        let ended = unsafe { ws2_GetOverlappedResult(handle(server), &raw mut *over.0, &raw mut moved, 0) };
        assert_eq!((ended, ws2_GetLastError()), (0, IO_INCOMPLETE));
        let client = client(&name, 0).unwrap();
        assert_eq!(over.ended(server), (1, 0));
        assert_eq!((write(client, b'a'), write(client, b'b')), (Ok(()), Ok(())));
        close_all([client, server]);
    });
}

//! The thread pool, and sockets' states as packets of a port.

use std::ffi::c_void;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicU32, Ordering};

use ws2_32::ffi::kernel::types::*;
use ws2_32::ffi::platform::types::FILETIME;
use ws2_32::ffi::types::{OVERLAPPED_ENTRY, SOCK_NOTIFY_REGISTRATION};
use ws2_32::ffi::*;

use crate::refusing::{Refusing, refusing};
use crate::support::calls::{self, start, tcp_pair};
use crate::support::process::{alone, here};
use crate::support::waiting::wait_until;
use crate::walk::{NO_MEMORY, walk, walk_prepared};

/// No memory; for the association of a socket with a callback there is a code of its own.
const CODES: &[i32] = &[NO_MEMORY, 1450];

fn pointer<T>(value: *mut T) -> Result<*mut T, i32> {
    if value.is_null() { Err(ws2_GetLastError().cast_signed()) } else { Ok(value) }
}

fn truth(value: i32) -> Result<(), i32> {
    if value == 0 { Err(ws2_GetLastError().cast_signed()) } else { Ok(()) }
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

static CALLS: AtomicU32 = AtomicU32::new(0);

fn called() {
    CALLS.fetch_add(1, Ordering::AcqRel);
}

fn expect_call() {
    wait_until("it is called", || CALLS.load(Ordering::Acquire) == 1);
    CALLS.store(0, Ordering::Release);
}

unsafe extern "C" fn once(_: PTP_CALLBACK_INSTANCE, _: *mut c_void) {
    called();
}

unsafe extern "C" fn work(_: PTP_CALLBACK_INSTANCE, _: *mut c_void, _: PTP_WORK) {
    called();
}

unsafe extern "C" fn due(_: PTP_CALLBACK_INSTANCE, _: *mut c_void, _: PTP_TIMER) {
    called();
}

unsafe extern "C" fn item(_: *mut c_void) -> u32 {
    called();
    0
}

unsafe extern "C" fn ended(
    _: PTP_CALLBACK_INSTANCE,
    _: *mut c_void,
    _: *mut c_void,
    _: u32,
    _: usize,
    _: PTP_IO,
) {
    called();
}

unsafe extern "C" fn bound(_: u32, _: u32, _: *mut ws2_32::ffi::types::OVERLAPPED) {
    called();
}

fn environment(pool: PTP_POOL, group: PTP_CLEANUP_GROUP) -> TP_CALLBACK_ENVIRON {
    TP_CALLBACK_ENVIRON {
        Version: 3,
        Pool: pool,
        CleanupGroup: group,
        CleanupGroupCancelCallback: None,
        RaceDll: null_mut(),
        ActivationContext: null_mut(),
        FinalizationCallback: None,
        Flags: 0,
        CallbackPriority: 1,
        Size: size_of::<TP_CALLBACK_ENVIRON>() as u32,
    }
}

#[test]
fn pools() {
    alone(here!("pools"), || {
        let before = threads();
        walk(
            "CreateThreadpool",
            CODES,
            || pointer(ws2_CreateThreadpool(null_mut())),
            |pool| {
                ws2_CloseThreadpool(pool);
            },
        );
        walk(
            "CreateThreadpoolCleanupGroup",
            CODES,
            || pointer(ws2_CreateThreadpoolCleanupGroup()),
            |group| {
                ws2_CloseThreadpoolCleanupGroup(group);
            },
        );
        let pool = std::cell::Cell::new(ws2_CreateThreadpool(null_mut()));
        let was_refused = std::cell::Cell::new(false);
        let renew = || {
            if was_refused.take() {
                wait_until("those that were started have gone", || threads() == before);
            }
            ws2_CloseThreadpool(pool.replace(ws2_CreateThreadpool(null_mut())));
            wait_until("all have gone", || threads() == before);
        };
        let least = || {
            let outcome = truth(ws2_SetThreadpoolThreadMinimum(pool.get(), 4));
            was_refused.set(outcome.is_err());
            outcome
        };
        walk_prepared("SetThreadpoolThreadMinimum", CODES, renew, least, |()| {
            wait_until("it has them", || threads() == before + 4);
        });
        renew();
    });
}

#[test]
fn objects_of_pools() {
    alone(here!("objects_of_pools"), || {
        start();
        let group = ws2_CreateThreadpoolCleanupGroup();
        let make_pool = || ws2_CreateThreadpool(null_mut());
        let mut wanted = environment(make_pool(), group);
        // A new pool each time: its first object starts its first thread.
        let renew = |wanted: *mut TP_CALLBACK_ENVIRON| unsafe {
            ws2_CloseThreadpool((*wanted).Pool);
            (*wanted).Pool = make_pool();
        };
        let wanted = &raw mut wanted;
        let make = || pointer(unsafe { ws2_CreateThreadpoolWork(Some(work), null_mut(), wanted) });
        walk_prepared(
            "CreateThreadpoolWork",
            CODES,
            || renew(wanted),
            make,
            |work| {
                ws2_SubmitThreadpoolWork(work);
                ws2_WaitForThreadpoolWorkCallbacks(work, 0);
                expect_call();
                ws2_CloseThreadpoolWork(work);
            },
        );
        let make_timer = || pointer(unsafe { ws2_CreateThreadpoolTimer(Some(due), null_mut(), wanted) });
        walk_prepared(
            "CreateThreadpoolTimer",
            CODES,
            || renew(wanted),
            make_timer,
            |timer| {
                let mut at_once = FILETIME { dwLowDateTime: 0, dwHighDateTime: 0 };
                let at_once = &raw mut at_once;
                // What has no answer takes no memory.
                let set = || unsafe { ws2_SetThreadpoolTimer(timer, at_once, 0, 0) };
                let _ = refusing(Refusing::From(0), set);
                expect_call();
                ws2_CloseThreadpoolTimer(timer);
            },
        );
        let submit = || truth(unsafe { ws2_TrySubmitThreadpoolCallback(Some(once), null_mut(), wanted) });
        walk_prepared(
            "TrySubmitThreadpoolCallback",
            CODES,
            || renew(wanted),
            submit,
            |()| {
                ws2_CloseThreadpoolCleanupGroupMembers(group, 0, null_mut());
                expect_call();
            },
        );
        let submit = || truth(unsafe { ws2_QueueUserWorkItem(Some(item), null_mut(), 0) });
        walk("QueueUserWorkItem", CODES, submit, |()| expect_call());
        // What has no answer does without memory.
        let one = make().unwrap();
        let run = || {
            ws2_SubmitThreadpoolWork(one);
            ws2_WaitForThreadpoolWorkCallbacks(one, 0);
            Ok(())
        };
        walk("SubmitThreadpoolWork", &[], run, |()| expect_call());
        ws2_CloseThreadpoolCleanupGroupMembers(group, 0, null_mut());
        ws2_CloseThreadpoolCleanupGroup(group);
    });
}

#[test]
fn ends_of_operations() {
    alone(here!("ends_of_operations"), || {
        start();
        let group = ws2_CreateThreadpoolCleanupGroup();
        let mut wanted = environment(null_mut(), group);
        let wanted = &raw mut wanted;
        let pairs = std::cell::Cell::new(tcp_pair());
        // The socket of a call that was refused serves for the next one.
        let make = || {
            let (near, _) = pairs.get();
            pointer(unsafe {
                ws2_CreateThreadpoolIo(without_provenance_mut(near), Some(ended), null_mut(), wanted)
            })
        };
        let receive_once = || {
            let (near, far) = pairs.replace(tcp_pair());
            receive(near, far);
            calls::close_all([near, far]);
        };
        walk("CreateThreadpoolIo", CODES, make, |io| {
            ws2_StartThreadpoolIo(io);
            receive_once();
            expect_call();
            ws2_CloseThreadpoolCleanupGroupMembers(group, 0, null_mut());
        });
        let bind = || {
            let near = without_provenance_mut(pairs.get().0);
            truth(unsafe { ws2_BindIoCompletionCallback(near, Some(bound), 0) })
        };
        walk("BindIoCompletionCallback", CODES, bind, |()| {
            receive_once();
            expect_call();
        });
        let io = make().unwrap();
        // Without memory for the note the end asks once more.
        let begin = || {
            ws2_StartThreadpoolIo(io);
            Ok(())
        };
        walk("StartThreadpoolIo", &[], begin, |()| {
            let (near, far) = pairs.get();
            receive(near, far);
            ws2_WaitForThreadpoolIoCallbacks(io, 0);
            expect_call();
        });
        let (near, far) = pairs.get();
        calls::close_all([near, far]);
        ws2_CloseThreadpoolIo(io);
        ws2_CloseThreadpoolCleanupGroup(group);
    });
}

/// One byte over an overlapped call, to its end.
fn receive(near: usize, far: usize) {
    let mut over = ws2_32::ffi::types::OVERLAPPED {
        Internal: 0,
        InternalHigh: 0,
        Offset: 0,
        OffsetHigh: 0,
        hEvent: null_mut(),
    };
    let (mut byte, mut moved, mut flags) = (0_u8, 0, 0);
    let mut buffer =
        ws2_32::ffi::types::message::WSABUF { len: 1, buf: std::ptr::from_mut(&mut byte).cast() };
    let (over, moved, flags) = (&raw mut over, &raw mut moved, &raw mut flags);
    assert_eq!(unsafe { WSARecv(near, &raw mut buffer, 1, null_mut(), flags, over, None) }, -1);
    assert_eq!(WSAGetLastError(), 997);
    assert_eq!(calls::send(far, b"x", 0), Ok(1));
    assert_eq!(unsafe { WSAGetOverlappedResult(near, over, moved, 1, flags) }, 1);
}

/// Takes a packet: its key and events.
fn take(port: HANDLE) -> Result<(usize, u32), i32> {
    let mut entry: OVERLAPPED_ENTRY = unsafe { std::mem::zeroed() };
    let (place, mut count) = (&raw mut entry, 0);
    match unsafe { ProcessSocketNotifications(port, 0, null_mut(), 60_000, 1, place, &raw mut count) } {
        0 => Ok((entry.lpCompletionKey, entry.dwNumberOfBytesTransferred)),
        code => Err(code.cast_signed()),
    }
}

fn register(port: HANDLE, socket: usize, operation: u8, flags: u8) -> Result<(), i32> {
    let mut one = SOCK_NOTIFY_REGISTRATION {
        socket,
        completionKey: without_provenance_mut(7),
        eventFilter: if operation == 1 { 1 } else { 0 },
        operation,
        triggerFlags: flags,
        registrationResult: 0xAAAA,
    };
    match unsafe { ProcessSocketNotifications(port, 1, &raw mut one, 0, 0, null_mut(), null_mut()) } {
        0 if one.registrationResult == 0 => Ok(()),
        0 => Err(one.registrationResult.cast_signed()),
        code => Err(code.cast_signed()),
    }
}

#[test]
fn notifications() {
    alone(here!("notifications"), || {
        start();
        let no_file = without_provenance_mut(usize::MAX);
        let new_port = || ws2_CreateIoCompletionPort(no_file, null_mut(), 0, 0);
        let port = std::cell::Cell::new(new_port());
        // A new port each time: its list of packets has no room yet.
        let renew = || assert_eq!(ws2_CloseHandle(port.replace(new_port())), 1);
        for (level, edge) in [(4, 0), (0, 8)] {
            let (near, far) = tcp_pair();
            if level != 0 {
                assert_eq!(calls::send(far, b"x", 0), Ok(1));
            }
            let enable = || register(port.get(), near, 1, level | edge);
            walk_prepared("SOCK_NOTIFY_OP_ENABLE", CODES, renew, enable, |()| {
                if edge != 0 {
                    assert_eq!(calls::send(far, b"x", 0), Ok(1));
                }
                assert_eq!(take(port.get()), Ok((7, 1)));
                if edge != 0 {
                    assert_eq!(calls::take(near).unwrap(), b"x");
                }
                assert_eq!(register(port.get(), near, 4, 0), Ok(()));
                while take(port.get()) != Ok((7, 0x80)) {}
            });
            let enabled = || {
                renew();
                assert_eq!(register(port.get(), near, 1, level | edge), Ok(()));
            };
            let change = || register(port.get(), near, 2, 0);
            let remove = || register(port.get(), near, 4, 0);
            let end = || {
                while take(port.get()) != Ok((7, 0x80)) {}
            };
            walk_prepared("SOCK_NOTIFY_OP_DISABLE", &[], enabled, change, |()| {
                remove().unwrap();
                end();
            });
            let begin = || {
                let _ = remove();
                enabled();
            };
            walk_prepared("SOCK_NOTIFY_OP_REMOVE", CODES, begin, remove, |()| end());
            calls::close_all([near, far]);
        }
        let (near, far) = tcp_pair();
        register(port.get(), near, 1, 4).unwrap();
        assert_eq!(calls::send(far, b"x", 0), Ok(1));
        let took = || take(port.get());
        walk("ProcessSocketNotifications", CODES, took, |told| assert_eq!(told, (7, 1)));
        calls::close_all([near, far]);
        assert_eq!(ws2_CloseHandle(port.get()), 1);
    });
}

/// What wakes threads that wait at a port takes no memory, whatever their number.
#[test]
fn waking_at_a_port() {
    alone(here!("waking_at_a_port"), || {
        start();
        let no_file = without_provenance_mut(usize::MAX);
        let close = || {
            let port = ws2_CreateIoCompletionPort(no_file, null_mut(), 0, 0);
            let number = port.addr();
            let waiters: Vec<_> = (0..5)
                .map(|_| crate::support::process::Blocked::on(move || take(without_provenance_mut(number))))
                .collect();
            (port, waiters)
        };
        let ready = std::cell::RefCell::new(None);
        let prepare = || {
            if ready.borrow().is_none() {
                *ready.borrow_mut() = Some(close());
            }
        };
        let shut = || {
            let port = ready.borrow().as_ref().unwrap().0;
            truth(ws2_CloseHandle(port))
        };
        walk_prepared("CloseHandle", &[], prepare, shut, |()| {
            let (_, waiters) = ready.borrow_mut().take().unwrap();
            for waiter in waiters {
                assert_eq!(waiter.outcome(), Err(735));
            }
        });
    });
}

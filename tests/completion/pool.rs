//! The thread pool: rows CP25, CP26, TP1 to TP8.

use std::ffi::c_void;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crate::support::process::{Blocked, alone, here};
use crate::words::*;
use ws2_32::ffi::kernel::types::*;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

/// What a callback was called with: OVERLAPPED, code, number of bytes, object.
pub(crate) type Call = (usize, u32, usize, usize);

/// Where callbacks tell, by their context.
pub(crate) struct Told {
    sender: Sender<Call>,
    receiver: Receiver<Call>,
}

impl Told {
    /// It stays: a callback may still be at it when its word has come.
    pub(crate) fn new() -> &'static Self {
        let (sender, receiver) = channel();
        Box::leak(Box::new(Self { sender, receiver }))
    }

    pub(crate) fn context(&self) -> *mut c_void {
        (&raw const self.sender).cast_mut().cast()
    }

    pub(crate) fn next(&self) -> Call {
        self.receiver.recv_timeout(Duration::from_millis(LONG.into())).unwrap()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.receiver.try_recv().is_err()
    }
}

pub(crate) fn tell(context: *mut c_void, call: Call) {
    unsafe { &*context.cast::<Sender<Call>>() }.send(call).unwrap();
}

unsafe extern "C" fn io_ended(
    instance: PTP_CALLBACK_INSTANCE,
    context: *mut c_void,
    over: *mut c_void,
    code: ULONG,
    bytes: ULONG_PTR,
    io: PTP_IO,
) {
    assert!(!instance.is_null());
    tell(context, (over.addr(), code, bytes, io.addr()));
}

unsafe extern "C" fn worked(instance: PTP_CALLBACK_INSTANCE, context: *mut c_void, work: PTP_WORK) {
    assert!(!instance.is_null());
    tell(context, (0, 0, 0, work.addr()));
}

unsafe extern "C" fn once(instance: PTP_CALLBACK_INSTANCE, context: *mut c_void) {
    assert!(!instance.is_null());
    tell(context, (1, 0, 0, 0));
}

pub(crate) fn io_of(s: SOCKET, told: &Told, environment: *mut TP_CALLBACK_ENVIRON) -> PTP_IO {
    let io = unsafe { ws2_CreateThreadpoolIo(handle(s), Some(io_ended), told.context(), environment) };
    assert!(!io.is_null());
    io
}

pub(crate) fn environment(pool: PTP_POOL, group: PTP_CLEANUP_GROUP) -> TP_CALLBACK_ENVIRON {
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

/// CP26: a callback for each operation, with the code of Windows, whether it ended at once or later, well or not.
#[test]
fn cp26_ends_of_operations() {
    let (near, far) = both();
    let told = Told::new();
    let io = io_of(near, told, null_mut());
    let (over, sent) = (Over::new(), Over::new());
    let mut bytes = [0; 8];
    ws2_StartThreadpoolIo(io);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    ws2_StartThreadpoolIo(io);
    assert_eq!(send_over(near, b"at once", &sent), (Ok(0), 7));
    assert_eq!(told.next(), (sent.ptr().addr(), 0, 7, io.addr()));
    assert_eq!(send(far, b"later", 0), Ok(5));
    assert_eq!(told.next(), (over.ptr().addr(), 0, 5, io.addr()));
    // One that fails at once tells nobody, and is to be taken back.
    ws2_StartThreadpoolIo(io);
    let refused = recv_with(near, &mut [room(&mut bytes)], 0x4000_0000, over.ptr(), None);
    assert!(refused.0.is_err() && refused.0 != Err(E::WSA_IO_PENDING), "{refused:?}");
    ws2_CancelThreadpoolIo(io);
    ws2_WaitForThreadpoolIoCallbacks(io, 0);
    // The socket's end ends the operation.
    ws2_StartThreadpoolIo(io);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    shut_all([near]);
    ws2_WaitForThreadpoolIoCallbacks(io, 0);
    assert_eq!(told.next(), (over.ptr().addr(), 1236, 0, io.addr()));
    assert!(told.is_empty());
    ws2_CloseThreadpoolIo(io);
    shut_all([far]);
}

/// CP26: waiting waits for operations that go on; with TRUE they bring no callback.
#[test]
fn cp26_waiting_and_dropping() {
    let (near, far) = both();
    let told = Told::new();
    let io = io_of(near, told, null_mut());
    let over = Over::new();
    let mut bytes = [0; 8];
    ws2_StartThreadpoolIo(io);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    let address = io.addr();
    let waiter = Blocked::on(move || ws2_WaitForThreadpoolIoCallbacks(without_provenance_mut(address), 0));
    assert_eq!(send(far, b"x", 0), Ok(1));
    waiter.outcome();
    assert_eq!(told.next().2, 1);
    // Dropped while it goes on.
    ws2_StartThreadpoolIo(io);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    ws2_WaitForThreadpoolIoCallbacks(io, 1);
    assert_eq!(send(far, b"y", 0), Ok(1));
    assert_eq!(over.ends(), (0, 1));
    ws2_StartThreadpoolIo(io);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(send(far, b"zz", 0), Ok(2));
    assert_eq!(told.next().2, 2, "the one before was passed over");
    // Dropped, and taken back after that: the next one is told of.
    ws2_StartThreadpoolIo(io);
    ws2_WaitForThreadpoolIoCallbacks(io, 1);
    ws2_CancelThreadpoolIo(io);
    ws2_StartThreadpoolIo(io);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(send(far, b"zz", 0), Ok(2));
    assert_eq!(told.next().2, 2, "nothing was under way");
    // Closed while an operation goes on: that is told of, and then nothing any more.
    ws2_StartThreadpoolIo(io);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    ws2_CloseThreadpoolIo(io);
    assert_eq!(send(far, b"www", 0), Ok(3));
    assert_eq!(told.next(), (over.ptr().addr(), 0, 3, io.addr()));
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(send(far, b"v", 0), Ok(1));
    assert_eq!(over.ends(), (0, 1));
    shut_all([near, far]);
    assert!(told.is_empty());
}

/// CP26, CP3: what is refused.
#[test]
fn cp26_refused() {
    let (near, far) = both();
    let told = Told::new();
    let io = io_of(near, told, null_mut());
    let mut bad = environment(null_mut(), null_mut());
    bad.Version = 2;
    let mut no_pool = environment(without_provenance_mut(0x1230), null_mut());
    let event = event(true, false);
    let file = std::fs::File::open("/dev/null").unwrap();
    let file = std::os::fd::AsRawFd::as_raw_fd(&file) as usize;
    for (what, of, callback, wanted, code) in [
        ("a second time", near, true, null_mut(), 87),
        ("no function", far, false, null_mut(), 87),
        ("another version", far, true, &raw mut bad, 87),
        ("no pool", far, true, &raw mut no_pool, 87),
        ("a wild environment", far, true, without_provenance_mut(8), 998),
        ("an event", event.addr(), true, null_mut(), 6),
        ("a file", file, true, null_mut(), 87),
        ("nothing", 0, true, null_mut(), 6),
    ] {
        let callback = if callback { Some(io_ended as _) } else { None };
        let got =
            with_error(|| unsafe { ws2_CreateThreadpoolIo(handle(of), callback, told.context(), wanted) });
        assert_eq!(got, (null_mut(), code), "{what}");
    }
    let port = Port::new(0);
    let associated = with_error(|| ws2_CreateIoCompletionPort(handle(near), port.0, 0, 0));
    assert_eq!(associated, (null_mut(), 87), "a port beside it");
    port.add(far, 1);
    // No number of another test's object.
    for wild in [null_mut(), without_provenance_mut(16), io.wrapping_byte_add(8)] {
        ws2_StartThreadpoolIo(wild);
        ws2_CancelThreadpoolIo(wild);
        ws2_WaitForThreadpoolIoCallbacks(wild, 1);
        ws2_CloseThreadpoolIo(wild);
    }
    ws2_CloseThreadpoolIo(io);
    ws2_CloseThreadpoolIo(io);
    close_handle(event);
    shut_all([near, far]);
}

static BOUND: std::sync::Mutex<Vec<(u32, u32, usize)>> = std::sync::Mutex::new(Vec::new());

unsafe extern "C" fn bound(status: DWORD, bytes: DWORD, over: *mut OVERLAPPED) {
    BOUND.lock().unwrap().push((status, bytes, over.addr()));
}

/// CP25: the function gets the NTSTATUS; once per socket; 87 for what is none.
#[test]
fn cp25_bound_function() {
    let (near, far) = both();
    let bind = |s: usize| with_error(|| unsafe { ws2_BindIoCompletionCallback(handle(s), Some(bound), 0) });
    assert_eq!(bind(near), (1, UNTOUCHED));
    assert_eq!(bind(near), (0, 87), "a second time");
    assert_eq!(bind(0), (0, 87));
    assert_eq!(bind(0x3FFF_FFF0), (0, 87));
    let blocking = unsafe { WSASocketA(AF_INET, STREAM, 0, null_mut(), 0, 0) };
    assert_eq!(bind(blocking), (0, 87));
    let none = with_error(|| unsafe { ws2_BindIoCompletionCallback(handle(far), None, 0) });
    assert_eq!(none, (0, 87));
    let (over, closed) = (Over::new(), Over::new());
    let mut bytes = [0; 8];
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(send(far, b"abc", 0), Ok(3));
    let calls = || BOUND.lock().unwrap().clone();
    wait_until("the function is called", || calls().len() == 1);
    assert_eq!(calls()[0], (0, 3, over.ptr().addr()));
    assert_eq!(recv_over(near, &mut bytes, &closed), IO_PENDING);
    shut_all([near, far, blocking]);
    wait_until("the function is called", || calls().len() == 2);
    assert_eq!(calls()[1], (0xC000_0241, 0, closed.ptr().addr()));
}

/// TP1, TP3: as many calls as were submitted, those of a closed object, too.
#[test]
fn tp1_work() {
    let told = Told::new();
    let work = unsafe { ws2_CreateThreadpoolWork(Some(worked), told.context(), null_mut()) };
    assert!(!work.is_null());
    (0..1000).for_each(|_| ws2_SubmitThreadpoolWork(work));
    ws2_CloseThreadpoolWork(work);
    ws2_SubmitThreadpoolWork(work);
    (0..1000).for_each(|_| assert_eq!(told.next().3, work.addr()));
    assert!(told.is_empty());
    assert_eq!(unsafe { ws2_TrySubmitThreadpoolCallback(Some(once), told.context(), null_mut()) }, 1);
    assert_eq!(told.next().0, 1);
    let none = with_error(|| unsafe { ws2_CreateThreadpoolWork(None, null_mut(), null_mut()) });
    assert_eq!(none, (null_mut(), 87));
    let none = with_error(|| unsafe { ws2_TrySubmitThreadpoolCallback(None, null_mut(), null_mut()) });
    assert_eq!(none, (0, 87));
}

/// Two events: a callback sets the first and waits for the second.
pub(crate) struct Meeting([HANDLE; 2], AtomicU32);

impl Meeting {
    fn new() -> Self {
        Self([event(false, false), event(true, false)], AtomicU32::new(0))
    }

    fn context(&self) -> *mut c_void {
        (&raw const *self).cast_mut().cast()
    }
}

fn meet(context: *mut c_void) -> &'static Meeting {
    let meeting = unsafe { &*context.cast::<Meeting>() };
    meeting.1.fetch_add(1, Ordering::Relaxed);
    ws2_SetEvent(meeting.0[0]);
    meeting
}

unsafe extern "C" fn meets(_: PTP_CALLBACK_INSTANCE, context: *mut c_void, _: PTP_WORK) {
    wait_for(meet(context).0[1]);
}

/// TP2, TP4: with one thread one at a time; waiting drops what has not begun, and waits for what has.
#[test]
fn tp2_waiting_drops() {
    let pool = ws2_CreateThreadpool(null_mut());
    ws2_SetThreadpoolThreadMaximum(pool, 1);
    assert_eq!(ws2_SetThreadpoolThreadMinimum(pool, 1), 1);
    let meeting = Meeting::new();
    let mut wanted = environment(pool, null_mut());
    let work = unsafe { ws2_CreateThreadpoolWork(Some(meets), meeting.context(), &raw mut wanted) };
    (0..5).for_each(|_| ws2_SubmitThreadpoolWork(work));
    wait_for(meeting.0[0]);
    let address = work.addr();
    let waiter = Blocked::on(move || ws2_WaitForThreadpoolWorkCallbacks(without_provenance_mut(address), 1));
    assert_eq!(ws2_SetEvent(meeting.0[1]), 1);
    waiter.outcome();
    assert_eq!(meeting.1.load(Ordering::Relaxed), 1, "four were dropped");
    ws2_SubmitThreadpoolWork(work);
    ws2_WaitForThreadpoolWorkCallbacks(work, 0);
    assert_eq!(meeting.1.load(Ordering::Relaxed), 2);
    ws2_CloseThreadpoolWork(work);
    ws2_CloseThreadpool(pool);
    assert_eq!(with_error(|| ws2_SetThreadpoolThreadMinimum(pool, 1)), (0, 87), "closed");
    meeting.0.into_iter().for_each(close_handle);
}

/// TP8: callbacks that wait for each other get on, however many they are.
#[test]
fn tp8_callbacks_that_wait() {
    let meeting = Meeting::new();
    let work = unsafe { ws2_CreateThreadpoolWork(Some(meets), meeting.context(), null_mut()) };
    (0..20).for_each(|_| ws2_SubmitThreadpoolWork(work));
    wait_until("all have begun", || meeting.1.load(Ordering::Relaxed) == 20);
    assert_eq!(ws2_SetEvent(meeting.0[1]), 1);
    ws2_WaitForThreadpoolWorkCallbacks(work, 0);
    ws2_CloseThreadpoolWork(work);
    meeting.0.into_iter().for_each(close_handle);
}

unsafe extern "C" fn ends_its_thread(_: PTP_CALLBACK_INSTANCE, _: *mut c_void, _: PTP_WORK) {
    ws2_ExitThread(7);
}

/// TP8: a callback that ends its thread ends nothing else.
#[test]
fn tp8_a_callback_that_ends_its_thread() {
    let told = Told::new();
    let work = unsafe { ws2_CreateThreadpoolWork(Some(ends_its_thread), null_mut(), null_mut()) };
    (0..10).for_each(|_| ws2_SubmitThreadpoolWork(work));
    ws2_WaitForThreadpoolWorkCallbacks(work, 0);
    ws2_CloseThreadpoolWork(work);
    assert_eq!(unsafe { ws2_TrySubmitThreadpoolCallback(Some(once), told.context(), null_mut()) }, 1);
    assert_eq!(told.next().0, 1);
}

static CANCELLED_WITH: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn cancelled(object: *mut c_void, group: *mut c_void) {
    assert!(!object.is_null());
    assert_eq!(group.addr(), 0x77);
    CANCELLED_WITH.fetch_add(1, Ordering::Relaxed);
}

/// TP5: a group's objects end together; what has not begun is dropped, and the group's function told of each.
#[test]
fn tp5_groups() {
    // Alone, so that whoever waits there waits for the callbacks, and not for another test's.
    alone(here!("tp5_groups"), groups);
}

fn groups() {
    let group = ws2_CreateThreadpoolCleanupGroup();
    let pool = ws2_CreateThreadpool(null_mut());
    ws2_SetThreadpoolThreadMaximum(pool, 1);
    let mut wanted = environment(pool, group);
    wanted.CleanupGroupCancelCallback = Some(cancelled);
    let (told, meeting) = (Told::new(), Meeting::new());
    let busy = unsafe { ws2_CreateThreadpoolWork(Some(meets), meeting.context(), &raw mut wanted) };
    ws2_SubmitThreadpoolWork(busy);
    wait_for(meeting.0[0]);
    let waits = unsafe { ws2_CreateThreadpoolWork(Some(worked), told.context(), &raw mut wanted) };
    ws2_SubmitThreadpoolWork(waits);
    assert_eq!(unsafe { ws2_TrySubmitThreadpoolCallback(Some(once), told.context(), &raw mut wanted) }, 1);
    let closed = unsafe { ws2_CreateThreadpoolWork(Some(worked), told.context(), &raw mut wanted) };
    ws2_CloseThreadpoolWork(closed);
    let address = group.addr();
    let closer = Blocked::on(move || {
        let group = without_provenance_mut(address);
        ws2_CloseThreadpoolCleanupGroupMembers(group, 1, without_provenance_mut(0x77));
    });
    ws2_SetEvent(meeting.0[1]);
    closer.outcome();
    assert_eq!(
        CANCELLED_WITH.load(Ordering::Relaxed),
        3,
        "those that were open, and the one to be called once"
    );
    assert!(told.is_empty(), "neither was called");
    ws2_SubmitThreadpoolWork(waits);
    ws2_CloseThreadpoolWork(waits);
    // Without dropping: what is due is called.
    let again = unsafe { ws2_CreateThreadpoolWork(Some(worked), told.context(), &raw mut wanted) };
    (0..3).for_each(|_| ws2_SubmitThreadpoolWork(again));
    ws2_CloseThreadpoolCleanupGroupMembers(group, 0, null_mut());
    (0..3).for_each(|_| assert_eq!(told.next().3, again.addr()));
    assert_eq!(CANCELLED_WITH.load(Ordering::Relaxed), 3);
    ws2_CloseThreadpoolCleanupGroup(group);
    let gone = with_error(|| unsafe { ws2_CreateThreadpoolWork(Some(worked), null_mut(), &raw mut wanted) });
    assert_eq!(gone, (null_mut(), 87), "no group any more");
    ws2_CloseThreadpool(pool);
    meeting.0.into_iter().for_each(close_handle);
}

unsafe extern "C" fn counts(context: *mut c_void) -> DWORD {
    tell(context, (2, 0, 0, 0));
    99
}

/// TP6: a function of `CreateThread`'s kind, called once; the flags choose nothing that differs.
#[test]
fn tp6_user_work_items() {
    let told = Told::new();
    for flags in [0, 1, 0x10, 0x20, 0x80, 0x100, 600 << 16] {
        let queued = with_error(|| unsafe { ws2_QueueUserWorkItem(Some(counts), told.context(), flags) });
        assert_eq!(queued, (1, UNTOUCHED), "{flags:#x}");
        assert_eq!(told.next().0, 2);
    }
    assert_eq!(with_error(|| unsafe { ws2_QueueUserWorkItem(None, null_mut(), 0) }), (0, 87));
}

/// What [`says`] refers to.
struct Says {
    event: HANDLE,
    other: HANDLE,
    semaphore: HANDLE,
    mutex: HANDLE,
    section: CRITICAL_SECTION,
    go_on: HANDLE,
    is_disassociated: HANDLE,
    may_run_long: AtomicU32,
}

unsafe extern "C" fn says(instance: PTP_CALLBACK_INSTANCE, context: *mut c_void, _: PTP_WORK) {
    let said = context.cast::<Says>();
    let Says { event, other, semaphore, mutex, go_on, is_disassociated, .. } = unsafe { &*said };
    let section = unsafe { &raw mut (*said).section };
    wait_for(*mutex);
    unsafe { ws2_EnterCriticalSection(section) };
    ws2_SetEventWhenCallbackReturns(instance, *event);
    ws2_SetEventWhenCallbackReturns(instance, *other);
    ws2_ReleaseSemaphoreWhenCallbackReturns(instance, *semaphore, 3);
    ws2_ReleaseMutexWhenCallbackReturns(instance, *mutex);
    unsafe { ws2_LeaveCriticalSectionWhenCallbackReturns(instance, section) };
    unsafe { ws2_FreeLibraryWhenCallbackReturns(instance, null_mut()) };
    // Of another callback, or none: nothing.
    ws2_SetEventWhenCallbackReturns(instance.wrapping_byte_add(16), *other);
    ws2_DisassociateCurrentThreadFromCallback(null_mut());
    assert_eq!(ws2_CallbackMayRunLong(null_mut()), 0);
    let long = ws2_CallbackMayRunLong(instance);
    unsafe { &*said }.may_run_long.store(u32::from(long == 1), Ordering::Relaxed);
    ws2_DisassociateCurrentThreadFromCallback(instance);
    ws2_SetEvent(*is_disassociated);
    wait_for(*go_on);
}

/// TP7: what is done when a callback is over, and nobody waits for one that has said so.
#[test]
fn tp7_what_a_callback_says() {
    let semaphore = unsafe { ws2_CreateSemaphoreA(null_mut(), 0, 10, std::ptr::null()) };
    let mutex = unsafe { ws2_CreateMutexA(null_mut(), 0, std::ptr::null()) };
    let mut said = Says {
        event: event(true, false),
        other: event(true, false),
        semaphore,
        mutex,
        section: unsafe { std::mem::zeroed() },
        go_on: event(true, false),
        is_disassociated: event(true, false),
        may_run_long: AtomicU32::new(0),
    };
    unsafe { ws2_InitializeCriticalSection(&raw mut said.section) };
    let work = unsafe { ws2_CreateThreadpoolWork(Some(says), (&raw mut said).cast(), null_mut()) };
    ws2_SubmitThreadpoolWork(work);
    wait_for(said.is_disassociated);
    ws2_WaitForThreadpoolWorkCallbacks(work, 0);
    assert!(!is_set(said.event), "it goes on");
    assert_eq!(said.may_run_long.load(Ordering::Relaxed), 1);
    assert_eq!(unsafe { ws2_TryEnterCriticalSection(&raw mut said.section) }, 0);
    ws2_SetEvent(said.go_on);
    wait_for(said.event);
    assert!(!is_set(said.other), "the first word counts");
    let mut before = 0;
    assert_eq!(unsafe { ws2_ReleaseSemaphore(semaphore, 1, &raw mut before) }, 1);
    assert_eq!(before, 3);
    wait_for(mutex);
    assert_eq!(ws2_ReleaseMutex(mutex), 1);
    unsafe { ws2_EnterCriticalSection(&raw mut said.section) };
    unsafe { ws2_LeaveCriticalSection(&raw mut said.section) };
    unsafe { ws2_DeleteCriticalSection(&raw mut said.section) };
    ws2_CloseThreadpoolWork(work);
    [said.event, said.other, semaphore, mutex, said.go_on, said.is_disassociated]
        .into_iter()
        .for_each(close_handle);
}

/// TP4: sizes of stacks are told as they were said.
#[test]
fn tp4_stacks() {
    let pool = ws2_CreateThreadpool(null_mut());
    let mut stack = TP_POOL_STACK_INFORMATION { StackReserve: 1 << 20, StackCommit: 4096 };
    assert_eq!(unsafe { ws2_SetThreadpoolStackInformation(pool, &raw mut stack) }, 1);
    stack = TP_POOL_STACK_INFORMATION { StackReserve: 0, StackCommit: 0 };
    assert_eq!(unsafe { ws2_QueryThreadpoolStackInformation(pool, &raw mut stack) }, 1);
    assert_eq!((stack.StackReserve, stack.StackCommit), (1 << 20, 4096));
    for (pool, place, code) in [(null_mut(), &raw mut stack, 87), (pool, null_mut(), 998)] {
        let set = with_error(|| unsafe { ws2_SetThreadpoolStackInformation(pool, place) });
        let got = with_error(|| unsafe { ws2_QueryThreadpoolStackInformation(pool, place) });
        assert_eq!([set, got], [(0, code); 2]);
    }
    assert_eq!(with_error(|| ws2_CreateThreadpool(without_provenance_mut(1))), (null_mut(), 87));
    let told = Told::new();
    let mut wanted = environment(pool, null_mut());
    assert_eq!(unsafe { ws2_TrySubmitThreadpoolCallback(Some(once), told.context(), &raw mut wanted) }, 1);
    assert_eq!(told.next().0, 1);
    ws2_CloseThreadpool(pool);
}

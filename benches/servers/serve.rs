//! The servers. Each accepts so many connections, then serves them until they are gone, and begins anew.

use std::net::{Ipv4Addr, TcpListener};
use std::os::fd::IntoRawFd;
use std::ptr::null_mut;

use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::types::{OVERLAPPED, OVERLAPPED_ENTRY, WSANETWORKEVENTS};
use ws2_32::ffi::*;

fn accept_all(listener: &TcpListener, count: usize) -> Vec<i32> {
    let accept = || {
        let stream = listener.accept().unwrap().0;
        stream.set_nodelay(true).unwrap();
        stream.into_raw_fd()
    };
    (0..count).map(|_| accept()).collect()
}

/// With epoll, `recv` and `send`; level-triggered, as most servers do it.
fn serve_by_epoll(sockets: &[i32], room: &mut [u8]) {
    // SAFETY: numbers, locals, and buffers with their lengths.
    unsafe {
        let epoll = libc::epoll_create1(0);
        for fd in sockets {
            let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: *fd as u64 };
            libc::epoll_ctl(epoll, libc::EPOLL_CTL_ADD, *fd, &raw mut event);
        }
        let mut left = sockets.len();
        let mut events = [libc::epoll_event { events: 0, u64: 0 }; 64];
        while left > 0 {
            let count = libc::epoll_wait(epoll, events.as_mut_ptr(), 64, -1).max(0);
            for event in &events[..count as usize] {
                let fd = event.u64 as i32;
                let got = libc::recv(fd, room.as_mut_ptr().cast(), room.len(), libc::MSG_DONTWAIT);
                if got > 0 {
                    assert_eq!(libc::send(fd, room.as_ptr().cast(), got as usize, libc::MSG_NOSIGNAL), got);
                } else if got == 0 || *libc::__errno_location() != libc::EAGAIN {
                    libc::close(fd);
                    left -= 1;
                }
            }
        }
        libc::close(epoll);
    }
}

#[repr(C)] // the OVERLAPPED first
struct Connection {
    overlapped: OVERLAPPED,
    socket: usize,
    sends: bool,
    room: Vec<u8>,
}

impl Connection {
    fn begin(&mut self, length: usize) -> bool {
        self.sends = length > 0;
        let length = if self.sends { length } else { self.room.len() };
        let mut buffer = WSABUF { len: length as u32, buf: self.room.as_mut_ptr().cast() };
        let mut flags = 0;
        // SAFETY: the buffer and the OVERLAPPED stay where they are until the operation has ended.
        let result = unsafe {
            if self.sends {
                WSASend(self.socket, &raw mut buffer, 1, null_mut(), 0, &raw mut self.overlapped, None)
            } else {
                WSARecv(
                    self.socket,
                    &raw mut buffer,
                    1,
                    null_mut(),
                    &raw mut flags,
                    &raw mut self.overlapped,
                    None,
                )
            }
        };
        result == 0 || WSAGetLastError() == 997
    }
}

/// By a completion port; `several` packets at a time at most.
fn serve_by_port(sockets: &[i32], size: usize, several: usize) {
    // SAFETY: out pointers to locals; an OVERLAPPED is zeros before its first operation.
    unsafe {
        let port = ws2_CreateIoCompletionPort(null_mut::<u8>().wrapping_sub(1).cast(), null_mut(), 0, 1);
        let mut connections: Vec<Box<Connection>> = sockets
            .iter()
            .map(|fd| {
                let socket = *fd as usize;
                let added = ws2_CreateIoCompletionPort(std::ptr::without_provenance_mut(socket), port, 0, 0);
                assert_eq!(added, port);
                let overlapped = std::mem::zeroed();
                Box::new(Connection { overlapped, socket, sends: false, room: vec![0; size] })
            })
            .collect();
        let mut left = connections.len();
        for connection in &mut connections {
            assert!(connection.begin(0));
        }
        let mut entries: Vec<OVERLAPPED_ENTRY> = (0..several).map(|_| std::mem::zeroed()).collect();
        while left > 0 {
            let mut count = 0;
            if several == 1 {
                let entry = &mut entries[0];
                let (bytes, key) =
                    (&raw mut entry.dwNumberOfBytesTransferred, &raw mut entry.lpCompletionKey);
                let over = &raw mut entry.lpOverlapped;
                let good = ws2_GetQueuedCompletionStatus(port, bytes, key, over, u32::MAX);
                if good == 0 {
                    (*bytes) = 0;
                }
                count = 1;
            } else {
                let most = several as u32;
                ws2_GetQueuedCompletionStatusEx(
                    port,
                    entries.as_mut_ptr(),
                    most,
                    &raw mut count,
                    u32::MAX,
                    0,
                );
            }
            for entry in &entries[..count as usize] {
                // The OVERLAPPED is the first of the connection's fields.
                let connection = &mut *entry.lpOverlapped.cast::<Connection>();
                let bytes = entry.dwNumberOfBytesTransferred as usize;
                let next = if connection.sends { 0 } else { bytes };
                if bytes == 0 || !connection.begin(next) {
                    closesocket(connection.socket);
                    left -= 1;
                }
            }
        }
        ws2_CloseHandle(port);
    }
}

/// By `WSAEventSelect`, one event for each socket, and `WSAWaitForMultipleEvents`.
fn serve_by_events(sockets: &[i32], room: &mut [u8]) {
    const FD_READ_CLOSE: i32 = 1 | 0x20;
    // SAFETY: out pointers to locals, buffers with their lengths.
    unsafe {
        let mut all: Vec<_> = sockets
            .iter()
            .map(|fd| {
                let event = WSACreateEvent();
                assert_eq!(WSAEventSelect(*fd as usize, event, FD_READ_CLOSE), 0);
                (event, *fd as usize)
            })
            .collect();
        while !all.is_empty() {
            let events: Vec<_> = all.iter().map(|(event, _)| *event).collect();
            let mut gone = None;
            while gone.is_none() {
                let first = WSAWaitForMultipleEvents(events.len() as u32, events.as_ptr(), 0, u32::MAX, 0);
                // Those behind the first may be signalled, too: each gets its turn.
                for at in first as usize..events.len() {
                    if at > first as usize && ws2_WaitForSingleObject(events[at], 0) != 0 {
                        continue;
                    }
                    let (event, socket) = all[at];
                    let mut report: WSANETWORKEVENTS = std::mem::zeroed();
                    assert_eq!(WSAEnumNetworkEvents(socket, event, &raw mut report), 0);
                    if report.lNetworkEvents == 0 {
                        continue;
                    }
                    let got = ws2_recv(socket, room.as_mut_ptr().cast(), room.len() as i32, 0);
                    if got > 0 {
                        assert_eq!(ws2_send(socket, room.as_ptr().cast(), got, 0), got);
                    } else if got == 0 || WSAGetLastError() != 10035 {
                        gone = Some(at);
                        break;
                    }
                }
            }
            let (event, socket) = all.swap_remove(gone.unwrap());
            closesocket(socket);
            WSACloseEvent(event);
        }
    }
}

pub(crate) fn serve(kind: &str, count: usize, size: usize) {
    let mut data = [0_u64; 64];
    // SAFETY: room enough for WSADATA.
    assert_eq!(unsafe { WSAStartup(0x0202, data.as_mut_ptr().cast()) }, 0);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    std::thread::spawn(|| {
        std::io::stdin().lines().for_each(drop);
        std::process::exit(0);
    });
    let mut room = vec![0_u8; size];
    loop {
        let sockets = accept_all(&listener, count);
        match kind {
            "epoll" => serve_by_epoll(&sockets, &mut room),
            "port" => serve_by_port(&sockets, size, 1),
            "several" => serve_by_port(&sockets, size, 64),
            "events" => serve_by_events(&sockets, &mut room),
            other => panic!("{other}"),
        }
    }
}

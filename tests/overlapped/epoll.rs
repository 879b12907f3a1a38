//! What this library takes for granted of the kernel: what edge-triggered epoll tells (ED1 to ED12).

use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::{AsRawFd, RawFd};

use crate::support::calls::{must, set_option};

const IN: i32 = libc::EPOLLIN;
const OUT: i32 = libc::EPOLLOUT;
const PRI: i32 = libc::EPOLLPRI;
const RDHUP: i32 = libc::EPOLLRDHUP;
const HUP: i32 = libc::EPOLLHUP;
const ERR: i32 = libc::EPOLLERR;

struct Epoll(RawFd);

impl Epoll {
    fn with(fd: RawFd, bits: i32) -> Self {
        let this = Self(must(unsafe { libc::epoll_create1(0) }));
        this.control(libc::EPOLL_CTL_ADD, fd, bits);
        this
    }

    fn all(fd: RawFd) -> Self {
        Self::with(fd, IN | OUT | PRI | RDHUP)
    }

    fn control(&self, what: i32, fd: RawFd, bits: i32) {
        let mut event = libc::epoll_event { events: (bits | libc::EPOLLET) as u32, u64: 0 };
        must(unsafe { libc::epoll_ctl(self.0, what, fd, &raw mut event) });
    }

    /// What it tells now; 0 for nothing.
    fn tells(&self) -> i32 {
        let mut event = libc::epoll_event { events: 0, u64: 0 };
        let count = must(unsafe { libc::epoll_wait(self.0, &raw mut event, 1, 0) });
        if count == 0 { 0 } else { event.events as i32 }
    }
}

impl Drop for Epoll {
    fn drop(&mut self) {
        unsafe { libc::close(self.0) };
    }
}

fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    (near, listener.accept().unwrap().0)
}

fn send(to: &impl AsRawFd, bytes: &[u8], flags: i32) {
    let sent = unsafe { libc::send(to.as_raw_fd(), bytes.as_ptr().cast(), bytes.len(), flags) };
    assert_eq!(sent, bytes.len() as isize);
}

fn receive(from: &impl AsRawFd, len: usize) {
    let mut room = vec![0_u8; len];
    let got = unsafe { libc::recv(from.as_raw_fd(), room.as_mut_ptr().cast(), len, 0) };
    assert_eq!(got, len as isize);
}

#[test]
fn ed1_registering_tells_what_holds() {
    let (near, _far) = pair();
    assert_eq!(Epoll::all(near.as_raw_fd()).tells(), OUT);
    let fresh = unsafe { libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0) };
    assert_eq!(Epoll::all(fresh).tells(), OUT | HUP);
    unsafe { libc::close(fresh) };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    assert_eq!(Epoll::all(listener.as_raw_fd()).tells(), 0);
    let datagrams = UdpSocket::bind("127.0.0.1:0").unwrap();
    assert_eq!(Epoll::all(datagrams.as_raw_fd()).tells(), OUT);
    // A change tells it, too.
    let epoll = Epoll::all(near.as_raw_fd());
    assert_eq!((epoll.tells(), epoll.tells()), (OUT, 0));
    epoll.control(libc::EPOLL_CTL_MOD, near.as_raw_fd(), IN | OUT);
    assert_eq!((epoll.tells(), epoll.tells()), (OUT, 0));
}

#[test]
fn ed2_ed3_every_arrival_and_no_partial_receive() {
    let (near, far) = pair();
    let epoll = Epoll::all(near.as_raw_fd());
    epoll.tells();
    for _ in 0..3 {
        send(&far, b"1234", 0);
        assert_eq!((epoll.tells(), epoll.tells()), (IN | OUT, 0));
    }
    receive(&near, 3);
    assert_eq!(epoll.tells(), 0);
}

#[test]
fn ed4_every_urgent_byte() {
    let (near, far) = pair();
    let epoll = Epoll::all(near.as_raw_fd());
    epoll.tells();
    for _ in 0..2 {
        send(&far, b"u", libc::MSG_OOB);
        assert_eq!(epoll.tells() & (PRI | OUT), PRI | OUT);
        assert_eq!(epoll.tells(), 0);
    }
}

#[test]
fn ed5_every_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let epoll = Epoll::all(listener.as_raw_fd());
    let name = listener.local_addr().unwrap();
    let connections: Vec<_> = (0..2)
        .map(|_| {
            let connection = TcpStream::connect(name).unwrap();
            assert_eq!((epoll.tells(), epoll.tells()), (IN, 0));
            connection
        })
        .collect();
    drop(listener.accept().unwrap());
    assert_eq!(epoll.tells(), 0, "one of two is left");
    drop(connections);
}

#[test]
fn ed6_ed7_room_to_send() {
    let (near, far) = pair();
    near.set_nonblocking(true).unwrap();
    let epoll = Epoll::all(near.as_raw_fd());
    epoll.tells();
    send(&near, b"data", 0);
    assert_eq!(epoll.tells(), 0);
    let mut sent = 4;
    loop {
        let chunk = [0_u8; 65536];
        let count = unsafe { libc::send(near.as_raw_fd(), chunk.as_ptr().cast(), chunk.len(), 0) };
        if count < 0 {
            break;
        }
        sent += count as usize;
    }
    send(&far, b"x", 0);
    assert_eq!(epoll.tells() & (IN | OUT), IN);
    receive(&far, 4);
    far.set_nonblocking(false).unwrap();
    let mut left = sent - 4;
    while left > 0 {
        let len = left.min(65536);
        let mut room = vec![0_u8; len];
        left -= unsafe { libc::recv(far.as_raw_fd(), room.as_mut_ptr().cast(), len, 0) } as usize;
    }
    crate::support::waiting::wait_until("room", || epoll.tells() & (IN | OUT) == IN | OUT);
}

#[test]
fn ed8_ed9_datagrams() {
    let near = UdpSocket::bind("127.0.0.1:0").unwrap();
    let far = UdpSocket::bind("127.0.0.1:0").unwrap();
    let epoll = Epoll::all(near.as_raw_fd());
    epoll.tells();
    for _ in 0..2 {
        far.send_to(b"data", near.local_addr().unwrap()).unwrap();
        assert_eq!((epoll.tells(), epoll.tells()), (IN | OUT, 0));
    }
    near.send_to(b"data", far.local_addr().unwrap()).unwrap();
    assert_eq!(epoll.tells(), IN | OUT, "no datagram has come");
    let without_room = Epoll::with(near.as_raw_fd(), IN | PRI | RDHUP);
    without_room.tells();
    near.send_to(b"data", far.local_addr().unwrap()).unwrap();
    assert_eq!(without_room.tells(), 0);
}

fn tcp_state(of: &impl AsRawFd) -> u8 {
    let (mut info, mut len) = ([0_u8; 8], 8);
    let at = info.as_mut_ptr().cast();
    must(unsafe { libc::getsockopt(of.as_raw_fd(), libc::IPPROTO_TCP, libc::TCP_INFO, at, &raw mut len) });
    info[0]
}

#[test]
fn ed10_ends_of_streams() {
    let (near, far) = pair();
    let epoll = Epoll::all(near.as_raw_fd());
    epoll.tells();
    far.shutdown(std::net::Shutdown::Write).unwrap();
    assert_eq!(epoll.tells() & (IN | RDHUP | HUP), IN | RDHUP);
    assert_eq!(tcp_state(&near), 8, "CLOSE_WAIT");
    near.shutdown(std::net::Shutdown::Write).unwrap();
    assert_eq!(epoll.tells() & (RDHUP | HUP), RDHUP | HUP);

    let (near, far) = pair();
    let epoll = Epoll::all(near.as_raw_fd());
    epoll.tells();
    near.shutdown(std::net::Shutdown::Read).unwrap();
    assert_eq!(epoll.tells() & (RDHUP | HUP), RDHUP);
    assert_eq!(tcp_state(&near), 1, "ESTABLISHED");
    near.shutdown(std::net::Shutdown::Both).unwrap();
    assert_eq!(epoll.tells() & (RDHUP | HUP), RDHUP | HUP);
    crate::support::waiting::wait_until("FIN_WAIT2", || tcp_state(&near) == 5);
    far.shutdown(std::net::Shutdown::Write).unwrap();
    assert_eq!(epoll.tells() & (RDHUP | HUP), RDHUP | HUP);
    assert_eq!(tcp_state(&near), 7, "CLOSE");
}

#[test]
fn ed11_a_reset_is_told_once() {
    let (near, far) = pair();
    let epoll = Epoll::all(near.as_raw_fd());
    epoll.tells();
    set_option(far.as_raw_fd(), libc::SOL_SOCKET, libc::SO_LINGER, libc::linger { l_onoff: 1, l_linger: 0 });
    drop(far);
    crate::support::waiting::wait_until("CLOSE", || tcp_state(&near) == 7);
    assert_eq!(epoll.tells() & !PRI, IN | OUT | ERR | HUP | RDHUP);
    assert_eq!(epoll.tells(), 0);
    assert_eq!(tcp_state(&near), 7, "CLOSE");
}

#[test]
fn ed12_a_duplicate_keeps_the_registration() {
    let (near, far) = pair();
    let epoll = Epoll::all(near.as_raw_fd());
    epoll.tells();
    let twin = near.try_clone().unwrap();
    drop(near);
    send(&far, b"data", 0);
    assert_eq!(epoll.tells(), IN | OUT);
    drop(twin);
    assert_eq!(epoll.tells(), 0);
}

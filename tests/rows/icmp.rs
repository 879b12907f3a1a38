//! A neighbour that answers what it gets for the host that has gone with an ICMP message of type 3, "destination
//! unreachable".

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use crate::support::network::{HERE, Pair, ROUTER, THERE};

pub(crate) const NET_UNREACHABLE: u8 = 0;
pub(crate) const HOST_UNREACHABLE: u8 = 1;
pub(crate) const PROTOCOL_UNREACHABLE: u8 = 2;
pub(crate) const PORT_UNREACHABLE: u8 = 3;
pub(crate) const PROHIBITED: u8 = 13;

/// Answers until it is dropped.
pub(crate) struct Refuser {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Refuser {
    /// Lives in the other network; [`Pair::vanish`] has taken the host's address away.
    pub(crate) fn new(pair: &Pair, code: u8) -> Self {
        let (listen, say) = pair.there.run(|| {
            let ip = u16::try_from(libc::ETH_P_IP).unwrap().to_be();
            let listen =
                Socket::new(Domain::PACKET, Type::DGRAM, Some(Protocol::from(i32::from(ip)))).unwrap();
            let say = Socket::new(Domain::IPV4, Type::RAW, Some(Protocol::ICMPV4)).unwrap();
            say.bind(&SockAddr::from(std::net::SocketAddrV4::new(ROUTER, 0))).unwrap();
            (listen, say)
        });
        listen.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                answer(&listen, &say, code);
            }
        });
        Self { stop, thread: Some(thread) }
    }
}

impl Drop for Refuser {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(mut listen: &Socket, say: &Socket, code: u8) {
    let mut packet = [0_u8; 2048];
    let Ok(len) = listen.read(&mut packet) else { return };
    if len < 28 || packet[16..20] != THERE.octets() {
        return;
    }
    // The header of the packet that is refused, and the first 8 bytes behind it.
    let quoted = usize::from(packet[0] & 15) * 4 + 8;
    let mut message = vec![3, code, 0, 0, 0, 0, 0, 0];
    message.extend_from_slice(&packet[..quoted]);
    let sum = checksum(&message);
    message[2..4].copy_from_slice(&sum.to_be_bytes());
    let to = SockAddr::from(std::net::SocketAddrV4::new(HERE, 0));
    let _ = say.send_to(&message, &to);
}

fn checksum(message: &[u8]) -> u16 {
    let words =
        message.chunks(2).map(|pair| u32::from(u16::from_be_bytes([pair[0], *pair.get(1).unwrap_or(&0)])));
    let mut sum = words.sum::<u32>();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !u16::try_from(sum).unwrap()
}

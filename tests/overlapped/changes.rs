//! RE9: changes of the machine's addresses and of the way to a host, told to sockets that have asked.

use std::ptr::null_mut;

use ws2_32::error::WsaError;
use ws2_32::ffi::*;

use crate::events::*;
use crate::support::calls::*;
use crate::support::network::{Net, possible};
use crate::support::process::{alone, here};

const SIO_ADDRESS_LIST_CHANGE: u32 = 0x2800_0017;
const SIO_ROUTING_INTERFACE_CHANGE: u32 = 0x8800_0015;
const ROUTING: i32 = 0x100;
const ADDRESSES: i32 = 0x200;

fn ask(s: usize, command: u32, input: &[u8]) {
    let (at, len, mut count) = (input.as_ptr().cast_mut().cast(), input.len() as u32, 0);
    let asked =
        call(|| unsafe { WSAIoctl(s, command, at, len, null_mut(), 0, &raw mut count, null_mut(), None) });
    assert_eq!(asked, Err(WsaError::WSAEWOULDBLOCK));
}

#[test]
fn re9_changes_that_were_asked_for() {
    if !possible() {
        return;
    }
    alone(here!("re9_changes_that_were_asked_for"), || {
        start();
        let net = Net::new();
        net.ip("link add one type veth peer name two");
        net.ip("link set one up");
        net.ip("link set two up");
        net.ip("addr add 10.77.0.1/24 dev one");
        let event = Event::new();
        let handle = event.0.addr();
        // The thread that listens starts in this network.
        let [asks, silent] = net.run(move || {
            [(), ()].map(|()| {
                let s = socket(AF_INET, DGRAM);
                select_handle(s, std::ptr::without_provenance_mut(handle), ROUTING | ADDRESSES).unwrap();
                s
            })
        });
        let to = Name::v4([10, 77, 0, 2], 0);
        let asking = move |command, way: bool| {
            move || if way { ask(asks, command, to.bytes()) } else { ask(asks, command, &[]) }
        };
        for _ in 0..2 {
            net.run(asking(SIO_ADDRESS_LIST_CHANGE, false));
            nothing(asks, &event);
            net.ip("addr add 10.77.0.77/32 dev one");
            gets_only(asks, &event, &[(ADDRESSES, 0)]);
            // Once for each time that it was asked for.
            net.ip("addr del 10.77.0.77/32 dev one");
            nothing(asks, &event);
        }
        net.run(asking(SIO_ROUTING_INTERFACE_CHANGE, true));
        net.ip("addr add 10.77.0.77/32 dev one");
        nothing(asks, &event);
        net.ip("route replace 10.77.0.2/32 dev one src 10.77.0.77");
        gets_only(asks, &event, &[(ROUTING, 0)]);
        assert_eq!(told(silent), [], "has not asked");
        net.run(asking(SIO_ADDRESS_LIST_CHANGE, false));
        close_all([asks, silent]);
        net.ip("addr del 10.77.0.77/32 dev one");
        later();
        assert!(!event.is_set(), "closed");
    });
}

//! Adapters, their addresses, routes and connections.

use std::ffi::CStr;
use std::ptr::null_mut;

use ws2_32::ffi::*;

use crate::support::calls::start;
use crate::support::network::{Net, possible};
use crate::support::process::{alone, here};
use crate::walk::{NO_MEMORY, walk};

const CODES: &[i32] = &[NO_MEMORY];

fn zero(code: u32) -> Result<(), i32> {
    if code == 0 { Ok(()) } else { Err(code.cast_signed()) }
}

/// In a network with three adapters: each has some dozen numbers, and each number is a file.
fn in_a_network(test: &str, run: fn()) {
    if !possible() {
        return;
    }
    alone(test, || {
        start();
        let net = Net::new();
        net.ip("link add wire type veth peer name end");
        net.ip("addr add 10.77.0.1/24 dev wire");
        net.ip("link set wire up");
        net.ip("route add default via 10.77.0.9");
        net.run(run);
    });
}

#[test]
fn lists() {
    in_a_network(here!("lists"), || {
        // For the connections of a busy machine, too.
        let mut room = vec![0_u64; 1 << 20];
        let to = room.as_mut_ptr();
        let mut size = 0_u32;
        let at = &raw mut size;
        let full = || unsafe { at.write(1 << 23) };
        const EVERYTHING: u32 = 0x90;
        let ask = || {
            full();
            zero(unsafe { ws2_GetAdaptersAddresses(0, EVERYTHING, null_mut(), to.cast(), at) })
        };
        walk("GetAdaptersAddresses", CODES, ask, drop);
        let ask = || {
            full();
            match unsafe { ws2_GetAdaptersInfo(to.cast(), at) } {
                // None that has an address.
                232 => Ok(()),
                code => zero(code),
            }
        };
        walk("GetAdaptersInfo", CODES, ask, drop);
        let ask = || {
            full();
            zero(unsafe { ws2_GetIpAddrTable(to.cast(), at, 1) })
        };
        walk("GetIpAddrTable", CODES, ask, drop);
        let ask = || {
            full();
            zero(unsafe { ws2_GetIfTable(to.cast(), at, 1) })
        };
        walk("GetIfTable", CODES, ask, drop);
        let ask = || {
            full();
            match unsafe { ws2_GetIpForwardTable(to.cast(), at, 1) } {
                232 => Ok(()),
                code => zero(code),
            }
        };
        walk("GetIpForwardTable", CODES, ask, drop);
        let ask = || {
            full();
            zero(unsafe { ws2_GetTcpTable(to.cast(), at, 1) })
        };
        walk("GetTcpTable", CODES, ask, drop);
        let ask = || {
            full();
            zero(unsafe { ws2_GetUdpTable(to.cast(), at, 1) })
        };
        walk("GetUdpTable", CODES, ask, drop);
        let ask = || {
            full();
            zero(unsafe { ws2_GetNetworkParams(to.cast(), at) })
        };
        walk("GetNetworkParams", CODES, ask, drop);
        let table = || {
            let mut table = null_mut();
            zero(unsafe { ws2_GetUnicastIpAddressTable(0, &raw mut table) }).map(|()| table)
        };
        walk("GetUnicastIpAddressTable", CODES, table, |table| unsafe { ws2_FreeMibTable(table.cast()) });
    });
}

#[test]
fn single_questions() {
    in_a_network(here!("single_questions"), || {
        let mut number = 0_u32;
        let to = &raw mut number;
        walk("GetNumberOfInterfaces", CODES, || zero(unsafe { ws2_GetNumberOfInterfaces(to) }), drop);
        for address in [[127, 0, 0, 1], [10, 77, 0, 1]] {
            let ask = || match unsafe { ws2_GetBestInterface(u32::from_ne_bytes(address), to) } {
                // Outside of the network of the test's own nothing may lead there.
                1231 => Ok(()),
                code => zero(code),
            };
            walk("GetBestInterface", CODES, ask, drop);
        }
        let name = c"lo";
        let wide: Vec<u16> = "lo\0".encode_utf16().collect();
        // These say nothing of the cause.
        let index = || match unsafe { ws2_if_nametoindex(name.as_ptr()) } {
            0 => Err(0),
            index => Ok(index),
        };
        walk("if_nametoindex", &[0], index, drop);
        let index = index().unwrap();
        let mut room = [0_i8; 256];
        let text = room.as_mut_ptr();
        let tell = || {
            let told = unsafe { ws2_if_indextoname(index, text.cast()) };
            if told.is_null() { Err(0) } else { Ok(()) }
        };
        walk("if_indextoname", &[0], tell, |()| {
            assert_eq!(unsafe { CStr::from_ptr(text.cast()) }, name);
        });
        let mut luid = 0_u64;
        let luid = &raw mut luid;
        let ask = || zero(unsafe { ws2_ConvertInterfaceIndexToLuid(index, luid) });
        walk("ConvertInterfaceIndexToLuid", CODES, ask, drop);
        let ask = || zero(unsafe { ws2_ConvertInterfaceLuidToIndex(luid, to) });
        walk("ConvertInterfaceLuidToIndex", CODES, ask, |()| assert_eq!(unsafe { to.read() }, index));
        let ask = || zero(unsafe { ws2_ConvertInterfaceNameToLuidA(name.as_ptr(), luid) });
        walk("ConvertInterfaceNameToLuidA", CODES, ask, drop);
        let ask = || zero(unsafe { ws2_ConvertInterfaceNameToLuidW(wide.as_ptr(), luid) });
        walk("ConvertInterfaceNameToLuidW", CODES, ask, drop);
        let ask = || zero(unsafe { ws2_ConvertInterfaceLuidToNameA(luid, text.cast(), 256) });
        walk("ConvertInterfaceLuidToNameA", CODES, ask, drop);
        let mut units = [0_u16; 256];
        let units = units.as_mut_ptr();
        let ask = || zero(unsafe { ws2_ConvertInterfaceLuidToNameW(luid, units, 256) });
        walk("ConvertInterfaceLuidToNameW", CODES, ask, drop);
        let mut row: ws2_32::ffi::platform::adapter_types::MIB_IFROW = unsafe { std::mem::zeroed() };
        row.dwIndex = index;
        let row = &raw mut row;
        walk("GetIfEntry", CODES, || zero(unsafe { ws2_GetIfEntry(row) }), drop);
    });
}

//! The tables of the IP Helper: adapters with what they have counted, routes, connections, ports, and the machine's own facts.

#![allow(non_snake_case, reason = "Windows' names")]

use super::adapter_types::{
    FIXED_INFO, IP_ADDR_STRING, MIB_IFROW, MIB_IFTABLE, MIB_IPFORWARDROW, MIB_IPFORWARDTABLE, MIB_TCPROW,
    MIB_TCPTABLE, MIB_UDPROW, MIB_UDPTABLE,
};
use super::answer::{Answer, count, len, put, put_all};
use super::types::ULONG;
use crate::ffi::types::{BOOL, DWORD};
use crate::platform::code::Code;
use crate::sys::platform::adapter::{self, Adapter};
use crate::sys::platform::{adapters, net_tables};
use crate::sys::room::{self, Made};
use crate::sys::user::memory;

fn code(answer: Answer<()>) -> DWORD {
    answer.map_or_else(Code::number, |()| 0)
}

/// Writes a table: a count and as many rows, if there is room; how much is needed in any case.
///
/// # Safety
/// `table` and `size` are out pointers; the latter holds the room.
unsafe fn tell<T: Copy>(table: *mut DWORD, size: *mut ULONG, rows: &[T]) -> Answer<()> {
    let bytes = size_of::<DWORD>() + size_of_val(rows);
    // SAFETY: passed on to the caller.
    unsafe {
        let given = memory::read(size.cast_const()).ok_or(Code::ERROR_INVALID_PARAMETER)?;
        put(size, count(bytes)).map_err(|_| Code::ERROR_INVALID_PARAMETER)?;
        if table.is_null() || len(given) < bytes {
            return Err(Code::ERROR_INSUFFICIENT_BUFFER);
        }
        put(table, count(rows.len())).map_err(|_| Code::ERROR_INVALID_PARAMETER)?;
        put_all(table.wrapping_add(1).cast::<T>(), rows).map_err(|_| Code::ERROR_INVALID_PARAMETER)
    }
}

fn copied(to: &mut [u8], from: &[u8]) -> usize {
    let most = to.len().saturating_sub(1);
    to.iter_mut().zip(from.iter().take(most)).map(|(place, byte)| *place = *byte).count()
}

fn row(adapter: &Adapter) -> Made<MIB_IFROW> {
    let counted = |what: &str| net_tables::counted(&adapter.name, what);
    let mut row = MIB_IFROW {
        wszName: [0; 256],
        dwIndex: adapter.index,
        dwType: adapter.kind(),
        dwMtu: adapter.mtu,
        dwSpeed: u32::try_from(adapter.speed).unwrap_or(u32::MAX),
        dwPhysAddrLen: count(adapter.physical.len().min(8)),
        bPhysAddr: [0; 8],
        dwAdminStatus: if adapter.flags & libc::IFF_UP.unsigned_abs() == 0 { 2 } else { 1 },
        // Operational, or not.
        dwOperStatus: if adapter.status() == 1 { 5 } else { 0 },
        dwLastChange: 0,
        dwInOctets: counted("rx_bytes")?,
        dwInUcastPkts: counted("rx_packets")?.wrapping_sub(counted("multicast")?),
        dwInNUcastPkts: counted("multicast")?,
        dwInDiscards: counted("rx_dropped")?,
        dwInErrors: counted("rx_errors")?,
        dwInUnknownProtos: 0,
        dwOutOctets: counted("tx_bytes")?,
        dwOutUcastPkts: counted("tx_packets")?,
        dwOutNUcastPkts: 0,
        dwOutDiscards: counted("tx_dropped")?,
        dwOutErrors: counted("tx_errors")?,
        dwOutQLen: 0,
        dwDescrLen: 0,
        bDescr: [0; 256],
    };
    row.bPhysAddr.iter_mut().zip(&adapter.physical).for_each(|(to, from)| *to = *from);
    row.wszName.iter_mut().take(255).zip(adapter.name.encode_utf16()).for_each(|(to, from)| *to = from);
    row.dwDescrLen = count(copied(&mut row.bDescr, adapter.name.as_bytes()));
    Ok(row)
}

/// `DWORD GetIfTable(PMIB_IFTABLE pIfTable, PULONG pdwSize, BOOL bOrder)`
///
/// The machine's adapters, in the order of their numbers, with what they have sent and received; numbers of 32 bits go on from 0 behind
/// their end. Names and descriptions are Linux' names. Linux does not say when an adapter's state has changed last, nor which packets that were
/// sent were for many. `pdwSize` gives the room in bytes and gets what is needed.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_INSUFFICIENT_BUFFER`: there is too little room, or `pIfTable` is NULL.
/// * `ERROR_INVALID_PARAMETER`: `pdwSize` is bad, or the table cannot be written.
/// * `ERROR_NOT_ENOUGH_MEMORY`; `ERROR_TOO_MANY_OPEN_FILES`: no descriptor to ask the kernel with.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pIfTable` and `pdwSize` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetIfTable(
    pIfTable: *mut MIB_IFTABLE,
    pdwSize: *mut ULONG,
    bOrder: BOOL,
) -> DWORD {
    let _ = bOrder;
    let act = || -> Answer<()> {
        let mut rows = Vec::new();
        for adapter in &adapters::all()? {
            room::push(&mut rows, row(adapter)?)?;
        }
        // SAFETY: out pointers.
        unsafe { tell(pIfTable.cast(), pdwSize, &rows) }
    };
    code(act())
}

/// `DWORD GetIfEntry(PMIB_IFROW pIfRow)`
///
/// The row of [`GetIfTable`](ws2_GetIfTable) of the adapter whose number is in `dwIndex`.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_INVALID_DATA` (13): there is no such adapter.
/// * `ERROR_INVALID_PARAMETER`: the row cannot be read and written.
/// * `ERROR_NOT_ENOUGH_MEMORY`; `ERROR_TOO_MANY_OPEN_FILES`: no descriptor to ask the kernel with.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pIfRow` is an in and out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetIfEntry(pIfRow: *mut MIB_IFROW) -> DWORD {
    let act = || -> Answer<()> {
        // SAFETY: an in and out pointer; any bytes are numbers.
        let index =
            unsafe { memory::read(pIfRow.cast_const()) }.ok_or(Code::ERROR_INVALID_PARAMETER)?.dwIndex;
        let found = adapters::all()?.into_iter().find(|adapter| adapter.index == index);
        let found = found.ok_or(Code::from_number(13))?;
        // SAFETY: as above.
        unsafe { put(pIfRow, row(&found)?) }.map_err(|_| Code::ERROR_INVALID_PARAMETER)
    };
    code(act())
}

/// `DWORD GetIpForwardTable(PMIB_IPFORWARDTABLE pIpForwardTable, PULONG pdwSize, BOOL bOrder)`
///
/// The routes of IPv4 in Linux' main table, which has none to the machine's own addresses and for broadcasts; with `bOrder` in the order of
/// where they lead. How old a route is Linux does not say: 0. `pdwSize` gives the room in bytes and gets what is needed.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_INSUFFICIENT_BUFFER`: there is too little room, or `pIpForwardTable` is NULL.
/// * `ERROR_NO_DATA` (232): there are no routes.
/// * `ERROR_INVALID_PARAMETER`: `pdwSize` is bad, or the table cannot be written.
/// * `ERROR_NOT_ENOUGH_MEMORY`; `ERROR_TOO_MANY_OPEN_FILES`: no descriptor to ask the kernel with.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pIpForwardTable` and `pdwSize` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetIpForwardTable(
    pIpForwardTable: *mut MIB_IPFORWARDTABLE,
    pdwSize: *mut ULONG,
    bOrder: BOOL,
) -> DWORD {
    let act = || -> Answer<()> {
        let all = adapters::all()?;
        let index =
            |name: &str| all.iter().find(|adapter| adapter.name == name).map_or(0, |adapter| adapter.index);
        let routes = net_tables::routes()?;
        let mut rows = room::list(routes.iter().map(|route| MIB_IPFORWARDROW {
            dwForwardDest: route.to,
            dwForwardMask: route.mask,
            dwForwardPolicy: 0,
            dwForwardNextHop: route.gateway,
            dwForwardIfIndex: index(&route.adapter),
            // To a router or not; set by the system or by hand.
            dwForwardType: if route.gateway == 0 { 3 } else { 4 },
            dwForwardProto: if route.gateway == 0 { 2 } else { 3 },
            dwForwardAge: 0,
            dwForwardNextHopAS: 0,
            dwForwardMetric1: route.metric,
            dwForwardMetric2: u32::MAX,
            dwForwardMetric3: u32::MAX,
            dwForwardMetric4: u32::MAX,
            dwForwardMetric5: u32::MAX,
        }))?;
        if bOrder != 0 {
            // Of equals the shorter way first. In place: sorting that keeps an order takes memory.
            rows.sort_unstable_by_key(|row| {
                let (to, mask) = (u32::from_be(row.dwForwardDest), u32::from_be(row.dwForwardMask));
                let (by, router) = (row.dwForwardProto, row.dwForwardNextHop);
                (to, by, router, row.dwForwardMetric1, mask, row.dwForwardIfIndex)
            });
        }
        if rows.is_empty() {
            return Err(Code::ERROR_NO_DATA);
        }
        // SAFETY: out pointers.
        unsafe { tell(pIpForwardTable.cast(), pdwSize, &rows) }
    };
    code(act())
}

/// Windows' number of a state of TCP for Linux' one.
const fn state(linux: u8) -> DWORD {
    match linux {
        1 => 5,
        2 => 3,
        3 | 12 => 4,
        4 => 6,
        5 => 7,
        6 => 11,
        8 => 8,
        9 => 10,
        10 => 2,
        11 => 9,
        _ => 1,
    }
}

/// A port as these tables have it: in network order, in the lower 16 of 32 bits.
const fn port(number: u16) -> DWORD {
    number.to_be() as DWORD
}

/// `DWORD GetTcpTable(PMIB_TCPTABLE pTcpTable, PULONG pdwSize, BOOL bOrder)`
///
/// The connections and listeners of TCP over IPv4 of all programs, with `bOrder` in the order of addresses and ports. Sockets of IPv6 that
/// take IPv4 as well are not in it. `pdwSize` gives the room in bytes and gets what is needed.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_INSUFFICIENT_BUFFER`: there is too little room, or `pTcpTable` is NULL.
/// * `ERROR_INVALID_PARAMETER`: `pdwSize` is bad, or the table cannot be written.
/// * `ERROR_NOT_ENOUGH_MEMORY`; `ERROR_TOO_MANY_OPEN_FILES`: no descriptor to ask the kernel with.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pTcpTable` and `pdwSize` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetTcpTable(
    pTcpTable: *mut MIB_TCPTABLE,
    pdwSize: *mut ULONG,
    bOrder: BOOL,
) -> DWORD {
    let act = || -> Answer<()> {
        let mut all = net_tables::tcp()?;
        if bOrder != 0 {
            all.sort_unstable_by_key(|one| {
                let key = |end: net_tables::End| (u32::from_be(end.address), end.port);
                (key(one.local), key(one.remote), one.state)
            });
        }
        let rows = room::list(all.iter().map(|one| MIB_TCPROW {
            dwState: state(one.state),
            dwLocalAddr: one.local.address,
            dwLocalPort: port(one.local.port),
            dwRemoteAddr: one.remote.address,
            dwRemotePort: port(one.remote.port),
        }))?;
        // SAFETY: out pointers.
        unsafe { tell(pTcpTable.cast(), pdwSize, &rows) }
    };
    code(act())
}

/// `DWORD GetUdpTable(PMIB_UDPTABLE pUdpTable, PULONG pdwSize, BOOL bOrder)`
///
/// The ports of UDP over IPv4 that programs have bound, with `bOrder` in the order of addresses and ports. `pdwSize` gives the room in bytes
/// and gets what is needed.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_INSUFFICIENT_BUFFER`: there is too little room, or `pUdpTable` is NULL.
/// * `ERROR_INVALID_PARAMETER`: `pdwSize` is bad, or the table cannot be written.
/// * `ERROR_NOT_ENOUGH_MEMORY`; `ERROR_TOO_MANY_OPEN_FILES`: no descriptor to ask the kernel with.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pUdpTable` and `pdwSize` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetUdpTable(
    pUdpTable: *mut MIB_UDPTABLE,
    pdwSize: *mut ULONG,
    bOrder: BOOL,
) -> DWORD {
    let act = || -> Answer<()> {
        let mut all = net_tables::udp()?;
        if bOrder != 0 {
            all.sort_unstable_by_key(|one| (u32::from_be(one.local.address), one.local.port));
        }
        let row = |one: &net_tables::Bound| MIB_UDPROW {
            dwLocalAddr: one.local.address,
            dwLocalPort: port(one.local.port),
        };
        let rows = room::list(all.iter().map(row))?;
        // SAFETY: out pointers.
        unsafe { tell(pUdpTable.cast(), pdwSize, &rows) }
    };
    code(act())
}

/// `DWORD GetNetworkParams(PFIXED_INFO pFixedInfo, PULONG pOutBufLen)`
///
/// The machine's name, the domain and the name servers of the resolver's configuration (those of IPv4, as on Windows), and whether packets are
/// passed on. There is no NetBIOS: the kind of node is BROADCAST_NODETYPE. `pOutBufLen` gives the room in bytes and gets what is needed.
///
/// # Returns
/// 0 or the error; the last error is left alone.
///
/// # Errors
/// * `ERROR_BUFFER_OVERFLOW` (111): there is too little room.
/// * `ERROR_INVALID_PARAMETER`: `pOutBufLen` is bad, or the structure cannot be written.
/// * `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pFixedInfo` and `pOutBufLen` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetNetworkParams(pFixedInfo: *mut FIXED_INFO, pOutBufLen: *mut ULONG) -> DWORD {
    let act = || -> Answer<()> {
        let resolver = adapters::resolver()?;
        let servers = adapter::name_servers(&resolver)?;
        let mut texts = Vec::new();
        for server in servers.iter().filter(|server| server.is_ipv4()) {
            room::push(&mut texts, room::shown(server)?)?;
        }
        if texts.is_empty() {
            room::push(&mut texts, String::new())?;
        }
        let further = texts.len().saturating_sub(1);
        let bytes = size_of::<FIXED_INFO>() + further * size_of::<IP_ADDR_STRING>();
        // SAFETY: an out pointer that holds the room.
        let given = unsafe { memory::read(pOutBufLen.cast_const()) }.ok_or(Code::ERROR_INVALID_PARAMETER)?;
        // SAFETY: as above.
        unsafe { put(pOutBufLen, count(bytes)) }.map_err(|_| Code::ERROR_INVALID_PARAMETER)?;
        if len(given) < bytes {
            return Err(Code::from_number(111));
        }
        let behind = pFixedInfo.wrapping_add(1).cast::<IP_ADDR_STRING>();
        let entry = |at: usize, text: &str| {
            let next = if at < further { behind.wrapping_add(at) } else { std::ptr::null_mut() };
            let mut entry = IP_ADDR_STRING { Next: next, IpAddress: [0; 16], IpMask: [0; 16], Context: 0 };
            copied(&mut entry.IpAddress, text.as_bytes());
            copied(&mut entry.IpMask, if text.is_empty() { b"" } else { b"255.255.255.255" });
            entry
        };
        let all = room::list(texts.iter().enumerate().map(|(at, text)| entry(at, text)))?;
        let mut info = FIXED_INFO {
            HostName: [0; 132],
            DomainName: [0; 132],
            CurrentDnsServer: std::ptr::null_mut(),
            DnsServerList: *all.first().ok_or(Code::ERROR_INVALID_PARAMETER)?,
            NodeType: 1,
            ScopeId: [0; 260],
            EnableRouting: net_tables::forwards()?.into(),
            EnableProxy: 0,
            EnableDns: 1,
        };
        copied(&mut info.HostName, net_tables::host()?.trim().as_bytes());
        copied(&mut info.DomainName, net_tables::domain(&resolver).as_bytes());
        // SAFETY: out pointers with that much room.
        unsafe {
            put(pFixedInfo, info).map_err(|_| Code::ERROR_INVALID_PARAMETER)?;
            put_all(behind, all.get(1..).unwrap_or_default()).map_err(|_| Code::ERROR_INVALID_PARAMETER)
        }
    };
    code(act())
}

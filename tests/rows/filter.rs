//! A packet filter that forbids everything: nf_tables' output hook with the policy "drop" and no rule, told to the
//! kernel in its own words, so that no tool is needed.

use std::io::{Error, Read, Write};

use socket2::{Domain, Protocol, Socket, Type};

use crate::support::network::Net;

const BATCH_BEGIN: u16 = 0x10;
const BATCH_END: u16 = 0x11;
const NFTABLES: u16 = 10;
const NEW_TABLE: u16 = NFTABLES << 8;
const NEW_CHAIN: u16 = NFTABLES << 8 | 3;
const REQUEST: u16 = 1;
const ACKNOWLEDGE: u16 = 4;
const CREATE: u16 = 0x400;
const IPV4: u8 = 2;
const OUTPUT: u32 = 3;
const DROP: u32 = 0;

impl Net {
    /// Nothing leaves this network any more. Fails where the kernel has no nf_tables.
    pub(crate) fn forbid_output(&self) -> Result<(), Error> {
        self.run(|| {
            let mut netfilter =
                Socket::new(Domain::from(libc::AF_NETLINK), Type::RAW, Some(Protocol::from(12)))?;
            let hook = [attribute(1, &OUTPUT.to_be_bytes()), attribute(2, &0_u32.to_be_bytes())].concat();
            let chain = [
                attribute(1, b"t\0"),
                attribute(3, b"c\0"),
                attribute(4 | 1 << 15, &hook),
                attribute(5, &DROP.to_be_bytes()),
                attribute(7, b"filter\0"),
            ];
            let batch = [
                message(BATCH_BEGIN, REQUEST, 0, NFTABLES, &[]),
                message(NEW_TABLE, REQUEST | CREATE | ACKNOWLEDGE, IPV4, 0, &attribute(1, b"t\0")),
                message(NEW_CHAIN, REQUEST | CREATE | ACKNOWLEDGE, IPV4, 0, &chain.concat()),
                message(BATCH_END, REQUEST, 0, NFTABLES, &[]),
            ];
            netfilter.write_all(&batch.concat())?;
            for _ in 0..2 {
                let mut answer = [0; 512];
                let len = netfilter.read(&mut answer)?;
                assert!(len >= 20);
                let error = i32::from_ne_bytes(answer[16..20].try_into().unwrap());
                if error != 0 {
                    return Err(Error::from_raw_os_error(-error));
                }
            }
            Ok(())
        })
    }
}

/// Netlink's header, netfilter's, and the attributes.
fn message(kind: u16, flags: u16, family: u8, resource: u16, attributes: &[u8]) -> Vec<u8> {
    let len = u32::try_from(20 + attributes.len()).unwrap();
    let mut bytes = len.to_ne_bytes().to_vec();
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(flags.to_ne_bytes());
    bytes.extend([0; 8]);
    bytes.extend([family, 0]);
    bytes.extend(resource.to_be_bytes());
    bytes.extend(attributes);
    bytes
}

fn attribute(kind: u16, value: &[u8]) -> Vec<u8> {
    let mut bytes = u16::try_from(4 + value.len()).unwrap().to_ne_bytes().to_vec();
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(value);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

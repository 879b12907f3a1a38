//! Socket addresses as C has them, in Windows' form.

use std::ffi::c_int;

use ws2_32::ffi::types::ws2_sockaddr;

/// An address, or room for one, and its length.
#[derive(Clone, Copy)]
#[repr(C, align(8))]
pub struct Name {
    pub bytes: [u8; 128],
    pub len: c_int,
}

/// 127.0.0.1 with a port; 0 for any.
pub fn loopback(port: u16) -> Name {
    Name::v4([127, 0, 0, 1], port)
}

impl Name {
    /// Room for any address.
    pub fn room() -> Self {
        Self { bytes: [0; 128], len: 128 }
    }

    /// Zeros, of which so many count.
    pub fn zeros(len: c_int) -> Self {
        Self { bytes: [0; 128], len }
    }

    /// An address of any family with port 9 and zeros.
    pub fn raw(family: u16, len: c_int) -> Self {
        let mut name = Self::zeros(len);
        name.set_family(family);
        name.bytes[3] = 9;
        name
    }

    pub fn v4(host: [u8; 4], port: u16) -> Self {
        let mut name = Self::raw(2, 16);
        name.bytes[2..4].copy_from_slice(&port.to_be_bytes());
        name.bytes[4..8].copy_from_slice(&host);
        name
    }

    pub fn v6(host: std::net::Ipv6Addr, port: u16) -> Self {
        let mut name = Self::raw(23, 28);
        name.bytes[2..4].copy_from_slice(&port.to_be_bytes());
        name.bytes[8..24].copy_from_slice(&host.octets());
        name
    }

    /// The loopback address of a family.
    pub fn loopback(family: c_int, port: u16) -> Self {
        if family == 2 { loopback(port) } else { Self::v6(std::net::Ipv6Addr::LOCALHOST, port) }
    }

    pub fn unix(path: &std::path::Path) -> Self {
        let mut name = Self::zeros(110);
        name.set_family(1);
        let path = path.as_os_str().as_encoded_bytes();
        name.bytes[2..2 + path.len()].copy_from_slice(path);
        name
    }

    pub fn of(address: std::net::SocketAddr) -> Self {
        match address {
            std::net::SocketAddr::V4(v4) => Self::v4(v4.ip().octets(), v4.port()),
            std::net::SocketAddr::V6(v6) => {
                let mut name = Self::v6(*v6.ip(), v6.port());
                name.bytes[24..28].copy_from_slice(&v6.scope_id().to_ne_bytes());
                name
            }
        }
    }

    pub fn family(&self) -> u16 {
        u16::from_ne_bytes([self.bytes[0], self.bytes[1]])
    }

    pub fn set_family(&mut self, family: u16) {
        self.bytes[..2].copy_from_slice(&family.to_ne_bytes());
    }

    pub fn port(&self) -> u16 {
        u16::from_be_bytes([self.bytes[2], self.bytes[3]])
    }

    /// The bytes that count.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..usize::try_from(self.len).unwrap().min(128)]
    }

    pub fn ptr(&self) -> *const ws2_sockaddr {
        self.bytes.as_ptr().cast()
    }

    pub fn mut_ptr(&mut self) -> *mut ws2_sockaddr {
        self.bytes.as_mut_ptr().cast()
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Name {}

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.bytes())
    }
}

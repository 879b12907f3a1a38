//! Socket addresses in Linux's form.

use crate::sys::Errno;

/// The longest address: `sockaddr_storage`.
const LONGEST: usize = 128;

/// A socket address as the kernel wants it: family in the first two bytes, Linux's number.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(C, align(8))]
pub struct Address {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Address {
    /// No address yet: zeros, and room for the longest.
    pub(in crate::sys) const fn room() -> Self {
        Self { bytes: [0; LONGEST], len: LONGEST }
    }

    /// An address of up to 128 bytes.
    ///
    /// # Errors
    /// `EINVAL` if it is longer.
    pub fn new(bytes: &[u8]) -> Result<Self, Errno> {
        let mut address = Self::room();
        address.bytes.get_mut(..bytes.len()).ok_or(Errno::new(libc::EINVAL))?.copy_from_slice(bytes);
        address.len = bytes.len();
        Ok(address)
    }

    /// An address of IPv4 or IPv6, without a scope.
    ///
    /// # Errors
    /// None that happens.
    pub fn of(ip: std::net::IpAddr, port: u16) -> Result<Self, Errno> {
        let mut bytes = [0_u8; 28];
        let (family, at, len) = if ip.is_ipv4() { (libc::AF_INET, 4, 16) } else { (libc::AF_INET6, 8, 28) };
        let mut put = |at: usize, from: &[u8]| {
            bytes.iter_mut().skip(at).zip(from).for_each(|(to, from)| *to = *from);
        };
        put(0, &u16::try_from(family).unwrap_or(0).to_ne_bytes());
        put(2, &port.to_be_bytes());
        match ip {
            std::net::IpAddr::V4(ip) => put(at, &ip.octets()),
            std::net::IpAddr::V6(ip) => put(at, &ip.octets()),
        }
        Self::new(bytes.get(..len).unwrap_or(&bytes))
    }

    /// The address `AF_UNSPEC`, which dissolves a datagram socket's association.
    #[must_use]
    pub const fn unspecified() -> Self {
        Self { bytes: [0; LONGEST], len: 16 }
    }

    /// The bytes, family first.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&self.bytes)
    }

    /// The bytes, to be changed.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        let len = self.len.min(LONGEST);
        self.bytes.get_mut(..len).unwrap_or_default()
    }

    /// Linux's number of the family; 0 where there is none.
    #[must_use]
    pub fn family(&self) -> i32 {
        match self.bytes() {
            [low, high, ..] => i32::from(u16::from_ne_bytes([*low, *high])),
            _ => libc::AF_UNSPEC,
        }
    }

    /// Makes it at least so long, by zeros.
    pub fn lengthen(&mut self, len: usize) {
        if let Some(rest) = self.bytes.get_mut(self.len..len) {
            rest.fill(0);
            self.len = len;
        }
    }

    /// Replaces the family's number.
    pub fn set_family(&mut self, family: u16) {
        let [low, high] = family.to_ne_bytes();
        self.bytes[0] = low;
        self.bytes[1] = high;
    }

    /// The port, in host order, of an address of IPv4 or IPv6.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        match (self.family(), self.bytes()) {
            (libc::AF_INET | libc::AF_INET6, [_, _, high, low, ..]) => {
                Some(u16::from_be_bytes([*high, *low]))
            }
            _ => None,
        }
    }

    /// Replaces the port, given in host order, of an address of IPv4 or IPv6.
    pub fn set_port(&mut self, port: u16) {
        let [high, low] = port.to_be_bytes();
        self.bytes[2] = high;
        self.bytes[3] = low;
    }

    /// The host part of an address of IPv4 or IPv6.
    #[must_use]
    pub fn ip(&self) -> Option<std::net::IpAddr> {
        let bytes = self.bytes();
        match self.family() {
            libc::AF_INET => Some(<[u8; 4]>::try_from(bytes.get(4..8)?).ok()?.into()),
            libc::AF_INET6 => Some(<[u8; 16]>::try_from(bytes.get(8..24)?).ok()?.into()),
            _ => None,
        }
    }

    /// The number of the interface that an address of IPv6 goes with; 0 where it names none.
    #[must_use]
    pub fn scope(&self) -> u32 {
        match (self.family(), self.bytes().get(24..28).and_then(|bytes| bytes.first_chunk())) {
            (libc::AF_INET6, Some(bytes)) => u32::from_ne_bytes(*bytes),
            _ => 0,
        }
    }

    /// Replaces that number.
    pub fn set_scope(&mut self, scope: u32) {
        if self.family() == libc::AF_INET6
            && let Some(place) = self.bytes_mut().get_mut(24..28)
        {
            place.copy_from_slice(&scope.to_ne_bytes());
        }
    }

    /// The host part, and where it is an address of IPv4 in the form of IPv6 (::ffff:a.b.c.d), that of IPv4.
    #[must_use]
    pub fn host(&self) -> Option<std::net::IpAddr> {
        self.ip().map(|ip| ip.to_canonical())
    }

    /// Whether it is an address of IPv4 in the form of IPv6.
    #[must_use]
    pub fn is_mapped(&self) -> bool {
        self.ip().is_some_and(|ip| ip.is_ipv6() && ip.to_canonical().is_ipv4())
    }

    /// For the kernel to read.
    pub(in crate::sys) fn as_ptr(&self) -> usize {
        self.bytes.as_ptr() as usize
    }

    /// For the kernel to write; up to `LONGEST` bytes.
    pub(in crate::sys) fn as_mut_ptr(&mut self) -> usize {
        self.bytes.as_mut_ptr() as usize
    }

    /// The number of bytes.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no byte, as for the peer of an unnamed Unix socket pair.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Takes over the length that the kernel reported; more than there was room for is cut.
    pub(in crate::sys) fn set_len(&mut self, len: u32) {
        self.len = usize::try_from(len).unwrap_or(LONGEST).min(LONGEST);
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.ip(), self.port()) {
            (Some(ip), Some(port)) => write!(f, "{}", std::net::SocketAddr::new(ip, port)),
            _ => write!(f, "family {} {:?}", self.family(), self.bytes()),
        }
    }
}

//! A peer's address as a record keeps it: in as many bytes as an address of the Internet has.

use crate::sys::Address;
use crate::sys::shared::Arc;

/// So long an address of IPv6 is, and none of the Internet is longer.
const SHORT: usize = 28;

/// The address of a peer, or none.
#[derive(Clone, Debug, Default)]
pub struct Peer(Kept);

#[derive(Clone, Debug, Default)]
enum Kept {
    #[default]
    Nothing,
    /// So many of the bytes.
    Short(u8, [u8; SHORT]),
    Long(Arc<Address>),
}

impl Peer {
    /// The address.
    #[must_use]
    pub fn address(&self) -> Option<Address> {
        match &self.0 {
            Kept::Nothing => None,
            Kept::Short(len, bytes) => Address::new(bytes.get(..usize::from(*len))?).ok(),
            Kept::Long(room) => Some(**room),
        }
    }
}

impl From<Address> for Peer {
    /// Keeps an address. One that is longer than those of the Internet is not kept where there is no memory for it.
    fn from(address: Address) -> Self {
        let mut short = [0; SHORT];
        let kept = match (u8::try_from(address.len()), short.get_mut(..address.len())) {
            (Ok(len), Some(bytes)) => {
                bytes.copy_from_slice(address.bytes());
                Kept::Short(len, short)
            }
            _ => Arc::try_new(address).map_or(Kept::Nothing, Kept::Long),
        };
        Self(kept)
    }
}

impl From<Option<Address>> for Peer {
    fn from(address: Option<Address>) -> Self {
        address.map(Self::from).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_any_length_are_kept() {
        for len in [0, 2, 16, 28, 29, 110, 128] {
            let bytes: Vec<u8> = (1..=len).collect();
            let address = Address::new(&bytes).unwrap();
            assert_eq!(Peer::from(address).address(), Some(address), "{len}");
        }
        assert_eq!(Peer::default().address(), None);
        assert_eq!(Peer::from(None).address(), None);
        assert!(size_of::<Peer>() <= 32);
    }
}

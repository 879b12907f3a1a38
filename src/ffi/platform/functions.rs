//! The libraries of Windows whose functions are here, and where each function is: a table that the build makes of the list of exports.
//! Names stand in it as they are, since an address for each would have to be written whenever a program starts.

/// A function's address.
#[derive(Clone, Copy)]
struct Address(*const ());

// SAFETY: the address of code, which every thread may call.
unsafe impl Sync for Address {}

/// A library of Windows.
pub(super) struct Library {
    /// Its name, without `.dll`.
    pub(super) name: &'static str,
    names: &'static [[u8; ROOM]],
    addresses: &'static [Address],
}

include!(concat!(env!("OUT_DIR"), "/names.rs"));

impl Library {
    /// The one of that name, in any case.
    pub(super) fn named(name: &[u8]) -> Option<&'static Self> {
        LIBRARIES.iter().find(|library| library.name.as_bytes().eq_ignore_ascii_case(name))
    }

    /// The one behind a handle.
    pub(super) fn behind(handle: usize) -> Option<&'static Self> {
        LIBRARIES.iter().find(|library| library.handle() == handle)
    }

    /// Its handle: the address of its line, which stays and is nobody else's.
    pub(super) fn handle(&'static self) -> usize {
        (&raw const *self) as usize
    }

    /// The address of its function of that name.
    pub(super) fn function(&self, name: &[u8]) -> Option<usize> {
        let mut padded = [0; ROOM];
        padded.get_mut(..name.len())?.copy_from_slice(name);
        let at = self.names.binary_search(&padded).ok()?;
        self.addresses.get(at).map(|address| address.0 as usize)
    }
}

/// The handle of the program itself.
pub(super) fn program() -> usize {
    (&raw const LIBRARIES) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_by_its_name_and_no_other() {
        for library in LIBRARIES {
            assert_eq!(library.names.len(), library.addresses.len(), "{}", library.name);
            assert!(library.names.is_sorted_by(|one, other| one < other), "{}", library.name);
            let name_of = |padded: &'static [u8; ROOM]| {
                std::ffi::CStr::from_bytes_until_nul(padded).unwrap().to_bytes()
            };
            let is_one = |name: &[u8]| library.names.iter().any(|padded| name_of(padded) == name);
            for (padded, address) in library.names.iter().zip(library.addresses) {
                let name = name_of(padded);
                assert_eq!(library.function(name), Some(address.0 as usize));
                let longer = [name, b"x"].concat();
                for other in [&longer[..name.len() - 1], &longer, &name.to_ascii_uppercase()] {
                    assert_eq!(library.function(other).is_some(), is_one(other), "{other:?}");
                }
            }
            assert_eq!(library.function(b""), None);
            assert_eq!(library.function(&[b'x'; ROOM]), None);
            assert_eq!(library.function(&[b'x'; ROOM + 1]), None);
        }
    }
}

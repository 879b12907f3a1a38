//! A box whose making can fail: without memory a call reports `WSAENOBUFS` and the program goes on.

use crate::sys::Errno;

/// One value on the heap.
#[derive(Clone, Debug)]
pub(super) struct Room<T>(Vec<T>);

impl<T> Room<T> {
    /// Puts a value there.
    ///
    /// # Errors
    /// `ENOMEM`.
    pub(super) fn new(value: T) -> Result<Self, Errno> {
        let mut room = Vec::new();
        room.try_reserve_exact(1).map_err(|_| Errno::new(libc::ENOMEM))?;
        room.push(value);
        Ok(Self(room))
    }

    /// The value.
    pub(super) fn get(&self) -> Option<&T> {
        self.0.first()
    }

    /// The value, to be changed.
    pub(super) fn get_mut(&mut self) -> Option<&mut T> {
        self.0.first_mut()
    }
}

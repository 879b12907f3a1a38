//! A box whose making can fail: without memory a call reports `WSAENOBUFS` and the program goes on.

use crate::sys::Errno;

/// One value on the heap.
#[derive(Clone, Debug)]
pub(super) struct Room<T>(Box<[T; 1]>);

impl<T> Room<T> {
    /// Puts a value there.
    ///
    /// # Errors
    /// `ENOMEM`.
    pub(super) fn new(value: T) -> Result<Self, Errno> {
        let mut room = Vec::new();
        room.try_reserve_exact(1).map_err(|_| Errno::new(libc::ENOMEM))?;
        room.push(value);
        // As long as its room, so that it stays where it is.
        Ok(Self(room.into_boxed_slice().try_into().map_err(|_| Errno::new(libc::ENOMEM))?))
    }

    /// The value.
    pub(super) fn get(&self) -> &T {
        let [value] = &*self.0;
        value
    }

    /// The value, to be changed.
    pub(super) fn get_mut(&mut self) -> &mut T {
        let [value] = &mut *self.0;
        value
    }
}

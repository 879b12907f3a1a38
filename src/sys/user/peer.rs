//! The other side's address in the caller's memory: read on its way to the kernel, or written there by it.

use std::marker::PhantomData;

use crate::sys::Address;
use crate::sys::process::sanitizer;

use crate::sys::user::memory;

/// The longest address that can be: a `SOCKADDR_STORAGE`.
const LONGEST: usize = 128;

/// An address that C gave, not looked at yet: any pointer, any length.
#[derive(Clone, Copy, Debug)]
pub struct UserAddress<'a> {
    address: usize,
    len: i32,
    bytes: PhantomData<&'a [u8]>,
}

impl UserAddress<'_> {
    /// NULL.
    pub const ABSENT: Self = Self { address: 0, len: 0, bytes: PhantomData };

    /// An address at any place.
    ///
    /// # Safety
    /// No other thread may unmap the memory while this is in use.
    #[must_use]
    #[inline(always)]
    pub const unsafe fn new(address: usize, len: i32) -> Self {
        Self { address, len, bytes: PhantomData }
    }

    /// NULL: there is no address.
    #[must_use]
    #[inline(always)]
    pub const fn is_absent(&self) -> bool {
        self.address == 0
    }

    /// Where it is.
    #[must_use]
    pub const fn address(&self) -> usize {
        self.address
    }

    /// The length that C gave.
    #[must_use]
    pub const fn len(&self) -> i32 {
        self.len
    }

    /// Whether the length is 0.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A copy of the first bytes, if there are so many and they can be read.
    #[must_use]
    #[inline(always)]
    pub fn beginning<const COUNT: usize>(&self) -> Option<[u8; COUNT]> {
        let there = usize::try_from(self.len).is_ok_and(|len| len >= COUNT && len <= LONGEST);
        if !there || !memory::readable(self.address, COUNT) {
            return None;
        }
        let bytes = std::ptr::with_exposed_provenance::<[u8; COUNT]>(self.address);
        // SAFETY: readable, as just asked, and it stays mapped by `new`.
        Some(unsafe { bytes.read_unaligned() })
    }

    /// Lets `look` see the bytes, of which there may be too many for any address; `None` where they cannot be read.
    pub fn look<T>(&self, look: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let len = usize::try_from(self.len).unwrap_or(0).min(LONGEST + 1);
        if len == 0 {
            return Some(look(&[]));
        }
        if !memory::readable(self.address, len) {
            return None;
        }
        let bytes = std::ptr::with_exposed_provenance::<u8>(self.address);
        // SAFETY: readable, as just asked, and it stays mapped by `new`.
        Some(look(unsafe { std::slice::from_raw_parts(bytes, len) }))
    }
}

/// A copy of an address that C gave, for when C's own is not there any more.
#[derive(Debug, Default)]
pub struct KeptAddress(Vec<u8>);

impl KeptAddress {
    /// Copies it; `None` where it cannot be read, or there is no memory.
    #[must_use]
    pub fn new(user: UserAddress<'_>) -> Option<Self> {
        if user.is_absent() {
            return Some(Self::default());
        }
        let mut copy = Vec::new();
        copy.try_reserve_exact(LONGEST + 1).ok()?;
        user.look(|bytes| copy.extend_from_slice(bytes))?;
        Some(Self(copy))
    }

    /// The copy in the place of C's own; absent where that was NULL.
    #[must_use]
    pub fn user(&self) -> UserAddress<'_> {
        let absent = self.0.capacity() == 0;
        let address = if absent { 0 } else { self.0.as_ptr().expose_provenance() };
        UserAddress { address, len: i32::try_from(self.0.len()).unwrap_or(i32::MAX), bytes: PhantomData }
    }
}

/// Where a message goes.
#[derive(Clone, Copy, Debug)]
pub enum Receiver<'a> {
    /// To the peer that the socket is connected to.
    Peer,
    /// To an address in C's memory, whose form is the kernel's.
    Unseen(UserAddress<'a>),
    /// To an address that was read and put in the kernel's form.
    Seen(Address),
    /// The same, by the interface with this number, whatever the routes say.
    By(Address, u32),
    /// To such an address, and as short as an address of its family is.
    Short(&'a [u8]),
}

impl Receiver<'_> {
    /// The arguments of the system call: pointer, length.
    #[inline(always)]
    pub(in crate::sys) fn words(&self) -> (usize, u32) {
        match self {
            Self::Peer => (0, 0),
            Self::Unseen(address) => (address.address, address.len.cast_unsigned()),
            Self::Seen(address) | Self::By(address, _) => {
                (address.as_ptr(), u32::try_from(address.len()).unwrap_or(0))
            }
            Self::Short(bytes) => (bytes.as_ptr() as usize, u32::try_from(bytes.len()).unwrap_or(0)),
        }
    }
}

/// The place in C's memory for a sender's address, and for its length.
///
/// The kernel writes the address there itself, which saves asking first whether it can be written.
#[derive(Clone, Copy, Debug)]
pub struct UserName<'a> {
    name: usize,
    len_at: usize,
    room: u32,
    /// The length was found to be writable.
    len_checked: bool,
    place: PhantomData<&'a mut [u8]>,
}

/// What became of a sender's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// It stands in its place; or there is none, as on a stream, and the place was left alone.
    Done,
    /// It is longer than its place, or its length cannot be written.
    Cut,
}

impl UserName<'_> {
    /// Nobody wants to know.
    pub const NOWHERE: Self = Self { name: 0, len_at: 0, room: 0, len_checked: false, place: PhantomData };

    /// A place at any address; nowhere if `name` is NULL.
    ///
    /// # Safety
    /// What is writable there must be the caller's to hand out, and no other thread may unmap or use it meanwhile.
    #[must_use]
    #[inline(always)]
    pub const unsafe fn new(name: usize, len_at: usize) -> Self {
        Self { name, len_at, room: 0, len_checked: false, place: PhantomData }
    }

    /// Whether an address is wanted.
    #[must_use]
    #[inline(always)]
    pub const fn is_wanted(&self) -> bool {
        self.name != 0
    }

    /// Finds out how much room C offers; `None` where that number cannot be read, or is negative.
    #[must_use]
    #[inline(always)]
    pub fn measure(mut self) -> Option<Self> {
        if !memory::readable(self.len_at, size_of::<i32>()) {
            return None;
        }
        // SAFETY: readable, as just asked, and it stays so by `new`.
        let offered = unsafe { self.len_pointer().read_unaligned() };
        self.room = u32::try_from(offered).ok()?;
        Some(self)
    }

    /// Once measured: whether an address of `needed` bytes fits, and its length can be told. A length that stays
    /// as it is need not be writable, which saves asking.
    #[must_use]
    #[inline(always)]
    pub fn fits(&mut self, needed: u32) -> bool {
        if self.room == needed {
            return true;
        }
        self.len_checked = self.room > needed && memory::writable(self.len_at, size_of::<i32>());
        self.len_checked
    }

    fn len_pointer(&self) -> *mut i32 {
        std::ptr::with_exposed_provenance_mut(self.len_at)
    }

    /// The arguments of the system call: pointer, and how much the kernel may write.
    #[inline(always)]
    pub(in crate::sys) fn words(&self) -> (usize, u32) {
        (self.name, self.room.min(128))
    }

    /// Where an address may have been written, and how long it is; none where none is wanted.
    #[must_use]
    pub fn written(&self) -> Option<(usize, i32)> {
        if self.name == 0 || !memory::is_readable(self.len_at, size_of::<i32>()) {
            return None;
        }
        // SAFETY: readable, as just asked, and it stays so by `new`.
        Some((self.name, unsafe { self.len_pointer().read_unaligned() }))
    }

    /// Tells a sanitizer that an address may have been written here.
    pub fn tell_written(&self) {
        if sanitizer::is_there()
            && let Some((name, len)) = self.written()
        {
            sanitizer::hands_out(name, usize::try_from(len).unwrap_or(0).min(LONGEST));
        }
    }

    /// After the kernel has written an address of `len` bytes: gives its family the number that `family` says,
    /// and tells C the length. With 0 bytes there was no address, and nothing is touched.
    #[inline(always)]
    pub fn complete(&self, len: u32, family: impl FnOnce(i32) -> i32) -> Named {
        if len == 0 || self.name == 0 {
            return Named::Done;
        }
        if len > self.room {
            return Named::Cut;
        }
        if len >= 2 {
            let place = std::ptr::with_exposed_provenance_mut::<u16>(self.name);
            // SAFETY: the kernel has just written these bytes, and they stay mapped by `new`.
            let linux = i32::from(unsafe { place.read_unaligned() });
            if let Ok(windows) = u16::try_from(family(linux)) {
                // SAFETY: likewise.
                unsafe { place.write_unaligned(windows) };
            }
        }
        if len == self.room {
            return Named::Done;
        }
        if !self.len_checked && !memory::writable(self.len_at, size_of::<i32>()) {
            return Named::Cut;
        }
        // SAFETY: writable, as asked here or by `fits`, and it stays so by `new`.
        unsafe { self.len_pointer().write_unaligned(len.cast_signed()) };
        Named::Done
    }
}

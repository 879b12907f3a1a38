//! A value with several owners, whose making can fail: what [`std::sync::Arc`] is where memory never ends.

use std::fmt;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering, fence};

use super::room::{Made, Place};

struct Inner<T> {
    /// The owners.
    owners: AtomicUsize,
    /// Those who only know of it, and one for all owners together.
    knowers: AtomicUsize,
    value: ManuallyDrop<T>,
}

/// One owner of a value; it goes with the last one.
pub struct Arc<T>(NonNull<Inner<T>>, PhantomData<Inner<T>>);

/// Knows of a value without keeping it.
pub struct Weak<T>(NonNull<Inner<T>>, PhantomData<Inner<T>>);

// SAFETY: the counts are atomic, and owners on several threads reach the value by reference; the last one drops it.
unsafe impl<T: Send + Sync> Send for Arc<T> {}
// SAFETY: likewise.
unsafe impl<T: Send + Sync> Sync for Arc<T> {}
// SAFETY: likewise; a knower becomes an owner.
unsafe impl<T: Send + Sync> Send for Weak<T> {}
// SAFETY: likewise.
unsafe impl<T: Send + Sync> Sync for Weak<T> {}

/// More owners than memory has room for.
const MOST: usize = isize::MAX as usize;

impl<T> Arc<T> {
    /// Makes it, with one owner.
    ///
    /// # Errors
    /// [`NoMemory`](super::room::NoMemory).
    pub fn try_new(value: T) -> Made<Self> {
        // First, so that the value is dropped where there is none.
        let place = Place::new()?;
        let inner = Inner {
            owners: AtomicUsize::new(1),
            knowers: AtomicUsize::new(1),
            value: ManuallyDrop::new(value),
        };
        Ok(Self(NonNull::from(Box::leak(place.put(inner))), PhantomData))
    }

    fn inner(&self) -> &Inner<T> {
        // SAFETY: it is there as long as an owner or a knower is.
        unsafe { self.0.as_ref() }
    }

    /// Whether both own the same value.
    #[must_use]
    pub fn ptr_eq(one: &Self, other: &Self) -> bool {
        one.0 == other.0
    }

    /// Where the value is.
    #[must_use]
    pub fn as_ptr(this: &Self) -> *const T {
        std::ptr::from_ref(&**this)
    }

    /// Another one who knows of it.
    #[must_use]
    pub fn downgrade(this: &Self) -> Weak<T> {
        // Relaxed: this owner keeps it meanwhile.
        if this.inner().knowers.fetch_add(1, Ordering::Relaxed) > MOST {
            std::process::abort();
        }
        Weak(this.0, PhantomData)
    }
}

impl<T> Clone for Arc<T> {
    fn clone(&self) -> Self {
        // Relaxed: this owner keeps it meanwhile.
        if self.inner().owners.fetch_add(1, Ordering::Relaxed) > MOST {
            std::process::abort();
        }
        Self(self.0, PhantomData)
    }
}

impl<T> Deref for Arc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner().value
    }
}

impl<T> Drop for Arc<T> {
    fn drop(&mut self) {
        // Release, and Acquire of the last one: what the others did with the value is over before it goes.
        if self.inner().owners.fetch_sub(1, Ordering::Release) != 1 {
            return;
        }
        fence(Ordering::Acquire);
        // The owners' part in it, which goes after the value, even where the value's own end does not come to one.
        let _last = Weak(self.0, PhantomData);
        // SAFETY: the last owner, so nobody refers to the value, and nobody can become an owner any more.
        unsafe { ManuallyDrop::drop(&mut (*self.0.as_ptr()).value) };
    }
}

impl<T> Weak<T> {
    /// The counts alone: the last owner may be dropping the value meanwhile.
    fn owners(&self) -> &AtomicUsize {
        // SAFETY: it is there as long as an owner or a knower is, and nobody has it to himself.
        unsafe { &(*self.0.as_ptr()).owners }
    }

    fn knowers(&self) -> &AtomicUsize {
        // SAFETY: as in `owners`.
        unsafe { &(*self.0.as_ptr()).knowers }
    }

    /// An owner, if there is still one.
    #[must_use]
    pub fn upgrade(&self) -> Option<Arc<T>> {
        let more = |owners: usize| owners.checked_add(1).filter(|_| owners != 0);
        // Acquire: what the maker wrote is seen.
        let owned = self.owners().fetch_update(Ordering::Acquire, Ordering::Relaxed, more);
        // Made only then: one that is dropped gives back an owner's part.
        owned.is_ok().then(|| Arc(self.0, PhantomData))
    }

    /// Whether there is still an owner.
    #[must_use]
    pub fn is_owned(&self) -> bool {
        self.owners().load(Ordering::Relaxed) != 0
    }

    /// Whether it knows of this one.
    #[must_use]
    pub fn is_of(&self, owner: &Arc<T>) -> bool {
        self.0 == owner.0
    }
}

impl<T> Clone for Weak<T> {
    fn clone(&self) -> Self {
        // Relaxed: this one keeps the place meanwhile.
        if self.knowers().fetch_add(1, Ordering::Relaxed) > MOST {
            std::process::abort();
        }
        Self(self.0, PhantomData)
    }
}

impl<T> Drop for Weak<T> {
    fn drop(&mut self) {
        // Release, and Acquire of the last one: nobody looks at the counts any more.
        if self.knowers().fetch_sub(1, Ordering::Release) == 1 {
            fence(Ordering::Acquire);
            // SAFETY: made by a box, and nobody refers to it any more; the value itself has gone before.
            drop(unsafe { Box::from_raw(self.0.as_ptr()) });
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<T> fmt::Debug for Weak<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Weak")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counts<'a>(&'a AtomicUsize);

    impl Drop for Counts<'_> {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn the_last_owner_drops_it() {
        let dropped = AtomicUsize::new(0);
        let one = Arc::try_new(Counts(&dropped)).unwrap();
        let (other, known) = (one.clone(), Arc::downgrade(&one));
        assert!(Arc::ptr_eq(&one, &other) && known.is_of(&one) && known.is_owned());
        drop(one);
        let third = known.upgrade().unwrap();
        drop(other);
        assert_eq!(dropped.load(Ordering::Relaxed), 0);
        drop(third);
        assert_eq!(dropped.load(Ordering::Relaxed), 1);
        assert!(known.upgrade().is_none() && !known.clone().is_owned());
    }

    #[test]
    fn owners_on_many_threads() {
        let dropped = AtomicUsize::new(0);
        for _ in 0..200 {
            dropped.store(0, Ordering::Relaxed);
            let one = Arc::try_new(Counts(&dropped)).unwrap();
            let known = Arc::downgrade(&one);
            std::thread::scope(|scope| {
                for _ in 0..3 {
                    let (one, known) = (one.clone(), known.clone());
                    scope.spawn(move || {
                        drop(known.upgrade());
                        drop(one);
                        drop(known.upgrade());
                    });
                }
                drop(one);
            });
            assert_eq!(dropped.load(Ordering::Relaxed), 1);
            assert!(known.upgrade().is_none());
        }
    }
}

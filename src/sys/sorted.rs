//! A map whose growth can fail: a list in the order of its keys.

use super::room::Made;

/// The map.
#[derive(Debug)]
pub struct Sorted<K, V>(Vec<(K, V)>);

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> Sorted<K, V> {
    /// An empty one.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Every entry, in order.
    pub fn iter(&self) -> impl Iterator<Item = &(K, V)> {
        self.0.iter()
    }

    /// Every value, in the order of the keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The same, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// What it consists of.
    #[must_use]
    pub fn into_entries(self) -> Vec<(K, V)> {
        self.0
    }

    /// Drops those that `keep` does not want.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.0.retain_mut(|(key, value)| keep(key, value));
    }

    /// Takes out those that `keep` does not want, one by one, without the allocator.
    pub fn sift(&mut self, mut keep: impl FnMut(&K, &V) -> bool, mut gone: impl FnMut(V)) {
        let mut at = 0;
        while let Some((key, value)) = self.0.get(at) {
            if keep(key, value) {
                at += 1;
            } else {
                gone(self.0.remove(at).1);
            }
        }
    }

    /// Drops all.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl<K: Ord, V> Sorted<K, V> {
    fn at(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(key))
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        self.0.get(self.at(key).ok()?).map(|(_, value)| value)
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let at = self.at(key).ok()?;
        self.0.get_mut(at).map(|(_, value)| value)
    }

    /// Whether a key has a value.
    #[must_use]
    pub fn contains_key(&self, key: &K) -> bool {
        self.at(key).is_ok()
    }

    /// The entry of the largest key that is not above this one.
    #[must_use]
    pub fn up_to(&self, key: &K) -> Option<&(K, V)> {
        let above = self.0.partition_point(|(known, _)| known <= key);
        self.0.get(above.checked_sub(1)?)
    }

    /// Puts a value there; gives the one that was there.
    ///
    /// # Errors
    /// [`NoMemory`](super::room::NoMemory): nothing has changed.
    pub fn insert(&mut self, key: K, value: V) -> Made<Option<V>> {
        match self.at(&key) {
            Ok(at) => Ok(self.0.get_mut(at).map(|(_, there)| std::mem::replace(there, value))),
            Err(at) => {
                self.0.try_reserve(1)?;
                self.0.insert(at, (key, value));
                Ok(None)
            }
        }
    }

    /// Takes a value out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let at = self.at(key).ok()?;
        Some(self.0.remove(at).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map() {
        let mut map = Sorted::new();
        for key in [5, 1, 3] {
            assert_eq!(map.insert(key, key * 10), Ok(None));
        }
        assert_eq!(map.insert(3, 31), Ok(Some(30)));
        assert_eq!(map.iter().copied().collect::<Vec<_>>(), [(1, 10), (3, 31), (5, 50)]);
        assert_eq!((map.get(&3), map.get(&4), map.contains_key(&5)), (Some(&31), None, true));
        let up_to = |key| map.up_to(&key).map(|(key, _)| *key);
        assert_eq!([0, 1, 2, 9].map(up_to), [None, Some(1), Some(1), Some(5)]);
        if let Some(value) = map.get_mut(&1) {
            *value = 11;
        }
        let mut gone = Vec::new();
        map.sift(|key, _| *key != 3, |value| gone.push(value));
        assert_eq!((gone, map.values().copied().collect::<Vec<_>>()), (vec![31], vec![11, 50]));
        assert_eq!((map.remove(&1), map.remove(&1)), (Some(11), None));
        map.retain(|_, value| *value > 50);
        assert_eq!(map.values_mut().count(), 0);
        assert_eq!(map.into_entries(), []);
    }
}

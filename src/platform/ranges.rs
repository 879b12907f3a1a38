//! Ranges of addresses, as a list of those that do not touch each other.

use crate::sys::room::Made;
use crate::sys::sorted::Sorted;

/// The ranges: where each begins and ends.
#[derive(Debug)]
pub(super) struct Ranges(Sorted<usize, usize>);

impl Ranges {
    /// None.
    pub(super) const fn new() -> Self {
        Self(Sorted::new())
    }

    /// Puts a range in.
    ///
    /// # Errors
    /// [`NoMemory`](crate::sys::room::NoMemory): nothing has changed.
    pub(super) fn add(&mut self, from: usize, until: usize) -> Made<()> {
        let (mut first, mut last) = (from, until);
        for &(start, end) in self.0.iter().filter(|&&(start, end)| start <= until && from <= end) {
            (first, last) = (first.min(start), last.max(end));
        }
        // What goes leaves room for what comes.
        self.0.retain(|&start, &mut end| end < first || last < start);
        self.0.insert(first, last).map(drop)
    }

    /// Takes a range out.
    ///
    /// # Errors
    /// [`NoMemory`](crate::sys::room::NoMemory): nothing has changed.
    pub(super) fn take(&mut self, from: usize, until: usize) -> Made<()> {
        if let Some(&(_, end)) = self.0.up_to(&until).filter(|&&(start, end)| start < until && until < end) {
            self.0.insert(until, end)?;
        }
        self.0.retain(|&start, end| {
            let begins_before = start < from;
            if begins_before && *end > from {
                *end = from;
            }
            begins_before || start >= until
        });
        Ok(())
    }

    /// Whether an address is in, and where that changes; none where it does not any more.
    pub(super) fn look(&self, at: usize) -> (bool, Option<usize>) {
        match self.0.up_to(&at).filter(|&&(_, end)| at < end) {
            Some(&(_, end)) => (true, Some(end)),
            None => (false, self.0.iter().map(|&(start, _)| start).find(|&start| start > at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every order of a few ranges, against a list of single addresses.
    #[test]
    fn ranges() {
        const END: usize = 6;
        let all: Vec<_> =
            (0..END).flat_map(|from| (from + 1..=END).map(move |until| (from, until))).collect();
        let mut steps: Vec<_> = all.iter().map(|&range| (true, range)).collect();
        steps.extend(all.iter().map(|&range| (false, range)));
        for first in &steps {
            for second in &steps {
                for third in &steps {
                    let mut single = [false; END];
                    let mut ranges = Ranges::new();
                    for &(add, (from, until)) in [first, second, third] {
                        single[from..until].fill(add);
                        if add { ranges.add(from, until) } else { ranges.take(from, until) }.unwrap();
                    }
                    for at in 0..END {
                        let change = (at..END).find(|&other| single[other] != single[at]);
                        let change = change.or(single[at].then_some(END));
                        assert_eq!(ranges.look(at), (single[at], change), "{first:?} {second:?} {third:?}");
                    }
                }
            }
        }
    }
}

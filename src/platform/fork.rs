//! `fork`: a child goes on with heaps, regions, searches and handlers as they were.

use std::collections::BTreeMap;

use super::{control, heap, region, search};
use crate::runtime::lock::Guard;
use crate::sys::process::fork::InChild;

/// What could be held.
pub(crate) struct Held {
    handlers: Option<Guard<Vec<control::Handler>>>,
    searches: Option<Guard<(usize, BTreeMap<usize, search::Search>)>>,
    regions: Option<Guard<region::Regions>>,
    heaps: Option<Guard<heap::Heaps>>,
}

/// Takes the locks, in their order and within a bound.
pub(crate) fn hold() -> Held {
    Held { handlers: control::hold(), searches: search::hold(), regions: region::hold(), heaps: heap::hold() }
}

impl Held {
    /// In a child: lets go, and begins anew what could not be held.
    pub(crate) fn in_child(self, child: InChild) {
        heap::in_child(self.heaps, child);
        region::in_child(self.regions, child);
        search::in_child(self.searches, child);
        control::in_child(self.handlers, child);
    }
}

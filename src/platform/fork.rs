//! `fork`: a child goes on with heaps, regions, libraries, searches and handlers as they were.

use super::{control, heap, keys, library, region, search, serial, terminal};
use crate::runtime::lock::Guard;
use crate::sys::process::fork::InChild;
use crate::sys::sorted::Sorted;

/// What could be held.
pub(crate) struct Held {
    keys: Option<Guard<keys::Keys>>,
    terminals: Option<Guard<terminal::Terminals>>,
    lines: Option<Guard<serial::Lines>>,
    handlers: Option<Guard<Vec<control::Handler>>>,
    searches: Option<Guard<(usize, Sorted<usize, search::Search>)>>,
    libraries: Option<Guard<library::Loaded>>,
    regions: Option<Guard<region::Regions>>,
    heaps: Option<Guard<heap::Heaps>>,
}

/// Takes the locks, in their order and within a bound.
pub(crate) fn hold() -> Held {
    let (handlers, keys, terminals, lines) =
        (control::hold(), keys::hold(), terminal::hold(), serial::hold());
    let (searches, libraries) = (search::hold(), library::hold());
    Held {
        handlers,
        keys,
        terminals,
        lines,
        searches,
        libraries,
        regions: region::hold(),
        heaps: heap::hold(),
    }
}

impl Held {
    /// In a child: lets go, and begins anew what could not be held.
    pub(crate) fn in_child(self, child: InChild) {
        heap::in_child(self.heaps, child);
        region::in_child(self.regions, child);
        library::in_child(self.libraries, child);
        search::in_child(self.searches, child);
        serial::in_child(self.lines, child);
        terminal::in_child(self.terminals, child);
        keys::in_child(self.keys, child);
        control::in_child(self.handlers, child);
    }
}

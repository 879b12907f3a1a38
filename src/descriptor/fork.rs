//! `fork`: the child goes on with whole tables, and without its parent's threads.

use super::{alarm, companions, table, watch};
use crate::runtime::lock::Guard;
use crate::sys::process::fork::InChild;

/// Every lock of this folder, held by the thread that forks; none in place of one that could not be had in time.
pub(crate) struct Held {
    shards: Vec<Option<Guard<table::Shard>>>,
    watches: Option<Guard<watch::List>>,
    companions: Option<Guard<Vec<companions::Owner>>>,
    alarm: Option<Guard<alarm::State>>,
}

/// Takes the locks in their order.
pub(crate) fn hold() -> Held {
    Held {
        shards: table::hold(),
        watches: watch::hold(),
        companions: companions::hold(),
        alarm: alarm::hold(),
    }
}

impl Held {
    /// In the child: what was of the parent's threads is forgotten, and what could not be held begins anew.
    pub(crate) fn in_child(self, child: InChild) {
        alarm::in_child(self.alarm, child);
        companions::in_child(self.companions, child);
        watch::in_child(self.watches, child);
        table::in_child(self.shards, child);
    }
}

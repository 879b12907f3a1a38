//! `fork`: operations are the parent's; the child's sockets begin anew.

use std::sync::Once;

use super::{reactor, table};
use crate::descriptor::{self, Beside};
use crate::runtime::lock::Guard;
use crate::sys::process::fork::InChild;

/// The locks of this folder's tables, held by the thread that forks.
pub(crate) struct Held {
    shards: Vec<Option<Guard<table::Shard>>>,
    reactor: reactor::Held,
}

/// Those that stand before the others of the library.
pub(crate) fn hold_table() -> Vec<Option<Guard<table::Shard>>> {
    table::hold()
}

/// Asks to be told of `fork` and of closings, the first time.
pub(super) fn prepare_once() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        crate::fork::prepare_once();
        reactor::prepare_waits();
        descriptor::tell_beside(Beside {
            close: table::close_descriptor,
            replaced: table::replaced,
            rest,
            awaits: table::awaits,
            put_back: table::put_back,
        });
    });
}

fn rest() {
    table::close_all();
    reactor::rest();
}

impl Held {
    /// Takes the locks that stand behind the others, too.
    pub(crate) fn new(shards: Vec<Option<Guard<table::Shard>>>) -> Self {
        Self { shards, reactor: reactor::hold() }
    }

    /// In the child.
    pub(crate) fn in_child(self, child: InChild) {
        let left = table::in_child(self.shards, child);
        reactor::in_child(self.reactor, left, child);
    }
}

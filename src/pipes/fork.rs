//! `fork`: operations are the parent's; the child's ends begin anew. What the child does not close keeps a client's or a server's
//! connection open, as with files.

use super::{engine, table};
use crate::runtime::lock::Guard;
use crate::sys::process::fork::InChild;

/// The locks of this folder, held by the thread that forks.
pub(crate) struct Held {
    table: Option<Guard<table::Table>>,
    engine: Option<Guard<engine::Desk>>,
}

/// Takes them, within a bound.
pub(crate) fn hold() -> Held {
    Held { table: table::hold_for_fork(), engine: engine::hold() }
}

impl Held {
    /// In the child.
    pub(crate) fn in_child(self, child: InChild) {
        table::in_child(self.table, child);
        engine::in_child(self.engine, child);
    }
}

//! The timers of a pool that run. No thread of its own looks at the clock for them: one of the pool's threads that have nothing to do
//! sleeps no longer than until the next one is due, and where none is left another one is started.

use super::task::Task;
use crate::kernel::code::Code;
use crate::kernel::state::Timer;
use crate::kernel::sync;
use crate::sys::shared::Arc;

/// Those that run.
pub(super) struct Timers {
    list: Vec<(Timer, Arc<Task>)>,
    /// Before this nobody has to look at them, by the clock that nobody sets.
    next_look: Option<u64>,
}

impl Timers {
    pub(super) const fn new() -> Self {
        Self { list: Vec::new(), next_look: None }
    }

    /// Makes room for so many.
    pub(super) fn reserve(&mut self, count: usize) -> Result<(), Code> {
        let more = count.saturating_sub(self.list.len());
        self.list.try_reserve(more).map_err(|_| Code::NOT_ENOUGH_MEMORY)
    }

    /// When somebody has to look; none where none runs.
    pub(super) fn next_look(&self) -> Option<u64> {
        self.next_look
    }

    /// Whether it runs.
    pub(super) fn runs(&self, task: &Arc<Task>) -> bool {
        self.list.iter().any(|(_, known)| Arc::ptr_eq(known, task))
    }

    /// Has an object's timer run, or not any more. Whether it ran. There is room: it was made with the object.
    pub(super) fn set(&mut self, task: &Arc<Task>, timer: Option<Timer>) -> bool {
        let at = self.list.iter().position(|(_, known)| Arc::ptr_eq(known, task));
        let before = at.map(|at| self.list.swap_remove(at));
        if let Some(timer) = timer {
            self.list.push((timer, Arc::clone(task)));
        }
        self.plan(sync::now());
        before.is_some()
    }

    fn plan(&mut self, now: [u64; 2]) {
        self.next_look = self.list.iter().filter_map(|(timer, _)| timer.next_look(now)).min();
    }

    /// Tells of each object whose timer is due, once.
    pub(super) fn advance(&mut self, monotonic: u64, mut is_due: impl FnMut(&Arc<Task>)) {
        if self.next_look.is_none_or(|next| monotonic < next) {
            return;
        }
        let now = sync::now();
        self.list.retain_mut(|(timer, task)| {
            timer.advance(now);
            if std::mem::take(&mut timer.set) {
                is_due(task);
            }
            timer.due.is_some()
        });
        self.plan(now);
    }

    /// In a child of `fork` none runs.
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.next_look = None;
    }
}

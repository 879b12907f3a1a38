//! A cleanup group: objects that are closed together.

use std::sync::Mutex;

use super::task::Task;
use crate::kernel::code::Code;
use crate::kernel::handle::inside;
use crate::kernel::sync::lock;
use crate::sys::shared::Arc;

#[derive(Default)]
pub(super) struct Group {
    members: Mutex<Vec<Arc<Task>>>,
}

impl Group {
    pub(super) fn enter(&self, task: &Arc<Task>) -> Result<(), Code> {
        let _inside = inside();
        let mut members = lock(&self.members);
        members.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
        members.push(Arc::clone(task));
        Ok(())
    }

    /// The task has come to its end. Nobody needs it there any more.
    pub(super) fn leave(&self, task: &Task) {
        let gone = {
            let _inside = inside();
            let mut members = lock(&self.members);
            let at = members.iter().position(|member| std::ptr::eq(Arc::as_ptr(member), task));
            at.map(|at| members.swap_remove(at))
        };
        drop(gone);
    }

    pub(super) fn take_members(&self) -> Vec<Arc<Task>> {
        let _inside = inside();
        std::mem::take(&mut *lock(&self.members))
    }
}

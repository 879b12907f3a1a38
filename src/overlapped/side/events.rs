//! The network events of the socket: what is recorded, selected and reported.

use super::BEING_CLOSED;
use super::{Inner, Side};
use crate::error::failure::Failure;
use crate::kernel::event::Kept;
use crate::overlapped::news::News;
use crate::overlapped::notices::Notice;
use crate::overlapped::operation::Direction;
use crate::overlapped::reactor;
use crate::overlapped::selection::{Report, Selection};
use crate::overlapped::target::Target;
use crate::runtime::lock::Within;
use crate::socket::ioctl::Change;

impl Side {
    /// Has a change told of as an event, if events are recorded at all.
    ///
    /// # Errors
    /// `WSAEMFILE`, `WSAENOBUFS`.
    pub(in crate::overlapped) fn ask_for(&self, change: Change) -> Result<(), Failure> {
        let mut inner = self.lock();
        if inner.queues.closed || !inner.selection.records {
            return Ok(());
        }
        let news = News::begin(change, self.number())?;
        let Some(place) = inner.news.get_mut(change.place()) else { return Ok(()) };
        if let Some(before) = place.replace(news) {
            before.end();
        }
        Ok(())
    }

    /// One of the changes may have come that were asked for.
    pub(in crate::overlapped) fn has_news(&self, at: usize) {
        let mut inner = self.lock();
        let Some(place) = inner.news.get_mut(at) else { return };
        let Some(news) = place.take_if(|news| news.has_come()) else { return };
        news.end();
        drop(inner);
        self.change_events(|selection| selection.changed(at));
    }

    /// Changes what is recorded of the socket, if anything is, and tells the program of it.
    pub(in crate::overlapped) fn change_events(&self, change: impl FnOnce(&mut Selection)) {
        self.with_events(|selection, _| change(selection));
    }

    pub(super) fn with_events(&self, change: impl FnOnce(&mut Selection, &dyn Fn(Direction) -> bool)) {
        let mut inner = self.lock();
        if inner.queues.closed || !inner.selection.records {
            return;
        }
        let Inner { queues, selection, registered, notice, .. } = &mut *inner;
        let before = selection.needs();
        change(selection, &|direction| !queues.is_empty(direction));
        let after = selection.needs();
        let needs_room = notice.as_ref().is_some_and(Notice::wants_room);
        let bits = after.bits(*registered, needs_room || !queues.is_empty(Direction::Send));
        if bits != *registered || after.are_new(before) {
            // It was registered before, so that this takes no memory.
            let _ = self.listen(&mut inner, bits);
        }
        self.tell_events(inner);
    }

    /// Tells the program of what was recorded, if that is something that it wants to be told of.
    pub(super) fn tell_events(&self, mut inner: Within<'_, Inner>) {
        let told = inner.selection.told(self.fd);
        drop(inner);
        if let Some(told) = told {
            told.finish();
        }
    }

    /// Selects network events: has somebody told when one of those in `mask` happens.
    ///
    /// # Errors
    /// `WSAENOTSOCK`, `WSAENOBUFS`; nothing is changed then.
    pub(crate) fn select(&self, target: Option<Target>, mask: u32) -> Result<(), Failure> {
        let mut inner = self.lock();
        if inner.queues.closed {
            return Err(BEING_CLOSED);
        }
        if mask != 0 {
            let begins = inner.selection.begin(self.fd);
            let result = if begins {
                let bits = inner.selection.needs().bits(inner.registered | reactor::ALWAYS, true);
                self.listen(&mut inner, bits)
            } else {
                self.ensure_listening(&mut inner)
            };
            if let Err(failure) = result {
                inner.selection.give_up(begins);
                return Err(failure);
            }
        }
        let before = inner.selection.select(self.fd, target, mask);
        self.tell_events(inner);
        drop(before);
        Ok(())
    }

    /// What is selected, if anything is.
    pub(crate) fn selected(&self) -> Option<(Target, u32)> {
        let inner = self.lock();
        let selection = &inner.selection;
        selection.target.clone().filter(|_| selection.mask != 0).map(|target| (target, selection.mask))
    }

    /// Reports what is recorded and selected, and resets an event at the same moment (EN2).
    pub(crate) fn report(&self, event: Option<&Kept>) -> Report {
        let mut inner = self.lock();
        let report = inner.selection.report();
        if let Some(event) = event {
            event.reset();
        }
        report
    }
}

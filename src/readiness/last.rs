//! A thread's last question, whose memory serves for the next one, and which is given back when the thread ends.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;

use super::poll_set::Question;
use crate::error::failure::Failure;
use crate::sys::process::per_thread::AtEnd;

/// What a thread keeps.
struct Last {
    question: RefCell<Question>,
    /// It is given back when the thread ends.
    is_given_back: Cell<bool>,
}

thread_local! {
    /// The question of the last call of this thread. Without a destructor, see [`AtEnd`].
    static LAST: ManuallyDrop<Last> = const {
        ManuallyDrop::new(Last { question: RefCell::new(Question::new()), is_given_back: Cell::new(false) })
    };
}

static END: AtEnd = AtEnd::new(|| {
    LAST.with(|last| {
        last.is_given_back.set(false);
        // Taken out first, so that nothing is borrowed while it is dropped.
        let question =
            last.question.try_borrow_mut().map(|mut place| std::mem::replace(&mut *place, Question::new()));
        drop(question);
    });
});

impl Last {
    /// Whether a question may be kept: something gives it back.
    #[inline(always)]
    fn may_keep(&self) -> bool {
        self.is_given_back.get() || self.ask()
    }

    #[cold]
    fn ask(&self) -> bool {
        self.is_given_back.set(END.ask());
        self.is_given_back.get()
    }
}

/// Runs a call with the thread's last question, which the call begins again or clears; or with a new one, where a
/// signal handler has interrupted a call, or there is no memory to keep one.
///
/// # Errors
/// The call's.
#[inline(always)]
pub(super) fn with_question<T>(call: impl FnOnce(&mut Question) -> Result<T, Failure>) -> Result<T, Failure> {
    LAST.with(|last| {
        if last.may_keep()
            && let Ok(mut question) = last.question.try_borrow_mut()
        {
            question.begin();
            return call(&mut question);
        }
        let mut question = Question::new();
        question.begin();
        call(&mut question)
    })
}

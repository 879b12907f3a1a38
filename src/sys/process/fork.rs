//! Being told of `fork`.

/// Has `prepare` run before every `fork` of this process, and afterwards `parent` or `child`.
pub fn at_fork(prepare: extern "C" fn(), parent: extern "C" fn(), child: extern "C" fn()) {
    // SAFETY: the functions are safe to call at any time. Where there is no memory for the entry, `fork` goes
    // unnoticed, as it would without this call.
    let _ = unsafe { libc::pthread_atfork(Some(prepare), Some(parent), Some(child)) };
}

/// Proof that this is a child after `fork`, with one thread: what only there may be done asks for it.
#[derive(Clone, Copy, Debug)]
pub struct InChild(());

impl InChild {
    /// For the function that [`at_fork`] runs in the child.
    #[must_use]
    pub const fn after_fork() -> Self {
        Self(())
    }
}

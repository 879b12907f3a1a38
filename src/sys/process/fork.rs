//! Being told of `fork`.

/// Has `prepare` run before every `fork` of this process, and afterwards `parent` or `child`.
pub fn at_fork(prepare: extern "C" fn(), parent: extern "C" fn(), child: extern "C" fn()) {
    // SAFETY: the functions are safe to call at any time. Where there is no memory for the entry, `fork` goes
    // unnoticed, as it would without this call.
    let _ = unsafe { libc::pthread_atfork(Some(prepare), Some(parent), Some(child)) };
}

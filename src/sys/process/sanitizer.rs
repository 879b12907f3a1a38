//! What the sanitizers' run-time is told, in a program that was compiled with one: AddressSanitizer sees that a buffer is
//! large enough, MemorySanitizer that received bytes have a value and sent ones had one, ThreadSanitizer that the library
//! touches the buffers, and that what was sent came before what is received.
//!
//! The run-time's functions are weak: without a sanitizer their addresses are 0, and [`is_there`], which is asked when
//! Winsock is started, keeps the common paths as they are. Its functions are told of memory only that the kernel finds, so
//! that a wild pointer stays an error code.

use crate::sys::user::memory;

// A list of addresses, which the linker or the loader fills in. `extern "C"` blocks of stable Rust have no weak functions.
std::arch::global_asm!(
    ".section .data.rel.ro.ws2_sanitizer_hooks,\"aw\"",
    ".balign 8",
    ".hidden ws2_sanitizer_hooks",
    ".globl ws2_sanitizer_hooks",
    "ws2_sanitizer_hooks:",
    ".weak __asan_region_is_poisoned",
    ".8byte __asan_region_is_poisoned",
    ".weak __asan_loadN_noabort",
    ".8byte __asan_loadN_noabort",
    ".weak __asan_storeN_noabort",
    ".8byte __asan_storeN_noabort",
    ".weak __msan_check_mem_is_initialized",
    ".8byte __msan_check_mem_is_initialized",
    ".weak __msan_unpoison",
    ".8byte __msan_unpoison",
    ".weak __tsan_read_range",
    ".8byte __tsan_read_range",
    ".weak __tsan_write_range",
    ".8byte __tsan_write_range",
    ".weak __tsan_release",
    ".8byte __tsan_release",
    ".weak __tsan_acquire",
    ".8byte __tsan_acquire",
    ".text",
);

/// A function of the run-time that takes an address and a length.
type OfRange = unsafe extern "C" fn(usize, usize);

/// A function of the run-time that takes the address of what threads meet at.
type OfMeeting = unsafe extern "C" fn(usize);

#[repr(C)]
struct Hooks {
    asan_find: Option<unsafe extern "C" fn(usize, usize) -> usize>,
    asan_load: Option<OfRange>,
    asan_store: Option<OfRange>,
    msan_check: Option<OfRange>,
    msan_unpoison: Option<OfRange>,
    tsan_read: Option<OfRange>,
    tsan_write: Option<OfRange>,
    tsan_release: Option<OfMeeting>,
    tsan_acquire: Option<OfMeeting>,
}

unsafe extern "C" {
    static ws2_sanitizer_hooks: Hooks;
}

/// The hooks, where there are any. Not under the fuzz targets, which give lengths that their buffers do not have.
#[inline(always)]
fn hooks() -> Option<&'static Hooks> {
    if cfg!(fuzzing) {
        return None;
    }
    // SAFETY: the list above, which is filled in before any code of the library runs, and does not change.
    let hooks = unsafe { &ws2_sanitizer_hooks };
    (hooks.asan_load.is_some() || hooks.msan_unpoison.is_some() || hooks.tsan_acquire.is_some())
        .then_some(hooks)
}

/// Whether the program was compiled with a sanitizer.
#[must_use]
#[inline(always)]
pub fn is_there() -> bool {
    hooks().is_some()
}

fn tell(function: Option<OfRange>, address: usize, len: usize) {
    if let Some(function) = function {
        // SAFETY: a function of the run-time that is linked to the program; it looks at its own notes of that memory, which the
        // callers here have found to be there.
        unsafe { function(address, len) }
    }
}

/// Tells AddressSanitizer of the part that it does not like, if there is one: so it says what is wrong there.
fn tell_bad(hooks: &Hooks, function: Option<OfRange>, address: usize, len: usize) {
    let Some(find) = hooks.asan_find else { return };
    // SAFETY: as in `tell`; it only looks.
    let bad = unsafe { find(address, len) };
    if bad != 0 {
        tell(function, bad, address.wrapping_add(len).wrapping_sub(bad));
    }
}

/// What all who hand something over leave, and all who take something over find: ThreadSanitizer itself knows no more of
/// sockets than that.
static MEETING: u8 = 0;

#[inline(always)]
fn meet(which: impl Fn(&Hooks) -> Option<OfMeeting>, at: usize) {
    // SAFETY: the list above, which is filled in before any code of the library runs, and does not change.
    if let Some(function) = which(unsafe { &ws2_sanitizer_hooks }) {
        // SAFETY: a function of the run-time that is linked to the program; the address is a name for it.
        unsafe { function(at) }
    }
}

/// What this thread has done comes before what another does that takes something over: it sends, sets an event, posts a
/// packet, ends.
#[inline(always)]
pub fn hands_over() {
    meet(|hooks| hooks.tsan_release, (&raw const MEETING).addr());
}

/// The other side of [`hands_over`]: it has received, a wait of its has ended.
#[inline(always)]
pub fn takes_over() {
    meet(|hooks| hooks.tsan_acquire, (&raw const MEETING).addr());
}

/// This thread is going to give up a lock of the program's.
#[inline(always)]
pub fn unlocks<T>(lock: &T) {
    meet(|hooks| hooks.tsan_release, std::ptr::from_ref(lock).addr());
}

/// This thread has taken a lock of the program's.
#[inline(always)]
pub fn locks<T>(lock: &T) {
    meet(|hooks| hooks.tsan_acquire, std::ptr::from_ref(lock).addr());
}

/// These bytes of the program's are going to be sent.
pub fn sends(address: usize, len: usize) {
    let Some(hooks) = hooks() else { return };
    if len > 0 && memory::is_readable(address, len) {
        tell_bad(hooks, hooks.asan_load, address, len);
        tell(hooks.msan_check, address, len);
        tell(hooks.tsan_read, address, len);
    }
    hands_over();
}

/// This room of the program's is going to be received into.
pub fn lends(address: usize, len: usize) {
    let Some(hooks) = hooks() else { return };
    if len > 0 && memory::is_writable(address, len) {
        tell_bad(hooks, hooks.asan_store, address, len);
    }
}

/// These bytes have been received.
pub fn received(address: usize, len: usize) {
    let Some(hooks) = hooks() else { return };
    takes_over();
    if len > 0 {
        tell(hooks.msan_unpoison, address, len);
        tell(hooks.tsan_write, address, len);
    }
}

/// A result is written here, where memory was found that can be written.
#[inline(always)]
pub(in crate::sys) fn answers(address: usize, len: usize) {
    if let Some(hooks) = hooks() {
        tell_bad(hooks, hooks.asan_store, address, len);
        tell(hooks.msan_unpoison, address, len);
    }
}

/// Something that the library has written for the program. MemorySanitizer follows `memcpy`, by which what is copied from memory
/// of the library's own, of which it knows nothing, has no value.
#[inline(always)]
pub fn hands_out(address: usize, len: usize) {
    // SAFETY: the list above, which is filled in before any code of the library runs, and does not change.
    tell(unsafe { &ws2_sanitizer_hooks }.msan_unpoison, address, len);
}

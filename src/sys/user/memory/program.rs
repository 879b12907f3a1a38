//! Whether memory is among the program's own variables, or in the heap that grows behind them (`brk`): where most sets
//! of sockets and structures lie that are not on the stack. It is there for as long as the program runs, and can be
//! written unless the program itself takes that right away (COMPATIBILITY.md).
//!
//! Nothing is remembered of memory that can be unmapped, such as the heaps of other threads, large blocks, and
//! libraries that are loaded and let go.

use std::ffi::{CStr, c_int};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use syscalls::Sysno;

use super::page;
use crate::sys::call;
use crate::sys::process::sanitizer;

/// The variables: from, to.
static DATA: [AtomicUsize; 2] = [const { AtomicUsize::new(0) }; 2];

/// All that the program consists of, which can be read: constants and variables, in whole pages.
static IMAGE: [[AtomicUsize; 2]; PARTS] = [const { [const { AtomicUsize::new(0) }; 2] }; PARTS];

/// As many parts as programs mostly have; more are left out.
const PARTS: usize = 4;

/// Whether the loader was asked for the two above.
static ASKED: AtomicBool = AtomicBool::new(false);

/// Where the heap begins; all ones where that is not told. 0 until it was asked.
static HEAP: AtomicUsize = AtomicUsize::new(0);

const NOT_TOLD: usize = usize::MAX;

/// Whether everything from `start` to before `end` is there.
///
/// The kernel is asked where the heap begins when there is a place before its end that is none of the program's: a process's first
/// look at its own `/proc` takes as long as all else that `WSAStartup` does.
// Not inlined: what is on the stack is known before, and pays for nothing here.
#[inline(never)]
pub(super) fn holds(start: usize, end: usize) -> bool {
    ask_loader();
    is_within(&DATA, start, end)
        || match HEAP.load(Ordering::Relaxed) {
            0 => end <= end_of_heap() && find_heap() <= start,
            heap => heap <= start && end <= end_of_heap(),
        }
}

/// Whether everything from `start` to before `end` is part of the program, so that it can be read.
pub(super) fn is_part(start: usize, end: usize) -> bool {
    ask_loader();
    IMAGE.iter().any(|part| is_within(part, start, end))
}

fn is_within(bounds: &[AtomicUsize; 2], start: usize, end: usize) -> bool {
    let [from, to] = bounds;
    from.load(Ordering::Relaxed) <= start && end <= to.load(Ordering::Relaxed)
}

fn end_of_heap() -> usize {
    // SAFETY: asks libc for the present end, which it knows without a system call.
    unsafe { libc::sbrk(0) }.addr()
}

/// Asks the kernel, once in a process.
#[cold]
fn find_heap() -> usize {
    // A sanitizer is told of every result, so that the kernel is asked about every place.
    let heap = if sanitizer::is_there() { NOT_TOLD } else { beginning().unwrap_or(NOT_TOLD) };
    HEAP.store(heap, Ordering::Relaxed);
    heap
}

#[inline]
fn ask_loader() {
    // Acquire: what was found out before the word was set is seen with it.
    if !ASKED.load(Ordering::Acquire) {
        find_parts();
    }
}

/// Asks the loader, once in a process.
#[cold]
fn find_parts() {
    let mut told = Told::default();
    // SAFETY: the function is called during this call only, with the pointer to the local.
    unsafe { libc::dl_iterate_phdr(Some(first), (&raw mut told).cast()) };
    if sanitizer::is_there() {
        told.data = (0, 0);
    }
    for (bounds, (from, to)) in IMAGE.iter().chain([&DATA]).zip(told.image.into_iter().chain([told.data])) {
        let [from_at, to_at] = bounds;
        from_at.store(from, Ordering::Relaxed);
        to_at.store(to, Ordering::Relaxed);
    }
    ASKED.store(true, Ordering::Release);
}

/// What the loader tells of the program: from, to.
#[derive(Default)]
struct Told {
    image: [(usize, usize); PARTS],
    data: (usize, usize),
}

/// Of the first object, which is the program: its parts, and its variables without those that the loader has made
/// read-only.
unsafe extern "C" fn first(info: *mut libc::dl_phdr_info, _: usize, data: *mut libc::c_void) -> c_int {
    // SAFETY: the loader's description, and the local of `find`.
    let (info, told) = unsafe { (&*info, &mut *data.cast::<Told>()) };
    // SAFETY: as many headers as it says.
    let headers = unsafe { std::slice::from_raw_parts(info.dlpi_phdr, info.dlpi_phnum.into()) };
    let bounds = |header: &libc::Elf64_Phdr| {
        let begin = usize::try_from(info.dlpi_addr.wrapping_add(header.p_vaddr)).ok()?;
        Some((begin, begin.checked_add(usize::try_from(header.p_memsz).ok()?)?))
    };
    let of_type = |kind| headers.iter().filter(move |header| header.p_type == kind);
    let readable = of_type(libc::PT_LOAD).filter(|header| header.p_flags & libc::PF_R != 0);
    for (part, (begin, end)) in told.image.iter_mut().zip(readable.filter_map(bounds)) {
        // Rights are those of whole pages. Texts are looked at to the end of theirs.
        *part = (begin & !(page() - 1), end.checked_next_multiple_of(page()).unwrap_or(end));
    }
    let writable = of_type(libc::PT_LOAD).filter(|header| header.p_flags & libc::PF_W != 0);
    // The last one: where there are two, the first one is the loader's.
    let Some((begin, end)) = writable.filter_map(bounds).max() else { return 1 };
    let relocated = of_type(libc::PT_GNU_RELRO).filter_map(bounds).map(|(_, end)| end).max().unwrap_or(0);
    let begin = begin.max(relocated.next_multiple_of(page()));
    if begin < end {
        told.data = (begin, end);
    }
    1
}

/// Where the heap begins: field 47 of `/proc/self/stat`, in which a name in parentheses may hold anything. It is 0 where the first
/// thread has ended before the others; then the calling one's file tells.
fn beginning() -> Option<usize> {
    [c"/proc/self/stat", c"/proc/thread-self/stat"].into_iter().find_map(told_by)
}

fn told_by(path: &CStr) -> Option<usize> {
    let mut text = [0_u8; 1024];
    let path = path.as_ptr() as usize;
    let flags = (libc::O_RDONLY | libc::O_CLOEXEC).unsigned_abs() as usize;
    // The path is absolute, so that the first argument does not count.
    // SAFETY: a constant text, a local of the length given, and the descriptor that was just opened.
    let len = unsafe {
        let fd = call(Sysno::openat, [0, path, flags, 0, 0, 0]).ok()?;
        let len = call(Sysno::read, [fd, text.as_mut_ptr() as usize, text.len(), 0, 0, 0]);
        let _ = call(Sysno::close, [fd, 0, 0, 0, 0, 0]);
        len.ok()?
    };
    field(text.get(..len)?, 47).filter(|start| *start != 0)
}

fn field(stat: &[u8], number: usize) -> Option<usize> {
    let after_name = stat.iter().rposition(|byte| *byte == b')')? + 1;
    let text = std::str::from_utf8(stat.get(after_name..)?).ok()?;
    // The first one after the name is field 3.
    text.split_ascii_whitespace().nth(number - 3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_and_the_heap_and_nothing_else() {
        static mut VARIABLE: [u8; 100] = [1; 100];
        static mut ZEROS: [u8; 100] = [0; 100];
        static CONSTANT: [u8; 100] = [1; 100];
        let holds = |start: usize, len| super::holds(start, start + len);
        for start in [(&raw mut VARIABLE).addr(), (&raw mut ZEROS).addr()] {
            assert!(holds(start, 100));
            assert!(!holds(start, 1 << 40));
        }
        let constant = (&raw const CONSTANT).addr();
        assert!(!holds(constant, 100));
        assert!(is_part(constant, constant + 100) && !is_part(constant, constant + (1 << 40)));
        assert!(!is_part(0, 8) && !is_part(usize::MAX - 8, usize::MAX));
        let heap = find_heap();
        assert_ne!(heap, NOT_TOLD, "/proc/self/stat");
        let end = end_of_heap();
        assert!(end >= heap);
        if end > heap {
            assert!(holds(heap, end - heap) && holds(end - 1, 1));
            assert!(!holds(heap - 1, 2));
        }
        assert!(!holds(end - 1, 2) && !holds(end, 1));
        assert!(!holds(0, 8) && !holds(8, 8));
        let local = 0_u8;
        assert!(!holds((&raw const local).addr(), 1), "the stack");
        let large = vec![0_u8; 64 << 20];
        assert!(!holds(large.as_ptr().addr(), 1), "a block of its own");
    }

    #[test]
    fn fields_after_any_name() {
        let stat = b"1 (a) b) (c 9) S 4 5 6\n";
        assert_eq!(field(stat, 4), Some(4));
        assert_eq!(field(stat, 6), Some(6));
        assert_eq!(field(stat, 7), None);
        assert_eq!(field(b"", 4), None);
    }
}

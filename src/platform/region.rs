//! `VirtualAlloc`'s memory and views of files: what was reserved or mapped, since it is released as a whole and without its
//! size; which pages of it are committed, which the kernel does not tell from reserved ones where they have no rights; and
//! Windows' words for the rights on pages.
//!
//! One lock, `REGIONS`, which nothing is called under.

use super::code::Code;
use super::ranges::Ranges;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::process::fork::InChild;
use crate::sys::sorted::Sorted;

pub(crate) const MEM_COMMIT: u32 = 0x1000;
pub(crate) const MEM_RESERVE: u32 = 0x2000;
pub(crate) const MEM_DECOMMIT: u32 = 0x4000;
pub(crate) const MEM_RELEASE: u32 = 0x8000;
pub(crate) const MEM_FREE: u32 = 0x10000;
pub(crate) const MEM_PRIVATE: u32 = 0x2_0000;
pub(crate) const MEM_MAPPED: u32 = 0x4_0000;

pub(crate) const PAGE_NOACCESS: u32 = 1;
pub(crate) const PAGE_READONLY: u32 = 2;
pub(crate) const PAGE_READWRITE: u32 = 4;
pub(crate) const PAGE_WRITECOPY: u32 = 8;
pub(crate) const PAGE_EXECUTE: u32 = 0x10;
pub(crate) const PAGE_EXECUTE_READ: u32 = 0x20;
pub(crate) const PAGE_EXECUTE_READWRITE: u32 = 0x40;
pub(crate) const PAGE_EXECUTE_WRITECOPY: u32 = 0x80;

/// What addresses of regions are multiples of.
pub(crate) const GRANULARITY: usize = 0x1_0000;

/// What a region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `VirtualAlloc` has reserved it.
    Reserved,
    /// `MapViewOfFile` has mapped it, of memory without a file.
    View,
    /// Of a file.
    FileView,
}

impl Origin {
    /// Whether it is one of the two kinds of views.
    #[must_use]
    pub const fn is_view(self) -> bool {
        !matches!(self, Self::Reserved)
    }
}

/// A region.
#[derive(Debug)]
pub(super) struct Region {
    size: usize,
    origin: Origin,
    /// The rights that it was made with.
    protect: u32,
    /// Which of its pages are committed; a view's are not listed, since all of them are.
    committed: Ranges,
}

/// By address.
pub(super) type Regions = Sorted<usize, Region>;

/// Regions by address.
static REGIONS: Lock<Regions> = Lock::new(Rank::Regions, Sorted::new());

fn regions() -> Guard<Regions> {
    crate::fork::prepare_once();
    REGIONS.take()
}

/// For `fork`.
pub(super) fn hold() -> Option<Guard<Regions>> {
    REGIONS.take_for_fork()
}

pub(super) fn in_child(held: Option<Guard<Regions>>, child: InChild) {
    if held.is_none() {
        REGIONS.renew(Sorted::new(), child);
    }
}

/// Notes a region, and the rights that it was made with; no page of `VirtualAlloc`'s is committed yet.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`: it is to be given back.
pub fn note(at: usize, size: usize, origin: Origin, protect: u32) -> Result<(), Code> {
    regions().insert(at, Region { size, origin, protect, committed: Ranges::new() })?;
    Ok(())
}

/// The region that holds an address.
fn holding(regions: &Regions, at: usize) -> Option<&(usize, Region)> {
    regions.up_to(&at).filter(|(start, region)| at - start < region.size)
}

/// Notes pages as committed, or as reserved only.
///
/// # Errors
/// `ERROR_INVALID_ADDRESS`: no region holds them. `ERROR_NOT_ENOUGH_MEMORY`: nothing is noted.
pub fn commit(at: usize, size: usize, committed: bool) -> Result<(), Code> {
    let mut regions = regions();
    let &(start, _) = holding(&regions, at).ok_or(Code::ERROR_INVALID_ADDRESS)?;
    let region = regions.get_mut(&start).ok_or(Code::ERROR_INVALID_ADDRESS)?;
    let until = at.checked_add(size).filter(|until| until - start <= region.size);
    let until = until.ok_or(Code::ERROR_INVALID_ADDRESS)?;
    let pages = &mut region.committed;
    if committed {
        pages.add(at, until)?
    } else {
        pages.take(at, until)?
    }
    Ok(())
}

/// What is known of the region that holds an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is.
    pub origin: Origin,
    /// The rights that it was made with.
    pub protect: u32,
    /// Whether the page at the address is committed.
    pub committed: bool,
    /// Where pages end, from the address on, that are like it.
    pub alike: usize,
}

/// What is known of the region that holds an address.
#[must_use]
pub fn known(at: usize) -> Option<Known> {
    let regions = regions();
    let (start, region) = holding(&regions, at)?;
    let end = start.saturating_add(region.size);
    let (committed, change) = if region.origin.is_view() { (true, None) } else { region.committed.look(at) };
    let alike = change.unwrap_or(end);
    Some(Known { start: *start, end, origin: region.origin, protect: region.protect, committed, alike })
}

/// Forgets the region that begins at an address; its size.
///
/// # Errors
/// `ERROR_INVALID_ADDRESS`: none begins there. `ERROR_INVALID_PARAMETER`: it begins a view, of which only views are to be forgotten.
pub fn forget_reserved(at: usize) -> Result<usize, Code> {
    refuse_view(at, Code::ERROR_INVALID_PARAMETER)?;
    let mut regions = regions();
    regions.remove(&at).map(|region| region.size).ok_or(Code::ERROR_INVALID_ADDRESS)
}

/// Forgets the view that begins at an address; its size.
///
/// # Errors
/// `ERROR_INVALID_ADDRESS`: none begins there.
pub fn forget_view(at: usize) -> Result<usize, Code> {
    let mut regions = regions();
    let found = regions.get(&at).filter(|region| region.origin.is_view());
    let size = found.ok_or(Code::ERROR_INVALID_ADDRESS)?.size;
    regions.remove(&at);
    Ok(size)
}

/// What holds all of some memory.
#[must_use]
pub fn origin(at: usize, size: usize) -> Option<Origin> {
    let (start, _) = around(at, size)?;
    regions().get(&start).map(|region| region.origin)
}

/// Refuses what only `VirtualAlloc`'s memory is for.
///
/// # Errors
/// `code`: the address lies in a view.
pub fn refuse_view(at: usize, code: Code) -> Result<(), Code> {
    if origin(at, 1).is_some_and(Origin::is_view) { Err(code) } else { Ok(()) }
}

/// The region that holds all of some memory: its address and size.
#[must_use]
pub fn around(at: usize, size: usize) -> Option<(usize, usize)> {
    let regions = regions();
    let (start, region) = regions.up_to(&at)?;
    let end = at.checked_add(size)?;
    (end <= start.checked_add(region.size)?).then_some((*start, region.size))
}

/// The view that holds all of some memory: its address and size.
#[must_use]
pub fn view_around(at: usize, size: usize) -> Option<(usize, usize)> {
    let (start, len) = around(at, size.max(1))?;
    regions().get(&start)?.origin.is_view().then_some((start, len))
}

/// `PROT_…` bits for Windows' rights; the modifiers above 0xFF (guard, no cache) have no counterpart.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: not exactly one right.
pub const fn rights(protect: u32) -> Result<i32, Code> {
    match protect & 0xFF {
        PAGE_NOACCESS => Ok(libc::PROT_NONE),
        PAGE_READONLY => Ok(libc::PROT_READ),
        PAGE_READWRITE | PAGE_WRITECOPY => Ok(libc::PROT_READ | libc::PROT_WRITE),
        PAGE_EXECUTE => Ok(libc::PROT_EXEC),
        PAGE_EXECUTE_READ => Ok(libc::PROT_READ | libc::PROT_EXEC),
        PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY => {
            Ok(libc::PROT_READ | libc::PROT_WRITE | libc::PROT_EXEC)
        }
        _ => Err(Code::ERROR_INVALID_PARAMETER),
    }
}

/// Whether rights are of pages that are copied when they are written, which only views and files' pages are.
#[must_use]
pub const fn copies(protect: u32) -> bool {
    matches!(protect & 0xFF, PAGE_WRITECOPY | PAGE_EXECUTE_WRITECOPY)
}

/// Whether pages of a view may get other rights: what is written or run only where the view was mapped for that.
#[must_use]
pub fn view_allows(view: u32, protect: u32) -> bool {
    let runs = |protect: u32| protect & 0xF0 != 0;
    let writes = matches!(protect & 0xFF, PAGE_READWRITE | PAGE_EXECUTE_READWRITE);
    let reads_only = matches!(view, PAGE_READONLY | PAGE_EXECUTE_READ);
    !(writes && reads_only) && (runs(view) || !runs(protect))
}

/// What pages of a view are told as: the kernel does not say that they are copied when they are written.
#[must_use]
pub const fn of_view(view: u32, protect: u32) -> u32 {
    match protect {
        PAGE_READWRITE if copies(view) => PAGE_WRITECOPY,
        PAGE_EXECUTE_READWRITE if copies(view) => PAGE_EXECUTE_WRITECOPY,
        _ => protect,
    }
}

/// Windows' rights for those of a line of the kernel's list of mappings, `rw-p`.
#[must_use]
pub fn protection(line: &str) -> u32 {
    match line.get(..3) {
        Some("r--") => PAGE_READONLY,
        Some("rw-" | "-w-") => PAGE_READWRITE,
        Some("--x") => PAGE_EXECUTE,
        Some("r-x") => PAGE_EXECUTE_READ,
        Some("rwx" | "-wx") => PAGE_EXECUTE_READWRITE,
        _ => PAGE_NOACCESS,
    }
}

/// A mapping of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Windows' rights; 0 for what is free.
    pub protect: u32,
    /// `MEM_PRIVATE` or `MEM_MAPPED`; 0 for what is free.
    pub kind: u32,
}

/// The mapping that holds an address, or the free room around it, from the kernel's list.
#[must_use]
pub fn mapping(list: &str, at: usize) -> Mapping {
    let mut free_from = 0;
    for line in list.lines() {
        let mut fields = line.split_ascii_whitespace();
        let Some((start, end)) = fields.next().and_then(|range| range.split_once('-')) else { continue };
        let hexadecimal = |digits: &str| usize::from_str_radix(digits, 16).unwrap_or(usize::MAX);
        let (start, end) = (hexadecimal(start), hexadecimal(end));
        if at < start {
            return Mapping { start: free_from, end: start, protect: 0, kind: 0 };
        }
        if at < end {
            let rights = fields.next().unwrap_or("---p");
            let file = fields.nth(2).is_some_and(|inode| inode != "0");
            let kind = if file { MEM_MAPPED } else { MEM_PRIVATE };
            return Mapping { start, end, protect: protection(rights), kind };
        }
        free_from = end;
    }
    Mapping { start: free_from, end: usize::MAX, protect: 0, kind: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_goes_as_a_whole() {
        note(0x70_0000, 0x3000, Origin::Reserved, PAGE_READWRITE).unwrap();
        assert_eq!(around(0x70_0000, 0x3000), Some((0x70_0000, 0x3000)));
        assert_eq!(around(0x70_1000, 0x2000), Some((0x70_0000, 0x3000)));
        assert_eq!(around(0x70_1000, 0x2001), None);
        assert_eq!(around(0x70_1000, usize::MAX), None);
        assert_eq!(around(0x6F_FFFF, 1), None);
        assert_eq!(forget_reserved(0x70_1000), Err(Code::ERROR_INVALID_ADDRESS));
        assert_eq!(forget_view(0x70_0000), Err(Code::ERROR_INVALID_ADDRESS));
        assert_eq!(forget_reserved(0x70_0000), Ok(0x3000));
        assert_eq!(forget_reserved(0x70_0000), Err(Code::ERROR_INVALID_ADDRESS));
        note(0x80_0000, 0x1000, Origin::FileView, PAGE_READONLY).unwrap();
        assert_eq!(forget_reserved(0x80_0000), Err(Code::ERROR_INVALID_PARAMETER));
        assert_eq!(forget_reserved(0x80_0010), Err(Code::ERROR_INVALID_PARAMETER));
        assert_eq!(forget_view(0x80_0000), Ok(0x1000));
    }

    #[test]
    fn pages_are_committed_one_by_one() {
        note(0x90_0000, 0x4000, Origin::Reserved, PAGE_EXECUTE).unwrap();
        let found = |at| known(at).map(|known| (known.committed, known.alike));
        assert_eq!(found(0x90_0000), Some((false, 0x90_4000)));
        commit(0x90_1000, 0x2000, true).unwrap();
        assert_eq!(found(0x90_0000), Some((false, 0x90_1000)));
        assert_eq!(found(0x90_1000), Some((true, 0x90_3000)));
        commit(0x90_1000, 0x1000, false).unwrap();
        assert_eq!(found(0x90_0000), Some((false, 0x90_2000)));
        let known_now = known(0x90_2000).unwrap();
        assert_eq!((known_now.start, known_now.end, known_now.protect), (0x90_0000, 0x90_4000, PAGE_EXECUTE));
        assert_eq!(commit(0x90_3000, 0x1001, true), Err(Code::ERROR_INVALID_ADDRESS));
        assert_eq!(commit(0x90_3000, usize::MAX, true), Err(Code::ERROR_INVALID_ADDRESS));
        assert_eq!(forget_reserved(0x90_0000), Ok(0x4000));
        assert_eq!(commit(0x90_0000, 0x1000, true), Err(Code::ERROR_INVALID_ADDRESS));
        assert_eq!(found(0x90_0000), None);
    }

    #[test]
    fn rights_there_and_back() {
        for (windows, linux, line) in [
            (PAGE_NOACCESS, 0, "---p"),
            (PAGE_READONLY, 1, "r--p"),
            (PAGE_READWRITE, 3, "rw-p"),
            (PAGE_EXECUTE, 4, "--xp"),
            (PAGE_EXECUTE_READ, 5, "r-xp"),
            (PAGE_EXECUTE_READWRITE, 7, "rwxp"),
        ] {
            assert_eq!(rights(windows), Ok(linux));
            assert_eq!(rights(windows | 0x100), Ok(linux));
            assert_eq!(protection(line), windows);
        }
        for bad in [0, 3, 6, 0x100, 0xFF] {
            assert_eq!(rights(bad), Err(Code::ERROR_INVALID_PARAMETER), "{bad:#x}");
        }
    }

    #[test]
    fn rights_of_views() {
        for (view, allowed, told) in [
            (PAGE_READONLY, 0x0B, PAGE_READWRITE),
            (PAGE_READWRITE, 0x0F, PAGE_READWRITE),
            (PAGE_WRITECOPY, 0x0F, PAGE_WRITECOPY),
            (PAGE_EXECUTE_READ, 0xBB, PAGE_READWRITE),
            (PAGE_EXECUTE_READWRITE, 0xFF, PAGE_READWRITE),
            (PAGE_EXECUTE_WRITECOPY, 0xFF, PAGE_WRITECOPY),
        ] {
            for right in (0..8).map(|bit| 1 << bit) {
                assert_eq!(view_allows(view, right), allowed & right != 0, "{view:#x} {right:#x}");
            }
            assert_eq!(of_view(view, PAGE_READWRITE), told);
            assert_eq!(of_view(view, PAGE_READONLY), PAGE_READONLY);
        }
    }

    #[test]
    fn lines_of_the_kernel() {
        let list = "1000-3000 r-xp 00000000 08:01 17 /bin/x\n5000-6000 rw-p 00000000 00:00 0 [heap]\n";
        let found = |at| mapping(list, at);
        assert_eq!(found(0), Mapping { start: 0, end: 0x1000, protect: 0, kind: 0 });
        assert_eq!(found(0x2FFF), Mapping { start: 0x1000, end: 0x3000, protect: 0x20, kind: MEM_MAPPED });
        assert_eq!(found(0x4000), Mapping { start: 0x3000, end: 0x5000, protect: 0, kind: 0 });
        assert_eq!(found(0x5000), Mapping { start: 0x5000, end: 0x6000, protect: 4, kind: MEM_PRIVATE });
        assert_eq!(found(0x9000), Mapping { start: 0x6000, end: usize::MAX, protect: 0, kind: 0 });
    }
}

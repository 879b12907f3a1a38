//! What the holder of a handle may do with the object: Windows' access masks.

use super::object::Kind;

/// To wait for it.
pub(super) const SYNCHRONIZE: u32 = 0x0010_0000;
/// To set or reset an event, to release a semaphore, to set a timer, to post to a port and to take from it.
pub(super) const MODIFY_STATE: u32 = 2;
/// To end a thread.
pub(super) const THREAD_TERMINATE: u32 = 1;
/// To suspend and resume a thread.
pub(super) const THREAD_SUSPEND_RESUME: u32 = 2;
/// To queue routines to a thread.
pub(super) const THREAD_SET_CONTEXT: u32 = 0x10;
/// To end a process.
pub(super) const PROCESS_TERMINATE: u32 = 1;
/// To set a thread's priority and name; the second one suffices for either.
pub(super) const THREAD_SET_LIMITED_INFORMATION: u32 = 0x400;
/// To ask for a thread's exit code, priority and number.
pub(super) const THREAD_QUERY_LIMITED_INFORMATION: u32 = 0x800;
/// To ask for a process' exit code and number; PROCESS_QUERY_INFORMATION brings it.
pub(super) const PROCESS_QUERY_LIMITED_INFORMATION: u32 = 0x1000;
const PROCESS_QUERY_INFORMATION: u32 = 0x400;

const STANDARD: u32 = 0x001F_0000;

/// Every right to a kind of object: `EVENT_ALL_ACCESS` and the like.
pub(super) const fn all(kind: Kind) -> u32 {
    match kind {
        Kind::Event | Kind::Semaphore | Kind::Timer | Kind::Port => STANDARD | 3,
        Kind::Mutex => STANDARD | 1,
        Kind::Thread | Kind::Process => STANDARD | 0xFFFF,
        // SECTION_ALL_ACCESS, without what nobody can do with it: to wait.
        Kind::Section => 0x000F_001F,
    }
}

/// The rights that a caller gets for what it asks for: the general rights become the kind's own, and the larger of two
/// rights of a thread brings the smaller.
pub(super) const fn granted(kind: Kind, asked: u32) -> u32 {
    const GENERIC_READ: u32 = 0x8000_0000;
    const GENERIC_WRITE: u32 = 0x4000_0000;
    const GENERIC_EXECUTE: u32 = 0x2000_0000;
    const GENERIC_ALL: u32 = 0x1000_0000;
    const MAXIMUM_ALLOWED: u32 = 0x0200_0000;
    const READ_CONTROL: u32 = 0x0002_0000;
    const THREAD_SET_INFORMATION: u32 = 0x20;
    const THREAD_QUERY_INFORMATION: u32 = 0x40;

    let every = all(kind);
    if asked & (GENERIC_ALL | MAXIMUM_ALLOWED) != 0 {
        return every;
    }
    let thread = matches!(kind, Kind::Thread | Kind::Process);
    let section = matches!(kind, Kind::Section);
    let mut rights = asked & every;
    if asked & GENERIC_READ != 0 {
        rights |= READ_CONTROL
            | if thread {
                0x48
            } else if section {
                5
            } else {
                1
            };
    }
    if asked & GENERIC_WRITE != 0 {
        rights |= READ_CONTROL | if thread { 0x437 } else { MODIFY_STATE };
    }
    if asked & GENERIC_EXECUTE != 0 {
        rights |= READ_CONTROL
            | SYNCHRONIZE
            | if thread {
                THREAD_QUERY_LIMITED_INFORMATION
            } else if section {
                8
            } else {
                0
            };
    }
    if thread && rights & THREAD_SET_INFORMATION != 0 {
        rights |= THREAD_SET_LIMITED_INFORMATION;
    }
    if thread && rights & THREAD_QUERY_INFORMATION != 0 {
        rights |= THREAD_QUERY_LIMITED_INFORMATION;
    }
    if matches!(kind, Kind::Process) && rights & PROCESS_QUERY_INFORMATION != 0 {
        rights |= PROCESS_QUERY_LIMITED_INFORMATION;
    }
    rights & every
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn general_rights_become_the_kinds_own() {
        for (kind, asked, expected) in [
            (Kind::Event, 0x001F_0003, 0x001F_0003),
            (Kind::Event, 0x0010_0000, SYNCHRONIZE),
            (Kind::Event, 0x0200_0000, 0x001F_0003),
            (Kind::Event, 0x4000_0000, 0x0002_0002),
            (Kind::Mutex, 0x1000_0000, 0x001F_0001),
            (Kind::Semaphore, 0x2000_0000, 0x0012_0000),
            (Kind::Thread, 0x40, 0x840),
            (Kind::Thread, 0x20, 0x420),
            (Kind::Event, 0, 0),
            (Kind::Section, 0x8000_0000, 0x0002_0005),
            (Kind::Section, 0x2000_0000, 0x0002_0008),
        ] {
            assert_eq!(granted(kind, asked), expected, "{kind:?} {asked:#x}");
        }
    }
}

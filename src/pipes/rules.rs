//! What `CreateNamedPipe` lays down for all instances of a pipe, and what a client may do by that.

use crate::kernel::code::Code;

/// An end may read.
pub(crate) const READ: u32 = 1;
/// An end may write.
pub(crate) const WRITE: u32 = 2;

const FILE_FLAG_WRITE_THROUGH: u32 = 0x8000_0000;
const FILE_FLAG_OVERLAPPED: u32 = 0x4000_0000;
const FILE_FLAG_FIRST_PIPE_INSTANCE: u32 = 0x0008_0000;
/// WRITE_DAC and ACCESS_SYSTEM_SECURITY; WRITE_OWNER is the same bit as FILE_FLAG_FIRST_PIPE_INSTANCE.
const SECURITY: u32 = 0x0104_0000;

/// Calls end at once.
pub(crate) const NOWAIT: u32 = 1;
/// Messages are read one by one.
pub(crate) const READMODE_MESSAGE: u32 = 2;
/// What is written is a message.
pub(crate) const TYPE_MESSAGE: u32 = 4;
const REJECT_REMOTE_CLIENTS: u32 = 8;

/// How many instances mean: as many as there is room for.
pub(crate) const UNLIMITED: u32 = 255;

/// What holds for all instances of a pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rules {
    /// What the server's end may do.
    pub(crate) access: u32,
    /// What is written is kept apart.
    pub(crate) messages: bool,
    /// The most instances at a time.
    pub(crate) most: u32,
    /// How long `WaitNamedPipe` waits where nothing else is said, in milliseconds.
    pub(crate) time: u32,
    /// Sizes that the server recommends: for what it writes, and for what it reads.
    pub(crate) sizes: [u32; 2],
}

/// What `CreateNamedPipe` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// For all instances.
    pub(crate) rules: Rules,
    /// This one has to be the first.
    pub(crate) first: bool,
    /// Operations may end later.
    pub(crate) overlapped: bool,
    /// This instance's mode.
    pub(crate) mode: u32,
}

/// Reads the arguments of `CreateNamedPipe`.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: a bit that does not exist, no direction, reading by messages where there are none, 0 instances or more
/// than 255.
pub(crate) fn wanted(open: u32, pipe: u32, most: u32, sizes: [u32; 2], time: u32) -> Result<Wanted, Code> {
    const DIRECTIONS: u32 = READ | WRITE;
    const DEFAULT_TIME: u32 = 50;
    let known = DIRECTIONS
        | FILE_FLAG_WRITE_THROUGH
        | FILE_FLAG_OVERLAPPED
        | FILE_FLAG_FIRST_PIPE_INSTANCE
        | SECURITY;
    let access = open & DIRECTIONS;
    let messages = pipe & TYPE_MESSAGE != 0;
    if open & !known != 0
        || access == 0
        || pipe & !(NOWAIT | READMODE_MESSAGE | TYPE_MESSAGE | REJECT_REMOTE_CLIENTS) != 0
        || pipe & READMODE_MESSAGE != 0 && !messages
        || !(1..=UNLIMITED).contains(&most)
    {
        return Err(Code::INVALID_PARAMETER);
    }
    let time = if time == 0 { DEFAULT_TIME } else { time };
    Ok(Wanted {
        rules: Rules { access, messages, most, time, sizes },
        first: open & FILE_FLAG_FIRST_PIPE_INSTANCE != 0,
        overlapped: open & FILE_FLAG_OVERLAPPED != 0,
        mode: pipe & (NOWAIT | READMODE_MESSAGE),
    })
}

/// What a client may do that has asked for these rights: PIPE_ACCESS_INBOUND is the client's to write.
///
/// # Errors
/// `ERROR_ACCESS_DENIED`: the pipe goes the other way.
pub(crate) fn client(server: u32, desired: u32) -> Result<u32, Code> {
    const GENERIC_READ: u32 = 0x8000_0000;
    const GENERIC_WRITE: u32 = 0x4000_0000;
    const GENERIC_ALL: u32 = 0x1000_0000;
    let has = |bits: u32, right: u32| if desired & bits != 0 { right } else { 0 };
    // FILE_READ_DATA and FILE_WRITE_DATA have the numbers of the rights here.
    let wanted = has(GENERIC_READ | READ, READ) | has(GENERIC_WRITE | WRITE, WRITE);
    let allowed = (server & READ) << 1 | (server & WRITE) >> 1;
    let wanted = if desired & GENERIC_ALL != 0 { wanted | READ | WRITE } else { wanted };
    if wanted & !allowed != 0 { Err(Code::ACCESS_DENIED) } else { Ok(wanted) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments() {
        // dwOpenMode, dwPipeMode, nMaxInstances: access, messages, first, overlapped, mode.
        for ((open, pipe, most), expected) in [
            ((3, 0, 1), Some((3, false, false, false, 0))),
            ((1, 4, 255), Some((1, true, false, false, 0))),
            ((2, 6, 1), Some((2, true, false, false, 2))),
            ((0x4000_0003, 7, 1), Some((3, true, false, true, 3))),
            ((0x0008_0003, 8, 1), Some((3, false, true, false, 0))),
            ((0x8104_0003, 0, 1), Some((3, false, false, false, 0))),
            ((0, 0, 1), None),
            ((0x4000_0000, 0, 1), None),
            ((0x13, 0, 1), None),
            ((3, 2, 1), None),
            ((3, 0x10, 1), None),
            ((3, 0, 0), None),
            ((3, 0, 256), None),
        ] {
            let told = wanted(open, pipe, most, [0; 2], 0).map(|wanted| {
                assert_eq!((wanted.rules.most, wanted.rules.time), (most, 50));
                (wanted.rules.access, wanted.rules.messages, wanted.first, wanted.overlapped, wanted.mode)
            });
            assert_eq!(told, expected.ok_or(Code::INVALID_PARAMETER), "{open:#x} {pipe:#x} {most}");
        }
    }

    #[test]
    fn rights_of_clients() {
        let (read, write, all) = (0x8000_0000, 0x4000_0000, 0x1000_0000);
        for (server, desired, expected) in [
            (3, read | write, Some(3)),
            (3, all, Some(3)),
            (3, 0, Some(0)),
            (3, 0x80, Some(0)),
            (1, write, Some(WRITE)),
            (1, read, None),
            (1, read | write, None),
            (2, read, Some(READ)),
            (2, write, None),
            (2, 2, None),
            (2, 1, Some(READ)),
        ] {
            assert_eq!(client(server, desired).ok(), expected, "{server} {desired:#x}");
        }
    }
}

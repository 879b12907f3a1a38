//! The `flags` of sending and receiving: which of Windows' bits each takes, and what is said to the others.

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::net::transfer::Ask;
use crate::windows::abi::{
    MSG_DONTROUTE, MSG_INTERRUPT, MSG_OOB, MSG_PARTIAL, MSG_PEEK, MSG_PUSH_IMMEDIATE, MSG_WAITALL,
};

/// Every bit that Winsock has a name for.
const KNOWN: i32 =
    MSG_OOB | MSG_PEEK | MSG_DONTROUTE | MSG_WAITALL | MSG_INTERRUPT | MSG_PUSH_IMMEDIATE | MSG_PARTIAL;

/// What a receiving call is asked for beside its data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Receive {
    /// What the kernel is told.
    pub ask: Ask,
    /// Wait until the buffer is full.
    pub fill: bool,
}

/// What the flags of a sending call ask for: MSG_OOB, and MSG_DONTROUTE, which Windows' providers ignore (Q3).
///
/// # Errors
/// `WSAEINVAL` for a bit that has no name, `WSAEOPNOTSUPP` for one that is not for sending; an unknown bit
/// wins (Q1).
pub fn for_sending(flags: i32) -> Result<Ask, Failure> {
    only(flags, MSG_OOB | MSG_DONTROUTE)?;
    Ok(Ask { oob: flags & MSG_OOB != 0, peek: false })
}

/// What the flags of a receiving call ask for. MSG_PUSH_IMMEDIATE is a hint and has no effect.
///
/// # Errors
/// `WSAEINVAL` for a bit that has no name; `WSAEOPNOTSUPP` for one that is not for receiving, and for
/// MSG_WAITALL beside MSG_OOB or MSG_PEEK.
pub fn for_receiving(flags: i32) -> Result<Receive, Failure> {
    only(flags, MSG_OOB | MSG_PEEK | MSG_WAITALL | MSG_PUSH_IMMEDIATE)?;
    let fill = flags & MSG_WAITALL != 0;
    if fill && flags & (MSG_OOB | MSG_PEEK) != 0 {
        return Err(
            WsaError::WSAEOPNOTSUPP.because("MSG_WAITALL goes neither with MSG_OOB nor with MSG_PEEK")
        );
    }
    Ok(Receive { ask: Ask { oob: flags & MSG_OOB != 0, peek: flags & MSG_PEEK != 0 }, fill })
}

fn only(flags: i32, accepted: i32) -> Result<(), Failure> {
    if flags & !KNOWN != 0 {
        return Err(WsaError::WSAEINVAL.because("flags hold a bit that has no meaning"));
    }
    if flags & !accepted != 0 {
        return Err(WsaError::WSAEOPNOTSUPP.because("flags hold a bit that is not for this call"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// F1 to F7 under Q1 and Q3: every single bit, and the combinations that decide.
    #[test]
    fn sending() {
        let plain = Ok(Ask::PLAIN);
        let oob = Ok(Ask { oob: true, peek: false });
        for bit in 0..32 {
            let flags = 1_i32.rotate_left(bit);
            let expected = match flags {
                MSG_OOB => oob,
                MSG_DONTROUTE => plain,
                MSG_PEEK | MSG_WAITALL | MSG_INTERRUPT | MSG_PUSH_IMMEDIATE | MSG_PARTIAL => {
                    Err(WsaError::WSAEOPNOTSUPP)
                }
                _ => Err(WsaError::WSAEINVAL),
            };
            assert_eq!(for_sending(flags).map_err(|failure| failure.code), expected, "{flags:#x}");
        }
        let rows = [
            (0, plain),
            (MSG_OOB | MSG_DONTROUTE, oob),
            (MSG_OOB | MSG_PEEK, Err(WsaError::WSAEOPNOTSUPP)),
            (MSG_PEEK | 0x40, Err(WsaError::WSAEINVAL)),
            (-1, Err(WsaError::WSAEINVAL)),
            (i32::MIN, Err(WsaError::WSAEINVAL)),
        ];
        for (flags, expected) in rows {
            assert_eq!(for_sending(flags).map_err(|failure| failure.code), expected, "{flags:#x}");
        }
    }

    #[test]
    fn receiving() {
        let rows = [
            (0, Ok((false, false, false))),
            (MSG_OOB, Ok((true, false, false))),
            (MSG_PEEK, Ok((false, true, false))),
            (MSG_PEEK | MSG_OOB, Ok((true, true, false))),
            (MSG_WAITALL, Ok((false, false, true))),
            (MSG_WAITALL | MSG_PUSH_IMMEDIATE, Ok((false, false, true))),
            (MSG_WAITALL | MSG_PEEK, Err(WsaError::WSAEOPNOTSUPP)),
            (MSG_WAITALL | MSG_OOB, Err(WsaError::WSAEOPNOTSUPP)),
            (MSG_DONTROUTE, Err(WsaError::WSAEOPNOTSUPP)),
            (MSG_PARTIAL, Err(WsaError::WSAEOPNOTSUPP)),
            (MSG_INTERRUPT, Err(WsaError::WSAEOPNOTSUPP)),
            (0x40, Err(WsaError::WSAEINVAL)),
            (-1, Err(WsaError::WSAEINVAL)),
        ];
        for (flags, expected) in rows {
            let got = for_receiving(flags).map(|r| (r.ask.oob, r.ask.peek, r.fill)).map_err(|f| f.code);
            assert_eq!(got, expected, "{flags:#x}");
        }
    }
}

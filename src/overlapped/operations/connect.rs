//! `ConnectEx`: connects a socket, and then sends the first data.

use super::{Attempt, NO_MEMORY, Next, Prepared, Started, count, hold};
use crate::descriptor::{self, Identity};
use crate::error::failure::Failure;
use crate::overlapped::operation::{Completion, Direction, Held};
use crate::overlapped::request::Wish;
use crate::overlapped::side::Side;
use crate::socket::connect;
use crate::socket::transfer::sendto;
use crate::sys::net::transfer::Ask;
use crate::sys::shared::Arc;
use crate::sys::{Address, Pieces, UserAddress};
use crate::windows::status;

struct Connect {
    socket: Identity,
    /// A copy: the program may have its memory back at once (CX3).
    load: Vec<u8>,
    sent: usize,
    made: bool,
    /// It could not be made, as the network has said at once.
    failure: Option<Failure>,
}

impl Attempt for Connect {
    const NAME: &'static str = "ConnectEx";

    fn attempt(&mut self, held: &Held<'_>) -> Result<Option<Completion>, Failure> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        self.made = self.made || connect::is_made(held.fd())?;
        if !self.made {
            return Ok(None);
        }
        let nobody = UserAddress::ABSENT;
        let pieces = Pieces::of_bytes(&self.load);
        let end = self.load.len();
        let done = end == 0 || sendto::step(held, &pieces, &mut self.sent, end, nobody, &[], Ask::PLAIN)?;
        Ok(done.then(|| Completion { status: status::SUCCESS, bytes: count(end) }))
    }

    fn moved(&self) -> u32 {
        count(self.sent)
    }

    fn after(self, completion: Completion, _: &Arc<Side>) -> Next {
        let _ = self.socket.update(|record| {
            record.reserved = false;
            record.wants_context = completion.status == status::SUCCESS;
        });
        Next::Tell(completion, 0)
    }
}

/// Begins to connect.
///
/// # Errors
/// See `ConnectEx` in [`crate::ffi`], which lists every code.
pub(crate) fn begin(socket: usize, address: &Address, load: Vec<u8>, wish: Wish) -> Result<Started, Failure> {
    wish.overlapped.begin(status::PENDING);
    let held = hold(socket)?;
    let side = Side::make(&held)?;
    let socket = descriptor::identify(held.fd())?;
    let mut prepared = None;
    let begun = connect::begin_later(&held, address, || {
        prepared = Some(Prepared::new(&side, wish)?);
        Ok(())
    });
    let (failure, prepared) = match (begun, prepared) {
        (Ok(failure), Some(prepared)) => (failure, prepared),
        (Ok(_), None) => return Err(NO_MEMORY),
        (Err(failure), prepared) => {
            if let Some(prepared) = prepared {
                prepared.drop_untold();
            }
            return Err(failure);
        }
    };
    let what = Connect { socket, load, sent: 0, made: false, failure };
    prepared.begin(held, &side, Direction::Connect, what)
}

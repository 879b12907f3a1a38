//! Functions of the program that the thread pool calls when operations on a socket have ended (CP25, CP26).

use super::association;
use super::attached::Destination;
use crate::kernel::code::Code;
use crate::kernel::pool::{self, Callback, Ends, Environment, Kind, Of};
use crate::kernel::port::Packet;
use crate::sys::shared::Arc;

/// What a socket has in the place of a completion port.
pub(crate) struct Callbacks {
    ends: Ends,
    /// Nothing but the socket refers to it: it ends with that.
    is_sockets: bool,
}

impl Callbacks {
    /// An operation has ended. `false`: no memory to note it.
    pub(crate) fn post(&self, packet: Packet) -> bool {
        self.ends.post(packet)
    }
}

impl Drop for Callbacks {
    fn drop(&mut self) {
        if self.is_sockets {
            self.ends.close();
        }
    }
}

/// `BindIoCompletionCallback`: a function that is called for each operation of a socket that ends.
///
/// # Errors
/// Those of [`association::associate`]; those of [`pool::create_work`].
pub(crate) fn bind(socket: usize, callback: Callback) -> Result<(), Code> {
    const NORMAL: usize = 1;
    let wanted = Environment { priority: NORMAL, ..Environment::default() };
    let ends = pool::create_io(callback, 0, wanted, Kind::Bound)?;
    let callbacks = Arc::try_new(Callbacks { ends, is_sockets: true })?;
    association::associate_with(socket, Destination::Callbacks(callbacks))
}

/// `CreateThreadpoolIo`: the same, for operations that the program says beforehand; its pointer to the object.
///
/// # Errors
/// Those of [`bind`].
pub(crate) fn create(
    socket: usize,
    callback: Callback,
    context: usize,
    wanted: Environment,
) -> Result<usize, Code> {
    let ends = pool::create_io(callback, context, wanted, Kind::Io)?;
    let callbacks =
        Arc::try_new(Callbacks { ends: ends.clone(), is_sockets: false }).inspect_err(|_| ends.close())?;
    // The association comes last: it is for the socket's life.
    let number = pool::publish(&ends)?;
    association::associate_with(socket, Destination::Callbacks(callbacks))
        .inspect_err(|_| pool::close(number, Of::Io))?;
    Ok(number)
}

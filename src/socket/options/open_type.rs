//! SO_OPENTYPE: belongs to the thread, not to a socket, which need not be one (O14).

use std::cell::Cell;

use super::form::{Answer, Form};
use crate::error::failure::Failure;

thread_local! {
    static OPEN_TYPE: Cell<u32> = const { Cell::new(0) };
}

/// Remembers it. Sockets are the same with every value.
pub(super) fn set(value: &[u8]) -> Result<(), Failure> {
    let number = Form::SocketWhole.parse(value)?;
    let _ = OPEN_TYPE.try_with(|place| place.set(number));
    Ok(())
}

pub(super) fn get(room: usize) -> Answer {
    Form::SocketWhole.print(OPEN_TYPE.try_with(Cell::get).unwrap_or(0), room)
}

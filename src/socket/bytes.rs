//! Values of options and commands on their way in and out. Most are short, and need no memory of their own; for a long one
//! the memory may be refused, which is an error and no end of the program.

use smallvec::SmallVec;

use crate::error::WsaError;
use crate::error::failure::Failure;

/// A value.
pub type Bytes = SmallVec<[u8; 40]>;

const NO_MEMORY: Failure = WsaError::WSAENOBUFS.because("no memory for a value");

/// Adds to a value.
///
/// # Errors
/// `WSAENOBUFS`.
pub fn add(bytes: &mut Bytes, more: &[u8]) -> Result<(), Failure> {
    bytes.try_reserve(more.len()).map_err(|_| NO_MEMORY)?;
    bytes.extend_from_slice(more);
    Ok(())
}

/// Adds zeros to a value, up to a length.
///
/// # Errors
/// `WSAENOBUFS`.
pub fn fill_up(bytes: &mut Bytes, len: usize) -> Result<(), Failure> {
    bytes.try_reserve(len.saturating_sub(bytes.len())).map_err(|_| NO_MEMORY)?;
    bytes.resize(len.max(bytes.len()), 0);
    Ok(())
}

/// A value with these bytes.
///
/// # Errors
/// `WSAENOBUFS`.
pub fn of(from: &[u8]) -> Result<Bytes, Failure> {
    let mut bytes = Bytes::new();
    add(&mut bytes, from)?;
    Ok(bytes)
}

/// A copy that is kept for long.
///
/// # Errors
/// `WSAENOBUFS`.
pub fn kept(from: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(from.len()).map_err(|_| NO_MEMORY)?;
    bytes.extend_from_slice(from);
    Ok(bytes)
}

/// As many zeros.
///
/// # Errors
/// `WSAENOBUFS`.
pub fn zeros(len: usize) -> Result<Bytes, Failure> {
    let mut bytes = Bytes::new();
    fill_up(&mut bytes, len)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_values() {
        for len in [0, 1, 4, 40, 41, 628] {
            assert_eq!(zeros(len).as_deref().map_err(|f| f.code), Ok(&vec![0; len][..]));
            let bytes: Vec<u8> = (0..len).map(|at| at.to_le_bytes()[0]).collect();
            assert_eq!(of(&bytes).as_deref().map_err(|f| f.code), Ok(&bytes[..]));
        }
        assert_eq!(zeros(usize::MAX).map_err(|failure| failure.code), Err(WsaError::WSAENOBUFS));
    }
}

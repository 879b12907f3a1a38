//! Standard error, in whole lines.

use syscalls::Sysno;

/// Writes the bytes with one call; what cannot be written is dropped, since a trace must not stop a program.
pub fn write(bytes: &[u8]) {
    write_to(2, bytes);
}

/// Likewise, to another descriptor.
pub(in crate::sys) fn write_to(descriptor: usize, bytes: &[u8]) {
    // SAFETY: the kernel only reads the bytes, which are borrowed for the time of the call.
    let _ = unsafe {
        crate::sys::call(Sysno::write, [descriptor, bytes.as_ptr() as usize, bytes.len(), 0, 0, 0])
    };
}

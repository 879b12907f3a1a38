//! What is no socket, and memory that must not be touched.

use ws2_32::ffi::types::SOCKET;

use super::calls::of;

/// Descriptors that are no sockets, and numbers that are no descriptors; what owns them.
pub fn no_sockets() -> (Vec<SOCKET>, Vec<std::os::fd::OwnedFd>) {
    let file = std::fs::File::open("/proc/self/exe").unwrap();
    let directory = std::fs::File::open("/").unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    let owners: Vec<std::os::fd::OwnedFd> = vec![file.into(), directory.into(), reader.into(), writer.into()];
    let mut sockets: Vec<SOCKET> = owners.iter().map(of).collect();
    let real = sockets[0];
    // The highest number that a descriptor can have is not open here.
    sockets.extend([usize::MAX, usize::MAX - 1, 1 << 31, (1 << 32) | real, 1 << 63, (1 << 31) - 1]);
    (sockets, owners)
}

/// Addresses that nothing is mapped at, or nothing that a program may touch.
pub const WILD: [usize; 6] = [0, 1, 4095, 0x10_0000_0000_0000, usize::MAX - 7, usize::MAX];

/// A good page full of `g` before one that cannot be touched: where, and its length.
pub fn one_good_page() -> (usize, usize) {
    let page = 65536;
    // SAFETY: new memory, which the test keeps.
    unsafe {
        let (rw, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        let start = libc::mmap(std::ptr::null_mut(), 2 * page, rw, kind, -1, 0);
        assert_ne!(start, libc::MAP_FAILED);
        start.cast::<u8>().write_bytes(b'g', page);
        assert_eq!(libc::mprotect(start.byte_add(page), page, libc::PROT_NONE), 0);
        (start.expose_provenance(), page)
    }
}

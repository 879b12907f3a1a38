//! The way out of a thread's main function from anywhere below it, without unwinding: Windows' `ExitThread` runs no
//! destructors of C++ either, and unwinding would have to go through frames of C and of Rust that do not expect it.

use std::cell::Cell;

/// Whether this machine's way out is known here.
pub(super) const POSSIBLE: bool = cfg!(any(target_arch = "x86_64", target_arch = "aarch64"));

type Main = extern "C" fn(usize, usize) -> u32;

/// Runs `main` and leaves in `place` where the way out is.
pub(super) fn enter(main: Main, [first, second]: [usize; 2], place: &Cell<usize>) -> u32 {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    // SAFETY: calls `main` with the registers that the callee keeps on the stack.
    unsafe {
        enter_here(main, first, second, place.as_ptr())
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    {
        let _ = place;
        main(first, second)
    }
}

/// Has the [`enter`] that left `place` return `code`.
///
/// # Safety
/// That `enter` is on this thread's stack, and nothing above it has to be dropped.
pub(super) unsafe fn leave(place: usize, code: u32) -> ! {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    // SAFETY: passed on to the caller.
    unsafe {
        leave_here(place, code)
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    {
        let _ = (place, code);
        std::process::abort()
    }
}

/// Ends a thread that has no [`enter`] on its stack, by `pthread_exit`. That unwinds the stack until a frame has no caller, and of the
/// first one here it is told that it has none: so glibc goes to the thread's beginning at once, and runs nothing of the frames in
/// between. Those of Rust would end the process, and C++'s would run destructors.
pub(super) fn end_by_libc() -> ! {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    // SAFETY: what stands on the stack is dropped without a word; the caller says that it may be.
    unsafe {
        end_here()
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    // SAFETY: no frame of ours has anything to drop; the caller says so.
    unsafe {
        libc::pthread_exit(std::ptr::null_mut())
    }
}

/// Calls `pthread_exit(NULL)` as a function that nobody has called.
#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
unsafe extern "C" fn end_here() -> ! {
    std::arch::naked_asm!(
        ".cfi_startproc",
        ".cfi_undefined rip",
        "sub rsp, 8",
        "xor edi, edi",
        "call {exit}@PLT",
        "ud2",
        ".cfi_endproc",
        exit = sym libc::pthread_exit,
    )
}

/// As on x86-64.
#[cfg(target_arch = "aarch64")]
#[unsafe(naked)]
unsafe extern "C" fn end_here() -> ! {
    std::arch::naked_asm!(
        ".cfi_startproc",
        ".cfi_undefined x30",
        "mov x0, #0",
        "bl {exit}",
        "brk #1",
        ".cfi_endproc",
        exit = sym libc::pthread_exit,
    )
}

/// Keeps the registers that belong to the caller on the stack, and the stack's address in `place`. A backtrace ends
/// here, as at a thread's beginning.
#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
unsafe extern "C" fn enter_here(main: Main, first: usize, second: usize, place: *mut usize) -> u32 {
    std::arch::naked_asm!(
        ".cfi_startproc",
        ".cfi_undefined rip",
        "push rbp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "sub rsp, 8",
        "mov [rcx], rsp",
        "mov rax, rdi",
        "mov rdi, rsi",
        "mov rsi, rdx",
        "call rax",
        "add rsp, 8",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
        ".cfi_endproc",
    )
}

/// Goes back to where `enter_here` was about to return from `main`.
#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
unsafe extern "C" fn leave_here(place: usize, code: u32) -> ! {
    std::arch::naked_asm!(
        "mov rsp, rdi",
        "mov eax, esi",
        "cld",
        "add rsp, 8",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
    )
}

/// As on x86-64; x19 to x30 and d8 to d15 belong to the caller.
#[cfg(target_arch = "aarch64")]
#[unsafe(naked)]
unsafe extern "C" fn enter_here(main: Main, first: usize, second: usize, place: *mut usize) -> u32 {
    std::arch::naked_asm!(
        ".cfi_startproc",
        ".cfi_undefined x30",
        "sub sp, sp, #160",
        "stp x19, x20, [sp, #0]",
        "stp x21, x22, [sp, #16]",
        "stp x23, x24, [sp, #32]",
        "stp x25, x26, [sp, #48]",
        "stp x27, x28, [sp, #64]",
        "stp x29, x30, [sp, #80]",
        "stp d8, d9, [sp, #96]",
        "stp d10, d11, [sp, #112]",
        "stp d12, d13, [sp, #128]",
        "stp d14, d15, [sp, #144]",
        "mov x9, sp",
        "str x9, [x3]",
        "mov x9, x0",
        "mov x0, x1",
        "mov x1, x2",
        "blr x9",
        "ldp x19, x20, [sp, #0]",
        "ldp x21, x22, [sp, #16]",
        "ldp x23, x24, [sp, #32]",
        "ldp x25, x26, [sp, #48]",
        "ldp x27, x28, [sp, #64]",
        "ldp x29, x30, [sp, #80]",
        "ldp d8, d9, [sp, #96]",
        "ldp d10, d11, [sp, #112]",
        "ldp d12, d13, [sp, #128]",
        "ldp d14, d15, [sp, #144]",
        "add sp, sp, #160",
        "ret",
        ".cfi_endproc",
    )
}

/// As on x86-64.
#[cfg(target_arch = "aarch64")]
#[unsafe(naked)]
unsafe extern "C" fn leave_here(place: usize, code: u32) -> ! {
    std::arch::naked_asm!(
        "mov sp, x0",
        "mov w0, w1",
        "ldp x19, x20, [sp, #0]",
        "ldp x21, x22, [sp, #16]",
        "ldp x23, x24, [sp, #32]",
        "ldp x25, x26, [sp, #48]",
        "ldp x27, x28, [sp, #64]",
        "ldp x29, x30, [sp, #80]",
        "ldp d8, d9, [sp, #96]",
        "ldp d10, d11, [sp, #112]",
        "ldp d12, d13, [sp, #128]",
        "ldp d14, d15, [sp, #144]",
        "add sp, sp, #160",
        "ret",
    )
}

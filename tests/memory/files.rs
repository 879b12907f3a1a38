//! Files and texts: searches, directories, copies, messages, conversions, heaps, libraries.

use std::ffi::{CStr, CString, c_char, c_void};
use std::mem::zeroed;
use std::ptr::{null, null_mut};

use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::platform::types::{FILETIME, WIN32_FIND_DATAA, WIN32_FIND_DATAW};
use ws2_32::ffi::*;

use crate::refusing::{Refusing, refusing};
use crate::support::calls::start;
use crate::support::process::{alone, here};
use crate::walk::{NO_MEMORY, walk, walk_prepared};

const CODES: &[i32] = &[NO_MEMORY];

fn error() -> i32 {
    ws2_GetLastError().cast_signed()
}

fn truth(value: i32) -> Result<(), i32> {
    if value == 0 { Err(error()) } else { Ok(()) }
}

fn told(length: u32) -> Result<u32, i32> {
    if length == 0 { Err(error()) } else { Ok(length) }
}

fn pointer<T>(value: *mut T) -> Result<*mut T, i32> {
    if value.is_null() { Err(error()) } else { Ok(value) }
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// The name of a directory, and of something in it, long enough that no stack has room for it where that matters.
fn inside(place: &std::path::Path, name: &str) -> CString {
    CString::new(place.join(name).into_os_string().into_encoded_bytes()).unwrap()
}

#[test]
fn searches() {
    alone(here!("searches"), || {
        start();
        let place = tempfile::tempdir().unwrap();
        let names = ["one.txt", "three.txt", "two.txt"];
        for name in names.iter().chain(&["other"]) {
            std::fs::write(place.path().join(name), name).unwrap();
        }
        let pattern = inside(place.path(), "*.txt");
        let broad = wide(pattern.to_str().unwrap());
        let found = |data: &WIN32_FIND_DATAA| unsafe { CStr::from_ptr(data.cFileName.as_ptr()) }.to_owned();
        let close = |search: HANDLE| assert_eq!(ws2_FindClose(search), 1);
        let mut data: WIN32_FIND_DATAA = unsafe { zeroed() };
        let to = &raw mut data;
        let first = || {
            let search = unsafe { ws2_FindFirstFileA(pattern.as_ptr(), to) };
            if search.addr() == usize::MAX { Err(error()) } else { Ok(search) }
        };
        walk("FindFirstFileA", CODES, first, close);
        let mut units: WIN32_FIND_DATAW = unsafe { zeroed() };
        let at = &raw mut units;
        let begin = || {
            let search = unsafe { ws2_FindFirstFileW(broad.as_ptr(), at) };
            if search.addr() == usize::MAX { Err(error()) } else { Ok(search) }
        };
        walk("FindFirstFileW", CODES, begin, close);
        let search = first().unwrap();
        assert_eq!(found(&data).to_str(), Ok(names[0]));
        // What was refused is the next one's.
        for expected in &names[1..] {
            let searching = std::cell::Cell::new(first().unwrap());
            let renew = || {
                close(searching.replace(first().unwrap()));
                for _ in 1..names.iter().position(|name| name == expected).unwrap() {
                    assert_eq!(unsafe { ws2_FindNextFileA(searching.get(), to) }, 1);
                }
            };
            let next = || truth(unsafe { ws2_FindNextFileA(searching.get(), to) });
            walk_prepared("FindNextFileA", CODES, renew, next, |()| {
                assert_eq!(found(unsafe { &*to }).to_str(), Ok(*expected));
            });
            close(searching.get());
        }
        let (mut skipped, mut count) = (Vec::new(), 0);
        loop {
            let next = || truth(unsafe { ws2_FindNextFileA(search, to) });
            match refusing(Refusing::One(count), next).0 {
                Ok(()) => {
                    skipped.push(found(unsafe { &*to }).into_string().unwrap());
                    count = 0;
                }
                Err(18) => break,
                Err(code) => {
                    assert_eq!(code, NO_MEMORY);
                    count += 1;
                }
            }
        }
        assert_eq!(skipped, names[1..], "a file was left out");
        close(search);
    });
}

#[test]
fn names_of_files() {
    alone(here!("names_of_files"), || {
        start();
        let place = tempfile::tempdir().unwrap();
        let long = place.path().join("x".repeat(200)).join("y".repeat(200));
        std::fs::create_dir_all(&long).unwrap();
        let (file, other, directory) =
            (inside(&long, "file"), inside(&long, "other"), inside(&long, "directory"));
        let (file, other, directory) = (file.as_ptr(), other.as_ptr(), directory.as_ptr());
        std::fs::write(long.join("file"), "what is in it").unwrap();
        let copy = || truth(unsafe { ws2_CopyFileA(file, other, 1) });
        walk("CopyFileA", CODES, copy, |()| {
            assert_eq!(std::fs::read(long.join("other")).unwrap(), b"what is in it");
            assert_eq!(unsafe { ws2_DeleteFileA(other) }, 1);
        });
        let rename = || truth(unsafe { ws2_MoveFileA(file, other) });
        walk("MoveFileA", CODES, rename, |()| assert_eq!(unsafe { ws2_MoveFileA(other, file) }, 1));
        let make = || truth(unsafe { ws2_CreateDirectoryA(directory, null_mut()) });
        walk("CreateDirectoryA", CODES, make, |()| assert_eq!(unsafe { ws2_RemoveDirectoryA(directory) }, 1));
        let there = || {
            if !long.join("directory").exists() {
                make().unwrap();
            }
        };
        let remove = || truth(unsafe { ws2_RemoveDirectoryA(directory) });
        walk_prepared("RemoveDirectoryA", CODES, there, remove, drop);
        let there = || std::fs::write(long.join("other"), "x").unwrap();
        walk_prepared("DeleteFileA", CODES, there, || truth(unsafe { ws2_DeleteFileA(other) }), drop);
        let mark = || truth(unsafe { ws2_SetFileAttributesA(file, 1) });
        walk("SetFileAttributesA", CODES, mark, |()| {
            assert_eq!(unsafe { ws2_SetFileAttributesA(file, 0x80) }, 1);
        });
        let look = || match unsafe { ws2_GetFileAttributesA(file) } {
            u32::MAX => Err(error()),
            bits => Ok(bits),
        };
        walk("GetFileAttributesA", CODES, look, drop);
        let into = inside(&long, ".");
        walk(
            "SetCurrentDirectoryA",
            CODES,
            || truth(unsafe { ws2_SetCurrentDirectoryA(into.as_ptr()) }),
            drop,
        );
        let mut room = [0_i8; 1024];
        let to = room.as_mut_ptr().cast::<c_char>();
        walk("GetCurrentDirectoryA", CODES, || told(unsafe { ws2_GetCurrentDirectoryA(1024, to) }), drop);
        walk("GetTempPathA", CODES, || told(unsafe { ws2_GetTempPathA(1024, to) }), drop);
        let missing = inside(&long, "not there/either");
        let open = || {
            let opened =
                unsafe { ws2_CreateFileA(missing.as_ptr(), 0x8000_0000, 0, null_mut(), 3, 0, null_mut()) };
            assert_eq!(opened.addr(), usize::MAX);
            // No directory of that name, which is what has to be found out.
            if error() == 3 { Ok(()) } else { Err(error()) }
        };
        walk("CreateFileA", CODES, open, drop);
        let open = || {
            let opened = unsafe { ws2_CreateFileA(file, 0x8000_0000, 0, null_mut(), 3, 0, null_mut()) };
            if opened.addr() == usize::MAX { Err(error()) } else { Ok(opened) }
        };
        walk("CreateFileA", CODES, open, |file| assert_eq!(ws2_CloseHandle(file), 1));
        assert_eq!(unsafe { ws2_SetCurrentDirectoryA(c"/".as_ptr()) }, 1);
    });
}

#[test]
fn messages_and_conversions() {
    alone(here!("messages_and_conversions"), || {
        start();
        let (mut narrow, mut broad) = ([0_i8; 512], [0_u16; 512]);
        let (narrow, broad) = (narrow.as_mut_ptr().cast::<c_char>(), broad.as_mut_ptr());
        for number in [2, 10057] {
            let tell =
                || told(unsafe { ws2_FormatMessageA(0x1000, null(), number, 0, narrow, 512, null_mut()) });
            walk("FormatMessageA", CODES, tell, drop);
        }
        let first = wide("first");
        let mut arguments = [first.as_ptr().addr(), 0xFFFF_FFFB, c"narrow".as_ptr().addr(), 0x263A];
        let arguments = arguments.as_mut_ptr().cast::<c_void>();
        let form = wide("%1!9s!|%2!-8d!|%2!08x!|%3!S!|%4!c!%n%%");
        const OF_ARRAY: u32 = 0x2400;
        let tell = || {
            let source = form.as_ptr().cast();
            told(unsafe { ws2_FormatMessageW(OF_ARRAY, source, 0, 0, broad, 512, arguments) })
        };
        walk("FormatMessageW", CODES, tell, |length| {
            let units = unsafe { std::slice::from_raw_parts(broad, length as usize) };
            assert_eq!(String::from_utf16_lossy(units), "    first|-5      |fffffffb|narrow|\u{263a}\r\n%");
        });
        let allocate = || {
            let mut made: *mut c_char = null_mut();
            let to = (&raw mut made).cast();
            told(unsafe { ws2_FormatMessageA(0x1100, null(), 2, 0, to, 0, null_mut()) }).map(|_| made)
        };
        walk("FormatMessageA", CODES, allocate, |made| {
            assert!(unsafe { ws2_LocalFree(made.cast()) }.is_null());
        });
        let count = |count: i32| if count == 0 { Err(error()) } else { Ok(count) };
        let (text, units) = (c"text \xC3\xA9", wide("text \u{e9}"));
        for length in [-1, 7] {
            let turn = || count(unsafe { ws2_MultiByteToWideChar(0, 0, text.as_ptr(), length, broad, 512) });
            walk("MultiByteToWideChar", CODES, turn, drop);
            let (units, none) = (units.as_ptr(), null());
            let length = length.min(6);
            let turn = || {
                count(unsafe { ws2_WideCharToMultiByte(0, 0, units, length, narrow, 512, none, null_mut()) })
            };
            walk("WideCharToMultiByte", CODES, turn, drop);
        }
        // Windows' functions of this kind tell no cause, and what only counts needs no memory.
        walk(
            "lstrlenA",
            &[],
            || count(unsafe { ws2_lstrlenA(text.as_ptr()) }),
            |length| assert_eq!(length, 7),
        );
        walk(
            "lstrlenW",
            &[],
            || count(unsafe { ws2_lstrlenW(units.as_ptr()) }),
            |length| assert_eq!(length, 6),
        );
        let causeless = |to: *mut u16| if to.is_null() { Err(0) } else { Ok(()) };
        walk("lstrcpyW", &[0], || causeless(unsafe { ws2_lstrcpyW(broad, units.as_ptr()) }), drop);
        walk(
            "lstrcatW",
            &[0],
            || causeless(unsafe { ws2_lstrcatW(broad, units.as_ptr()) }),
            |()| {
                assert_eq!(unsafe { ws2_lstrlenW(broad) }, 12);
                unsafe { broad.add(6).write(0) };
            },
        );
        let order = || {
            unsafe { ws2_lstrcmpiW(units.as_ptr(), broad) };
            Ok(())
        };
        walk("lstrcmpiW", &[], order, drop);
        let nothing = wide("");
        let say = || {
            unsafe { ws2_OutputDebugStringW(nothing.as_ptr()) };
            Ok(())
        };
        walk("OutputDebugStringW", &[], say, drop);
    });
}

#[test]
fn blocks_of_heaps() {
    alone(here!("blocks_of_heaps"), || {
        walk(
            "HeapCreate",
            CODES,
            || pointer(ws2_HeapCreate(0, 0, 0)),
            |heap| {
                assert_eq!(unsafe { ws2_HeapDestroy(heap) }, 1);
            },
        );
        for size in [100, 100_000] {
            // A new heap for each walk of one call: its first block makes what notes them.
            for count in [0, 3, 7, 28] {
                let heap = ws2_HeapCreate(0, 0, 0);
                let blocks: Vec<_> =
                    (0..count).map(|_| pointer(ws2_HeapAlloc(heap, 0, size)).unwrap()).collect();
                let make = || pointer(ws2_HeapAlloc(heap, 8, size));
                walk("HeapAlloc", &[NO_MEMORY], make, |block| {
                    assert_eq!(unsafe { ws2_HeapFree(heap, 0, block) }, 1);
                });
                let block = std::cell::Cell::new(make().unwrap());
                unsafe { block.get().cast::<u8>().write(7) };
                let resize = |size: usize| pointer(unsafe { ws2_HeapReAlloc(heap, 0, block.get(), size) });
                walk(
                    "HeapReAlloc",
                    &[NO_MEMORY],
                    || resize(3 * size),
                    |moved| {
                        block.set(moved);
                        assert_eq!(unsafe { moved.cast::<u8>().read() }, 7);
                        block.set(resize(size).unwrap());
                    },
                );
                assert_eq!(unsafe { ws2_HeapSize(heap, 0, block.get()) }, size);
                assert_eq!(unsafe { ws2_HeapFree(heap, 0, block.get()) }, 1);
                assert_eq!(unsafe { ws2_HeapFree(heap, 0, block.get()) }, 0, "it was freed");
                drop(blocks);
                assert_eq!(unsafe { ws2_HeapDestroy(heap) }, 1);
            }
        }
    });
}

#[test]
fn libraries_and_the_machine() {
    alone(here!("libraries_and_the_machine"), || {
        start();
        let wide_name = wide(r"C:\Windows\System32\WS2_32.DLL");
        let load = || pointer(unsafe { ws2_LoadLibraryW(wide_name.as_ptr()) });
        walk("LoadLibraryW", CODES, load, drop);
        let library = load().unwrap();
        for name in [c"WSAStartup".as_ptr(), std::ptr::without_provenance(115)] {
            let find = || match unsafe { ws2_GetProcAddress(library, name) } {
                Some(_) => Ok(()),
                None => Err(error()),
            };
            walk("GetProcAddress", &[], find, drop);
        }
        let (mut narrow, mut broad) = ([0_i8; 512], [0_u16; 512]);
        let (narrow, broad) = (narrow.as_mut_ptr().cast::<c_char>(), broad.as_mut_ptr());
        walk(
            "GetModuleFileNameW",
            CODES,
            || told(unsafe { ws2_GetModuleFileNameW(library, broad, 512) }),
            |length| assert_eq!(length, 10),
        );
        let mut size = 512;
        let at = &raw mut size;
        let ask = || {
            unsafe { at.write(512) };
            truth(unsafe { ws2_GetComputerNameA(narrow, at) })
        };
        walk("GetComputerNameA", CODES, ask, drop);
        let mut times = [FILETIME { dwLowDateTime: 0, dwHighDateTime: 0 }; 4];
        let [one, two, three, four] = times.each_mut().map(std::ptr::from_mut);
        let process = ws2_GetCurrentProcess();
        let ask = || truth(unsafe { ws2_GetProcessTimes(process, one, two, three, four) });
        walk("GetProcessTimes", CODES, ask, drop);
        let thread = ws2_GetCurrentThread();
        let ask = || truth(unsafe { ws2_GetThreadTimes(thread, one, two, three, four) });
        walk("GetThreadTimes", CODES, ask, drop);
        let ask = || match unsafe { ws2_MessageBoxA(null_mut(), c"".as_ptr(), null(), 4) } {
            0 => Err(error()),
            button => Ok(button),
        };
        walk("MessageBoxA", CODES, ask, |button| assert_eq!(button, 7));
        unsafe extern "C" fn takes_it(_: u32) -> i32 {
            1
        }
        // One address: that of a function may be another wherever it is named.
        let takes = takes_it as unsafe extern "C" fn(u32) -> i32;
        let add = || truth(unsafe { ws2_SetConsoleCtrlHandler(Some(takes), 1) });
        walk("SetConsoleCtrlHandler", CODES, add, |()| {
            assert_eq!(unsafe { ws2_SetConsoleCtrlHandler(Some(takes), 0) }, 1);
        });
        // Nothing is left of what was refused.
        assert_eq!(unsafe { ws2_SetConsoleCtrlHandler(Some(takes), 0) }, 0);
    });
}

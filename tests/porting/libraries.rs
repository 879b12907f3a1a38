//! `-lkernel32` and the like, and loaders by name.

use std::path::Path;
use std::process::Command;

use crate::support::compile::{available, include, left_out};
use crate::tree::{file, output, place, quiet};

const PROGRAM: &str = "#include <winsock2.h>\n#include <windows.h>\n\
    int main(void) { WSADATA data; return WSAStartup(MAKEWORD(2, 2), &data) + (GetTickCount() == 0) + WSACleanup(); }\n";

fn make_libraries(place: &Path) {
    quiet(Command::new(file("tools/ws2-libraries")).arg(file("src/ffi/exports.txt")).arg(place));
}

#[test]
fn names_of_windows_are_found_on_a_link_line() {
    let place = place();
    make_libraries(place.path());
    std::fs::write(place.path().join("program.c"), PROGRAM).unwrap();
    let names = [
        "-lmswsock",
        "-lwsock32",
        "-lkernel32",
        "-liphlpapi",
        "-lWs2_32",
        "-luser32",
        "-lwinmm",
        "-lntdll",
        "-lWS2_32",
    ];
    let native = ["-lutil", "-lrt", "-lpthread", "-lm", "-ldl"];
    for name in names {
        for (how, after) in [(&[][..], &[][..]), (&["-static"], &native)] {
            let mut command = Command::new("gcc");
            command.current_dir(place.path()).arg("-I").arg(include()).args(how).args([
                "program.c",
                "-o",
                "program",
            ]);
            command.arg("-L.").arg(name).args(after).arg(format!("-Wl,-rpath,{}", place.path().display()));
            // What getaddrinfo says of a static program is the linker's to say.
            output(&mut command);
            output(&mut Command::new(place.path().join("program")));
        }
    }
    // No plain name of kernel32 comes into the program, and no library but ours.
    let needed = output(Command::new("readelf").arg("-d").arg(place.path().join("libkernel32.dll.so")));
    assert!(needed.contains("libws2_32.so.2"), "{needed}");
}

#[test]
fn loaders_find_the_plain_names() {
    let place = place();
    make_libraries(place.path());
    if !available("python3") {
        return left_out("no python3, so no library was loaded by name");
    }
    let script = "import ctypes, sys\n\
        kernel = ctypes.CDLL(sys.argv[1] + '/kernel32.dll')\n\
        assert kernel.GetACP() == 65001 and kernel.GetTickCount() != 0\n\
        assert kernel.GetEnvironmentVariableA(b'WS2_NO_SUCH', None, 0) == 0\n\
        sockets = ctypes.CDLL(sys.argv[1] + '/libws2_32.dll.so')\n\
        assert sockets.WSAGetLastError() == 203\n\
        assert ctypes.CDLL(sys.argv[1] + '/libiphlpapi.dll.so').if_nametoindex(b'lo') > 0\n\
        assert ctypes.CDLL(sys.argv[1] + '/ntdll.dll').RtlNtStatusToDosError(0x103) == 997\n\
        ctypes.CDLL(sys.argv[1] + '/libmswsock.dll.so')\n";
    quiet(Command::new("python3").args(["-c", script]).arg(place.path()));
}

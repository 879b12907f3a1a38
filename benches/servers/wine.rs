//! The same server by a completion port as a Windows program, `port.c`, compiled by mingw and run by Wine: what porting by
//! Wine instead of by this library costs. The time of Wine's own server counts, too, since that keeps the handles.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A Wine of its own, in a temporary directory that goes with it.
pub(crate) struct Wine {
    place: tempfile::TempDir,
    program: PathBuf,
}

impl Wine {
    /// `None`, and the reason is printed, where there is no Wine or no mingw.
    pub(crate) fn find() -> Option<Self> {
        let program = ["wine64", "/usr/lib/wine/wine64", "wine"]
            .into_iter()
            .find(|name| Command::new(name).arg("--version").output().is_ok());
        let place = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/servers/port.c");
        let compiled = Command::new("x86_64-w64-mingw32-gcc")
            .arg("-O2")
            .arg("-o")
            .arg(place.path().join("port.exe"))
            .arg(source)
            .arg("-lws2_32")
            .status()
            .is_ok_and(|status| status.success());
        match program {
            Some(program) if compiled => Some(Self { place, program: program.into() }),
            _ => {
                println!("Wine is not measured: it needs wine64 and x86_64-w64-mingw32-gcc.");
                None
            }
        }
    }

    fn prefix(&self) -> PathBuf {
        self.place.path().join("prefix")
    }

    pub(crate) fn command(&self, count: usize, size: usize) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(self.place.path().join("port.exe")).args([count.to_string(), size.to_string()]);
        command.env("WINEPREFIX", self.prefix()).env("WINEDEBUG", "-all");
        command
    }

    /// Wine's server, which keeps the handles; others come and go.
    pub(crate) fn server(&self) -> Option<i32> {
        let is_server = |pid: &i32| {
            std::fs::read_to_string(format!("/proc/{pid}/comm"))
                .is_ok_and(|name| name.starts_with("wineserver"))
        };
        self.processes().into_iter().find(is_server)
    }

    /// Every process of this Wine.
    fn processes(&self) -> Vec<i32> {
        let mark = format!("WINEPREFIX={}", self.prefix().display());
        let is_ours = |pid: &i32| {
            std::fs::read(format!("/proc/{pid}/environ"))
                .is_ok_and(|all| all.split(|byte| *byte == 0).any(|line| line == mark.as_bytes()))
        };
        let all = std::fs::read_dir("/proc").unwrap();
        let numbers = all.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        numbers.filter(is_ours).collect()
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        for pid in self.processes() {
            // SAFETY: a number of a process of this Wine's.
            unsafe { libc::kill(pid, libc::SIGKILL) };
        }
    }
}

//! Faults put in by hand: each is put into a copy of the sources, and a test has to fail there that passes here.
//!
//! That each can still be put in is looked at in every run. Trying them all builds the crate once for each, so it runs only
//! with `WS2_FAULTS=1`; `WS2_FAULTS=name` tries those whose name contains that.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod list;

use std::path::{Path, PathBuf};
use std::process::Command;

use list::{FAULTS, Fault};

/// In place of a test binary: the library's own tests.
const LIBRARY: &str = "lib";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

impl Fault {
    /// The file with the fault in it; none where it does not have that place exactly once.
    fn put_in(&self) -> Option<String> {
        let text = std::fs::read_to_string(root().join(self.file)).unwrap();
        (text.matches(self.from).count() == 1).then(|| text.replace(self.from, self.to))
    }

    /// The source files of the test binary that notices it, or of its file in the library.
    fn test_files(&self) -> Vec<String> {
        if self.binary == LIBRARY {
            return vec![std::fs::read_to_string(root().join(self.file)).unwrap()];
        }
        let folder = std::fs::read_dir(root().join("tests").join(self.binary)).unwrap();
        let files = folder.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        files.map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }

    /// Which tests `cargo test` builds.
    fn tests(&self) -> Vec<&'static str> {
        if self.binary == LIBRARY { vec!["--lib"] } else { vec!["--test", self.binary] }
    }
}

#[test]
fn every_fault_can_be_put_in() {
    let mut wrong = Vec::new();
    for fault in FAULTS {
        if fault.put_in().is_none() {
            wrong.push(format!("{}: not exactly one place in {}", fault.name, fault.file));
        }
        let test = format!("#[test]\nfn {}(", fault.test.rsplit("::").next().unwrap());
        let unindented =
            |text: &String| text.lines().map(|line| line.trim_start().to_owned() + "\n").collect::<String>();
        if !fault.test_files().iter().any(|text| unindented(text).contains(&test)) {
            wrong.push(format!("{}: no test {} {}", fault.name, fault.binary, fault.test));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_fault_is_noticed() {
    let Ok(wanted) = std::env::var("WS2_FAULTS") else { return };
    let wanted = if wanted == "1" { String::new() } else { wanted };
    let scratch = tempfile::tempdir().unwrap();
    let copy = Copy::make(scratch.path());
    let mut wrong = Vec::new();
    // All of them without a fault first: that is one build.
    let (sound, unsound): (Vec<_>, Vec<_>) = FAULTS
        .iter()
        .filter(|fault| fault.name.contains(&wanted))
        .map(|fault| (fault, copy.test(fault)))
        .partition(|(_, outcome)| matches!(outcome, Outcome::Passes));
    wrong.extend(unsound.iter().map(|(fault, outcome)| format!("{}: without it: {outcome:?}", fault.name)));
    for (fault, _) in sound {
        let before = std::fs::read_to_string(copy.tree.join(fault.file)).unwrap();
        std::fs::write(copy.tree.join(fault.file), fault.put_in().unwrap()).unwrap();
        let outcome = copy.test(fault);
        std::fs::write(copy.tree.join(fault.file), before).unwrap();
        println!("{}: {outcome:?}", fault.name);
        if !matches!(outcome, Outcome::Fails) {
            wrong.push(format!("{}: {outcome:?}", fault.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[derive(Debug)]
#[allow(dead_code, reason = "the words are printed")]
enum Outcome {
    Passes,
    Fails,
    /// It does not compile, or has no such test.
    DoesNotRun(String),
}

/// A copy of the sources.
struct Copy {
    tree: PathBuf,
    target: PathBuf,
}

impl Copy {
    fn make(at: &Path) -> Self {
        let tree = at.join("tree");
        std::fs::create_dir(&tree).unwrap();
        let files = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().unwrap();
        for file in String::from_utf8(files.stdout).unwrap().split_terminator('\0') {
            let to = tree.join(file);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(root().join(file), to).unwrap();
        }
        Self { tree, target: at.join("target") }
    }

    /// Runs the test that notices a fault.
    fn test(&self, fault: &Fault) -> Outcome {
        let done = Command::new(env!("CARGO"))
            .arg("test")
            .args(fault.tests())
            .args(["--", "--exact", fault.test])
            .current_dir(&self.tree)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("WS2_TEST_PATIENCE", "30")
            .env_remove("WS2_FAULTS")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stdout);
        if done.status.success() && said.contains(" 1 passed") {
            return Outcome::Passes;
        }
        // A test that hangs ends its whole process, which then has no result to print.
        if !done.status.success() && said.contains("running 1 test") {
            return Outcome::Fails;
        }
        Outcome::DoesNotRun(String::from_utf8_lossy(&done.stderr).into_owned())
    }
}

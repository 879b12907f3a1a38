//! The repository's files.

use std::path::{Path, PathBuf};

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a directory, or the file itself; what is built, and what git keeps, is left out.
pub fn files(at: &Path) -> Vec<PathBuf> {
    if !at.is_dir() {
        return vec![at.to_owned()];
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !["target", ".git", "corpus", "artifacts", "Cargo.lock"].contains(&name.as_str()) {
            found.extend(files(&path));
        }
    }
    found
}

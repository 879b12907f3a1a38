//! Objects with names. They are found by all of this process, and by no other: where Windows shares them among the
//! processes of a session, this does not.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::sync::{Mutex, MutexGuard, TryLockError};

use super::code::Code;
use super::fork::Patience;
use super::handle::{self, Entry, Target};
use super::object::{Kind, Object};
use super::rights;
use super::state::State;
use crate::sys::room;
use crate::sys::shared::Arc;

/// A name that an object has as long as handles to it are open.
pub(super) struct Named {
    text: Vec<u16>,
    target: Target,
}

/// Names, and how many handles each has. Taken before the locks of the table.
static NAMES: Mutex<Names> = Mutex::new(HashMap::with_hasher(BuildHasherDefault::new()));

type Names = HashMap<Vec<u16>, (Arc<Named>, usize), BuildHasherDefault<DefaultHasher>>;

/// The lock, where it could be had.
pub(super) type Held = Option<MutexGuard<'static, Names>>;

/// The lock, for `fork`.
pub(super) fn hold(patience: &mut Patience) -> Held {
    patience.wait_for(|| match NAMES.try_lock() {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    })
}

fn names() -> MutexGuard<'static, Names> {
    super::sync::lock(&NAMES)
}

/// What a program wants of the handle that it gets.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// Windows' access mask.
    pub access: u32,
    /// Whether programs that are started get it: noted only.
    pub inherited: bool,
}

/// A handle, and whether the object was there before.
#[derive(Debug, Clone, Copy)]
pub struct Created {
    /// The handle's value.
    pub handle: usize,
    /// There was an object of this name, and this is a handle to it.
    pub existed: bool,
}

/// The name without the name space that it is in anyway; `None` for no name.
fn plain(name: Option<&[u16]>) -> Result<Option<Vec<u16>>, Code> {
    const MOST: usize = 260;
    let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(None) };
    if name.len() > MOST {
        return Err(Code::FILENAME_EXCED_RANGE);
    }
    let after = |prefix: &str| {
        let (begin, rest) = name.split_at_checked(prefix.len())?;
        begin.iter().copied().eq(prefix.encode_utf16()).then_some(rest)
    };
    let (global, local) = (after("Global\\"), after("Local\\"));
    let rest = global.or(local).unwrap_or(name);
    if rest.contains(&u16::from(b'\\')) {
        return Err(Code::PATH_NOT_FOUND);
    }
    Ok(Some(room::copy(if global.is_some() { name } else { rest })?))
}

/// Makes an object, or gives a handle to the one that has the name.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: an object of another kind has the name. `ERROR_PATH_NOT_FOUND`: a backslash in it that ends
/// no name space. `ERROR_FILENAME_EXCED_RANGE`: longer than 260 characters. `ERROR_NOT_ENOUGH_MEMORY`.
pub(super) fn create(name: Option<&[u16]>, wish: Wish, state: State) -> Result<Created, Code> {
    let object = Object::new(state);
    create_by(name, wish, object.kind(), || Ok(Target::Object(Arc::try_new(object)?)))
}

/// The same, of something of that kind that is made only where there is none of the name.
///
/// # Errors
/// As [`create`], and those of `make`.
pub(super) fn create_by(
    name: Option<&[u16]>,
    wish: Wish,
    kind: Kind,
    make: impl FnOnce() -> Result<Target, Code>,
) -> Result<Created, Code> {
    let Some(name) = plain(name)? else {
        let entry = entry(make()?, wish, None);
        return Ok(Created { handle: handle::insert(entry)?, existed: false });
    };
    let mut names = names();
    if let Some((named, handles)) = names.get_mut(&name) {
        return Ok(Created { handle: another(named, handles, kind, wish)?, existed: true });
    }
    names.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
    let target = make()?;
    let named = Arc::try_new(Named { text: room::copy(&name)?, target: target.clone() })?;
    let handle = handle::insert(entry(target, wish, Some(Arc::clone(&named))))?;
    names.insert(name, (named, 1));
    Ok(Created { handle, existed: false })
}

/// A handle to the object that has the name.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: no name. `ERROR_FILE_NOT_FOUND`: no object has it. `ERROR_INVALID_HANDLE`: one of another
/// kind has it. Those of `create`.
pub fn open(kind: Kind, name: Option<&[u16]>, wish: Wish) -> Result<usize, Code> {
    if name.is_none() {
        return Err(Code::INVALID_PARAMETER);
    }
    let name = plain(name)?.ok_or(Code::FILE_NOT_FOUND)?;
    let mut names = names();
    let (named, handles) = names.get_mut(&name).ok_or(Code::FILE_NOT_FOUND)?;
    another(named, handles, kind, wish)
}

fn another(named: &Arc<Named>, handles: &mut usize, kind: Kind, wish: Wish) -> Result<usize, Code> {
    if named.target.object().kind() != kind {
        return Err(Code::INVALID_HANDLE);
    }
    let handle = handle::insert(entry(named.target.clone(), wish, Some(Arc::clone(named))))?;
    *handles = handles.saturating_add(1);
    Ok(handle)
}

fn entry(target: Target, wish: Wish, name: Option<Arc<Named>>) -> Entry {
    Entry {
        access: rights::granted(target.object().kind(), wish.access),
        target,
        inherited: wish.inherited,
        protected: false,
        name,
    }
}

/// A second handle for what the first one stands for. `change` says how it differs.
pub(super) fn duplicate(handle: usize, change: impl FnOnce(&mut Entry)) -> Result<usize, Code> {
    let mut names = names();
    let mut entry = handle::entry(handle)?;
    entry.protected = false;
    change(&mut entry);
    let name = entry.name.clone();
    // Counted before it is there, so that closing the first one meanwhile is not closing the last one.
    let port = if let Target::Port(port) = &entry.target { Some(Arc::clone(port)) } else { None };
    if let Some(port) = &port {
        port.opened()?;
    }
    let handle = handle::insert(entry).inspect_err(|_| {
        if let Some(port) = &port {
            port.closed();
        }
    })?;
    if let Some((_, handles)) = name.and_then(|name| names.get_mut(&name.text)) {
        *handles = handles.saturating_add(1);
    }
    Ok(handle)
}

/// Closes a handle; with the last one the name goes.
pub(super) fn close(handle: usize) -> Result<(), Code> {
    let entry = handle::remove(handle)?;
    if let Target::Port(port) = &entry.target {
        port.closed();
    }
    if entry.target.object().kind() == Kind::Process {
        drop(entry);
        super::watch::closed();
        return Ok(());
    }
    if let Some(name) = &entry.name {
        let mut names = names();
        if let Some((named, handles)) = names.get_mut(&name.text)
            && Arc::ptr_eq(named, name)
        {
            *handles = handles.saturating_sub(1);
            if *handles == 0 {
                names.remove(&name.text);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_their_spaces() {
        let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        let found = |name: &str| plain(Some(&units(name)));
        for (name, expected) in [
            ("", Ok(None)),
            ("a", Ok(Some("a"))),
            ("A", Ok(Some("A"))),
            ("Local\\a", Ok(Some("a"))),
            ("Global\\a", Ok(Some("Global\\a"))),
            ("local\\a", Err(Code::PATH_NOT_FOUND)),
            ("a\\b", Err(Code::PATH_NOT_FOUND)),
        ] {
            assert_eq!(found(name), expected.map(|name| name.map(units)), "{name}");
        }
        assert_eq!(found(&"x".repeat(260)), Ok(Some(units(&"x".repeat(260)))));
        assert_eq!(found(&"x".repeat(261)), Err(Code::FILENAME_EXCED_RANGE));
        assert_eq!(plain(None), Ok(None));
    }
}

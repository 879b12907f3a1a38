//! Classes of windows, and windows.

use smallvec::SmallVec;

use super::queue::number_of_thread;
use super::{Handle, desk, queue};
use crate::kernel::code::Code;
use crate::sys::room;

/// A class of windows.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its name, which is compared without regard to the case of ASCII.
    pub name: Vec<u16>,
    /// The procedure of its windows, as the C interface calls it.
    pub procedure: usize,
    /// How many bytes a window has for the program.
    pub extra: usize,
}

/// What a new window is to be.
#[derive(Clone, Debug)]
pub struct Making {
    /// `GWL_STYLE`.
    pub style: u32,
    /// `GWL_EXSTYLE`.
    pub extended_style: u32,
    /// The window that it goes with; 0 for none. [`MESSAGE_ONLY`] for one that is for messages only.
    pub parent: Handle,
    /// `GWLP_HINSTANCE`.
    pub instance: usize,
    /// `GWLP_ID`.
    pub id: usize,
    /// Its title.
    pub title: Vec<u16>,
}

/// `HWND_MESSAGE`.
pub const MESSAGE_ONLY: Handle = u32::MAX - 2;

/// A window.
#[derive(Debug)]
pub(super) struct Window {
    pub(super) thread: u32,
    class: u16,
    pub(super) procedure: usize,
    parent: Handle,
    style: u32,
    extended_style: u32,
    instance: usize,
    id: usize,
    user: usize,
    title: Vec<u16>,
    extra: Vec<u8>,
    /// It is being destroyed.
    ends: bool,
}

/// A number that a window keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are Windows' own, without GWLP_")]
pub enum Word {
    Procedure,
    Instance,
    Parent,
    Id,
    Style,
    ExtendedStyle,
    User,
    /// In the program's own bytes.
    Extra(usize),
}

/// Atoms of classes begin here.
const FIRST_ATOM: u16 = 0xC000;
/// Numbers of registered messages begin here, and end with 0xFFFF.
const FIRST_MESSAGE: u32 = 0xC000;

fn same(one: &[u16], other: &[u16]) -> bool {
    let lower = |unit: &u16| match *unit {
        unit @ 0x41..=0x5A => unit + 0x20,
        unit => unit,
    };
    one.iter().map(lower).eq(other.iter().map(lower))
}

/// What a class is called by: its atom, or its name.
#[derive(Clone, Copy, Debug)]
pub enum Called<'a> {
    /// Its atom.
    Atom(u16),
    /// Its name.
    Name(&'a [u16]),
}

fn find(desk: &super::Desk, called: Called<'_>) -> Option<u16> {
    match called {
        Called::Atom(atom) => desk.classes.contains_key(&atom).then_some(atom),
        Called::Name(name) => {
            desk.classes.iter().find(|(_, class)| same(&class.name, name)).map(|(atom, _)| *atom)
        }
    }
}

/// Registers a class: its atom.
///
/// # Errors
/// `ERROR_CLASS_ALREADY_EXISTS`, `ERROR_NOT_ENOUGH_MEMORY`.
pub fn register(class: Class) -> Result<u16, Code> {
    let mut desk = desk();
    if find(&desk, Called::Name(&class.name)).is_some() {
        return Err(Code::CLASS_ALREADY_EXISTS);
    }
    let atom = (FIRST_ATOM..u16::MAX).find(|atom| !desk.classes.contains_key(atom));
    let atom = atom.ok_or(Code::NOT_ENOUGH_MEMORY)?;
    desk.classes.insert(atom, class)?;
    Ok(atom)
}

/// Takes a class away.
///
/// # Errors
/// `ERROR_CLASS_DOES_NOT_EXIST`, `ERROR_CLASS_HAS_WINDOWS`.
pub fn unregister(called: Called<'_>) -> Result<(), Code> {
    let mut desk = desk();
    let atom = find(&desk, called).ok_or(Code::CLASS_DOES_NOT_EXIST)?;
    if desk.windows.values().any(|window| window.class == atom) {
        return Err(Code::CLASS_HAS_WINDOWS);
    }
    desk.classes.remove(&atom);
    Ok(())
}

/// Makes a window of the calling thread, which has a queue from then on. Its procedure was not called yet.
///
/// # Errors
/// `ERROR_CANNOT_FIND_WND_CLASS`; `ERROR_INVALID_WINDOW_HANDLE`: no such parent; `ERROR_NOT_ENOUGH_MEMORY`.
pub fn create(called: Called<'_>, making: Making) -> Result<Handle, Code> {
    let thread = queue::ready()?;
    let mut desk = desk();
    let atom = find(&desk, called).ok_or(Code::CANNOT_FIND_WND_CLASS)?;
    if making.parent != 0 && making.parent != MESSAGE_ONLY {
        desk.window(making.parent)?;
    }
    let class = desk.classes.get(&atom).ok_or(Code::CANNOT_FIND_WND_CLASS)?;
    let (procedure, size) = (class.procedure, class.extra);
    let mut extra = Vec::new();
    extra.try_reserve_exact(size).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
    extra.resize(size, 0);
    let handle = desk.last_window.checked_add(2).filter(|next| *next < MESSAGE_ONLY - 1);
    let handle = handle.ok_or(Code::NOT_ENOUGH_MEMORY)?;
    desk.last_window = handle;
    let Making { style, extended_style, parent, instance, id, title } = making;
    desk.windows.insert(
        handle,
        Window {
            thread,
            class: atom,
            procedure,
            parent,
            style,
            extended_style,
            instance,
            id,
            user: 0,
            title,
            extra,
            ends: false,
        },
    )?;
    Ok(handle)
}

/// The first window of this process, latest first, that has no parent and is not for messages only, of a class and with a title, each of
/// which counts where it is given.
///
/// # Errors
/// `ERROR_CANNOT_FIND_WND_CLASS`: no such class. `ERROR_FILE_NOT_FOUND`: no such window.
pub fn find_window(called: Option<Called<'_>>, title: Option<&[u16]>) -> Result<Handle, Code> {
    let desk = desk();
    let class = match called {
        Some(called) => Some(find(&desk, called).ok_or(Code::CANNOT_FIND_WND_CLASS)?),
        None => None,
    };
    let fits = |window: &Window| {
        window.parent == 0
            && !window.ends
            && class.is_none_or(|class| window.class == class)
            && title.is_none_or(|title| same(&window.title, title))
    };
    let found = desk.windows.iter().filter(|(_, window)| fits(window)).map(|(handle, _)| *handle).max();
    found.ok_or(Code::FILE_NOT_FOUND)
}

/// A window and those in it; few take no memory.
pub(super) type Family = SmallVec<[Handle; 16]>;

/// Begins a window's end: the windows that are to be told of it, children behind their parents, each once.
///
/// # Errors
/// `ERROR_INVALID_WINDOW_HANDLE`; `ERROR_ACCESS_DENIED`: another thread's. `ERROR_NOT_ENOUGH_MEMORY`: there are many children, and
/// nothing has begun.
pub fn destroy(handle: Handle) -> Result<Family, Code> {
    let mut desk = desk();
    if desk.window(handle)?.thread != number_of_thread() {
        return Err(Code::ACCESS_DENIED);
    }
    let mut all = Family::from_slice(&[handle]);
    let mut at = 0;
    while let Some(parent) = all.get(at).copied() {
        let children = desk.windows.iter().filter(|(_, window)| window.parent == parent);
        for (handle, _) in children {
            all.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
            all.push(*handle);
        }
        at += 1;
    }
    all.retain(|handle| {
        desk.windows.get_mut(handle).is_some_and(|window| !std::mem::replace(&mut window.ends, true))
    });
    if all.is_empty() { Err(Code::INVALID_WINDOW_HANDLE) } else { Ok(all) }
}

/// The end of a window, which was told: its messages and timers go with it.
pub fn forget_window(handle: Handle) {
    let mut desk = desk();
    if let Some(window) = desk.windows.remove(&handle)
        && let Some(queue) = desk.queues.get_mut(&window.thread)
    {
        queue.forget(handle);
    }
}

/// The procedure of a window, and whether the calling thread is its own.
///
/// # Errors
/// `ERROR_INVALID_WINDOW_HANDLE`.
pub fn procedure(handle: Handle) -> Result<(usize, bool), Code> {
    let desk = desk();
    let window = desk.window(handle)?;
    Ok((window.procedure, window.thread == number_of_thread()))
}

/// The thread of a window.
///
/// # Errors
/// `ERROR_INVALID_WINDOW_HANDLE`.
pub fn thread_of(handle: Handle) -> Result<u32, Code> {
    desk().window(handle).map(|window| window.thread)
}

/// Whether there is such a window.
#[must_use]
pub fn is_window(handle: Handle) -> bool {
    desk().windows.contains_key(&handle)
}

/// Reads a number of a window's, and sets it where a new one is given. `size` is that of the number in the program's own
/// bytes.
///
/// # Errors
/// `ERROR_INVALID_WINDOW_HANDLE`; `ERROR_INVALID_INDEX`: not so many bytes.
pub fn word(handle: Handle, word: Word, size: usize, new: Option<usize>) -> Result<usize, Code> {
    let mut desk = desk();
    let window = desk.windows.get_mut(&handle).ok_or(Code::INVALID_WINDOW_HANDLE)?;
    let narrow = |number: usize| u32::try_from(number & 0xFFFF_FFFF).unwrap_or(0);
    let long = |number: &mut u32| {
        let before = *number as usize;
        if let Some(new) = new {
            *number = narrow(new);
        }
        before
    };
    let wide = |number: &mut usize| {
        let before = *number;
        if let Some(new) = new {
            *number = new;
        }
        before
    };
    Ok(match word {
        Word::Procedure => wide(&mut window.procedure),
        Word::Instance => wide(&mut window.instance),
        Word::Id => wide(&mut window.id),
        Word::User => wide(&mut window.user),
        Word::Parent => long(&mut window.parent),
        Word::Style => long(&mut window.style),
        Word::ExtendedStyle => long(&mut window.extended_style),
        Word::Extra(at) => {
            let place = at.checked_add(size).and_then(|end| window.extra.get_mut(at..end));
            let place = place.ok_or(Code::INVALID_INDEX)?;
            let mut bytes = [0; 8];
            bytes.iter_mut().zip(place.iter()).for_each(|(to, from)| *to = *from);
            if let Some(new) = new {
                place.iter_mut().zip(new.to_ne_bytes()).for_each(|(to, from)| *to = from);
            }
            usize::from_ne_bytes(bytes)
        }
    })
}

/// The number of the message of this name, which is the same for all who ask by it.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`: there are too many.
pub fn registered_message(name: &[u16]) -> Result<u32, Code> {
    let mut desk = desk();
    let at = match desk.messages.iter().position(|known| same(known, name)) {
        Some(at) => at,
        None => {
            desk.messages.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
            let name = room::copy(name)?;
            desk.messages.push(name);
            desk.messages.len() - 1
        }
    };
    let number = u32::try_from(at).ok().and_then(|at| at.checked_add(FIRST_MESSAGE));
    number.filter(|number| *number <= 0xFFFF).ok_or(Code::NOT_ENOUGH_MEMORY)
}

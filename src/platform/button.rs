//! What a message box answers where nobody sees it.

use super::code::Code;
use crate::sys::room::{self, Made};

/// The buttons of `uType`, and the number and name of the one that does the least: OK where it stands alone, else No,
/// Cancel or Abort.
///
/// # Errors
/// `ERROR_INVALID_MSGBOX_STYLE`: there is no such set of buttons.
pub const fn cautious(style: u32) -> Result<(i32, &'static str), Code> {
    match style & 0xF {
        0 => Ok((1, "OK")),
        1 | 3 | 5 | 6 => Ok((2, "Cancel")),
        2 => Ok((3, "Abort")),
        4 => Ok((7, "No")),
        _ => Err(Code::ERROR_INVALID_MSGBOX_STYLE),
    }
}

/// What is written to standard error: the title, the text, and which button was chosen where there was a choice.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn written(title: &str, text: &str, style: u32, chosen: &str) -> Made<String> {
    let end = if text.ends_with('\n') { "" } else { "\n" };
    if style & 0xF == 0 {
        return room::shown(&format_args!("{title}: {text}{end}"));
    }
    room::shown(&format_args!("{title}: {text}{end}(Nobody was asked: \"{chosen}\" was chosen.)\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_of_buttons() {
        let chosen = [1, 2, 3, 2, 7, 2, 2];
        for (style, expected) in (0_u32..).zip(chosen) {
            assert_eq!(cautious(style | 0x10).unwrap().0, expected, "style {style}");
        }
        for style in 7..16 {
            assert_eq!(cautious(style), Err(Code::ERROR_INVALID_MSGBOX_STYLE));
        }
    }

    #[test]
    fn the_text_says_what_was_chosen() {
        assert_eq!(written("Error", "It failed", 0, "OK").as_deref(), Ok("Error: It failed\n"));
        assert_eq!(
            written("Really?", "All of it\n", 4, "No").as_deref(),
            Ok("Really?: All of it\n(Nobody was asked: \"No\" was chosen.)\n")
        );
    }
}

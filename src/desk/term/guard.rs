//! Takes the terminal and gives it back: on quitting, errors, panics and signals, from any thread, as often as needed.

use std::io::{self, Write};

use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};

/// Holds the terminal; dropping it gives the terminal back.
#[derive(Debug)]
pub(super) struct Guard;

impl Guard {
    /// Takes the terminal. The guard exists from the moment anything is switched on, so that a failure half-way leaves nothing.
    pub(super) fn take(mouse: bool) -> io::Result<Self> {
        // Without this crossterm turns colours into empty sequences under NO_COLOR, which wipe the selection too.
        crossterm::style::force_color_output(true);
        let guard = Self;
        enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        if mouse {
            set_mouse(true)?;
        }
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back. No step is kept from happening by one that failed before it.
pub(super) fn restore() {
    let mut out = io::stdout();
    let _ = queue!(out, EndSynchronizedUpdate);
    let _ = queue!(out, DisableMouseCapture);
    let _ = queue!(out, DisableBracketedPaste);
    let _ = queue!(out, LeaveAlternateScreen);
    let _ = queue!(out, cursor::Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// Switches the mouse on or off.
pub(super) fn set_mouse(on: bool) -> io::Result<()> {
    if on { execute!(io::stdout(), EnableMouseCapture) } else { execute!(io::stdout(), DisableMouseCapture) }
}

/// Asks the terminal where its cursor stands after one sign that some draw one cell wide and some two. Whoever does not know the
/// question says nothing, and nobody waits for it; the sign is gone before anything is shown.
pub(super) fn ask_width() -> io::Result<()> {
    let mut out = io::stdout();
    queue!(out, cursor::MoveTo(0, 0))?;
    out.write_all("│\x1b[6n\r\x1b[K".as_bytes())?;
    out.flush()
}

/// As [`ask_width`], in the line where the cursor is, on the screen of the shell.
pub(super) fn ask_width_here() -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all("\r│\x1b[6n".as_bytes())?;
    out.flush()
}

/// Takes the sign away again and gives the terminal back.
pub(super) fn wipe_line() {
    let mut out = io::stdout();
    let _ = out.write_all(b"\r\x1b[K").and_then(|()| out.flush());
    let _ = disable_raw_mode();
}

/// Returns whether the answer says that the sign was drawn two cells wide.
pub(super) const fn is_double(column: u16) -> bool {
    column == 3
}

/// Begins a frame that is shown as one, where the terminal understands that.
pub(super) fn begin(out: &mut impl Write) -> io::Result<()> {
    queue!(out, BeginSynchronizedUpdate)
}

/// Ends a frame.
pub(super) fn end(out: &mut impl Write) -> io::Result<()> {
    queue!(out, EndSynchronizedUpdate)?;
    out.flush()
}

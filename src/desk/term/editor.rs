//! The user's own editor for longer texts: a private file, the program, and what it left; the terminal is not this room's.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Duration;

use crate::clock::Stopwatch;
use crate::private;

/// Sooner than this nobody has read a text.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Opens `text` in the editor and returns what stands in the file when it is left. The file is private and is removed again,
/// unless something was written into it that cannot be taken over: then it stays, and its name is told.
///
/// # Errors
/// That the file or the program could not be used, or that the program says it failed; [`io::ErrorKind::WouldBlock`] with the name of the
/// file, which stays, where it has handed the file to a window of its own and is not waited for.
pub(super) fn edit(editor: &str, text: &str, folder: &Path) -> io::Result<String> {
    let (mut made, path) = file(folder)?;
    let before = format!("{text}\n");
    let watch = Stopwatch::start();
    let written = made.write_all(before.as_bytes());
    // Some systems let nobody else write to what is open.
    drop(made);
    let edited = written.and_then(|()| run(editor, &path)).and_then(|status| {
        if status.success() { fs::read_to_string(&path) } else { Err(io::Error::other(format!("{editor}: {status}"))) }
    });
    match edited {
        Ok(after) if cfg!(windows) && after == before && watch.elapsed() < AT_ONCE => {
            Err(io::Error::new(io::ErrorKind::WouldBlock, path.display().to_string()))
        }
        Err(error) if fs::read(&path).is_ok_and(|bytes| bytes != before.as_bytes()) => {
            Err(io::Error::other(format!("{error}; {}", path.display())))
        }
        edited => {
            // What cannot be removed stays in a folder that only its owner can look into.
            let _ = fs::remove_file(&path);
            edited.map(|text| plain(&text).to_owned())
        }
    }
}

/// Takes off what editors put around a text: a mark of its encoding, the end of its last line.
fn plain(text: &str) -> &str {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text))
}

/// Makes the file; what an earlier editor left keeps its name.
fn file(folder: &Path) -> io::Result<(File, PathBuf)> {
    private::folder(folder)?;
    let mut number = 0;
    loop {
        number += 1;
        let path = folder.join(format!("notes-{}-{number}.txt", std::process::id()));
        match private::file(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|file| (file, path)),
        }
    }
}

/// The setting may hold arguments (`code --wait`), so a shell takes it apart, as for other programs.
#[cfg(unix)]
fn run(editor: &str, path: &Path) -> io::Result<ExitStatus> {
    Command::new("/bin/sh").arg("-c").arg(format!("{editor} \"$1\"")).arg("cosell").arg(path).status()
}

#[cfg(windows)]
fn run(editor: &str, path: &Path) -> io::Result<ExitStatus> {
    use std::os::windows::process::CommandExt;
    // Its own rules for quotation marks: those around the whole go, all others stay.
    Command::new("cmd").raw_arg(format!("/D /S /C \"{editor} \"{}\"\"", path.display())).status()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Settings that add a line, and that fail.
    #[cfg(unix)]
    const SETTINGS: [&str; 2] = ["sh -c 'printf \"more\\n\" >> \"$0\"'", "false"];
    #[cfg(windows)]
    const SETTINGS: [&str; 2] = ["echo more>>", "exit 1 &"];

    /// Returns a setting that adds a line and then fails.
    fn failing(folder: &Path) -> String {
        let (name, script) = if cfg!(windows) {
            ("my editor.bat", "@echo more>>%1\r\n@exit 3\r\n")
        } else {
            ("my editor", "echo more >> $1; exit 3")
        };
        let path = folder.join(name);
        fs::write(&path, script).unwrap();
        if cfg!(windows) { format!("\"{}\"", path.display()) } else { format!("sh \"{}\"", path.display()) }
    }

    #[test]
    fn what_the_editor_leaves_comes_back_and_the_file_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let edited = edit(SETTINGS[0], "첫 줄", folder.path()).unwrap();
        assert_eq!(edited, "첫 줄\nmore");
        assert_eq!(plain("\u{FEFF}첫 줄\r\n둘째 줄\r\n"), "첫 줄\r\n둘째 줄");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(windows)]
    #[test]
    fn a_text_that_a_window_of_its_own_has_taken_stays_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let told = edit("rem", "x", folder.path()).unwrap_err();
        assert_eq!(told.kind(), io::ErrorKind::WouldBlock);
        assert_eq!(fs::read_to_string(told.to_string()).unwrap(), "x\n");
    }

    #[test]
    fn an_editor_that_is_not_there_or_fails_leaves_the_text_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert!(edit("/nowhere/editor 2>/dev/null", "x", folder.path()).is_err());
        assert!(edit(SETTINGS[1], "x", folder.path()).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_was_written_before_an_editor_failed_stays_and_is_named() {
        let (folder, programs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let told = edit(&failing(programs.path()), "x", folder.path()).unwrap_err().to_string();
        let left = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
        assert!(told.contains(left.to_str().unwrap()), "{told}");
        edit(SETTINGS[0], "y", folder.path()).unwrap();
        assert_eq!(fs::read_to_string(left).unwrap().lines().collect::<Vec<_>>(), ["x", "more"], "the next one leaves it alone");
    }
}

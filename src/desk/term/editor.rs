//! The user's own editor for longer texts: a private file, the program, and what it left; the terminal is not this room's.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use crate::private;

/// Opens `text` in the editor and returns what stands in the file when it is left. The file is private and is removed again,
/// unless something was written into it that cannot be taken over: then it stays, and its name is told.
///
/// # Errors
/// That the file or the program could not be used, or that the program says it failed.
pub(super) fn edit(editor: &str, text: &str, folder: &Path) -> io::Result<String> {
    let path = file(folder)?;
    let before = format!("{text}\n");
    let edited = write(&path, &before).and_then(|()| run(editor, &path)).and_then(|status| {
        if status.success() { fs::read_to_string(&path) } else { Err(io::Error::other(format!("{editor}: {status}"))) }
    });
    match edited {
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

fn file(folder: &Path) -> io::Result<PathBuf> {
    private::folder(folder)?;
    Ok(folder.join(format!("notes-{}.txt", std::process::id())))
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let _ = fs::remove_file(path);
    private::file(path)?.write_all(text.as_bytes())
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
        assert_eq!(fs::read_to_string(left).unwrap().lines().collect::<Vec<_>>(), ["x", "more"]);
    }
}

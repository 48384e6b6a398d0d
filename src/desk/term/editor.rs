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
            edited.map(|text| text.strip_suffix('\n').unwrap_or(&text).to_owned())
        }
    }
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

#[cfg(not(unix))]
fn run(editor: &str, path: &Path) -> io::Result<ExitStatus> {
    let mut words = editor.split_whitespace();
    Command::new(words.next().unwrap_or(editor)).args(words).arg(path).status()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn what_the_editor_leaves_comes_back_and_the_file_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let edited = edit("sh -c 'printf \"둘째 줄\\n\" >> \"$0\"'", "첫 줄", folder.path()).unwrap();
        assert_eq!(edited, "첫 줄\n둘째 줄");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn an_editor_that_is_not_there_or_fails_leaves_the_text_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert!(edit("/nowhere/editor 2>/dev/null", "x", folder.path()).is_err());
        assert!(edit("false", "x", folder.path()).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_was_written_before_an_editor_failed_stays_and_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let told = edit("sh -c 'printf more >> \"$0\"; exit 3'", "x", folder.path()).unwrap_err().to_string();
        let left = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
        assert!(told.contains(left.to_str().unwrap()), "{told}");
        assert_eq!(fs::read_to_string(left).unwrap(), "x\nmore");
    }
}

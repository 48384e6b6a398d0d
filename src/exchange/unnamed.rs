//! Files that have no name yet: made so that nobody can guess or plant one, and cleared away where a program that was killed left some.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

/// How such files begin; the second from before there was one name for all of them.
const PREFIXES: [&str; 2] = [".cosell-", ".refused-"];
const SUFFIX: &str = ".tmp";
/// How many letters nobody can guess.
const LETTERS: usize = 6;
/// Nothing is written for so long: what was not touched since belongs to nobody any more.
const LEFT: Duration = Duration::from_secs(24 * 60 * 60);

/// Makes a private file under a name that nobody can guess; what stands there is never opened. It goes away by itself until it is named.
pub(super) fn unnamed_in(folder: &Path) -> io::Result<NamedTempFile> {
    // Else the system names the file that nobody has heard of, and not the folder.
    fs::metadata(folder)?;
    let made = tempfile::Builder::new().prefix(PREFIXES[0]).suffix(SUFFIX).rand_bytes(LETTERS).tempfile_in(folder)?;
    // The time of the disk the folder is on, whatever this machine's clock says.
    if let Ok(now) = made.as_file().metadata().and_then(|made| made.modified()) {
        clear(folder, now);
    }
    Ok(made)
}

/// Removes what was left in a folder; what cannot be looked at or removed stays.
fn clear(folder: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_str().is_some_and(is_unnamed)
            && entry.metadata().is_ok_and(|found| found.is_file() && is_own(&found) && is_left(&found, now))
        {
            // Another program may have been faster.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_unnamed(name: &str) -> bool {
    let letters = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)?.strip_suffix(SUFFIX));
    letters.is_some_and(|letters| letters.len() == LETTERS && letters.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn is_left(found: &fs::Metadata, now: SystemTime) -> bool {
    found.modified().is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age > LEFT))
}

#[cfg(unix)]
fn is_own(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.uid() == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
const fn is_own(_: &fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_program_left_goes_with_the_next_file_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let old = SystemTime::now() - LEFT - Duration::from_secs(60);
        let there = |name: &str| folder.path().join(name).symlink_metadata().is_ok();
        let put = |name: &str, at: SystemTime| {
            let file = fs::File::create(folder.path().join(name)).unwrap();
            file.set_modified(at).unwrap();
        };
        for name in [".cosell-Ab3dEf.tmp", ".refused-123456.tmp", ".cosell-notes.tmp", "cosell-Ab3dEf.tmp", ".cosell-한글글.tmp"]
        {
            put(name, old);
        }
        put(".cosell-zzzzzz.tmp", SystemTime::now());
        fs::create_dir(folder.path().join(".cosell-folder.tmp")).unwrap();
        let made = unnamed_in(folder.path()).unwrap();
        assert!(is_unnamed(made.path().file_name().unwrap().to_str().unwrap()));
        assert!(!there(".cosell-Ab3dEf.tmp") && !there(".refused-123456.tmp"));
        for name in [".cosell-notes.tmp", "cosell-Ab3dEf.tmp", ".cosell-한글글.tmp", ".cosell-zzzzzz.tmp", ".cosell-folder.tmp"]
        {
            assert!(there(name), "{name}");
        }
    }
}

//! The configuration while a desk is open: whether another program wrote its file, and what that says then. Who lives by it is told
//! elsewhere.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::SystemTime;

use super::Config;

/// At each how many calls it is looked at: an idle desk wakes no thread each second for what changes in months.
const EACH: u8 = 4;

/// Looks at the file on a thread of its own: a folder behind a slow network keeps nobody waiting.
pub struct Watched {
    look: SyncSender<()>,
    news: Receiver<Config>,
    /// How often it was called since it was looked at last.
    calls: u8,
}

impl Watched {
    /// Begins to watch a file as it is now.
    ///
    /// # Errors
    /// Where the system has no room for a thread.
    pub fn start(path: PathBuf) -> io::Result<Self> {
        let (look, asked) = mpsc::sync_channel(1);
        let (tell, news) = mpsc::channel();
        let mut seen = written(&path);
        let work = move || {
            while asked.recv().is_ok() {
                if let Some(config) = news_of(&path, &mut seen) {
                    let _ = tell.send(config);
                }
            }
        };
        thread::Builder::new().name("settings".into()).spawn(work)?;
        Ok(Self { look, news, calls: 0 })
    }

    /// Has it look at each fourth call, and once it has done so before; waits for nothing.
    pub fn wake(&mut self) {
        self.calls = (self.calls + 1) % EACH;
        if self.calls == 0 {
            let _ = self.look.try_send(());
        }
    }

    /// Returns what the file says since it was written last.
    pub fn news(&self) -> Option<Config> {
        self.news.try_iter().last()
    }
}

/// When a file was written, and how long it is.
type Written = Option<(SystemTime, u64)>;

fn written(path: &Path) -> Written {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// Returns what a file says that was written since `seen`. Of one that is gone, or in which anything is wrong, nothing: what has its
/// default only for that may do everything.
fn news_of(path: &Path, seen: &mut Written) -> Option<Config> {
    let now = written(path).filter(|now| Some(*now) != *seen)?;
    *seen = Some(now);
    Config::load(path, false).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::role::Role;

    #[test]
    fn a_file_is_news_once_after_it_was_written_and_none_where_it_is_wrong_or_gone() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        let mut seen = written(&path);
        assert!(news_of(&path, &mut seen).is_none(), "there is none");
        std::fs::write(&path, "[me]\nrole = \"viewer\"\n").unwrap();
        assert_eq!(news_of(&path, &mut seen).map(|config| config.role), Some(Role::Viewer));
        assert!(news_of(&path, &mut seen).is_none());
        std::fs::write(&path, "[me]\nrole = \"view").unwrap();
        assert!(news_of(&path, &mut seen).is_none(), "half of it is no word");
        std::fs::write(&path, "[me]\nrole = \"partner-admin\"\n").unwrap();
        assert_eq!(news_of(&path, &mut seen).map(|config| config.role), Some(Role::PartnerAdmin));
        std::fs::remove_file(&path).unwrap();
        assert!(news_of(&path, &mut seen).is_none(), "what is gone gives nobody a right");
    }
}

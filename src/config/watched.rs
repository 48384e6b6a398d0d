//! The configuration while a desk is open: whether another program wrote its file, and what that says then. Who lives by it is told
//! elsewhere.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::SystemTime;

use super::{Config, ConfigError};

/// At each how many calls it is looked at: an idle desk wakes no thread each second for what changes in months.
const EACH: u8 = 4;

/// What has become of the file.
#[derive(Debug)]
pub enum News {
    /// It was written, and says this.
    Settled(Box<Config>),
    /// It says nothing that can be lived by.
    Lost(Lost),
}

/// Why the file says nothing that can be lived by.
#[derive(Debug)]
pub enum Lost {
    /// It is not there any more.
    Gone(PathBuf),
    /// All of this is wrong with it.
    Wrong(PathBuf, Vec<ConfigError>),
}

/// Looks at the file on a thread of its own: a folder behind a slow network keeps nobody waiting.
pub struct Watched {
    look: SyncSender<()>,
    news: Receiver<News>,
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
        let mut seen = Seen { written: written(&path), lost: None };
        let work = move || {
            while asked.recv().is_ok() {
                if let Some(news) = news_of(&path, &mut seen) {
                    let _ = tell.send(news);
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

    /// Returns what has become of the file last.
    pub fn news(&self) -> Option<News> {
        self.news.try_iter().last()
    }
}

/// When a file was written, and how long it is.
type Written = Option<(SystemTime, u64)>;

fn written(path: &Path) -> Written {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// How the file was seen last.
struct Seen {
    written: Written,
    /// What was wrong with it then and has not been told: a program may be about to write all of it.
    lost: Option<Lost>,
}

/// Returns what has become of a file since it was `seen`. What is wrong with it is told once, where the next look finds it so still: a
/// program may write it in two steps. It gives nobody a right: what has its default only for that may do everything.
fn news_of(path: &Path, seen: &mut Seen) -> Option<News> {
    let now = written(path);
    if now == seen.written {
        return seen.lost.take().map(News::Lost);
    }
    seen.written = now;
    let lost = match now.map(|_| Config::load(path, false)) {
        Some(Ok(config)) => {
            seen.lost = None;
            return Some(News::Settled(Box::new(config)));
        }
        Some(Err(wrong)) => Some(Lost::Wrong(path.to_owned(), wrong)),
        None => Some(Lost::Gone(path.to_owned())),
    };
    seen.lost = lost;
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::role::Role;

    fn role(news: Option<News>) -> Option<Role> {
        match news? {
            News::Settled(config) => Some(config.role),
            News::Lost(_) => None,
        }
    }

    #[test]
    fn a_file_is_news_once_after_it_was_written_and_where_it_stays_wrong_or_gone_that_is() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        let mut seen = Seen { written: written(&path), lost: None };
        assert!(news_of(&path, &mut seen).is_none(), "there is none, and there was none");
        std::fs::write(&path, "[me]\nrole = \"viewer\"\n").unwrap();
        assert_eq!(role(news_of(&path, &mut seen)), Some(Role::Viewer));
        assert!(news_of(&path, &mut seen).is_none());
        std::fs::write(&path, "[me]\nrole = \"view").unwrap();
        assert!(news_of(&path, &mut seen).is_none(), "half of it is no word");
        std::fs::write(&path, "[me]\nrole = \"partner-admin\"\n").unwrap();
        assert_eq!(role(news_of(&path, &mut seen)), Some(Role::PartnerAdmin));
        assert!(news_of(&path, &mut seen).is_none(), "it is whole by now");
        std::fs::write(&path, "[me]\nrole = \"view").unwrap();
        assert!(news_of(&path, &mut seen).is_none());
        assert!(matches!(news_of(&path, &mut seen), Some(News::Lost(Lost::Wrong(..)))), "it stays so");
        assert!(news_of(&path, &mut seen).is_none(), "it is told once");
        std::fs::remove_file(&path).unwrap();
        assert!(news_of(&path, &mut seen).is_none(), "what is gone gives nobody a right");
        assert!(matches!(news_of(&path, &mut seen), Some(News::Lost(Lost::Gone(_)))));
        assert!(news_of(&path, &mut seen).is_none());
    }
}

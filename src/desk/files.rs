//! The files that the import box offers: what a folder holds, and what each file looks like; which one is taken is `model`'s affair.

use std::fs::{self, File};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::importing::{expanded, shortened_in};
use crate::dispatch;
use crate::domain::instant::Timestamp;
use crate::intake::{Appearance, Glance};
use crate::private::{Spot, Unfit, spot};

/// A file, or a folder, that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its name, of a folder with a separator behind it.
    pub name: String,
    /// How it is named when it is chosen.
    pub path: String,
    /// What it looks like; `None` for a folder.
    pub looks: Option<Appearance>,
    /// How many rows it says it has, where it says so.
    pub rows: Option<u64>,
    pub changed: Option<Timestamp>,
}

/// What was found where somebody pointed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The newest files of the places that are looked at unasked.
    Newest(Vec<Candidate>),
    /// What this folder holds, by its name as typed with a separator behind it.
    Folder(String, Vec<Candidate>),
    /// What was typed is no folder: a file, or nothing.
    NoFolder(String),
    /// The folder that files are to be written into unless another one is named.
    ToWriteInto(String),
    /// Whether files can be written into the folder that was typed.
    Into(String, Result<Spot, Unfit>),
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    Newest,
    /// What is behind a name as typed.
    At(String),
    /// Whether files can be written into the folder of this name.
    Into(String),
    /// The folder that files are to be written into unless another one is named.
    ToWriteInto,
}

/// Endings of the files that are offered.
const ENDINGS: [&str; 9] = ["csv", "tsv", "json", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods"];
/// How many files are offered at most: what is further down is older.
const MOST: usize = 60;

/// Returns the folders that are looked at unasked: where browsers put downloads, and the present one.
pub fn places() -> Vec<PathBuf> {
    let downloads = directories::UserDirs::new().map(|dirs| {
        let told = dirs.download_dir().map(Path::to_owned);
        told.unwrap_or_else(|| dirs.home_dir().join("Downloads"))
    });
    let here = std::env::current_dir().ok();
    let mut places: Vec<PathBuf> = downloads.into_iter().chain(here).collect();
    places.dedup();
    places
}

/// Returns the folder that files are to be written into unless another one is named, as one types it: where browsers put downloads, else
/// where documents lie, else the home folder; whichever is there.
fn to_write_into() -> String {
    let Some(dirs) = directories::UserDirs::new() else { return ".".to_owned() };
    let home = dirs.home_dir();
    let of = |told: Option<&Path>, usual: &str| told.map_or_else(|| home.join(usual), Path::to_owned);
    first_there(&[of(dirs.download_dir(), "Downloads"), of(dirs.document_dir(), "Documents")], home)
}

fn first_there(folders: &[PathBuf], home: &Path) -> String {
    let folder = folders.iter().find(|folder| folder.is_dir()).map_or(home, PathBuf::as_path);
    shortened_in(folder, home)
}

/// Looks. A folder that cannot be read holds nothing; a slow one takes its time, so whoever waits for keys asks on another thread.
pub fn find(wanted: Where, places: &[PathBuf]) -> Found {
    match wanted {
        Where::Newest => {
            let files = places.iter().flat_map(|place| {
                let path = place.display().to_string();
                entries(place, &with_separator(&path)).into_iter().filter(|entry| entry.looks.is_some())
            });
            Found::Newest(newest(files.collect()))
        }
        Where::At(typed) => {
            let path = expanded(&typed);
            if !path.is_dir() {
                return Found::NoFolder(typed);
            }
            let typed = with_separator(&typed);
            let entries = entries(&path, &typed);
            Found::Folder(typed, newest(entries))
        }
        Where::ToWriteInto => Found::ToWriteInto(to_write_into()),
        Where::Into(typed) => {
            let spot = spot(&expanded(&typed));
            Found::Into(typed, spot)
        }
    }
}

fn with_separator(path: &str) -> String {
    if path.ends_with(is_separator) { path.to_owned() } else { format!("{path}{MAIN_SEPARATOR}") }
}

/// Returns whether a character stands between the names of a path here.
pub const fn is_separator(c: char) -> bool {
    c == '/' || c == MAIN_SEPARATOR
}

/// Returns what a folder holds of interest; names begin with `before`. What files look like is not known yet.
fn entries(folder: &Path, before: &str) -> Vec<Candidate> {
    let Ok(read) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in read.flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        // Pipes and devices are not looked into.
        let Ok(data) = fs::metadata(entry.path()) else { continue };
        // Those of `~$` lock a workbook that is open.
        if name.starts_with(['.', '~']) || !(data.is_dir() || data.is_file() && is_offered(&name)) {
            continue;
        }
        let since = data.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let changed = since.and_then(|since| i64::try_from(since.as_micros()).ok()).map(Timestamp::from_micros);
        let name = if data.is_dir() { with_separator(&name) } else { name };
        let looks = data.is_file().then_some(Appearance::Other);
        found.push(Candidate { path: format!("{before}{name}"), name, looks, rows: None, changed });
    }
    found
}

fn is_offered(name: &str) -> bool {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)) && !name.to_ascii_lowercase().contains(".refused.")
}

/// Orders files by age, newest first, folders behind them by name, and looks into those that stay.
fn newest(mut entries: Vec<Candidate>) -> Vec<Candidate> {
    entries.sort_by(|a, b| {
        let files = (a.looks.is_none(), b.changed.filter(|_| b.looks.is_some()));
        let others = (b.looks.is_none(), a.changed.filter(|_| a.looks.is_some()));
        files.cmp(&others).then_with(|| a.name.cmp(&b.name))
    });
    entries.dedup_by(|a, b| a.path == b.path);
    entries.truncate(MOST);
    for entry in entries.iter_mut().filter(|entry| entry.looks.is_some()) {
        let Glance { looks, rows } = glance(&expanded(&entry.path));
        let is_upload = looks == Appearance::Deals && dispatch::is_upload(&entry.name);
        (entry.looks, entry.rows) = (Some(if is_upload { Appearance::Upload } else { looks }), rows);
    }
    entries
}

fn glance(path: &Path) -> Glance {
    let nothing = Glance { looks: Appearance::Other, rows: None };
    File::open(path).map_or(nothing, |mut file| Glance::into_file(&mut file))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn the_folder_that_is_offered_for_writing_is_one_that_is_there() {
        let home = tempfile::tempdir().unwrap();
        let folders = ["Downloads", "Documents"].map(|name| home.path().join(name));
        let offered = || {
            super::super::importing::expanded(&first_there(&folders, home.path()).replacen(
                '~',
                &home.path().display().to_string(),
                1,
            ))
        };
        assert_eq!(offered(), home.path().join(""));
        fs::create_dir(&folders[1]).unwrap();
        assert_eq!(offered(), folders[1]);
        fs::create_dir(&folders[0]).unwrap();
        assert_eq!(offered(), folders[0]);
    }

    #[test]
    fn the_newest_files_of_a_folder_come_first_and_folders_last() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, content: &[u8], age: u64| {
            let path = folder.path().join(name);
            fs::write(&path, content).unwrap();
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(2_000_000_000 - age);
            File::options().write(true).open(path).unwrap().set_modified(at).unwrap();
        };
        put("old.csv", b"a,b\n", 60);
        put("고객.TSV", "회사명\t국가\n".as_bytes(), 30);
        put("new.json", b"[]", 10);
        put("picture.png", b"", 1);
        put("old.refused.csv", b"", 1);
        fs::create_dir(folder.path().join("more")).unwrap();
        let typed = folder.path().display().to_string();
        let Found::Folder(named, found) = find(Where::At(typed.clone()), &[]) else { panic!("a folder") };
        assert_eq!(named, with_separator(&typed));
        let names: Vec<_> = found.iter().map(|entry| (entry.name.as_str(), entry.looks)).collect();
        let more = with_separator("more");
        assert_eq!(
            names,
            [
                ("new.json", Some(Appearance::Api)),
                ("고객.TSV", Some(Appearance::Customers)),
                ("old.csv", Some(Appearance::Other)),
                (more.as_str(), None),
            ]
        );
        assert_eq!(found[0].path, folder.path().join("new.json").display().to_string());
        let Found::Newest(newest) = find(Where::Newest, &[folder.path().to_owned()]) else { panic!("the newest") };
        assert_eq!(newest.len(), 3, "no folders: {newest:?}");
        assert_eq!(find(Where::At("/no/such".into()), &[]), Found::NoFolder("/no/such".into()));
    }
}

//! Rows that were refused, written beside their file with the reasons, so that a corrected copy can be imported as it is.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::NamedTempFile;

use super::twice::{AsItWas, Twice};
use super::unnamed::unnamed_in;
use crate::domain::invalid::Complaints;
use crate::private;

/// The column, or member, that holds the reasons; an import passes over it.
pub(super) const REASON: &str = "Refused because";

/// A row that was refused, with every reason.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedRow<'a> {
    /// The line it begins in, from 1; of JSON the number of the record.
    pub line: u64,
    pub content: RowContent<'a>,
    pub complaints: Complaints,
}

#[derive(Debug, Clone, PartialEq)]
pub enum RowContent<'a> {
    Table {
        header: &'a csv::StringRecord,
        separator: u8,
        cells: &'a csv::StringRecord,
    },
    /// A record, with the members that are in it twice.
    Json(&'a Value, &'a [Twice]),
}

/// Where refused rows are to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusedTo {
    /// Beside the file they came from; where that folder is not the user's own, or takes no file, into this one.
    Beside {
        otherwise: Option<PathBuf>,
    },
    /// Into this file, which must not be there yet.
    File(PathBuf),
    Nowhere,
}

/// Writes `NAME.refused.csv` or `NAME.refused.json`, once there is something to write; row by row, under a name that nobody can guess.
pub struct RefusedWriter {
    source: PathBuf,
    to: RefusedTo,
    output: Option<Output>,
    failure: Option<(PathBuf, io::Error)>,
}

struct Output {
    /// The name it is to have, or the first of several.
    named: Named,
    kind: Kind,
}

enum Named {
    Exactly(PathBuf),
    FirstFree { folder: PathBuf, stem: String, ending: &'static str },
}

impl Named {
    fn folder(&self) -> &Path {
        match self {
            Self::Exactly(path) => folder_of(path),
            Self::FirstFree { folder, .. } => folder,
        }
    }

    fn first(&self) -> PathBuf {
        match self {
            Self::Exactly(path) => path.clone(),
            Self::FirstFree { folder, stem, ending } => numbered(folder, stem, ending, 1),
        }
    }
}

type Made = BufWriter<NamedTempFile>;

enum Kind {
    Table(Box<csv::Writer<Made>>),
    /// The elements of a JSON list; whether one was written already.
    Json(Made, bool),
}

impl RefusedWriter {
    /// Takes the refused rows of the file `source`.
    pub fn new(source: &Path, to: RefusedTo) -> Self {
        Self { source: source.to_owned(), to, output: None, failure: None }
    }

    /// Finds out before an import whether a file that the user named can be made.
    ///
    /// # Errors
    /// What the file system says: it is there already, or its folder is not.
    pub fn check(named: &Path) -> io::Result<()> {
        if named.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        unnamed_in(folder_of(named)).map(drop)
    }

    /// Returns the file that the rows of `source` would be written to, if they are tables or else JSON; `None` for nowhere.
    pub fn planned(source: &Path, to: &RefusedTo, table: bool) -> Option<PathBuf> {
        let folder = match to {
            RefusedTo::Nowhere => return None,
            RefusedTo::File(path) => return Some(path.clone()),
            RefusedTo::Beside { otherwise: Some(otherwise) } if !is_own_folder(source) => otherwise.clone(),
            RefusedTo::Beside { .. } => folder_of(source).to_owned(),
        };
        Some(numbered(&folder, &stem_of(source), if table { "csv" } else { "json" }, 1))
    }

    /// Takes a row with its reasons in words. A failure is kept for [`RefusedWriter::finish`].
    pub fn add(&mut self, row: &RefusedRow<'_>, reasons: &str) {
        if self.to != RefusedTo::Nowhere
            && self.failure.is_none()
            && let Err(failure) = self.try_add(row, reasons)
        {
            let table = matches!(row.content, RowContent::Table { .. });
            let meant = self.output.as_ref().map(|output| output.named.first());
            let meant = meant.or_else(|| Self::planned(&self.source, &self.to, table)).unwrap_or_default();
            self.failure = Some((meant, failure));
            // What is not whole is no file to correct.
            self.output = None;
        }
    }

    fn try_add(&mut self, row: &RefusedRow<'_>, reasons: &str) -> io::Result<()> {
        if self.output.is_none() {
            self.output = Some(self.begin(row)?);
        }
        match (self.output.as_mut().map(|output| &mut output.kind), &row.content) {
            (Some(Kind::Table(writer)), RowContent::Table { header, cells, .. }) => {
                let mut cells = without_reason(header, cells);
                let own = header.iter().filter(|name| *name == REASON).count();
                cells.resize(cells.len().max(header.len() - own), "");
                writer.write_record(cells.into_iter().chain([reasons]))?;
            }
            (Some(Kind::Json(file, begun)), RowContent::Json(value, twice)) => {
                let mut value = (*value).clone();
                if let Value::Object(members) = &mut value {
                    members.insert(REASON.to_owned(), Value::from(reasons));
                }
                file.write_all(if *begun { b",\n" } else { b"[\n" })?;
                serde_json::to_writer_pretty(file, &AsItWas { value: &value, twice, path: String::new() })?;
                *begun = true;
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&self, row: &RefusedRow<'_>) -> io::Result<Output> {
        let ending = if matches!(row.content, RowContent::Table { .. }) { "csv" } else { "json" };
        let (named, unnamed) = self.make(ending)?;
        let mut file = BufWriter::new(unnamed);
        let kind = match &row.content {
            RowContent::Table { header, separator, .. } => {
                file.write_all(b"\xEF\xBB\xBF")?;
                let mut builder = csv::WriterBuilder::new();
                builder.delimiter(*separator).terminator(csv::Terminator::CRLF).flexible(true);
                let mut writer = builder.from_writer(file);
                writer.write_record(without_reason(header, header).into_iter().chain([REASON]))?;
                Kind::Table(Box::new(writer))
            }
            RowContent::Json(..) => Kind::Json(file, false),
        };
        Ok(Output { named, kind })
    }

    /// Makes the file, without its name, where it is to stand.
    fn make(&self, ending: &'static str) -> io::Result<(Named, NamedTempFile)> {
        let named = |folder: &Path| Named::FirstFree { folder: folder.to_owned(), stem: stem_of(&self.source), ending };
        let otherwise = match &self.to {
            RefusedTo::File(path) => return Ok((Named::Exactly(path.clone()), unnamed_in(folder_of(path))?)),
            RefusedTo::Beside { otherwise } => otherwise.as_deref(),
            RefusedTo::Nowhere => None,
        };
        let beside = folder_of(&self.source);
        let Some(otherwise) = otherwise else { return Ok((named(beside), unnamed_in(beside)?)) };
        if is_own_folder(&self.source)
            && let Ok(unnamed) = unnamed_in(beside)
        {
            return Ok((named(beside), unnamed));
        }
        private::folder(otherwise)?;
        Ok((named(otherwise), unnamed_in(otherwise)?))
    }

    /// Gives the file its name and returns it; `None` when nothing was to be written. No file is ever overwritten, and the folder
    /// knows of it before this returns.
    ///
    /// # Errors
    /// What the file system says, with the path.
    pub fn finish(self) -> Result<Option<PathBuf>, (PathBuf, io::Error)> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let Some(output) = self.output else { return Ok(None) };
        let named = complete(output.kind).and_then(|unnamed| give_name(unnamed, &output.named));
        named.map(Some).map_err(|failure| (output.named.first(), failure))
    }
}

pub(super) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What is no file of its own (a pipe, a device) has no name that says anything.
fn stem_of(file: &Path) -> String {
    let stem = file.file_stem().filter(|_| file.is_file()).map(|stem| stem.to_string_lossy().into_owned());
    stem.unwrap_or_else(|| "input".to_owned())
}

/// Returns whether a file lies where its user keeps files: in a folder that is the user's and that not everybody can write to.
#[cfg(unix)]
fn is_own_folder(file: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let own = |folder: fs::Metadata| folder.uid() == rustix::process::geteuid().as_raw() && folder.mode() & 0o002 == 0;
    file.is_file() && fs::metadata(folder_of(file)).is_ok_and(own)
}

#[cfg(not(unix))]
fn is_own_folder(file: &Path) -> bool {
    file.is_file()
}

/// Returns the cells except those of the reason column, of a file that was refused before.
fn without_reason<'a>(header: &csv::StringRecord, cells: &'a csv::StringRecord) -> Vec<&'a str> {
    let own = |index: usize| header.get(index) == Some(REASON);
    cells.iter().enumerate().filter(|(index, _)| !own(*index)).map(|(_, cell)| cell).collect()
}

fn complete(kind: Kind) -> io::Result<NamedTempFile> {
    let file = match kind {
        Kind::Table(writer) => writer.into_inner().map_err(|e| io::Error::other(e.to_string()))?,
        Kind::Json(mut file, _) => {
            file.write_all(b"\n]\n")?;
            file
        }
    };
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Writes a file that was not there, whole or not at all.
pub(super) fn write_new(path: &Path, text: &str) -> io::Result<()> {
    write_new_with(path, |file| file.write_all(text.as_bytes()))
}

/// As [`write_new`], of what is written piece by piece.
pub(super) fn write_new_with(path: &Path, write: impl FnOnce(&mut fs::File) -> io::Result<()>) -> io::Result<()> {
    let mut file = unnamed_in(folder_of(path))?;
    write(file.as_file_mut())?;
    file.as_file().sync_all()?;
    keep_new(file, path)
}

/// Gives a file that is whole a name that nothing has yet, and makes it last.
pub(super) fn keep_new(unnamed: NamedTempFile, path: &Path) -> io::Result<()> {
    give_name(unnamed, &Named::Exactly(path.to_owned())).map(drop)
}

/// Gives the file its name, or the first free one, or finds that it is there already.
fn give_name(mut unnamed: NamedTempFile, named: &Named) -> io::Result<PathBuf> {
    let candidates: Box<dyn Iterator<Item = PathBuf>> = match named {
        Named::Exactly(path) => Box::new(std::iter::once(path.clone())),
        Named::FirstFree { folder, stem, ending } => {
            Box::new((1..10_000).map(move |number| numbered(folder, stem, ending, number)))
        }
    };
    for path in candidates {
        match unnamed.persist_noclobber(&path) {
            Ok(_) => return private::sync_folder(named.folder()).map(|()| path),
            Err(refused) => {
                unnamed = refused.file;
                if path.symlink_metadata().is_err() {
                    // Some file systems can neither link nor rename without overwriting.
                    return copy_to(&unnamed, &path).and_then(|()| private::sync_folder(named.folder())).map(|()| path);
                }
                if matches!(named, Named::FirstFree { .. }) && same_content(unnamed.path(), &path)? {
                    return Ok(path);
                }
            }
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn copy_to(unnamed: &NamedTempFile, path: &Path) -> io::Result<()> {
    let mut file = private::file(path)?;
    let copied = unnamed.reopen().and_then(|mut from| io::copy(&mut from, &mut file)).and_then(|_| file.sync_all());
    if copied.is_err() {
        // Half a file is worse than none.
        let _ = fs::remove_file(path);
    }
    copied
}

/// Returns whether two files hold the same; what is no plain file is never opened.
fn same_content(a: &Path, b: &Path) -> io::Result<bool> {
    let (one, other) = (fs::symlink_metadata(a)?, fs::symlink_metadata(b)?);
    Ok(other.is_file() && one.len() == other.len() && fs::read(a)? == fs::read(b)?)
}

fn numbered(folder: &Path, stem: &str, ending: &str, number: u32) -> PathBuf {
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    folder.join(format!("{stem}.refused{number}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_rows_keep_their_columns_and_get_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("download (1).csv");
        fs::write(&file, "").unwrap();
        let header = csv::StringRecord::from(vec!["Deal Name", "Notes"]);
        let cells = csv::StringRecord::from(vec!["한빛; ERP", "two\nlines \"q\""]);
        let row = RefusedRow {
            line: 2,
            content: RowContent::Table { header: &header, separator: b';', cells: &cells },
            complaints: vec![],
        };
        let write = |reasons: &str| {
            let mut writer = RefusedWriter::new(&file, RefusedTo::Beside { otherwise: None });
            writer.add(&row, reasons);
            writer.finish().unwrap().unwrap()
        };
        let path = write("no value");
        assert_eq!(path.file_name().unwrap(), "download (1).refused.csv");
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "\u{feff}Deal Name;Notes;Refused because\r\n\"한빛; ERP\";\"two\nlines \"\"q\"\"\";no value\r\n");
        assert_eq!(write("no value"), path, "the same rows again need no new file");
        assert_eq!(
            write("no date").file_name().unwrap(),
            "download (1).refused-2.csv",
            "a file being corrected is not overwritten"
        );
        assert!(RefusedWriter::new(&file, RefusedTo::Beside { otherwise: None }).finish().unwrap().is_none());
        let mut dropped = RefusedWriter::new(&file, RefusedTo::Beside { otherwise: None });
        dropped.add(&row, "x");
        drop(dropped);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing half-written is left");
    }

    fn refuse(writer: &mut RefusedWriter) {
        let (header, cells) = (csv::StringRecord::from(vec!["Deal Name"]), csv::StringRecord::from(vec!["ERP"]));
        let content = RowContent::Table { header: &header, separator: b',', cells: &cells };
        writer.add(&RefusedRow { line: 2, content, complaints: vec![] }, "no value");
    }

    fn written(file: &Path, to: RefusedTo) -> Result<Option<PathBuf>, (PathBuf, io::Error)> {
        let mut writer = RefusedWriter::new(file, to);
        refuse(&mut writer);
        writer.finish()
    }

    #[cfg(unix)]
    #[test]
    fn a_link_or_a_pipe_planted_under_a_name_of_refused_rows_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (file, victim) = (folder.path().join("d.csv"), folder.path().join("victim"));
        fs::write(&file, "").unwrap();
        fs::write(&victim, "precious").unwrap();
        std::os::unix::fs::symlink(&victim, folder.path().join("d.refused.csv")).unwrap();
        let pipe = folder.path().join("d.refused-2.csv");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let path = written(&file, RefusedTo::Beside { otherwise: None }).unwrap().unwrap();
        assert_eq!(path.file_name().unwrap(), "d.refused-3.csv");
        assert_eq!(fs::read_to_string(victim).unwrap(), "precious");
    }

    #[cfg(unix)]
    #[test]
    fn where_others_write_or_nothing_can_be_made_refused_rows_go_to_the_state_folder() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let (shared, state) = (home.path().join("shared"), home.path().join("state/refused"));
        fs::create_dir(&shared).unwrap();
        fs::set_permissions(&shared, fs::Permissions::from_mode(0o777)).unwrap();
        let file = shared.join("d.csv");
        fs::write(&file, "").unwrap();
        let to = RefusedTo::Beside { otherwise: Some(state.clone()) };
        assert_eq!(RefusedWriter::planned(&file, &to, true), Some(state.join("d.refused.csv")), "said before");
        assert_eq!(written(&file, to.clone()).unwrap(), Some(state.join("d.refused.csv")));
        assert_eq!(written(Path::new("/dev/null"), to).unwrap(), Some(state.join("input.refused.csv")), "of a device");
    }

    #[test]
    fn a_file_that_was_named_for_refused_rows_is_made_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (file, named) = (folder.path().join("d.csv"), folder.path().join("mine.csv"));
        assert!(RefusedWriter::check(&named).is_ok());
        assert_eq!(written(&file, RefusedTo::File(named.clone())).unwrap(), Some(named.clone()));
        assert_eq!(RefusedWriter::check(&named).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        let again = written(&file, RefusedTo::File(named.clone())).unwrap_err();
        assert_eq!((again.0, again.1.kind()), (named, io::ErrorKind::AlreadyExists));
        assert_eq!(RefusedWriter::check(&folder.path().join("no/x.csv")).unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(written(&file, RefusedTo::Nowhere).unwrap(), None);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

//! A packed file and its parts: which kind of workbook it is, and each part as XML; what stands in them is `xlsx.rs` and `other.rs`.

use std::borrow::Cow;
use std::cell::Cell;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Budget, Token, Xml};
use crate::exchange::error::{BookTrouble, FileError};
use crate::exchange::input::Reading;

/// A packed file whose parts are read one after the other.
pub(super) struct Package {
    archive: ZipArchive<BufReader<File>>,
    /// The names of the parts, as they are compared.
    names: Vec<String>,
    pub budget: Budget,
}

/// Most bytes of the list of parts: of a workbook it has a few thousand.
const LIST: u32 = 4 << 20;

impl Package {
    /// Opens an archive of which no more than `most` bytes are to be unpacked.
    ///
    /// # Errors
    /// [`BookTrouble::Damaged`], or what the file system says.
    pub(super) fn open(mut file: File, most: u64, reading: Reading) -> Result<Self, FileError> {
        if list_of_parts(&mut file)?.is_none_or(|bytes| bytes > LIST) {
            return Err(BookTrouble::Damaged.into());
        }
        let archive = ZipArchive::new(BufReader::new(file)).map_err(of_zip)?;
        let names = archive.file_names().map(|name| name.map(|name| compared(&name)).unwrap_or_default()).collect();
        Ok(Self { archive, names, budget: Budget { left: Cell::new(most), reading } })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<usize> {
        let wanted = compared(name);
        self.names.iter().position(|name| *name == wanted)
    }

    /// Returns a part as XML; `None` where there is none of that name.
    ///
    /// # Errors
    /// [`BookTrouble::Damaged`], [`BookTrouble::Locked`].
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<Xml<'_>>, FileError> {
        let Some(at) = self.find(name) else { return Ok(None) };
        let part = self.archive.by_index(at).map_err(of_zip)?;
        Ok(Some(Xml::new(Box::new(part), &self.budget)))
    }

    /// Returns the beginning of a part.
    pub(super) fn begins(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        let at = self.find(name)?;
        let mut bytes = Vec::new();
        let part = self.archive.by_index(at).ok()?;
        part.take(most).read_to_end(&mut bytes).ok().map(|_| bytes)
    }

    /// Unpacks all parts but pictures and looks at nothing, to know that they fit into the budget; whoever reads them does not look.
    ///
    /// # Errors
    /// [`BookTrouble::Swollen`], [`BookTrouble::Damaged`], [`FileError::Stopped`].
    pub(super) fn weigh(&mut self) -> Result<(), FileError> {
        let mut piece = vec![0; 1 << 16];
        for at in 0..self.archive.len() {
            let name = self.names.get(at).map_or("", String::as_str);
            if !name.ends_with(".xml") && !name.ends_with(".bin") && !name.ends_with(".rels") {
                continue;
            }
            let mut part = self.archive.by_index(at).map_err(of_zip)?;
            loop {
                self.budget.reading.go_on()?;
                let count = part.read(&mut piece).map_err(|_| BookTrouble::Damaged)?;
                if count == 0 {
                    break;
                }
                let left = self.budget.left.get().checked_sub(count as u64).ok_or(BookTrouble::Swollen)?;
                self.budget.left.set(left);
            }
        }
        Ok(())
    }

    /// Returns the part that the file is about, as its first relations tell.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(super) fn main_part(&mut self) -> Result<Option<String>, FileError> {
        let relations = self.relations("")?;
        let main = relations.into_iter().find(|relation| relation.kind == "officeDocument");
        Ok(main.map(|relation| relation.target).filter(|target| self.has(target)))
    }

    /// Returns what a part is related to; of the whole file where the name is empty.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(super) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, FileError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let list = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        let Some(mut xml) = self.xml(&list)? else { return Ok(Vec::new()) };
        let mut relations = Vec::new();
        loop {
            match xml.next()? {
                Token::Open(tag) if tag.name() == "Relationship" && relations.len() < MOST_RELATIONS => {
                    let [id, kind, target] = ["Id", "Type", "Target"].map(|name| tag.attribute(name).unwrap_or_default());
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    relations.push(Relation { id: id.into_owned(), kind, target: resolved(folder, &target) });
                }
                Token::End => return Ok(relations),
                _ => {}
            }
        }
    }
}

/// Most relations of a part that are kept.
const MOST_RELATIONS: usize = 4_096;

/// That a part belongs to another.
pub(super) struct Relation {
    pub id: String,
    /// The last word of its kind: `worksheet`, `styles`.
    pub kind: String,
    /// The name of the part.
    pub target: String,
}

/// Returns the name of a part that is told beside another in a folder.
fn resolved(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

/// Some programs write names with backslashes, or in another case than they name them.
fn compared(name: &str) -> String {
    let name = if name.contains('\\') { Cow::Owned(name.replace('\\', "/")) } else { Cow::Borrowed(name) };
    name.trim_start_matches('/').to_ascii_lowercase()
}

fn of_zip(error: ZipError) -> FileError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => BookTrouble::Locked.into(),
        _ => BookTrouble::Damaged.into(),
    }
}

/// Returns how many bytes the list of parts at the end of an archive has; `None` where there is none, or too large a one to be counted.
fn list_of_parts(file: &mut File) -> Result<Option<u32>, FileError> {
    /// Its fixed length, and the longest remark behind it.
    const END: u64 = 22 + 0xFFFF;
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(END)))?;
    let mut tail = Vec::new();
    file.take(END).read_to_end(&mut tail)?;
    let at = memchr::memmem::rfind(&tail, b"PK\x05\x06");
    let bytes = at.and_then(|at| tail.get(at + 12..at + 16)).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
    Ok(bytes.filter(|bytes| *bytes < u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_by_where_they_are_told_from() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/sub", "../a.xml"), "xl/a.xml");
        assert_eq!(resolved("", "./xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolved("", "../../a"), "a");
        assert_eq!(compared("XL\\Workbook.xml"), "xl/workbook.xml");
    }
}

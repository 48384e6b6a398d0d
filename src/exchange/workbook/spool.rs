//! Rows of a sheet on their way to whoever imports them: in a nameless file of our own, so that no sheet is ever in memory as a whole.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use crate::exchange::error::file_aside;

/// Takes rows.
pub(super) struct Spool {
    file: BufWriter<File>,
}

/// Gives rows back in their order.
pub(in crate::exchange) struct Spooled {
    file: BufReader<File>,
}

impl Spool {
    /// # Errors
    /// What the file system says.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { file: BufWriter::with_capacity(1 << 16, file_aside()?) })
    }

    /// Takes a row: its number, and its cells.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn add<'a>(&mut self, number: u64, cells: impl ExactSizeIterator<Item = &'a str>) -> io::Result<()> {
        self.file.write_all(&number.to_le_bytes())?;
        self.length(cells.len())?;
        for cell in cells {
            self.length(cell.len())?;
            self.file.write_all(cell.as_bytes())?;
        }
        Ok(())
    }

    fn length(&mut self, length: usize) -> io::Result<()> {
        let length = u32::try_from(length).map_err(io::Error::other)?;
        self.file.write_all(&length.to_le_bytes())
    }

    /// # Errors
    /// What the file system says.
    pub(super) fn done(self) -> io::Result<Spooled> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(Spooled { file: BufReader::with_capacity(1 << 16, file) })
    }
}

impl Spooled {
    /// Returns the next row; `None` at the end.
    ///
    /// # Errors
    /// What the file system says.
    pub(in crate::exchange) fn next(&mut self) -> io::Result<Option<(u64, csv::StringRecord)>> {
        let mut number = [0; 8];
        match self.file.read_exact(&mut number) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let mut cells = csv::StringRecord::new();
        let mut text = Vec::new();
        for _ in 0..self.length()? {
            text.resize(self.length()?, 0);
            self.file.read_exact(&mut text)?;
            cells.push_field(&String::from_utf8_lossy(&text));
        }
        Ok(Some((u64::from_le_bytes(number), cells)))
    }

    fn length(&mut self) -> io::Result<usize> {
        let mut length = [0; 4];
        self.file.read_exact(&mut length)?;
        usize::try_from(u32::from_le_bytes(length)).map_err(io::Error::other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_went() {
        let mut spool = Spool::new().unwrap();
        spool.add(3, ["장", "", "two\nlines"].into_iter()).unwrap();
        spool.add(9, [].into_iter()).unwrap();
        let mut spooled = spool.done().unwrap();
        assert_eq!(spooled.next().unwrap(), Some((3, csv::StringRecord::from(vec!["장", "", "two\nlines"]))));
        assert_eq!(spooled.next().unwrap(), Some((9, csv::StringRecord::new())));
        assert_eq!(spooled.next().unwrap(), None);
    }
}

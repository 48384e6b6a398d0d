//! The texts of a workbook that its cells share, packed tightly, as a large one has millions; and how a text is read that has parts.

use super::cell::unescaped;
use super::xml::{Token, Xml};
use crate::exchange::error::{BookTrouble, FileError};

/// Texts by their number.
#[derive(Debug, Default)]
pub(super) struct Texts {
    blocks: Vec<Block>,
    count: usize,
    bytes: u64,
}

#[derive(Debug, Default)]
struct Block {
    text: String,
    ends: Vec<u32>,
}

/// Texts of one block.
const BLOCK: usize = 1_024;

impl Texts {
    /// Reads the list of texts, its first `most` at least.
    ///
    /// # Errors
    /// [`BookTrouble::Texts`], or as [`Xml::next`].
    pub(super) fn read(xml: &mut Xml<'_>, most: usize) -> Result<Self, FileError> {
        let mut texts = Self::default();
        while texts.count < most {
            match xml.next()? {
                Token::Open(tag) if tag.name() == "si" => {
                    let text = text_of(xml)?;
                    texts.push(&text)?;
                }
                Token::End => break,
                _ => {}
            }
        }
        Ok(texts)
    }

    fn push(&mut self, text: &str) -> Result<(), FileError> {
        self.bytes += (text.len() + size_of::<u32>()) as u64;
        if self.bytes > BookTrouble::TEXTS << 20 {
            return Err(BookTrouble::Texts.into());
        }
        if self.count.is_multiple_of(BLOCK) {
            if let Some(full) = self.blocks.last_mut() {
                full.text.shrink_to_fit();
            }
            self.blocks.push(Block { text: String::new(), ends: Vec::with_capacity(BLOCK) });
        }
        if let Some(block) = self.blocks.last_mut() {
            block.text.push_str(text);
            // A block of the longest cells is far below.
            block.ends.push(u32::try_from(block.text.len()).map_err(|_| BookTrouble::Texts)?);
        }
        self.count += 1;
        Ok(())
    }

    /// Returns the text of this number.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let block = self.blocks.get(number / BLOCK)?;
        let at = number % BLOCK;
        let end = *block.ends.get(at)?;
        let begin = at.checked_sub(1).and_then(|before| block.ends.get(before).copied()).unwrap_or_default();
        block.text.get(begin as usize..end as usize)
    }
}

/// Reads a text with parts of different looks, up to the end of its element; how it is spoken (`rPh`) is none of it.
///
/// # Errors
/// As [`Xml::next`].
pub(super) fn text_of(xml: &mut Xml<'_>) -> Result<String, FileError> {
    let mut text = String::new();
    let mut open = 1_usize;
    while open > 0 {
        match xml.next()? {
            Token::Open(tag) => match tag.name() {
                "t" => xml.text_into(&mut text)?,
                "rPh" => xml.skip()?,
                _ => open += 1,
            },
            Token::Close => open -= 1,
            Token::End => return Err(BookTrouble::Damaged.into()),
            Token::Text(_) | Token::Passed => {}
        }
    }
    Ok(unescaped(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_their_numbers_across_blocks() {
        let mut texts = Texts::default();
        for number in 0..3 * BLOCK {
            texts.push(&format!("장{number}")).unwrap();
        }
        for number in [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK + 5, 3 * BLOCK - 1] {
            assert_eq!(texts.get(number), Some(format!("장{number}").as_str()));
        }
        assert_eq!(texts.get(3 * BLOCK), None);
    }

    #[test]
    fn more_text_than_is_held_is_refused() {
        let mut texts = Texts { bytes: (BookTrouble::TEXTS << 20) - 8, ..Texts::default() };
        assert!(texts.push("1234").is_ok());
        assert!(matches!(texts.push("1"), Err(FileError::Workbook(BookTrouble::Texts))));
    }
}

//! Text of files as UTF-8: the mark at the beginning tells UTF-8 from UTF-16; anything else is for the reader to refuse.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE};

/// Reads a file as UTF-8 without byte-order mark, a piece at a time. UTF-8 is passed on unchecked.
pub(super) struct Utf8<R> {
    inner: R,
    /// Bytes already read that were not a mark.
    head: Vec<u8>,
    decoder: Option<Decoder>,
    /// Decoded text that did not fit.
    ready: Vec<u8>,
    ended: bool,
}

impl<R: Read> Utf8<R> {
    pub(super) fn new(mut inner: R) -> io::Result<Self> {
        let mut head = Vec::with_capacity(3);
        inner.by_ref().take(3).read_to_end(&mut head)?;
        let (decoder, mark) = match head[..] {
            [0xEF, 0xBB, 0xBF] => (None, 3),
            [0xFF, 0xFE, ..] => (Some(UTF_16LE.new_decoder_without_bom_handling()), 2),
            [0xFE, 0xFF, ..] => (Some(UTF_16BE.new_decoder_without_bom_handling()), 2),
            _ => (None, 0),
        };
        head.drain(..mark);
        Ok(Self { inner, head, decoder, ready: Vec::new(), ended: false })
    }

    fn raw(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.head.is_empty() {
            return self.inner.read(buffer);
        }
        let count = self.head.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.head[..count]);
        self.head.drain(..count);
        Ok(count)
    }

    /// Decodes another piece of UTF-16 into `ready`; what cannot be decoded is an error of invalid data.
    fn decode(&mut self) -> io::Result<()> {
        let mut piece = [0; 8_192];
        let count = self.raw(&mut piece)?;
        self.ended = count == 0;
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        let mut source = &piece[..count];
        let mut text = [0; 8_192];
        loop {
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(source, &mut text, self.ended);
            self.ready.extend_from_slice(&text[..written]);
            source = &source[read..];
            match result {
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.decoder.is_none() {
            return self.raw(buffer);
        }
        while self.ready.is_empty() && !self.ended {
            self.decode()?;
        }
        let count = self.ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.ready[..count]);
        self.ready.drain(..count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        let mut out = String::new();
        Utf8::new(bytes).unwrap().read_to_string(&mut out).unwrap();
        out
    }

    #[test]
    fn utf_8_and_utf_16_are_read_with_and_without_a_mark() {
        let sample = "Müller,한빛정밀,東雲 😀\r\n".repeat(2_000);
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| sample.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        assert_eq!(text(sample.as_bytes()), sample);
        assert_eq!(text(&[b"\xEF\xBB\xBF", sample.as_bytes()].concat()), sample);
        assert_eq!(text(&[&[0xFF, 0xFE][..], &utf_16(u16::to_le_bytes)].concat()), sample);
        assert_eq!(text(&[&[0xFE, 0xFF][..], &utf_16(u16::to_be_bytes)].concat()), sample);
        for short in ["", "a", "ab", "abc"] {
            assert_eq!(text(short.as_bytes()), short);
        }
    }

    #[test]
    fn broken_utf_16_is_not_passed_over() {
        let mut broken = Utf8::new(&[0xFF, 0xFE, 0x00, 0xD8, b'a', 0][..]).unwrap();
        assert_eq!(broken.read_to_string(&mut String::new()).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}

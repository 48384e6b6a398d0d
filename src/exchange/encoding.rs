//! Encodings by name, and text of files as UTF-8 a piece at a time; which encoding a file is in is found in `scout.rs`.

use std::io::{self, Read};

use encoding_rs::{
    BIG5, Decoder, DecoderResult, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, REPLACEMENT, SHIFT_JIS, UTF_8, UTF_16BE,
    UTF_16LE,
};

use super::error::FileError;

/// An encoding that files may be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset(&'static Encoding);

impl Charset {
    pub(super) const UTF_8: Self = Self(UTF_8);
    pub(super) const UTF_16LE: Self = Self(UTF_16LE);
    pub(super) const UTF_16BE: Self = Self(UTF_16BE);
    pub(super) const ISO_2022_JP: Self = Self(ISO_2022_JP);
    /// Those of several bytes a character that older programs of East Asia write.
    pub(super) const EAST_ASIAN: [Self; 5] = [Self(EUC_KR), Self(SHIFT_JIS), Self(EUC_JP), Self(GBK), Self(BIG5)];

    /// The names that are told where one is unknown.
    pub const NAMES: &'static str = "UTF-8, UTF-16LE, UTF-16BE, CP949, CP932, EUC-JP, ISO-2022-JP, GB18030, Big5, windows-1252";

    /// Reads a name: those of the web, and the numbers of Windows' code pages.
    pub fn named(name: &str) -> Option<Self> {
        let plain: String = name.trim().to_ascii_lowercase().replace('_', "-");
        let page = ["cp", "ms", "windows-", "x-windows-", ""].iter().find_map(|before| plain.strip_prefix(before)?.parse().ok());
        let found = match page {
            Some(949_u16) => Some(EUC_KR),
            Some(932) => Some(SHIFT_JIS),
            Some(936) => Some(GBK),
            Some(950) => Some(BIG5),
            Some(54_936) => Some(GB18030),
            Some(65_001) => Some(UTF_8),
            Some(page @ (874 | 1250..=1258)) => Encoding::for_label(format!("windows-{page}").as_bytes()),
            _ => Encoding::for_label(name.trim().as_bytes()).or_else(|| Encoding::for_label(plain.as_bytes())),
        };
        found.filter(|found| *found != REPLACEMENT).map(Self)
    }

    pub(super) const fn of(encoding: &'static Encoding) -> Self {
        Self(encoding)
    }

    pub(super) const fn encoding(self) -> &'static Encoding {
        self.0
    }

    /// Returns the name that standards have for it; scripts may give it back.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Returns the name with the one that users of Windows know.
    pub fn full_name(self) -> String {
        let page = match self.name() {
            "EUC-KR" => "CP949",
            "Shift_JIS" => "CP932",
            "GBK" => "GB18030",
            "Big5" => "CP950",
            name => return name.to_owned(),
        };
        format!("{} ({page})", self.name())
    }

    pub(super) fn is_utf_16(self) -> bool {
        self == Self::UTF_16LE || self == Self::UTF_16BE
    }

    /// Decodes bytes that are whole; `None` where one is wrong.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        self.0.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
    }

    /// Returns the mark that files in it may begin with.
    fn mark(self) -> &'static [u8] {
        match self.name() {
            "UTF-8" => b"\xEF\xBB\xBF",
            "UTF-16LE" => b"\xFF\xFE",
            "UTF-16BE" => b"\xFE\xFF",
            _ => b"",
        }
    }
}

/// Returns the encoding that the mark at the beginning tells.
pub(super) fn marked(head: &[u8]) -> Option<Charset> {
    [Charset::UTF_8, Charset::UTF_16LE, Charset::UTF_16BE].into_iter().find(|charset| head.starts_with(charset.mark()))
}

/// Reads a file as UTF-8 without byte-order mark, a piece at a time. UTF-8 is passed on unchecked.
///
/// A character that the end of the file cuts comes out as a cut character of UTF-8.
pub(super) struct Utf8<R> {
    inner: R,
    /// Bytes already read that were not a mark.
    head: Vec<u8>,
    decoder: Option<Decoder>,
    /// Decoded text that did not fit.
    ready: Vec<u8>,
    ended: bool,
    /// Whether what follows `ready` cannot be decoded.
    wrong: bool,
}

impl<R: Read> Utf8<R> {
    pub(super) fn new(mut inner: R, charset: Charset) -> io::Result<Self> {
        let mut head = Vec::with_capacity(3);
        inner.by_ref().take(3).read_to_end(&mut head)?;
        if head.starts_with(charset.mark()) {
            head.drain(..charset.mark().len());
        }
        let decoder = if charset == Charset::UTF_8 { None } else { Some(charset.encoding().new_decoder_without_bom_handling()) };
        Ok(Self { inner, head, decoder, ready: Vec::new(), ended: false, wrong: false })
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

    /// Decodes another piece into `ready`, up to what cannot be decoded.
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
                DecoderResult::Malformed(..) if self.ended => {
                    self.ready.push(CUT);
                    return Ok(());
                }
                DecoderResult::Malformed(..) => {
                    self.wrong = true;
                    return Ok(());
                }
            }
        }
    }
}

/// The first byte of a character of UTF-8 whose others are missing.
const CUT: u8 = 0xE2;

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.decoder.is_none() {
            return self.raw(buffer);
        }
        while self.ready.is_empty() && !self.ended && !self.wrong {
            self.decode()?;
        }
        if self.ready.is_empty() && self.wrong {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let count = self.ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.ready[..count]);
        self.ready.drain(..count);
        Ok(count)
    }
}

/// Reads a whole text, of at most `limit` bytes.
///
/// # Errors
/// What reading says; `None` where there is more.
pub(super) fn all(text: impl Read, limit: usize) -> Result<Option<Vec<u8>>, FileError> {
    let mut bytes = Vec::new();
    text.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() <= limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], charset: Charset) -> io::Result<String> {
        let mut out = String::new();
        Utf8::new(bytes, charset)?.read_to_string(&mut out)?;
        Ok(out)
    }

    #[test]
    fn utf_8_and_utf_16_are_read_with_and_without_a_mark() {
        let sample = "Müller,한빛정밀,東雲 😀\r\n".repeat(2_000);
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| sample.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let (little, big) = (utf_16(u16::to_le_bytes), utf_16(u16::to_be_bytes));
        for mark in [true, false] {
            let with = |mark_bytes: &[u8], bytes: &[u8]| [if mark { mark_bytes } else { b"" }, bytes].concat();
            for (bytes, charset) in [
                (with(b"\xEF\xBB\xBF", sample.as_bytes()), Charset::UTF_8),
                (with(b"\xFF\xFE", &little), Charset::UTF_16LE),
                (with(b"\xFE\xFF", &big), Charset::UTF_16BE),
            ] {
                assert_eq!(text(&bytes, charset).unwrap(), sample);
                assert_eq!(marked(&bytes), Some(charset).filter(|_| mark));
            }
        }
        for short in ["", "a", "ab", "abc"] {
            assert_eq!(text(short.as_bytes(), Charset::UTF_8).unwrap(), short);
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_not_passed_over_and_what_stands_before_it_is_read() {
        let mut broken = Utf8::new(&[b'x', 0, 0x00, 0xD8, b'a', 0][..], Charset::UTF_16LE).unwrap();
        let mut piece = [0; 16];
        assert_eq!(broken.read(&mut piece).unwrap(), 1);
        assert_eq!(broken.read(&mut piece).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn a_character_that_the_end_cuts_is_told_from_a_wrong_one() {
        let korean = Charset::named("cp949").unwrap();
        let mut all = Vec::new();
        Utf8::new(&b"\xC7\xD1\xBA"[..], korean).unwrap().read_to_end(&mut all).unwrap();
        assert_eq!(all, ["한".as_bytes(), &[CUT]].concat());
    }

    #[test]
    fn encodings_are_known_by_the_names_people_use() {
        for (names, standard) in [
            (&["cp949", "CP949", "949", "euc-kr", "ks_c_5601-1987", "windows-949", "ms949"][..], "EUC-KR"),
            (&["cp932", "sjis", "shift_jis", "Shift-JIS", "windows-31j", "MS932"], "Shift_JIS"),
            (&["cp936", "gbk", "gb2312"], "GBK"),
            (&["gb18030"], "gb18030"),
            (&["cp950", "big5", "Big5-HKSCS"], "Big5"),
            (&["utf8", "UTF-8", "65001"], "UTF-8"),
            (&["utf-16", "UTF-16LE"], "UTF-16LE"),
            (&["cp1252", "latin1", "1252", "iso-8859-1"], "windows-1252"),
            (&["euc-jp"], "EUC-JP"),
            (&["iso-2022-jp"], "ISO-2022-JP"),
        ] {
            for name in names {
                assert_eq!(Charset::named(name).map(Charset::name), Some(standard), "{name}");
            }
        }
        for unknown in ["", "klingon", "iso-2022-kr", "cp1", "9499"] {
            assert_eq!(Charset::named(unknown), None, "{unknown}");
        }
    }
}

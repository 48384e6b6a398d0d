//! Why a file could not be read, in words; what is wrong with its rows is said in `errors.rs`.

use std::io;
use std::path::Path;

use super::errors::Said;
use super::sentences::Sentences;
use crate::exchange::{BookTrouble, FileError, JsonExpected, Long, Neighbour};

impl Sentences {
    /// Says why a file could not be imported.
    pub fn file_error(&self, path: &Path, error: &FileError) -> Said {
        let file = path.display().to_string();
        match error {
            FileError::Io(e) if e.kind() == io::ErrorKind::NotFound => {
                Said::new("no-file", self.file_missing(file), self.file_missing_hint())
            }
            FileError::Io(e) if e.kind() == io::ErrorKind::PermissionDenied => {
                Said::new("no-permission", self.file_no_permission(file), self.file_no_permission_hint())
            }
            FileError::Io(e) if e.kind() == io::ErrorKind::IsADirectory => {
                Said::new("folder", self.file_folder(file), self.file_folder_hint())
            }
            FileError::Io(e) => Said::new("file", self.file_failed(e.to_string(), file), self.file_failed_hint()),
            FileError::NoRoomAside { folder, error } => self.no_room_aside(file, folder, error),
            FileError::Empty => Said::new("empty", self.file_is_empty(file), self.file_is_empty_hint()),
            FileError::Encoding { line, read_as, perhaps } => {
                let hint = perhaps.map_or_else(|| self.file_encoding_hint(), |name| self.file_encoding_perhaps(name));
                Said::new("encoding", self.file_encoding(*read_as, file, *line), hint)
            }
            FileError::NotText => Said::new("not-text", self.file_not_text(file), self.file_not_text_hint()),
            FileError::Workbook(trouble) => self.book_trouble(*trouble, file),
            FileError::Archive => Said::new("archive", self.file_archive(file), self.file_archive_hint()),
            FileError::TooLong { line, long } => {
                Said::new("too-long", self.file_too_long(file, *line, self.long(*long)), self.file_too_long_hint())
            }
            FileError::TooLarge { mib } => Said::new("too-large", self.file_too_large(file, *mib), self.file_too_large_hint()),
            FileError::NobodyWrites { seconds } => self.nobody_writes(file, *seconds),
            FileError::Stopped => Said::new("stopped", self.store_stopped(), None),
            FileError::NothingFits { rows } => {
                Said::new("nothing-fits", self.file_nothing_fits(file, *rows), self.file_nothing_fits_hint())
            }
            FileError::UnknownFormat { columns } => {
                Said::new("unknown-format", self.file_unknown_format(columns.join(", "), file), self.file_unknown_format_hint())
            }
            FileError::MissingColumns(columns) => {
                let sentence = self.file_missing_columns(columns.join(", "), file);
                Said::new("missing-columns", sentence, self.file_missing_columns_hint())
            }
            FileError::CrmColumns { wanted, columns } => {
                let sentence = self.file_crm_columns(columns.join(", "), file, wanted.join(", "));
                Said::new("crm-columns", sentence, self.file_crm_columns_hint())
            }
            FileError::HeadQuote { line, column } => {
                Said::new("head-quote", self.file_head_quote(*column as u64, file, *line), self.file_head_quote_hint())
            }
            FileError::SameColumn { name, first, second } => {
                let sentence = self.file_same_column(file, *first as u64, name, *second as u64);
                Said::new("same-column", sentence, self.file_same_column_hint())
            }
            FileError::Json { line, column, expected } => {
                let sentence = self.file_json(*column, self.json_expected(*expected), file, *line);
                Said::new("json", sentence, self.file_json_hint())
            }
            FileError::Neighbour(neighbour) => {
                let (sentence, hint) = self.neighbour(*neighbour, file);
                Said::new("other-file", sentence, hint)
            }
            FileError::NoReferral => Said::new("no-referral", self.file_no_referral(file), self.file_no_referral_hint()),
        }
    }

    fn no_room_aside(&self, file: String, folder: &Path, error: &io::Error) -> Said {
        let said = self.file_no_room_aside(error.to_string(), file, folder.display().to_string());
        Said::new("no-room-aside", said, self.file_no_room_aside_hint())
    }

    fn nobody_writes(&self, file: String, seconds: u64) -> Said {
        Said::new("nobody-writes", self.file_nobody_writes(file, seconds), self.file_nobody_writes_hint())
    }

    fn book_trouble(&self, trouble: BookTrouble, file: String) -> Said {
        match trouble {
            BookTrouble::Locked => Said::new("workbook-locked", self.workbook_locked(file), self.workbook_locked_hint()),
            BookTrouble::Damaged => Said::new("workbook-damaged", self.workbook_damaged(file), self.workbook_damaged_hint()),
            BookTrouble::Swollen => {
                Said::new("workbook-swollen", self.workbook_swollen(file, BookTrouble::UNPACKED), self.workbook_swollen_hint())
            }
            BookTrouble::Cells => {
                Said::new("workbook-cells", self.workbook_cells(file, BookTrouble::CELLS), self.workbook_swollen_hint())
            }
            BookTrouble::Texts => {
                Said::new("workbook-texts", self.workbook_texts(file, BookTrouble::TEXTS), self.workbook_swollen_hint())
            }
            BookTrouble::Large => {
                Said::new("workbook-large", self.workbook_large(file, BookTrouble::WHOLE), self.workbook_large_hint())
            }
        }
    }

    fn neighbour(&self, neighbour: Neighbour, file: String) -> (String, String) {
        match neighbour {
            Neighbour::Registrations => (self.file_registrations(&file), self.file_registrations_hint(&file)),
            Neighbour::Leads => (self.file_leads(file), self.file_leads_hint()),
            Neighbour::Offers => (self.file_offers(&file), self.file_offers_hint(file)),
            Neighbour::Customers => (self.file_customers(&file), self.file_customers_hint(file)),
            Neighbour::Solutions => (self.file_solutions(&file), self.file_solutions_hint(file)),
            Neighbour::Notice => (self.file_notice(file), self.file_notice_hint()),
            Neighbour::FlowTable => (self.file_flow_table(file), self.file_flow_table_hint()),
            Neighbour::Export => (self.file_export(file), self.file_export_hint()),
            Neighbour::Everything => (self.file_everything(&file), self.file_everything_hint(file)),
            Neighbour::ApiError => (self.file_api_error(file), self.file_api_error_hint()),
        }
    }

    fn long(&self, long: Long) -> String {
        let max = long.max() as u64;
        match long {
            Long::Line => self.long_line(max),
            Long::Header => self.long_header(max),
            Long::Text => self.long_text(max),
            Long::Record => self.long_record(max),
            Long::List => self.long_list(max),
        }
    }

    fn json_expected(&self, expected: JsonExpected) -> String {
        match expected {
            JsonExpected::CommaOrBrace => self.json_comma_or_brace(),
            JsonExpected::CommaOrBracket => self.json_comma_or_bracket(),
            JsonExpected::Colon => self.json_colon(),
            JsonExpected::Name => self.json_name(),
            JsonExpected::Value => self.json_value(),
            JsonExpected::NoTrailingComma => self.json_no_trailing_comma(),
            JsonExpected::More => self.json_more(),
            JsonExpected::End => self.json_end(),
            JsonExpected::Text => self.json_text(),
            JsonExpected::Number => self.json_number(),
            JsonExpected::Once => self.json_once(),
            JsonExpected::LessDepth => self.json_less_depth(),
            JsonExpected::Other => self.json_other(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn broken_json_is_one_sentence_with_place_and_expectation() {
        let error = FileError::Json { line: 3, column: 9, expected: JsonExpected::CommaOrBrace };
        let said = Sentences::new(Language::ENGLISH).file_error(Path::new("a.json"), &error);
        assert_eq!(
            said.sentence,
            "a.json, line 3, column 9: expected a comma or a closing curly bracket. Nothing of the file was imported."
        );
    }
}

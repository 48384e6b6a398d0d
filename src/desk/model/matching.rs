//! Rows of an answer that fit several deals: the rep chooses for each which it is, and the file is taken once more with what was chosen.

use super::dialog::{Line, Menu, MenuKind, PaletteEntry, Then};
use super::{Effect, Imported, Model, ToImport};
use crate::domain::ids::OpportunityId;
use crate::domain::role::Deed;
use crate::store::{OpenDeal, OpenRow};

/// The rows of a file that are gone through.
#[derive(Debug, Clone, Default)]
pub(super) struct Matching {
    path: String,
    /// Whether it was said to be the answer to an upload.
    is_answer: bool,
    /// Whether it was said to be newer than what came before it.
    is_newest: bool,
    rows: Vec<OpenRow>,
    /// The row that is asked about.
    at: usize,
    /// What was chosen, by the lines.
    pairs: Vec<(u64, OpportunityId)>,
    /// Whether the file is being taken with what was chosen: then nothing is asked again.
    over: bool,
}

impl Model {
    /// Begins to ask which deals the rows are that an import left out; what was chosen already is not asked again.
    pub(super) fn ask_matches(&mut self, imported: &Imported) {
        let is_answer = std::mem::take(&mut self.told_of_import.is_answer);
        let is_newest = std::mem::take(&mut self.told_of_import.is_newest);
        if self.told_of_import.matching.take().is_some_and(|matching| matching.over) {
            return;
        }
        // One file at a time: the lines are its own.
        let ([file], rows) = (&imported.files[..], &imported.report.open_rows) else { return };
        if rows.is_empty() || file.failure.is_some() {
            return;
        }
        let path = file.path.to_string_lossy().into_owned();
        self.told_of_import.matching = Some(Matching { path, is_answer, is_newest, rows: rows.clone(), ..Matching::default() });
        self.show_match();
    }

    /// An upload file came as it was written: asks whether that is its answer, in which nothing was refused and no id was told. Where an
    /// answer has come that refused rows, that is doubted; where one has come that took all of them, there is nothing to ask. Returns
    /// whether it is asked.
    pub(super) fn ask_answer(&mut self, imported: &Imported) -> bool {
        let ([file], false) = (&imported.files[..], imported.report.own.is_empty()) else { return false };
        let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let path = file.path.to_string_lossy().into_owned();
        match imported.report.answered.first() {
            Some(of) if of.refused > 0 => {
                let at = self.day_and_time(of.at);
                let ask = self.say.import_ask_answered_own(at, name, of.open, of.refused, of.taken);
                self.put_doubted(ask, Then::IsLater(path));
            }
            Some(of) if of.open == 0 => return false,
            _ => self.put(self.say.import_is_answer(name), Then::IsAnswer(path)),
        }
        true
    }

    /// Takes a file for the answer to an upload; also where one before it refused rows, if it `is_later`.
    pub(super) fn take_answer(&mut self, path: String, is_later: bool) {
        if let Err(why) = self.may(Deed::Import) {
            return self.warn(why);
        }
        (self.told_of_import.is_answer, self.told_of_import.is_newest) = (true, is_later);
        self.importing = Some(0);
        self.effects.push(Effect::Import(ToImport { path, is_answer: true, is_newest: is_later, ..ToImport::default() }));
    }

    /// Shows the deals that a row may be; once all are gone through, the file is taken with what was chosen.
    fn show_match(&mut self) {
        let Some(matching) = &self.told_of_import.matching else { return };
        let Some(row) = matching.rows.get(matching.at) else { return self.take_matches() };
        let s = &self.say;
        let place = s.match_place(matching.rows.len() as u64, (matching.at + 1) as u64);
        let mut lines = vec![Line::head(place), Line::head(s.match_row(row.line.to_string(), &row.title))];
        // A deal is one row's only.
        let is_free = |deal: &&OpenDeal| matching.pairs.iter().all(|(_, id)| *id != deal.id);
        lines.extend(row.deals.iter().filter(is_free).map(|deal| Line {
            left: deal.id.to_string(),
            right: deal.made_at.map(|at| s.match_made(self.day(at))).unwrap_or_default(),
            entry: Some(PaletteEntry::Match(Some(deal.id))),
            ..Line::plain(deal.value.map_or_else(|| deal.title.clone(), |value| s.match_deal(&deal.title, s.money(value))))
        }));
        lines.push(Line { entry: Some(PaletteEntry::Match(None)), ..Line::plain(s.match_none()) });
        self.show_menu(Menu::new(MenuKind::Matches, lines));
    }

    /// A deal was chosen for the row that is asked about, or none.
    pub(super) fn matched(&mut self, deal: Option<OpportunityId>) {
        let Some(matching) = &mut self.told_of_import.matching else { return };
        let line = matching.rows.get(matching.at).map(|row| row.line);
        matching.pairs.extend(line.zip(deal));
        matching.at += 1;
        self.show_match();
    }

    /// The rows are left as they are; the file may be imported again.
    pub(super) fn leave_matches(&mut self) {
        if self.told_of_import.matching.take().is_some() {
            self.tell(self.say.match_left());
        }
    }

    /// Takes the file once more, with what was chosen.
    fn take_matches(&mut self) {
        let Some(matching) = self.told_of_import.matching.as_mut().filter(|matching| !matching.pairs.is_empty()) else {
            return self.leave_matches();
        };
        matching.over = true;
        let (is_answer, is_newest) = (matching.is_answer, matching.is_newest);
        let (path, matches) = (matching.path.clone(), matching.pairs.clone());
        self.importing = Some(0);
        self.effects.push(Effect::Import(ToImport { path, matches, is_answer, is_newest }));
    }
}

//! What an import brought: what its room shows and says, and what of it somebody has seen since.

use std::path::Path;

use super::dialog::{Dialog, Line, Menu, MenuKind, PaletteEntry, Then};
use super::matching::Matching;
use super::{Effect, Imported, Model, Note, ToImport};
use crate::desk::keys::{Action, Scope};
use crate::desk::room::{BROUGHT_PAGE, Brought as BroughtRoom, Room};
use crate::domain::ids::StepId;
use crate::domain::opportunity::Direction;
use crate::domain::role::Deed;
use crate::domain::tab::Tab;
use crate::intake::{
    FileReport, SHOWN_ROWS, answer_of, answered_said, is_only_answer, known_said, moved_on_said, older_said, stay_refused_said,
};
use crate::store::{Brought, BroughtPage, BroughtPlace, BroughtRow, ImportReport, Part, Request, Row};

/// What was said of an import.
#[derive(Debug, Clone)]
struct Said {
    step: StepId,
    /// How many of each file became what.
    heads: Vec<String>,
    told: Vec<String>,
}

/// A file of which something was not taken as older.
#[derive(Debug, Clone)]
struct Old {
    path: String,
    why: Left,
}

/// Why something of a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    /// It is known as a copy.
    Copy,
    /// Its date is before what is known.
    Dated,
    /// An answer before it refused rows of which it says otherwise.
    Answered,
}

/// What is left of an import once it is done.
#[derive(Debug, Clone, Default)]
pub(super) struct After {
    said: Option<Said>,
    /// The file of it of which something was not taken as older.
    old: Option<Old>,
    /// The rows of which somebody is asked which deals they are.
    pub(super) matching: Option<Matching>,
    /// Whether the file that is imported was said to be the answer to an upload.
    pub(super) is_answer: bool,
    /// Whether it was said to be newer than what came before it.
    pub(super) is_newest: bool,
}

impl Model {
    /// What is shown whole has been seen: it is new no more.
    pub(super) fn follow_news(&mut self) {
        let shown = matches!(self.rooms.last(), Some(Room::Detail(_))) && self.selected_detail().is_some();
        let Some(id) = self.selected().filter(|row| row.fresh && shown).map(|row| row.id) else { return };
        if self.is_read_only() {
            return;
        }
        for row in self.lists.iter_mut().flat_map(|list| &mut list.rows).filter(|row| row.id == id) {
            row.fresh = false;
        }
        self.brought_rooms().for_each(|room| room.seen(id));
        self.ask(Request::Seen(id));
    }

    fn brought_rooms(&mut self) -> impl Iterator<Item = &mut BroughtRoom> {
        self.rooms.iter_mut().filter_map(|room| if let Room::Brought(brought) = room { Some(&mut **brought) } else { None })
    }

    /// Shows what an import brought, or the last one.
    pub(super) fn open_brought(&mut self, of: Option<StepId>) {
        self.rooms.retain(|room| !matches!(room, Room::Brought(_)));
        self.rooms.push(Room::Brought(Box::new(BroughtRoom::new(of))));
        self.ask(Request::Brought { of, from: None, limit: BROUGHT_PAGE });
    }

    /// Reads what is shown of an import again.
    pub(super) fn refresh_brought(&mut self) {
        let asked: Vec<_> = self.brought_rooms().map(|room| (room.of, room.again())).collect();
        for (of, limit) in asked {
            self.ask(Request::Brought { of, from: None, limit });
        }
    }

    /// A step was taken back: where it was the import that is shown, there is nothing left to show.
    pub(super) fn undone_from_rooms(&mut self, step: StepId, back: bool) {
        let is_of = |room: &Room| matches!(room, Room::Brought(brought) if back && brought.of == Some(step));
        if let Some(at) = self.rooms.iter().position(is_of) {
            // What was opened from it may be gone.
            self.rooms.truncate(at);
        }
    }

    pub(super) fn brought_came(&mut self, from: Option<BroughtPlace>, found: Option<(Option<Brought>, BroughtPage)>) {
        let Some((brought, page)) = found else {
            self.rooms.retain(|room| !matches!(room, Room::Brought(_)));
            return self.warn(self.say.brought_none());
        };
        let heads = brought.map(|brought| (self.brought_heads(&brought), brought.step));
        let said = self.told_of_import.said.clone();
        let lines = self.size.layout().room_rows;
        let Some(room) = self.brought_rooms().next() else { return };
        if let Some((heads, step)) = heads {
            if room.of.is_some_and(|of| of != step.id) {
                return;
            }
            let said = said.filter(|said| said.step == step.id);
            room.of = Some(step.id);
            room.heads = said.iter().flat_map(|said| said.heads.clone()).chain([heads]).collect();
            room.told = said.map(|said| said.told).unwrap_or_default();
            room.step = Some(step);
        }
        room.receive(from, page);
        if let Some(asked) = room.wants(lines) {
            self.grant(asked);
        }
    }

    /// Says how many became what, and where the new ones stood when they had come.
    fn brought_heads(&self, brought: &Brought) -> String {
        let s = &self.say;
        let Some(stood) = brought.stood else { return s.step_what_many(brought.step.count) };
        let number = |n: u64| s.number(n);
        let some = |n: u64, said: String| (n > 0).then_some(said);
        let places = [
            some(stood.inbound, s.brought_inbound(number(stood.inbound))),
            some(stood.outbound, s.brought_outbound(number(stood.outbound))),
            some(stood.archived, s.brought_archived(number(stood.archived))),
            some(stood.expired, s.brought_expired(number(stood.expired))),
        ];
        let places: Vec<String> = places.into_iter().flatten().collect();
        let expired = brought.expired.saturating_sub(stood.expired);
        let parts = [
            some(stood.made(), s.brought_new_of(number(stood.made()), places.join(", "))),
            some(stood.changed, s.brought_changed(number(stood.changed))),
            some(stood.confirmed, s.brought_confirmed(number(stood.confirmed))),
            some(stood.refused, s.brought_refused(number(stood.refused))),
            some(expired, s.brought_expired(number(expired))),
            some(brought.conflicts, s.brought_conflicts(number(brought.conflicts))),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// Returns the heading of a part of an import.
    pub fn brought_part(&self, part: Part) -> String {
        match part {
            Part::Conflict => self.say.brought_part_conflict(self.keys.key_name(Action::Resolve)),
            Part::Expired => self.say.brought_part_expired(),
            Part::New => self.say.brought_part_new(),
            Part::Changed => self.say.brought_part_changed(),
            Part::Refused => self.say.brought_part_refused(),
            Part::Confirmed => self.say.brought_part_confirmed(),
            Part::Archived => self.say.brought_part_archived(),
        }
    }

    /// Says where one stands now.
    pub fn brought_place(&self, row: &Row, part: Part) -> String {
        let s = &self.say;
        let tab = s.tab(if row.direction == Direction::Inbound { Tab::Inbound } else { Tab::Outbound });
        let stage = match (row.stage.outcome(), row.stage.archived_at()) {
            (None, _) => s.stage(row.stage.kind()),
            (Some(outcome), None) => s.outcome(outcome.kind()),
            (Some(outcome), Some(at)) => s.brought_ended(self.day(at), s.outcome(outcome.kind())),
        };
        let place = s.brought_place(stage, tab);
        if part == Part::Expired && row.waiting { s.brought_outbox(place) } else { place }
    }

    /// Says what was changed of one, or is to be decided.
    pub fn brought_fields(&self, row: &BroughtRow) -> Option<String> {
        let names: Vec<String> = row.fields.iter().map(|field| self.say.named(field)).collect();
        let names = Some(names.join(", ")).filter(|names| !names.is_empty())?;
        Some(if row.part == Part::Conflict { self.say.brought_fields_conflict(names) } else { self.say.brought_fields(names) })
    }

    /// Shows what an import found, file by file, and what it brought.
    pub(super) fn imported(&mut self, imported: &Imported) {
        // It may have answered what was written.
        self.refresh_outbox();
        self.importing = None;
        // What it asked about is over.
        self.dialogs.retain(|dialog| !matches!(dialog, Dialog::Ask(question) if question.then == Then::Quit));
        // The box that named the file says why it could not be read.
        if let ([only], true) = (&imported.failures[..], imported.files.is_empty())
            && self.import_failed(&only.whole())
        {
            return;
        }
        self.import_begun();
        let report = &imported.report;
        self.told_of_import.old = why_left(report).zip(self.imports.last()).map(|(why, path)| Old { path: path.clone(), why });
        let (heads, told) = self.said_of(imported);
        let failed = !imported.failures.is_empty() || imported.files.iter().any(|file| file.failure.is_some());
        let all: Vec<String> = heads.iter().chain(&told).cloned().collect();
        match (report.step, &all[..]) {
            // There is nothing to open.
            (step, [only]) if !failed && (step.is_none() || is_plain(report)) => self.tell_step(only.clone(), step),
            (Some(step), said) => {
                self.messages.keep(self.now.now, &said.join("\n"));
                let text = said.first().map(|head| self.with_undo(head.clone())).unwrap_or_default();
                self.note = Some(Note { text, bad: false });
                self.undoing.spoken = Some(step);
                self.told_of_import.said = Some(Said { step, heads, told });
                self.open_brought(Some(step));
            }
            (None, []) => {}
            (None, said) => {
                self.messages.keep(self.now.now, &said.join("\n"));
                if self.ask_answer(imported) {
                    return self.look();
                }
                let lines = heads.into_iter().map(Line::head).chain(told.into_iter().map(Line::plain));
                let lines = lines.chain(self.old_line()).collect();
                // It is read from its beginning.
                self.show_menu(Menu { cursor: 0, ..Menu::new(MenuKind::Import, lines) });
            }
        }
        for list in &mut self.lists {
            list.loaded &= report.step.is_none();
        }
        self.show_list();
        self.look();
        self.ask_matches(imported);
    }

    fn old_key(&self) -> String {
        self.keys.key_in(Scope::Brought, Action::TakeOld)
    }

    /// Returns the line that takes an older copy all the same, where the last import was one.
    fn old_line(&self) -> Option<Line> {
        self.told_of_import.old.as_ref()?;
        Some(Line { left: self.old_key(), entry: Some(PaletteEntry::TakeOld), ..Line::plain(self.say.action_take_old()) })
    }

    /// Returns whether the import that is shown left rows out as they were those of an older copy.
    pub fn has_old(&self) -> bool {
        let shown = match self.rooms.last() {
            Some(Room::Brought(room)) => room.of,
            _ => None,
        };
        self.told_of_import.old.is_some() && self.told_of_import.said.as_ref().is_some_and(|said| Some(said.step) == shown)
    }

    /// Asks whether an older copy is to be taken all the same; says why not where the import was none.
    pub(super) fn ask_to_take_old(&mut self) {
        let is_shown = self.has_old() || !matches!(self.rooms.last(), Some(Room::Brought(_)));
        match self.told_of_import.old.clone().filter(|_| is_shown) {
            Some(Old { path, why }) => {
                let name = Path::new(&path).file_name().map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned());
                match why {
                    Left::Copy => self.put(self.say.import_ask_newest(name), Then::TakeOld(path)),
                    Left::Dated => self.put(self.say.import_ask_newest_dated(name), Then::TakeOld(path)),
                    Left::Answered => self.put_doubted(self.say.import_ask_answered(name), Then::IsLater(path)),
                }
            }
            None => self.tell(self.say.import_nothing_old()),
        }
    }

    /// Takes a file once more, for Partner Center's newest word.
    pub(super) fn take_old(&mut self, path: String) {
        if let Err(why) = self.may(Deed::Import) {
            return self.warn(why);
        }
        self.importing = Some(0);
        (self.told_of_import.is_answer, self.told_of_import.is_newest) = (false, true);
        self.effects.push(Effect::Import(ToImport { path, is_newest: true, ..ToImport::default() }));
    }

    /// Returns how many of each file became what, or why it could not be read, and all that is to be said beside.
    fn said_of(&self, imported: &Imported) -> (Vec<String>, Vec<String>) {
        let (mut heads, mut told) = (Vec::new(), Vec::new());
        for said in &imported.failures {
            heads.push(said.sentence.clone());
            told.extend(said.hint.clone());
        }
        let report = &imported.report;
        // Of what was stopped, or could not be kept, nothing is there: its rows are in no count, and no undo takes them back.
        let is_there = imported.failures.is_empty();
        for (index, file) in imported.files.iter().enumerate().filter(|(_, file)| is_there || file.failure.is_some()) {
            let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if let Some(failure) = &file.failure {
                heads.push(failure.sentence.clone());
                told.extend(failure.hint.clone());
            } else if !report.broken.contains(&index) {
                heads.extend(self.done_heads(report, &name));
            }
            let known = report.known.iter().filter(|known| known.file == index);
            told.extend(known.map(|known| match known.is_overtaken {
                true => self.say.import_known_old_here(self.day_and_time(known.at), &known.name, self.old_key()),
                false => known_said(known, self.day_and_time(known.at), &self.say),
            }));
            for answered in report.answered.iter().filter(|answered| answered.file == index) {
                let at = self.day_and_time(answered.at);
                let newest = || self.say.import_answered_newest_here(self.old_key());
                told.extend(answered_said(answered, at, &self.say, (newest, || None)));
            }
            told.extend(self.remarks(imported, file));
            let older = older_said(report, index, report.older_by_date, || self.say.import_older_here(self.old_key()));
            told.extend(moved_on_said(report, &self.say));
            told.extend(older.filter(|_| self.told_of_import.old.is_some()));
            told.extend(stay_refused_said(report, &self.say, || self.say.import_stay_refused_newest_here(self.old_key())));
        }
        told.extend((report.guessed > 0 && report.step.is_some()).then(|| self.say.brought_guessed(report.guessed)));
        (heads, told)
    }

    /// Says what became of the rows of a file: of an answer first what was taken and refused, then what came of other rows.
    fn done_heads(&self, report: &ImportReport, name: &str) -> Vec<String> {
        let s = &self.say;
        let answer = answer_of(report).map(|(taken, refused)| match refused {
            0 => s.import_answer_done(name, refused, taken),
            _ => s.import_answer_done_here(name, self.keys.key_name(Action::Outbox), refused, taken),
        });
        let done = (!is_only_answer(report)).then(|| s.import_done(report.changed, name, report.new, report.unchanged));
        answer.into_iter().chain(done).collect()
    }

    fn remarks(&self, imported: &Imported, file: &FileReport) -> Vec<String> {
        let s = &self.say;
        // Those in conflict are shown one by one.
        let mut lines = file.remarks(&ImportReport { conflicts: 0, ..imported.report.clone() }, s);
        if file.refused > 0 {
            lines.push(s.import_refused(file.refused));
            // Where they stand in no file, here is the only place.
            let shown = if file.refused_file.path().is_some() { SHOWN_ROWS } else { usize::MAX };
            let rows = imported.refused.iter().take(shown);
            let lines_before = lines.len();
            lines.extend(rows.map(|(line, said)| file.refused_row(*line, said, s)));
            let more = file.refused.saturating_sub((lines.len() - lines_before) as u64);
            lines.extend((more > 0).then(|| s.import_refused_more(more)));
        }
        lines.extend(file.refused_file.said(s));
        lines
    }
}

/// Returns why something of the last file was left out that can be taken all the same.
fn why_left(report: &ImportReport) -> Option<Left> {
    if report.answered.iter().any(|answered| answered.kept > 0) || !report.stay_refused.is_empty() {
        return Some(Left::Answered);
    }
    if report.known.iter().any(|known| known.is_overtaken) {
        return Some(Left::Copy);
    }
    (!report.dated_before.is_empty() && report.older_by_date > 0 && report.answers() == 0).then_some(Left::Dated)
}

/// Returns whether an import brought nothing that can be looked at.
const fn is_plain(report: &ImportReport) -> bool {
    report.new + report.changed == 0 && report.conflicts == 0 && report.expired == 0
}

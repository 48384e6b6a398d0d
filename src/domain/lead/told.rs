//! What a later download says of a lead: what is new is taken, what was changed here stays, and what changed on both sides is told.

use super::{Lead, LeadFile, LeadPart, LeadStage, put};

/// What became of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    /// What was taken.
    pub taken: Vec<LeadPart>,
    /// What stays ours although Partner Center tells something new.
    pub clashes: Vec<LeadPart>,
    /// What was changed here and stands there now.
    pub confirmed: bool,
    /// Partner Center gave the row back with an error: it took nothing of it, and what was written waits again.
    pub refused: bool,
    /// An earlier state than the one that is known: nothing of it is taken.
    pub older: bool,
}

impl Lead {
    /// Hears a row of a later download, read as a lead of its own. Parts without a column stay as they are, and so does what a file
    /// says of nothing that is new. What Partner Center refused stays refused until it tells something new or is written again.
    pub fn hear(&mut self, news: &Self) -> Heard {
        let mut heard = Heard::default();
        if news.error.is_some() {
            // Where nothing waits any more, it is the answer to something that was settled since.
            if self.differs() {
                self.error.clone_from(&news.error);
                self.written = None;
                self.refused = true;
                heard.refused = true;
            } else {
                heard.older = true;
            }
            return heard;
        }
        let (known, new) = (self.told(LeadPart::Updated), news.told(LeadPart::Updated));
        if !known.is_empty() && !new.is_empty() && new < known {
            heard.older = true;
            return heard;
        }
        for part in LeadPart::ALL.into_iter().filter(|part| news.tells(*part)) {
            self.hear_part(part, news.told(part), &mut heard);
        }
        for (file, row) in &news.rows {
            self.rows.insert(*file, row.clone());
        }
        let is_new = heard.confirmed || !heard.clashes.is_empty();
        if is_new || !self.differs() {
            self.error = None;
        }
        if !heard.clashes.is_empty() || !self.differs() {
            // What was written is answered, by a yes or by something else: from now on the same words are a new change.
            self.written = None;
            self.refused = false;
        }
        heard
    }

    /// Returns whether anything that goes back stands here otherwise than it was told.
    fn differs(&self) -> bool {
        let differs = |part: LeadPart| self.text(part) != self.told(part) && self.goes_back(part);
        LeadPart::ALL.into_iter().any(|part| part != LeadPart::ReasonNote && differs(part))
    }

    /// Returns whether a row says anything of a part, if only that it is empty.
    fn tells(&self, part: LeadPart) -> bool {
        self.told.contains_key(&part) || self.rows.values().flatten().any(|cell| cell.part == Some(part))
    }

    fn hear_part(&mut self, part: LeadPart, theirs: &str, heard: &mut Heard) {
        let (ours, before) = (self.text(part).to_owned(), self.told(part).to_owned());
        if part == LeadPart::Stage && theirs == LeadStage::Closed.code() && self.stage().is_closed() {
            // It says no more than what is known.
            return;
        }
        put(&mut self.told, part, theirs.to_owned());
        let is_news = before != theirs;
        let was_written = self.written.as_ref().is_some_and(|written| written.values.get(&part).is_some_and(|was| was == theirs));
        if let Some(written) = self.written.as_mut().filter(|_| is_news && (was_written || ours == theirs)) {
            // It is answered: from now on the same words are a new change.
            written.values.remove(&part);
        }
        if ours == theirs {
            heard.confirmed |= is_news;
            self.clashes.remove(&part);
        } else if was_written && is_news {
            // Only what was written before it was changed once more, if back to what it was.
            heard.confirmed = true;
        } else if ours == before {
            put(&mut self.values, part, theirs.to_owned());
            heard.taken.push(part);
        } else if is_news {
            self.clashes.insert(part);
            heard.clashes.push(part);
        }
    }

    /// Ends all conflicts: ours stays and waits to be written, or what Partner Center told is taken.
    pub fn decide(&mut self, ours: bool) {
        let clashes = std::mem::take(&mut self.clashes);
        if ours {
            return;
        }
        for part in clashes {
            let theirs = self.told(part).to_owned();
            put(&mut self.values, part, theirs);
        }
    }

    /// Tells a part as a file has it.
    pub fn tell(&mut self, part: LeadPart, text: String) {
        put(&mut self.told, part, text.clone());
        put(&mut self.values, part, text);
    }

    /// Keeps the row it came in.
    pub fn came_in(&mut self, file: LeadFile, row: Vec<super::LeadCell>) {
        self.rows.insert(file, row);
    }
}

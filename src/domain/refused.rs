//! What Partner Center refused has not left for good: what of such a deal may be corrected, and how it stands until it is.

use super::field::{BadValue, Field, MayChange, NotEditable, Sendable};
use super::fold::bare;
use super::held::Held;
use super::instant::Timestamp;
use super::opportunity::{Kind, Opportunity};
use super::outcome::{Outcome, OutcomeKind};
use super::outgoing::{Answer, SaidThere, SentRow};
use super::stage::{Stage, Verb};

/// A row that was written of a deal last, and refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// The name of the upload file.
    pub file: String,
    pub written_at: Timestamp,
    pub message: String,
    /// Whether the deal still says what was refused: in the fields that the message names, else in all of the row.
    pub as_it_stands: bool,
    /// What the row told that Partner Center did not know.
    pub told: Vec<Field>,
    /// Whether it told how the deal ended.
    pub ends: bool,
}

impl RefusedRow {
    /// Returns what was refused last of what was written of a deal, the newest first; nothing while another row of it is out, or one
    /// that made it was taken and has not come back: what that says may be taken.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn of(sent: &[SentRow], held: &Held) -> Result<Option<Self>, BadValue> {
        let on = &held.opportunity;
        let is_unborn = |row: &SentRow| row.said.makes && row.answer == Answer::Taken && held.is_unknown_there();
        let is_out = |row: &SentRow| row.answer == Answer::Open || is_unborn(row);
        let last = sent.iter().find(|row| row.answer != Answer::Dropped).filter(|_| !sent.iter().any(is_out));
        let Some((Answer::Refused(message), row)) = last.map(|row| (&row.answer, row)) else { return Ok(None) };
        let (file, message, told) = (row.file.clone(), message.clone(), row.said.news.clone());
        let ends = told.contains(&Field::Stage) && matches!(row.said.laid_over(on)?.stage, Stage::Archived { .. });
        let as_it_stands = still_says(&message, &row.said, on)?;
        Ok(Some(Self { file, written_at: row.written_at, message, as_it_stands, told, ends }))
    }
}

/// Returns whether a deal says anything still for which a row was refused. Of several messages, joined by semicolons, each is of its own.
fn still_says(message: &str, said: &SaidThere, on: &Opportunity) -> Result<bool, BadValue> {
    for message in message.split(';') {
        let named: Vec<Field> = fields_named(message).into_iter().filter(|field| said.values.contains_key(field)).collect();
        let is_same = if named.is_empty() { said.is_as(on)? } else { said.is_as_in(on, &named)? };
        if is_same {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns the fields that a message of Partner Center speaks of, by the names of their columns.
pub fn fields_named(message: &str) -> Vec<Field> {
    let customer = [
        (Field::CustomerName, "Customer Name"),
        (Field::Duns, "Customer D-U-N-S ID"),
        (Field::Address, "Customer Address"),
        (Field::Address, "Customer City"),
        (Field::Address, "Customer State"),
        (Field::Address, "Customer Postal code"),
        (Field::Address, "Customer Country"),
    ];
    let columns = Field::ALL.into_iter().flat_map(|field| match field.sendable() {
        Sendable::Column(columns) | Sendable::Patch(_, columns) => columns.iter().map(|column| (field, *column)).collect(),
        Sendable::Never(_) => Vec::new(),
    });
    let mut named: Vec<(Field, String)> = columns.chain(customer).map(|(field, column)| (field, bare(column))).collect();
    // The longest first: one name stands in another.
    named.sort_by_key(|(_, column)| std::cmp::Reverse(column.len()));
    let mut left = bare(message);
    let mut found = Vec::new();
    for (field, column) in named {
        if left.contains(&column) {
            left = left.replace(&column, " ");
            found.push(field);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

impl Held {
    /// Returns what was refused, where it may be corrected: until Partner Center has closed it.
    pub fn to_correct(&self) -> Option<&RefusedRow> {
        let is_closed_here = !matches!(self.opportunity.stage, Stage::Received { .. } | Stage::Accepted { .. });
        self.refused.as_deref().filter(|_| !is_closed_here || self.is_new_there(Field::Stage))
    }

    /// Returns the stage before an end that was refused; nothing where that has not ended by us.
    pub fn stage_before_refusal(&self) -> Option<Stage> {
        let Stage::Archived { accepted, outcome, .. } = &self.opportunity.stage else { return None };
        self.to_correct().filter(|row| row.ends)?;
        match outcome.kind() {
            OutcomeKind::Won | OutcomeKind::Lost => Some(Stage::Accepted { since: *accepted }),
            OutcomeKind::Declined => {
                let known = self.as_known_there().ok()?.stage;
                Some(known).filter(|known| matches!(known, Stage::Received { .. }))
            }
            OutcomeKind::Expired | OutcomeKind::Error => None,
        }
    }

    /// Returns how it stands there where Partner Center refused that it was accepted: still unanswered.
    fn stage_before_refused_accept(&self) -> Option<Stage> {
        let is_accepted = matches!(self.opportunity.stage, Stage::Accepted { .. });
        self.to_correct().filter(|row| is_accepted && row.told.contains(&Field::Stage) && !row.ends)?;
        let known = self.as_known_there().ok()?.stage;
        Some(known).filter(|known| matches!(known, Stage::Received { .. }))
    }

    /// Returns the opportunity as a step finds it: as [`Held::to_act_on`], and where Partner Center refused that it was accepted, that
    /// can be said anew, or the contrary, as long as its time to answer lasts.
    pub fn to_act_on_by(&self, verb: Verb, now: Timestamp) -> Opportunity {
        let before = match verb {
            Verb::Accept | Verb::Decline => self.stage_before_refused_accept().map(|stage| stage.seen_at(now)),
            Verb::Win | Verb::Lose => None,
        };
        match before {
            Some(stage) => Opportunity { stage, ..self.opportunity.clone() },
            None => self.to_act_on(),
        }
    }

    /// Returns what Partner Center refused of a step that would be done anew, or of the acceptance that a win or a loss goes with, where
    /// what it refused stands there still.
    pub fn refused_before(&self, verb: Verb, now: Timestamp) -> Option<&RefusedRow> {
        let is_anew = self.to_act_on_by(verb, now).stage != self.opportunity.stage;
        let is_same = match (verb, self.opportunity.stage.outcome().map(Outcome::kind)) {
            (Verb::Accept, ended) => ended.is_none(),
            (Verb::Decline, ended) => ended == Some(OutcomeKind::Declined),
            (Verb::Win, ended) => ended == Some(OutcomeKind::Won),
            (Verb::Lose, ended) => ended == Some(OutcomeKind::Lost),
        };
        let is_after = self.refused_accept(verb).is_some();
        self.to_correct().filter(|row| (is_after || (is_anew && is_same)) && row.as_it_stands)
    }

    /// Returns the refused acceptance that a win or a loss would go with.
    pub fn refused_accept(&self, verb: Verb) -> Option<&RefusedRow> {
        self.to_correct().filter(|_| matches!(verb, Verb::Win | Verb::Lose) && self.stage_before_refused_accept().is_some())
    }

    /// Returns what a rep may do to move it on, of what was refused anew.
    pub fn allowed(&self, now: Timestamp) -> impl Iterator<Item = Verb> {
        Verb::ALL.into_iter().filter(move |verb| self.to_act_on_by(*verb, now).stage.check(*verb).is_ok())
    }

    /// Returns until when it could be accepted anew or declined of which Partner Center refused that it was accepted; it may be over.
    pub fn refused_accept_until(&self) -> Option<Timestamp> {
        self.stage_before_refused_accept()?.deadline().map(|deadline| deadline.at)
    }

    /// Returns the opportunity as steps and requests find it: what was refused of it is done anew. Everything else is as it is held.
    pub fn to_act_on(&self) -> Opportunity {
        let mut on = self.opportunity.clone();
        if let Some(stage) = self.stage_before_refusal() {
            on.stage = stage;
        }
        let asked = self.to_correct().is_some_and(|row| row.told.contains(&Field::Help));
        if asked && on.help.is_some() && self.help_waits() {
            on.help = None;
        }
        on
    }

    /// Returns why the rep may not edit a field of it now: as [`Field::check_edit`], but what a refused row said can be corrected.
    ///
    /// # Errors
    /// [`NotEditable`].
    pub fn check_edit(&self, field: Field) -> Result<(), NotEditable> {
        // A row that was to make the deal speaks of all of it.
        let is_told = |field| self.is_unknown_there() || self.to_correct().is_some_and(|row| row.told.contains(&field));
        // Of one that ended here after something else of it was refused, only that.
        let is_ended_otherwise = || self.opportunity.is_archived() && !self.to_correct().is_some_and(|row| row.ends);
        let may = match field.may_change() {
            _ if self.to_correct().is_none() => false,
            _ if is_ended_otherwise() && !is_told(field) => false,
            MayChange::UntilArchived if matches!(self.opportunity.stage, Stage::Received { .. }) => false,
            MayChange::UntilArchived => field != Field::Solutions || self.opportunity.kind != Kind::SolutionAssessment,
            // No column holds a partner: nobody has refused one.
            MayChange::AtCreation => self.is_unknown_there() && field != Field::Partner,
            MayChange::WithHelp => field == Field::Contact && self.is_new_there(field) && is_told(field),
            MayChange::Always | MayChange::BySteps | MayChange::ByImport => false,
        };
        if may { Ok(()) } else { field.check_edit(&self.opportunity) }
    }
}

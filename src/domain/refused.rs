//! What Partner Center refused has not left for good: what of such a deal may be corrected, and how it stands until it is.

use super::field::{BadValue, Field, MayChange, NotEditable};
use super::held::Held;
use super::instant::Timestamp;
use super::opportunity::{Kind, Opportunity};
use super::outcome::OutcomeKind;
use super::outgoing::{Answer, SentRow};
use super::stage::Stage;

/// A row that was written of a deal last, and refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// The name of the upload file.
    pub file: String,
    pub written_at: Timestamp,
    pub message: String,
    /// Whether the deal still says what the row said.
    pub as_it_stands: bool,
}

impl RefusedRow {
    /// Returns what was refused last of what was written of a deal, the newest first; nothing while another row of it is out: what
    /// that says may be taken.
    ///
    /// # Errors
    /// [`BadValue`] when a kept value cannot be read back.
    pub fn of(sent: &[SentRow], on: &Opportunity) -> Result<Option<Self>, BadValue> {
        let is_out = |row: &SentRow| row.answer == Answer::Open || (row.said.makes && row.answer == Answer::Taken);
        let last = sent.iter().find(|row| row.answer != Answer::Dropped).filter(|_| !sent.iter().any(is_out));
        let Some((Answer::Refused(message), row)) = last.map(|row| (&row.answer, row)) else { return Ok(None) };
        let (file, message) = (row.file.clone(), message.clone());
        Ok(Some(Self { file, written_at: row.written_at, message, as_it_stands: row.said.is_as(on)? }))
    }
}

impl Held {
    /// Returns whether something that was refused may be corrected: until Partner Center has closed it.
    fn is_correctable(&self) -> bool {
        let is_closed_here = !matches!(self.opportunity.stage, Stage::Received { .. } | Stage::Accepted { .. });
        self.refused.is_some() && (!is_closed_here || self.is_new_there(Field::Stage))
    }

    /// Returns whether Partner Center does not have our value of a field.
    fn is_new_there(&self, field: Field) -> bool {
        self.is_unknown_there() || self.base.contains_key(&field)
    }

    /// Returns the stage before an end that was refused; nothing where that has not ended by us.
    pub fn stage_before_refusal(&self) -> Option<Stage> {
        let Stage::Archived { accepted, outcome, .. } = &self.opportunity.stage else { return None };
        if !self.is_correctable() {
            return None;
        }
        match outcome.kind() {
            OutcomeKind::Won | OutcomeKind::Lost => Some(Stage::Accepted { since: *accepted }),
            OutcomeKind::Declined => {
                let known = self.as_known_there().ok()?.stage;
                Some(known).filter(|known| matches!(known, Stage::Received { .. }))
            }
            OutcomeKind::Expired | OutcomeKind::Error => None,
        }
    }

    /// Returns the opportunity as steps and requests find it: what was refused of it is done anew. Everything else is as it is held.
    pub fn to_act_on(&self) -> Opportunity {
        let mut on = self.opportunity.clone();
        if let Some(stage) = self.stage_before_refusal() {
            on.stage = stage;
        }
        if self.is_correctable() && on.help.is_some() && self.is_new_there(Field::Help) {
            on.help = None;
        }
        on
    }

    /// Returns why the rep may not edit a field of it now: as [`Field::check_edit`], but what a refused row said can be corrected.
    ///
    /// # Errors
    /// [`NotEditable`].
    pub fn check_edit(&self, field: Field) -> Result<(), NotEditable> {
        let may = match field.may_change() {
            _ if !self.is_correctable() => false,
            MayChange::UntilArchived if matches!(self.opportunity.stage, Stage::Received { .. }) => false,
            MayChange::UntilArchived => field != Field::Solutions || self.opportunity.kind != Kind::SolutionAssessment,
            // No column holds a partner: nobody has refused one.
            MayChange::AtCreation => self.is_unknown_there() && field != Field::Partner,
            MayChange::WithHelp => field == Field::Contact && self.is_new_there(field),
            MayChange::Always | MayChange::BySteps | MayChange::ByImport => false,
        };
        if may { Ok(()) } else { field.check_edit(&self.opportunity) }
    }
}

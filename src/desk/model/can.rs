//! Whether an action can be done now and, if not, why: what dims the palette is what a key says.

use super::Model;
use super::size::BESIDE_FROM;
use crate::desk::keys::Action;
use crate::domain::change::{Refusal, check_asking};
use crate::domain::outcome::Outcome;
use crate::domain::role::{Deed, Role};
use crate::domain::stage::{NotAllowed, Stage, Verb};
use crate::store::{Access, Full};

impl Model {
    /// Returns whether the action can be done now.
    ///
    /// # Errors
    /// The sentence that says why not.
    pub fn can(&self, action: Action) -> Result<(), String> {
        self.may_do(action)?;
        match action {
            Action::Accept => self.can_move(Verb::Accept),
            Action::Decline => self.can_move(Verb::Decline),
            Action::Win => self.can_move(Verb::Win),
            Action::Lose => self.can_move(Verb::Lose),
            Action::Copy => self.has_target(),
            Action::Export => self.can_export(),
            Action::Favorite | Action::NextStep | Action::Note | Action::GiveToMe => self.has_target(),
            Action::Clone => self.has_selection(),
            Action::Edit if self.marks.is_empty() => self.can_edit(),
            Action::AskHelp | Action::Register | Action::AskException | Action::Reopen
                if self.rooms.is_empty() && self.marks.len() > 1 =>
            {
                Err(self.say.desk_one_at_a_time(
                    self.say.action(action),
                    self.marks.len() as u64,
                    self.keys.key_name(Action::Back),
                ))
            }
            Action::AskHelp => self.can_ask(),
            Action::Register | Action::AskException => self.can_register(),
            Action::Reopen => self.can_reopen(),
            Action::Undo if self.steps.undo.is_none() => Err(self.say.store_nothing_to_undo()),
            Action::Redo if self.steps.redo.is_none() => Err(self.say.store_nothing_to_redo()),
            Action::Import if self.importing.is_some() => Err(self.say.desk_importing_already()),
            Action::Demo if self.importing.is_some() => Err(self.say.desk_importing_first()),
            Action::Open if self.list().may_look_everywhere() => Ok(()),
            Action::Open
            | Action::History
            | Action::Brief
            | Action::BriefOfCustomer
            | Action::Why
            | Action::Mark
            | Action::MarkRange
            | Action::MarkAll
            | Action::MarkDown
            | Action::MarkUp => self.has_selection(),
            Action::NextMatch | Action::PreviousMatch if self.list().filter_text.is_empty() => Err(self.say.desk_no_filter()),
            Action::View if self.list().query.filter.view().is_some() => {
                Err(self.say.desk_view_by_filter(&self.list().filter_text, self.keys.key_name(Action::Back)))
            }
            Action::Beside if self.size.layout().detail_columns == 0 => {
                Err(self.say.desk_beside_narrow(BESIDE_FROM, self.keys.key_name(Action::Open)))
            }
            Action::RemoveView => self.removable_view().map(drop),
            Action::Suspend if cfg!(windows) => Err(self.say.desk_no_suspend()),
            _ => Ok(()),
        }
    }

    /// Returns whether an action changes nothing that it is barred from changing, in whatever room it is asked for.
    pub(super) fn may_do(&self, action: Action) -> Result<(), String> {
        action.deed().map_or(Ok(()), |deed| self.may(deed))
    }

    /// Returns whether something may be done here: neither a look without changes bars it, nor the role (MG-02).
    pub(super) fn may(&self, deed: Deed) -> Result<(), String> {
        match (deed, self.access) {
            // What cannot be written to need not keep anybody from their settings.
            (Deed::Configure, Access::AskedReadOnly) => return Err(self.say.config_only_looked().whole()),
            (Deed::Configure, _) | (_, Access::ReadWrite) => {}
            _ => return Err(self.say.store_read_only()),
        }
        self.role().may(deed, None, &self.config.me.email).map_err(|why| self.say.barred(why).sentence)
    }

    /// Returns the role that counts here: in the sample everybody tries everything.
    pub fn role(&self) -> Role {
        if self.is_sample() { Role::default() } else { self.config.role }
    }

    /// Returns what the header says of the role; `None` where it bars nothing.
    pub fn role_shown(&self) -> Option<String> {
        match self.role() {
            Role::ReferralsAdmin | Role::PartnerAdmin => None,
            Role::ReferralsUser => Some(self.say.desk_own_only()),
            Role::Viewer => Some(self.say.desk_viewer()),
        }
    }

    fn has_selection(&self) -> Result<(), String> {
        self.selected().map(|_| ()).ok_or_else(|| self.say.desk_nothing_selected())
    }

    /// Fields have their own rules; where the stage lets none be changed, that is said before anything opens (MG-77).
    fn can_edit(&self) -> Result<(), String> {
        let row = self.selected().ok_or_else(|| self.say.desk_nothing_selected())?;
        match &row.stage {
            // What was refused has not left for good.
            _ if self.selected_detail().is_some_and(|full| full.to_correct().is_some()) => Ok(()),
            // Of a received one the deadline can be set; the rest is settled when it is accepted.
            Stage::Received { .. } | Stage::Accepted { .. } => Ok(()),
            ended @ (Stage::Lapsed { .. } | Stage::Archived { .. }) => self.can_still(ended),
        }
    }

    fn can_ask(&self) -> Result<(), String> {
        let row = self.selected().ok_or_else(|| self.say.desk_nothing_selected())?;
        if self.refused_detail().is_none() {
            self.can_still(&row.stage)?;
        }
        match self.selected_detail() {
            Some(full) => check_asking(&full.to_act_on()).map_err(|why| self.refusal(&why)),
            None => Ok(()),
        }
    }

    /// Returns the selected one, where it is here and Partner Center refused something of it.
    pub(super) fn refused_detail(&self) -> Option<&Full> {
        self.selected_detail().filter(|full| full.refused.is_some())
    }

    fn can_reopen(&self) -> Result<(), String> {
        self.has_selection()?;
        let is_refused = self.refused_detail().is_some_and(|full| full.stage_before_refusal().is_some());
        if is_refused { Ok(()) } else { Err(self.refusal(&Refusal::NotRefused)) }
    }

    /// Only what was won can be registered (MG-73).
    fn can_register(&self) -> Result<(), String> {
        let row = self.selected().ok_or_else(|| self.say.desk_nothing_selected())?;
        let is_won = matches!(row.stage.outcome(), Some(Outcome::Won));
        if is_won { Ok(()) } else { Err(self.say.register_only_won(self.keys.key_name(Action::Win))) }
    }

    /// Nothing more can be done to what has ended (MG-77).
    pub(super) fn can_still(&self, stage: &Stage) -> Result<(), String> {
        let ended = |outcome: &Outcome| NotAllowed::Archived { outcome: outcome.clone(), at: stage.archived_at() };
        stage.outcome().map_or(Ok(()), |outcome| Err(self.refused(&ended(outcome))))
    }

    fn has_target(&self) -> Result<(), String> {
        if self.marks.is_empty() { self.has_selection() } else { Ok(()) }
    }

    fn can_move(&self, verb: Verb) -> Result<(), String> {
        if !self.marks.is_empty() {
            // Each is checked by itself when it has come.
            return Ok(());
        }
        let row = self.selected().ok_or_else(|| self.say.desk_nothing_selected())?;
        let refused = self.refused_detail().map(|full| full.to_act_on_by(verb, self.now.now).stage);
        refused.as_ref().unwrap_or(&row.stage).check(verb).map_err(|why| self.refused(&why))
    }

    /// Returns whether a step is open to none of those that are marked. It is looked at what the list holds of them: of
    /// others nobody knows. A step that waits may have been refused, and is then done anew.
    pub fn is_for_no_mark(&self, action: Action) -> bool {
        let verb = match action {
            Action::Accept => Verb::Accept,
            Action::Decline => Verb::Decline,
            Action::Win => Verb::Win,
            Action::Lose => Verb::Lose,
            _ => return false,
        };
        let known: Vec<_> = self.list().rows.iter().filter(|row| self.marks.contains(&row.id)).collect();
        !known.is_empty()
            && known.len() == self.marks.len()
            && known.iter().all(|row| row.stage.check(verb).is_err() && !(row.waiting && is_again(&row.stage, verb)))
    }

    /// Says why a step is not allowed.
    pub(super) fn refused(&self, why: &NotAllowed) -> String {
        self.say.not_allowed(why, &|at| self.day(at)).sentence
    }

    /// Says why a change was refused.
    pub(super) fn refusal(&self, refusal: &Refusal) -> String {
        self.say.refusal(refusal, &|at| self.day(at)).sentence
    }
}

/// Returns whether a step leads to where a deal stands, or takes the place of its acceptance.
fn is_again(stage: &Stage, verb: Verb) -> bool {
    match stage.outcome() {
        None => matches!((stage, verb), (Stage::Accepted { .. }, Verb::Accept | Verb::Decline)),
        Some(Outcome::Won) => verb == Verb::Win,
        Some(Outcome::Lost { .. }) => verb == Verb::Lose,
        Some(Outcome::Declined { .. }) => verb == Verb::Decline,
        Some(_) => false,
    }
}

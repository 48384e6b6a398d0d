//! What a review tells beside its figures: what single deals are called, whether their close date was pushed out before, and what
//! campaigns cost.

use super::delta::read_delta;
use super::error::{StoreError, While};
use super::figures::Reviewed;
use super::history::{Happened, StepKind};
use super::open::Store;
use crate::domain::date::Date;
use crate::domain::field::{Field, Named};
use crate::domain::ids::{OpportunityId, StepId};
use crate::insight::Review;

/// All that steps did to one opportunity up to a step, in order. What earlier versions undid in place never was.
const COURSE: &str = "SELECT step.kind, history.what, history.delta FROM history JOIN step ON step.id = history.step_id \
     WHERE opportunity_id = ?1 AND step_id <= ?2 AND step.undone_at IS NULL ORDER BY step_id";

impl Store {
    /// Adds to a review what it tells of single deals and campaigns. Only those are looked at that it names, and those whose close date was pushed out
    /// in its days.
    pub(super) fn with_single_deals(&self, of: &Reviewed, mut review: Review) -> Result<Review, StoreError> {
        let until = if of.past { self.last_step_at(of.terms.at)? } else { None };
        for (id, value) in review.changes.pushed_out() {
            if self.pushes(id, until)? > 1 {
                review.pushed_again.add(id, value);
            }
        }
        review.costs = self.costs()?;
        for id in review.to_be_named() {
            let held = if of.past { self.one_as_it_stood(id, of.terms.at)? } else { self.find_held(id)? };
            if let Some(held) = held {
                review.names.insert(id, held.opportunity.title().to_string());
            }
        }
        Ok(review)
    }

    /// Returns how many times the close date of a deal was pushed out up to a step, or up to now; what was undone does not count.
    fn pushes(&self, id: OpportunityId, until: Option<StepId>) -> Result<u32, StoreError> {
        let mut statement = self.connection.prepare_cached(COURSE).reading()?;
        let mut rows = statement.query((id.0, until.map_or(i64::MAX, |step| step.0))).reading()?;
        let mut pushes = 0_u32;
        while let Some(row) = rows.next().reading()? {
            let (kind, what): (String, String) = (row.get(0).reading()?, row.get(1).reading()?);
            let kept: Option<String> = row.get(2).reading()?;
            let Some(kept) = kept.filter(|_| Happened::read(&what) == Happened::Changed) else { continue };
            let delta = read_delta(&kept)?;
            let Some((_, was, is)) = delta.fields.iter().find(|(name, ..)| *name == Named::Known(Field::CloseDate)) else {
                continue;
            };
            let date = |value: &serde_json::Value| value.as_str().and_then(|text| Date::iso(text).ok());
            let Some((was, is)) = date(was).zip(date(is)) else { continue };
            match (is > was, StepKind::of_code(&kind) == Some(StepKind::Undo)) {
                (true, false) => pushes += 1,
                (false, true) => pushes = pushes.saturating_sub(1),
                _ => {}
            }
        }
        Ok(pushes)
    }
}

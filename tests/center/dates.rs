//! As of when is known what deals hold: an import that is taken back or made again leaves it as it was before or after it.

use std::collections::BTreeMap;

use cosell::domain::ids::{OpportunityId, StepId};
use cosell::domain::instant::Timestamp;
use cosell::domain::told::Told;

use super::{World, moment};

/// As of when what deals hold is known, and of when the newest download is.
pub type Dates = (BTreeMap<OpportunityId, Told>, Option<Timestamp>);

impl World {
    pub fn dates(&self) -> Dates {
        let told = self.all().into_iter().map(|held| (held.opportunity.id, held.told)).collect();
        (told, self.store.counts(moment(self.now)).unwrap().imported_at)
    }

    /// Looks whether all is known as of when it was, once an import was taken back (`0`) or made again (`1`) as the last step.
    pub fn same_dates(&self, step: StepId, which: usize) {
        let Some((told, newest)) = self.known.get(&step).map(|dates| &dates[which]) else { return };
        let now = self.dates();
        // What was made here since was known to nobody.
        let made = |id: &OpportunityId| !told.contains_key(id) && now.0[id] == Told::default();
        let before: BTreeMap<_, _> = now.0.iter().filter(|(id, _)| !made(id)).map(|(id, told)| (*id, told.clone())).collect();
        let told: BTreeMap<_, _> =
            told.iter().filter(|(id, _)| now.0.contains_key(id)).map(|(id, told)| (*id, told.clone())).collect();
        assert_eq!((before, now.1), (told, *newest));
    }
}

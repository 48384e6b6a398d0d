//! `--as-of DAY`: which past day is meant, and what was held at its end where the user is.

use clap::{Arg, ArgMatches};

use super::args::option;
use super::{Context, Failure};
use crate::domain::date::Moment;
use crate::domain::filter::Filter;
use crate::domain::held::Held;
use crate::domain::ids::{OpportunityId, Pointer};
use crate::domain::period::Period;
use crate::domain::query::ListQuery;
use crate::i18n::{Said, Sentences};
use crate::store::past::PastList;
use crate::store::{Store, StoreError};

/// A day that is over.
#[derive(Debug, Clone, Copy)]
pub(super) struct PastDay {
    end: Moment,
}

/// Returns the option that names a past day.
pub(super) fn argument(s: &Sentences) -> Arg {
    option("as-of", "DAY", s.command_as_of())
}

impl PastDay {
    /// Returns the day that was asked for, of a span its last one; `None` where none was, or today: that is as it is now.
    pub(super) fn given(context: &Context<'_>, matches: &ArgMatches) -> Result<Option<Self>, Failure> {
        let Some(typed) = matches.get_one::<String>("as-of") else { return Ok(None) };
        let (s, moment) = (&context.sentences, context.clock.moment());
        let wrong = |sentence, hint| Failure::usage(Said::new("as-of", sentence, hint));
        let period = Period::behind(typed, moment.today).ok_or_else(|| wrong(s.as_of_wrong(typed), s.as_of_wrong_hint()))?;
        let date = period.last;
        if date > *moment.today {
            return Err(wrong(s.as_of_ahead(date.to_string()), s.as_of_ahead_hint()));
        }
        Ok(Some(Self { end: moment.end_of(date) }).filter(|_| date < *moment.today))
    }

    /// Returns the end of the day, from which relative days count.
    pub(super) const fn end(self) -> Moment {
        self.end
    }

    /// Says of which day that is which follows, beside it.
    pub(super) fn tell(self, context: &mut Context<'_>) -> Result<(), Failure> {
        if !context.output.json {
            let said = context.sentences.as_of(context.day(self.end.now));
            context.output.remark(&said)?;
        }
        Ok(())
    }

    /// Refuses a filter that asks what nobody knows of a past day.
    pub(super) fn check(self, context: &Context<'_>, filter: &Filter) -> Result<(), Failure> {
        let s = &context.sentences;
        if filter.asks_for_news() {
            return Err(Failure::usage(Said::new("as-of", s.as_of_new(), s.as_of_new_hint())));
        }
        Ok(())
    }

    /// Returns what a list showed.
    pub(super) fn list(self, context: &Context<'_>, store: &Store, query: &ListQuery) -> Result<PastList, Failure> {
        self.check(context, &query.filter)?;
        store.list_as_it_stood(query, self.end.now).map_err(|error| context.store_failure(&error))
    }

    /// Returns the opportunity that an argument points at. What is not held any more is known by its number alone.
    pub(super) fn one(self, context: &Context<'_>, store: &Store, given: &str) -> Result<Held, Failure> {
        let failure = |error: StoreError| context.store_failure(&error);
        let pointer = Pointer::read(given);
        let (id, missing) = match (store.find(&pointer), pointer) {
            (Err(error @ StoreError::NoSuch(_)), Pointer::Number(id)) => (id, Some(error)),
            (found, _) => (found.map_err(failure)?, None),
        };
        let held = store.one_as_it_stood(id, self.end.now).map_err(failure)?;
        held.ok_or_else(|| missing.map_or_else(|| self.not_held(context, given, id), |error| context.store_failure(&error)))
    }

    fn not_held(self, context: &Context<'_>, given: &str, id: OpportunityId) -> Failure {
        let s = &context.sentences;
        let sentence = s.as_of_not_held(context.day(self.end.now), given);
        Failure::Refused(vec![Said::new("not-held-then", sentence, s.as_of_not_held_hint(id.to_string()))])
    }
}

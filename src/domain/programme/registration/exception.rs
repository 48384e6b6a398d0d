//! Asking Microsoft to let something of a registration be otherwise: once, in time, and what came of it (MG-74); it is sent in Partner Center
//! by hand.

use serde::{Deserialize, Serialize};

use super::Registration;
use super::rules::{Measure, RegistrationRules};
use crate::domain::date::Date;
use crate::domain::invalid::Invalid;
use crate::domain::text::Notes;

/// What was asked for, and what Microsoft decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exception {
    /// Why it should be otherwise, in the words that are sent.
    pub text: Notes,
    pub asked_on: Date,
    /// The day by which Microsoft decides: so many working days, Monday to Friday, after it was asked for.
    pub decision_by: Option<Date>,
    pub decided: Option<Decided>,
}

/// What Microsoft decided; that is final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decided {
    pub is_granted: bool,
    pub on: Date,
}

/// Why no exception can be asked for or decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoException {
    /// Microsoft has no registration to make one from.
    NotRegistered,
    TooLate {
        last: Date,
    },
    /// The day lies before the registration, or the decision before what was asked for.
    TooEarly {
        on: Date,
        first: Date,
    },
    /// The day is still to come.
    ToCome {
        on: Date,
    },
    /// It was asked for: there is one a referral.
    Asked {
        on: Date,
    },
    /// Nothing was asked for that could be decided.
    NotAsked,
    Decided(Decided),
    Text(Invalid),
}

impl NoException {
    /// Returns the word of JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotRegistered => "not-registered",
            Self::TooLate { .. } => "too-late",
            Self::TooEarly { .. } => "too-early",
            Self::ToCome { .. } => "in-future",
            Self::Asked { .. } => "asked-already",
            Self::NotAsked => "not-asked",
            Self::Decided(_) => "decided-already",
            Self::Text(why) => why.code(),
        }
    }
}

/// Returns the last of so many working days after a day.
fn working_days_after(mut day: Date, mut days: i64) -> Date {
    while days > 0 {
        day = day.plus_days(1);
        days -= i64::from(day.number() - day.monday().number() < 5);
    }
    day
}

impl Registration {
    /// Returns from when until when an exception can be asked for: so many days after Microsoft had it, where a rule sets that.
    ///
    /// # Errors
    /// Why none can be, the day aside.
    pub fn exception_days(&self, rules: &RegistrationRules) -> Result<(Date, Option<Date>), NoException> {
        if let Some(asked) = &self.exception {
            return Err(asked.decided.map_or(NoException::Asked { on: asked.asked_on }, NoException::Decided));
        }
        let first = self.states.first().and_then(|entered| entered.on);
        let from = self.registered_on.or(first).filter(|_| !self.states.is_empty()).ok_or(NoException::NotRegistered)?;
        Ok((from, rules.limit(Measure::ExceptionWithinDays, from).map(|limit| from.plus_days(limit.is))))
    }

    /// Returns the last day on which an exception can be asked for on a day, where a rule sets one.
    ///
    /// # Errors
    /// Why none can be.
    pub fn exception_until(&self, rules: &RegistrationRules, on: Date) -> Result<Option<Date>, NoException> {
        let (first, last) = self.exception_days(rules)?;
        match last.filter(|last| on > *last) {
            Some(last) => Err(NoException::TooLate { last }),
            None if on < first => Err(NoException::TooEarly { on, first }),
            None => Ok(last),
        }
    }

    /// Returns whether on a day one can be asked for, or what was asked for is still to be decided.
    ///
    /// # Errors
    /// Why neither is so.
    pub fn may_go_on_with_exception(&self, rules: &RegistrationRules, on: Date) -> Result<(), NoException> {
        match self.exception_until(rules, on) {
            Err(NoException::Asked { .. }) => Ok(()),
            may => may.map(drop),
        }
    }

    /// Notes that an exception was asked for on a day.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn ask_exception(&mut self, text: &str, rules: &RegistrationRules, on: Date) -> Result<(), NoException> {
        self.exception_until(rules, on)?;
        let text = Notes::parse(text).map_err(NoException::Text)?;
        let longest = rules.limit(Measure::ExceptionCharacters, on).and_then(|limit| usize::try_from(limit.is).ok());
        if let Some(max) = longest.filter(|max| text.as_str().chars().count() > *max) {
            return Err(NoException::Text(Invalid::TooLong { max }));
        }
        let within = rules.limit(Measure::ExceptionDecisionWorkingDays, on);
        let decision_by = within.map(|limit| working_days_after(on, limit.is));
        self.exception = Some(Exception { text, asked_on: on, decision_by, decided: None });
        Ok(())
    }

    /// Notes what Microsoft decided on a day.
    ///
    /// # Errors
    /// Why there is nothing to decide.
    pub fn decide_exception(&mut self, is_granted: bool, on: Date) -> Result<(), NoException> {
        let asked = self.exception.as_mut().ok_or(NoException::NotAsked)?;
        if let Some(decided) = asked.decided {
            return Err(NoException::Decided(decided));
        }
        if on < asked.asked_on {
            return Err(NoException::TooEarly { on, first: asked.asked_on });
        }
        asked.decided = Some(Decided { is_granted, on });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::state::{Entered, RegistrationState};
    use super::*;
    use crate::domain::programme::ruling::Ruling;

    fn day(text: &str) -> Date {
        Date::iso(text).unwrap()
    }

    fn registered() -> Registration {
        let states = vec![Entered::told(RegistrationState::ReviewFailed, day("2026-11-23"))];
        Registration { states, registered_on: Some(day("2026-11-20")), ..Registration::default() }
    }

    #[test]
    fn mg_74_one_exception_is_asked_for_within_60_days_of_registration() {
        let rules = Ruling::shipped().unwrap().registration;
        let ask = |mut of: Registration, text: &str, on: &str| of.ask_exception(text, &rules, day(on)).map(|()| of);
        assert_eq!(ask(Registration::default(), "why", "2026-11-27"), Err(NoException::NotRegistered));
        let asked = ask(registered(), "계약일이 다릅니다", "2027-01-19").unwrap();
        assert_eq!(ask(asked, "once more", "2027-01-19"), Err(NoException::Asked { on: day("2027-01-19") }));
        assert_eq!(ask(registered(), "why", "2027-01-20"), Err(NoException::TooLate { last: day("2027-01-19") }));
        let undated = Registration { registered_on: None, ..registered() };
        assert!(ask(undated, "why", "2027-01-22").is_ok(), "from the day of its first state");
        let (on, first) = (day("2026-11-19"), day("2026-11-20"));
        assert_eq!(ask(registered(), "why", "2026-11-19"), Err(NoException::TooEarly { on, first }));
    }

    #[test]
    fn mg_74_an_exception_has_up_to_5000_characters() {
        let rules = Ruling::shipped().unwrap().registration;
        let ask = |text: &str| registered().ask_exception(text, &rules, day("2026-11-27"));
        assert_eq!(ask(&"한".repeat(5_000)), Ok(()));
        assert_eq!(ask(&"한".repeat(5_001)), Err(NoException::Text(Invalid::TooLong { max: 5_000 })));
        assert_eq!(ask("  "), Err(NoException::Text(Invalid::Missing)));
    }

    #[test]
    fn mg_74_it_is_decided_within_14_working_days_and_that_is_final() {
        let rules = Ruling::shipped().unwrap().registration;
        for (asked, by) in [("2026-11-27", "2026-12-17"), ("2026-11-28", "2026-12-17"), ("2026-11-30", "2026-12-18")] {
            let mut of = registered();
            of.ask_exception("why", &rules, day(asked)).unwrap();
            assert_eq!(of.exception.unwrap().decision_by, Some(day(by)), "{asked}");
        }
        let mut of = registered();
        assert_eq!(of.decide_exception(true, day("2026-12-01")), Err(NoException::NotAsked));
        of.ask_exception("why", &rules, day("2026-11-27")).unwrap();
        let (on, first) = (day("2026-11-26"), day("2026-11-27"));
        assert_eq!(of.decide_exception(true, on), Err(NoException::TooEarly { on, first }));
        of.decide_exception(false, day("2026-12-01")).unwrap();
        let decided = Decided { is_granted: false, on: day("2026-12-01") };
        assert_eq!(of.decide_exception(true, day("2026-12-02")), Err(NoException::Decided(decided)));
        assert_eq!(of.exception_days(&rules), Err(NoException::Decided(decided)));
    }
}

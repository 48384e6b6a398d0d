//! All rules of the programme together: those that come with the program, and a file of one's own laid over them.

use serde::Deserialize;
use toml::Spanned;

use super::dated::{Reading, RuleError, RuleFault};
use super::registration::rules::{FileLimit, FileRule, RegistrationRules};
use super::rules::{FileBenefit, FileRequirement, FileStatus, Programme};

/// The rules of the documents that come with the program: of offers, and of registering deals.
const SHIPPED: [&str; 2] =
    [include_str!("../../../assets/programme/rules.toml"), include_str!("../../../assets/programme/registration.toml")];

/// The rules in force: those of the program with the user's own over them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ruling {
    pub programme: Programme,
    pub registration: RegistrationRules,
}

/// A file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    status: Vec<FileStatus>,
    requirement: Vec<FileRequirement>,
    benefit: Vec<FileBenefit>,
    registration: Vec<FileRule>,
    limit: Vec<FileLimit>,
    end: Vec<FileEnd>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEnd {
    rule: Spanned<String>,
    on: Spanned<String>,
}

impl Ruling {
    /// Returns the rules that come with the program.
    ///
    /// # Errors
    /// What is wrong with them; a test reads them.
    pub fn shipped() -> Result<Self, Vec<RuleError>> {
        let mut ruling = Self::default();
        SHIPPED.into_iter().try_for_each(|text| ruling.lay_over(text))?;
        Ok(ruling)
    }

    /// Lays the rules of a text over those that are there: one of the same name takes its place, `[[end]]` ends one.
    ///
    /// # Errors
    /// Everything that is wrong with it, by line; nothing is changed then.
    pub fn lay_over(&mut self, text: &str) -> Result<(), Vec<RuleError>> {
        let (mut reading, file) = Reading::begin::<File>(text)?;
        let mut laid = self.clone();
        laid.programme.lay(&mut reading, file.status, file.requirement, file.benefit);
        laid.registration.lay(&mut reading, file.registration, file.limit);
        for one in file.end {
            laid.end(&mut reading, one);
        }
        reading.end()?;
        *self = laid;
        Ok(())
    }

    fn end(&mut self, reading: &mut Reading<'_>, end: FileEnd) {
        let Some(on) = reading.day(&end.on) else { return };
        let mut abouts = self.programme.abouts_mut().chain(self.registration.abouts_mut());
        match abouts.find(|about| about.rule == *end.rule.as_ref()) {
            Some(about) => about.in_force.until = Some(on),
            None => reading.wrong(end.rule.span().start, RuleFault::UnknownRule(end.rule.into_inner())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::registration::rules::Measure;
    use super::*;
    use crate::domain::date::Date;

    #[test]
    fn the_rules_that_come_with_the_program_can_be_read() {
        let Ruling { programme: rules, registration } = Ruling::shipped().unwrap();
        assert!(rules.statuses.len() >= 5 && rules.requirements.len() >= 12 && rules.benefits.len() >= 7);
        assert!(registration.rules.len() >= 11 && registration.limits.len() >= 8);
        let days: Vec<String> = rules.turns().into_iter().map(|day| day.to_string()).collect();
        assert!(["2020-05-19", "2021-03-17", "2021-04-15", "2021-07-13"].iter().all(|day| days.contains(&(*day).to_owned())));
    }

    #[test]
    fn everything_that_is_wrong_with_a_file_is_told_by_its_line() {
        let mut rules = Ruling::shipped().unwrap();
        let before = rules.clone();
        let text = "[[requirement]]\nrule = \"X\"\nsource = \"X-1\"\ndocument = \"X\"\nfrom = \"2027-02-30\"\n\
                    for = \"goldStatus\"\nwhat = \"x\"\nsay = \"x\"\nnext = \"x\"\nneeds = \"publised:yes\"\n\
                    [[end]]\nrule = \"NONE\"\non = \"2027-07-01\"\n\
                    [[registration]]\nrule = \"Y\"\nsource = \"x\"\ndocument = \"x\"\nsay = \"x\"\nnext = \"x\"\n\
                    needs = \"status:wun\"\n[[limit]]\nrule = \"X\"\nwhat = \"perpetual-years\"\nis = 6\nsource = \"x\"\n\
                    document = \"x\"\n";
        let errors = rules.lay_over(text).unwrap_err();
        let lines: Vec<usize> = errors.iter().map(|error| error.line).collect();
        assert_eq!(lines, [5, 6, 10, 12, 20, 22], "{errors:?}");
        assert_eq!(errors[5].fault, RuleFault::Twice("X".into()));
        assert!(matches!(rules.lay_over("[[status]]\nrule = 1").unwrap_err()[..], [RuleError { line: 2, .. }]));
        assert_eq!(rules, before, "nothing of it was laid over");
    }

    #[test]
    fn of_rules_that_cannot_be_read_each_is_told_and_what_else_is_wrong_too() {
        let mut rules = Ruling::shipped().unwrap();
        let text = "# ours\n[[status]]\nrule = \"한빛\"\nid = 7\n\n[[requirement]]\nrule = \"X\"\nsuorce = \"x\"\n\n\
                    [[limit]]\nrule = \"Y\"\nwhat = \"perpetual-years\"\nis = six\nsource = \"x\"\ndocument = \"x\"\n\n\
                    [[end]]\nrule = \"Z\"\non = \"2027-02-30\"\n\n[[end]]\nrule = \"한빛\"\non = \"2027-07-01\"\n";
        let errors = rules.lay_over(text).unwrap_err();
        let lines: Vec<usize> = errors.iter().map(|error| error.line).collect();
        assert_eq!(lines, [4, 8, 13, 19], "{errors:?}");
        // Before the first rule there is nothing to leave out.
        let errors = rules.lay_over("rules = 1\n[[end]]\n").unwrap_err();
        assert!(errors.first().is_some_and(|error| error.line == 1), "{errors:?}");
        assert!(matches!(rules.lay_over("[[end]").unwrap_err()[..], [RuleError { line: 1, .. }]));
    }

    #[test]
    fn a_newer_file_takes_the_place_of_a_rule_or_ends_it() {
        let mut rules = Ruling::shipped().unwrap();
        let rule = rules.programme.requirements[0].about.rule.clone();
        let (many, day) = (rules.programme.requirements.len(), Date::iso("2027-07-01").unwrap());
        rules.lay_over(&format!("[[end]]\nrule = \"{rule}\"\non = \"2027-07-01\"\n")).unwrap();
        assert_eq!(rules.programme.requirements[0].about.in_force.until, Some(day));
        let text = format!(
            "[[requirement]]\nrule = \"{rule}\"\nsource = \"N-1\"\ndocument = \"N\"\nfor = \"coSellReady\"\nwhat = \"x\"\n\
             say = \"x\"\nnext = \"x\"\nneeds = \"published:yes\"\n"
        );
        rules.lay_over(&text).unwrap();
        let requirements = &rules.programme.requirements;
        assert_eq!((requirements.len(), requirements[0].about.source.as_str()), (many, "N-1"));
    }

    #[test]
    fn mg_74_a_newer_file_sets_limits_and_rules_of_registering_too() {
        let day = |text| Date::iso(text).unwrap();
        let (mut rules, before) = (Ruling::shipped().unwrap(), Ruling::shipped().unwrap());
        let limit = |rule: &str, days: u8, from: &str| {
            format!(
                "[[limit]]\nrule = \"{rule}\"\nwhat = \"register-within-days\"\nis = {days}\nfrom = \"{from}\"\nsource = \"x\"\n\
                 document = \"x\"\n"
            )
        };
        let text = limit("later", 45, "2027-07-01")
            + &limit("earlier", 50, "2027-01-01")
            + "[[end]]\nrule = \"registration/managed\"\non = \"2027-07-01\"\n";
        rules.lay_over(&text).unwrap();
        let within_of = |rules: &Ruling, on| rules.registration.limit(Measure::RegisterWithinDays, day(on)).map(|limit| limit.is);
        let within = |on| within_of(&rules, on);
        assert_eq!([within("2026-12-31"), within("2027-01-01"), within("2027-07-01")], [Some(60), Some(50), Some(45)]);
        let ended: Vec<&str> = rules
            .registration
            .rules
            .iter()
            .filter(|rule| rule.about.in_force.until == Some(day("2027-07-01")))
            .map(|rule| rule.about.rule.as_str())
            .collect();
        assert_eq!(ended, ["registration/managed"]);
        rules.lay_over(&limit("registration/deadline", 30, "2020-12-16")).unwrap();
        let names = |of: &Ruling| of.registration.limits.iter().map(|limit| limit.about.rule.clone()).collect::<Vec<_>>();
        assert_eq!(names(&rules)[..before.registration.limits.len()], names(&before), "a new one stands where the old one did");
        assert_eq!(
            (within_of(&rules, "2026-12-31"), rules.registration.limits.len()),
            (Some(30), before.registration.limits.len() + 2)
        );
        let wrong = rules.lay_over(&limit("x", 45, "2027-07-01").replace("45", "1000000000000")).unwrap_err();
        assert!(matches!(wrong[..], [RuleError { line: 4, fault: RuleFault::OutOfRange { .. } }]), "{wrong:?}");
    }
}

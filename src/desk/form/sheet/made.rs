//! What a sheet makes of what was typed: an offer, facts from a day on, a changed lead, a registration with its exception; all complaints
//! at once, each at its field.

use super::{DECISIONS, ExceptionOf, ExceptionPart, FROM, Sheet, SheetOf, SheetPart};
use crate::domain::date::{Date, Today};
use crate::domain::invalid::{Complaint, Complaints, Invalid, take};
use crate::domain::lead::Lead;
use crate::domain::programme::offer::{Offer, OfferPart, OfferType};
use crate::domain::programme::organisation::{Fact, Organisation, Telling};
use crate::domain::programme::registration::Registration;
use crate::domain::programme::registration::exception::NoException;
use crate::domain::text::Line;

/// What is to be kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Made {
    Offer(Box<Offer>),
    Facts(Vec<Telling>),
    Lead(Box<Lead>),
    /// The registration with its exception.
    Exception(Box<Registration>),
}

impl Sheet {
    /// Returns what the sheet asks for.
    ///
    /// # Errors
    /// All complaints at once.
    pub(super) fn make(&self, today: Today) -> Result<Made, Complaints> {
        match &self.of {
            SheetOf::Offer(_) => self.offer().map(|offer| Made::Offer(Box::new(offer))),
            SheetOf::Facts(told) => self.facts(told, today).map(Made::Facts),
            SheetOf::Lead(seen) => self.lead(seen, today).map(|lead| Made::Lead(Box::new(lead))),
            SheetOf::Exception(of) => self.exception(of, today).map(|to| Made::Exception(Box::new(to))),
        }
    }

    /// Only what was typed is changed: what stands in a part is as it was told, and need not be what somebody would type.
    fn lead(&self, seen: &Lead, today: Today) -> Result<Lead, Complaints> {
        let typed = self.fields.iter().filter_map(|field| match field.part {
            SheetPart::Lead(part) if field.text() != seen.text(part) => Some((part, field.text().to_owned())),
            _ => None,
        });
        let mut lead = seen.clone();
        lead.edit(&typed.collect::<Vec<_>>(), today).map_err(|(_, complaints)| complaints)?;
        Ok(lead)
    }

    fn exception(&self, of: &ExceptionOf, today: Today) -> Result<Registration, Complaints> {
        let mut complaints = Complaints::new();
        let is_asked = of.seen.exception.is_some();
        let (what, when) = match is_asked {
            false => (ExceptionPart::Text, ExceptionPart::AskedOn),
            true => (ExceptionPart::Decided, ExceptionPart::DecidedOn),
        };
        let (what, when) = (SheetPart::Exception(what), SheetPart::Exception(when));
        let (said, mut to) = (self.text(what), of.seen.clone());
        if said.trim().is_empty() {
            complaints.push(Complaint::new(what.code(), Invalid::Missing));
        }
        let day = take(Date::typed(self.text(when), today), when.code(), &mut complaints);
        if let Some(on) = day.filter(|day| *day > *today) {
            complaints.push(Complaint::new(when.code(), Invalid::OfException(Box::new(NoException::ToCome { on }))));
        }
        let Some(day) = day.filter(|_| complaints.is_empty()) else { return Err(complaints) };
        let done = match is_asked {
            false => to.ask_exception(said, &of.rules.registration, day),
            true => to.decide_exception(said == DECISIONS[0], day),
        };
        match done {
            Ok(()) => Ok(to),
            Err(NoException::Text(why)) => Err(vec![Complaint::new(what.code(), why)]),
            Err(why) => Err(vec![Complaint::new(when.code(), Invalid::OfException(Box::new(why)))]),
        }
    }

    fn offer(&self) -> Result<Offer, Complaints> {
        let blank = || Offer::new(Line::stored(String::new()), OfferType::Saas);
        let mut offer = self.seen().map_or_else(blank, |seen| seen.offer.clone());
        let mut complaints = Complaints::new();
        // The nature follows from the type where nobody tells it: in the order of the parts it comes after it.
        for part in OfferPart::ALL {
            let text = self.text(SheetPart::Offer(part));
            if part == OfferPart::Nature && text.is_empty() {
                offer.nature = Offer::new(offer.name.clone(), offer.kind).nature;
                continue;
            }
            complaints.extend(part.set(&mut offer, text).err().into_iter().flatten());
        }
        if complaints.is_empty() {
            complaints = offer.complaints();
        }
        if complaints.is_empty() { Ok(offer) } else { Err(complaints) }
    }

    fn facts(&self, told: &Organisation, today: Today) -> Result<Vec<Telling>, Complaints> {
        let mut complaints = Complaints::new();
        let typed = self.text(SheetPart::From);
        let from = match typed.trim() {
            "" => Some(None),
            typed => take(Date::typed(typed, today), FROM, &mut complaints).map(Some),
        };
        let mut facts = Vec::new();
        for fact in Fact::ALL {
            let text = self.text(SheetPart::Fact(fact)).trim();
            let holds = told.on(fact, *today);
            if text.is_empty() {
                // What holds today is taken back, whenever it was told.
                let since = told.all().filter(|(of, from, _)| *of == fact && from.is_none_or(|from| from <= *today)).last();
                facts.extend(since.map(|(_, from, _)| (fact, from, None)));
            } else if let Some(read) = take(fact.read(text), fact.code(), &mut complaints) {
                facts.extend(Some((fact, from.flatten(), Some(read))).filter(|(.., read)| read.as_deref() != holds));
            }
        }
        // Told from before what is told already, it would not hold today.
        let hides = |fact: Fact, from: Option<Date>| {
            let later = told.all().filter(|(of, since, _)| *of == fact && *since > from && *since <= Some(*today));
            later.filter_map(|(_, since, _)| since).last()
        };
        let new = facts.iter().filter(|(.., text)| text.is_some());
        if let Some(since) = new.filter_map(|(fact, from, _)| hides(*fact, *from)).max() {
            complaints.push(Complaint::new(FROM, Invalid::ToldSince(since.to_string())));
        }
        if complaints.is_empty() { Ok(facts) } else { Err(complaints) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::form::TextField;
    use crate::desk::form::sheet::Slot;
    use crate::domain::ids::RecordId;
    use crate::store::KeptOffer;

    fn today() -> Today {
        crate::clock::Clock::from_setting(Some("2026-11-21T08:00:00+09:00")).unwrap().moment().today
    }

    fn type_into(sheet: &mut Sheet, part: SheetPart, text: &str) {
        let field = sheet.fields.iter_mut().find(|field| field.part == part).unwrap();
        match &mut field.slot {
            Slot::Line(line) => *line = TextField::line(text),
            Slot::Choice(codes, chosen) => *chosen = codes.iter().position(|code| *code == text),
        }
    }

    #[test]
    fn everything_that_is_wrong_with_an_offer_is_told_at_once_at_its_field() {
        let mut sheet = Sheet::of_offer(None);
        type_into(&mut sheet, SheetPart::Offer(OfferPart::IpShare), "200");
        type_into(&mut sheet, SheetPart::Offer(OfferPart::Contacts), "US=Ann");
        assert_eq!(sheet.check(today()), None);
        let at: Vec<String> = sheet.complaints.iter().map(|complaint| complaint.at.to_string()).collect();
        assert_eq!(at, ["name", "type", "contacts", "ip-share-percent"]);
        assert_eq!(sheet.focus, Some(0), "the cursor is at the first");
    }

    #[test]
    fn what_was_not_typed_of_an_offer_stays_and_its_nature_follows_from_its_type() {
        let mut sheet = Sheet::of_offer(None);
        type_into(&mut sheet, SheetPart::Offer(OfferPart::Name), "한빛 자문");
        type_into(&mut sheet, SheetPart::Offer(OfferPart::Type), "service");
        let Some(Made::Offer(offer)) = sheet.check(today()) else { panic!("{:?}", sheet.complaints) };
        assert_eq!(OfferPart::Nature.text(&offer), "service");
        let seen = KeptOffer { id: RecordId(1), offer: *offer.clone() };
        let mut sheet = Sheet::of_offer(Some(seen));
        assert!(!sheet.is_changed() && sheet.check(today()) == Some(Made::Offer(offer)));
        type_into(&mut sheet, SheetPart::Offer(OfferPart::Nature), "ip");
        assert_eq!(sheet.check(today()), None, "PE-03: a service is no packaged software");
    }

    #[test]
    fn a_draft_holds_what_differs_and_tells_what_others_changed_since() {
        let mut sheet = Sheet::of_offer(None);
        type_into(&mut sheet, SheetPart::Offer(OfferPart::Name), "한빛 ERP");
        let kept = sheet.kept();
        let mut again = Sheet::of_offer(None);
        assert_eq!((again.restore(&kept), again.texts()), (vec![], sheet.texts()));
        let offer = Offer::new(Line::parse("Other").unwrap(), OfferType::Saas);
        let mut other = Sheet::of_offer(Some(KeptOffer { id: RecordId(1), offer }));
        assert_eq!(other.restore(&kept), [SheetPart::Offer(OfferPart::Name)]);
    }

    #[test]
    fn only_facts_that_differ_are_told_and_an_emptied_one_is_taken_back() {
        let day = |text: &str| Date::iso(text).unwrap();
        let mut told = Organisation::default();
        let mut sheet = Sheet::of_facts(told.clone(), today());
        type_into(&mut sheet, SheetPart::Fact(Fact::BusinessProfile), "yes");
        let made = sheet.check(today());
        assert_eq!(made, Some(Made::Facts(vec![(Fact::BusinessProfile, None, Some("yes".into()))])), "from the beginning");
        told.tell(Fact::AcrTtmUsd, Some(day("2026-07-01")), "120000".into());
        let mut sheet = Sheet::of_facts(told, today());
        assert_eq!(sheet.text(SheetPart::From), "2026-11-21");
        assert_eq!(sheet.check(today()), Some(Made::Facts(vec![])));
        type_into(&mut sheet, SheetPart::Fact(Fact::AcrTtmUsd), "");
        assert_eq!(sheet.check(today()), Some(Made::Facts(vec![(Fact::AcrTtmUsd, Some(day("2026-07-01")), None)])));
        type_into(&mut sheet, SheetPart::Fact(Fact::AcrTtmUsd), "90k");
        type_into(&mut sheet, SheetPart::From, "2026-06-01");
        assert_eq!(sheet.check(today()), None, "what was told later would hide it");
        assert_eq!(sheet.complaints[0].at.to_string(), FROM);
    }
}

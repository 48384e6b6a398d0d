//! Forms of what is kept beside deals: an offer, the facts of the organisation, a lead, an exception of a registration; each one page.
//!
//! How their fields stand and what is typed is here; what they make of it is `sheet/made.rs`.

mod made;
mod words;

use std::sync::Arc;

use super::TextField;
use crate::domain::date::Today;
use crate::domain::draft::{Texts, WAS};
use crate::domain::ids::RecordId;
use crate::domain::invalid::{Complaint, Complaints, Invalid};
use crate::domain::lead::{Lead, LeadPart};
use crate::domain::opportunity::Opportunity;
use crate::domain::programme::offer::{Nature, Offer, OfferPart, OfferType};
use crate::domain::programme::organisation::{Fact, ISV_CONNECT, Organisation};
use crate::domain::programme::registration::Registration;
use crate::domain::programme::ruling::Ruling;
use crate::store::{DraftKey, EXCEPTION_DRAFT, KeptOffer, LEAD_DRAFT, OFFER_DRAFT, ORGANISATION_DRAFT};

/// What a sheet is about.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetOf {
    /// An offer; `None` of a new one.
    Offer(Option<Box<KeptOffer>>),
    /// Facts about the organisation: what was told when it was opened.
    Facts(Box<Organisation>),
    /// A lead, as it was when it was opened.
    Lead(Box<Lead>),
    /// An exception of a registration, or what became of it.
    Exception(Box<ExceptionOf>),
}

/// What the form of an exception is opened on.
#[derive(Debug, Clone, PartialEq)]
pub struct ExceptionOf {
    pub deal: Opportunity,
    pub seen: Registration,
    pub rules: Arc<Ruling>,
}

/// The fields of an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExceptionPart {
    Text,
    AskedOn,
    Decided,
    DecidedOn,
}

/// What a field takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Slot {
    Line(TextField),
    /// One of these words, or none of them yet.
    Choice(&'static [&'static str], Option<usize>),
}

/// What a field is of: it says what the field is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetPart {
    Offer(OfferPart),
    Fact(Fact),
    Lead(LeadPart),
    Exception(ExceptionPart),
    /// The day from which facts hold.
    From,
}

impl SheetPart {
    /// Returns the word that complaints name it by and drafts keep it under.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Offer(part) => part.code(),
            Self::Fact(fact) => fact.code(),
            Self::Lead(part) => part.code(),
            Self::Exception(ExceptionPart::Text) => "text",
            Self::Exception(ExceptionPart::AskedOn) => "asked-on",
            Self::Exception(ExceptionPart::Decided) => "decided",
            Self::Exception(ExceptionPart::DecidedOn) => "decided-on",
            Self::From => FROM,
        }
    }
}

impl SheetPart {
    /// Returns whether it takes a day: a calendar offers one.
    pub const fn is_day(self) -> bool {
        matches!(
            self,
            Self::Exception(ExceptionPart::AskedOn | ExceptionPart::DecidedOn) | Self::Lead(LeadPart::CloseDate) | Self::From
        )
    }

    /// Returns whether it takes several lines: the user's editor has room for them.
    pub const fn is_long(self) -> bool {
        matches!(self, Self::Lead(LeadPart::Notes) | Self::Exception(ExceptionPart::Text))
    }
}

const FROM: &str = "from";
const YES_NO: &[&str] = &["no", "yes"];
const TYPES: &[&str] = &{
    let mut codes = [""; OfferType::ALL.len()];
    let mut at = 0;
    while at < codes.len() {
        codes[at] = OfferType::ALL[at].code();
        at += 1;
    }
    codes
};
/// What Microsoft makes of an exception; the first is yes.
const DECISIONS: &[&str] = &["granted", "refused"];
const NATURES: &[&str] = &[Nature::Ip.code(), Nature::Service.code()];

/// The parts of an offer in the order in which somebody tells them: what it is, how it is sold, what stands ready for it.
const OFFER: [OfferPart; 16] = [
    OfferPart::Name,
    OfferPart::Type,
    OfferPart::Nature,
    OfferPart::Published,
    OfferPart::Transactable,
    OfferPart::Csp,
    OfferPart::BuiltOnAzure,
    OfferPart::Countries,
    OfferPart::Contacts,
    OfferPart::OnePager,
    OfferPart::Presentation,
    OfferPart::LandingPage,
    OfferPart::SocialOrCaseStudy,
    OfferPart::ReferenceArchitecture,
    OfferPart::IpShare,
    OfferPart::Solution,
];

/// A field with what was typed into it.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetField {
    pub part: SheetPart,
    pub slot: Slot,
    /// Whether the cursor was there and left: from then on what is wrong with it is told.
    left: bool,
}

impl SheetField {
    fn new(part: SheetPart, text: &str) -> Self {
        let choice = |codes: &'static [&'static str]| Slot::Choice(codes, codes.iter().position(|code| *code == text));
        let slot = match part {
            SheetPart::Offer(OfferPart::Type) => choice(TYPES),
            SheetPart::Offer(OfferPart::Nature) => choice(NATURES),
            SheetPart::Offer(OfferPart::Published | OfferPart::Transactable | OfferPart::Csp | OfferPart::BuiltOnAzure) => {
                choice(YES_NO)
            }
            SheetPart::Fact(Fact::BusinessProfile | Fact::GoldCompetency) => choice(YES_NO),
            SheetPart::Fact(Fact::IsvConnect) => choice(&ISV_CONNECT),
            SheetPart::Exception(ExceptionPart::Decided) => choice(DECISIONS),
            part if part.is_long() => Slot::Line(TextField::lines(text)),
            _ => Slot::Line(TextField::line(text)),
        };
        Self { part, slot, left: false }
    }

    /// Returns what stands in it; nothing where nothing was typed or chosen.
    pub fn text(&self) -> &str {
        match &self.slot {
            Slot::Line(field) => field.text(),
            Slot::Choice(codes, chosen) => chosen.and_then(|at| codes.get(at)).copied().unwrap_or_default(),
        }
    }

    pub const fn is_needed(&self) -> bool {
        matches!(self.part, SheetPart::Offer(OfferPart::Name | OfferPart::Type) | SheetPart::Exception(_))
    }
}

/// An open sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub of: SheetOf,
    pub fields: Vec<SheetField>,
    /// The field with the cursor; `None` is the button.
    pub focus: Option<usize>,
    pub complaints: Complaints,
    /// Whether saving was tried: from then on every key checks everything again.
    pub checked: bool,
    /// Whether the store was asked to save and has not answered.
    pub saving: bool,
    /// What the store said when it could not save.
    pub failure: Option<String>,
    pub draft: DraftKey,
    /// Whether the store was asked for an earlier draft and has not answered.
    pub awaits_draft: bool,
    opening: Texts,
}

impl Sheet {
    /// Opens the form of an offer; without one, of a new one.
    pub fn of_offer(seen: Option<KeptOffer>) -> Self {
        let text = |part: OfferPart| seen.as_ref().map_or_else(String::new, |kept| part.text(&kept.offer));
        let fields = OFFER.map(|part| SheetField::new(SheetPart::Offer(part), &text(part)));
        let draft = DraftKey::Beside(OFFER_DRAFT, seen.as_ref().map(|kept| kept.id));
        Self::open(SheetOf::Offer(seen.map(Box::new)), fields.into(), draft)
    }

    /// Opens the form of the organisation's facts, with what holds today. What is told from now on holds from today where something was
    /// told before, else from the beginning.
    pub fn of_facts(told: Organisation, today: Today) -> Self {
        let from = if told.all().next().is_some() { today.to_string() } else { String::new() };
        let fact = |fact: Fact| SheetField::new(SheetPart::Fact(fact), told.on(fact, *today).unwrap_or_default());
        let fields = Fact::ALL.map(fact).into_iter().chain([SheetField::new(SheetPart::From, &from)]);
        let fields = fields.collect();
        Self::open(SheetOf::Facts(Box::new(told)), fields, DraftKey::Beside(ORGANISATION_DRAFT, None))
    }

    /// Opens the form of a lead, by the number it is kept under: the parts that may be changed now (MG-83). Where its file has one column
    /// for the whole name of the customer's person, so has the form.
    pub fn of_lead(number: RecordId, lead: Lead) -> Self {
        let whole = !lead.text(LeadPart::ContactName).is_empty();
        let stands = |part: &LeadPart| match part {
            LeadPart::ContactName => whole,
            LeadPart::ContactFirst | LeadPart::ContactLast => !whole || !lead.text(*part).is_empty(),
            _ => true,
        };
        let parts = LeadPart::EDITABLE.into_iter().filter_map(LeadPart::of_code);
        let parts = parts.filter(|part| stands(part) && lead.may_edit(*part).is_ok());
        let fields = parts.map(|part| SheetField::new(SheetPart::Lead(part), lead.text(part))).collect();
        Self::open(SheetOf::Lead(Box::new(lead)), fields, DraftKey::Beside(LEAD_DRAFT, Some(number)))
    }

    /// Opens the form of an exception that is asked for or, where one was, of what Microsoft decided (MG-74); its days are today.
    pub fn of_exception(of: ExceptionOf, today: Today) -> Self {
        let parts = match of.seen.exception {
            None => [ExceptionPart::Text, ExceptionPart::AskedOn],
            Some(_) => [ExceptionPart::Decided, ExceptionPart::DecidedOn],
        };
        let today = today.to_string();
        let text = |part| if matches!(part, ExceptionPart::Text | ExceptionPart::Decided) { "" } else { today.as_str() };
        let fields = parts.map(|part| SheetField::new(SheetPart::Exception(part), text(part)));
        let draft = DraftKey::Beside(EXCEPTION_DRAFT, Some(RecordId(of.deal.id.0)));
        Self::open(SheetOf::Exception(Box::new(of)), fields.into(), draft)
    }

    fn open(of: SheetOf, fields: Vec<SheetField>, draft: DraftKey) -> Self {
        let mut sheet = Self {
            of,
            fields,
            focus: Some(0),
            complaints: Vec::new(),
            checked: false,
            saving: false,
            failure: None,
            draft,
            awaits_draft: true,
            opening: Texts::new(),
        };
        sheet.opening = sheet.texts();
        sheet
    }

    /// Returns what stands in the fields, by their words; nothing for empty ones.
    pub fn texts(&self) -> Texts {
        let said = self.fields.iter().filter(|field| !field.text().is_empty());
        said.map(|field| (field.part.code().to_owned(), field.text().to_owned())).collect()
    }

    /// Returns what stands in the field of a part.
    pub fn text(&self, part: SheetPart) -> &str {
        self.fields.iter().find(|field| field.part == part).map_or("", SheetField::text)
    }

    fn set(&mut self, code: &str, text: &str) -> Option<SheetPart> {
        let field = self.fields.iter_mut().find(|field| field.part.code() == code)?;
        *field = SheetField::new(field.part, text);
        Some(field.part)
    }

    /// Returns whether anything differs from what the sheet opened with.
    pub fn is_changed(&self) -> bool {
        self.texts() != self.opening
    }

    /// Returns what is kept as a draft: what differs from how it opened, with what stood there then.
    pub fn kept(&self) -> Texts {
        let texts = self.texts();
        let mut kept = Texts::new();
        for code in self.opening.keys().chain(texts.keys()) {
            let (was, is) = (self.opening.get(code), texts.get(code));
            if was != is {
                kept.insert(code.clone(), is.cloned().unwrap_or_default());
                kept.insert(format!("{WAS}{code}"), was.cloned().unwrap_or_default());
            }
        }
        kept
    }

    /// Puts back what was typed earlier. Returns where something else stood when it was typed.
    pub fn restore(&mut self, kept: &Texts) -> Vec<SheetPart> {
        let mut changed = Vec::new();
        for (code, text) in kept {
            match code.strip_prefix(WAS) {
                Some(code) if self.opening.get(code).map_or("", String::as_str) != text => {
                    changed.extend(self.fields.iter().map(|field| field.part).find(|part| part.code() == code));
                }
                Some(_) => {}
                None => drop(self.set(code, text)),
            }
        }
        changed
    }

    /// Takes over what another window typed into the same draft; returns the fields.
    pub fn join(&mut self, theirs: &Texts) -> Vec<SheetPart> {
        let typed = theirs.iter().filter(|(code, _)| !code.starts_with(WAS));
        typed.filter_map(|(code, text)| self.set(code, text)).collect()
    }

    /// Returns the field with the cursor.
    pub fn focused(&mut self) -> Option<&mut SheetField> {
        self.fields.get_mut(self.focus?)
    }

    /// Writes into the field with the cursor what was chosen or written elsewhere.
    pub fn fill(&mut self, text: &str) {
        if let Some(field) = self.focused() {
            let left = field.left;
            *field = SheetField { left, ..SheetField::new(field.part, text) };
        }
    }

    /// Goes to a field, or to the button.
    pub fn go_to(&mut self, focus: Option<usize>) {
        if let Some(field) = self.focused() {
            field.left = true;
        }
        self.focus = focus.filter(|at| *at < self.fields.len());
    }

    /// Goes to the next field, behind the last one to the button, then to the first again.
    pub fn next_field(&mut self) {
        self.go_to(self.focus.map_or(Some(0), |at| Some(at + 1)));
    }

    /// Goes to the field before; before the first one to the button.
    pub fn previous_field(&mut self) {
        self.go_to(self.focus.map_or_else(|| self.fields.len().checked_sub(1), |at| at.checked_sub(1)));
    }

    /// Moves a choice; returns whether that changed it.
    pub fn choose(&mut self, down: bool) -> bool {
        let Some(Slot::Choice(codes, chosen)) = self.focused().map(|field| &mut field.slot) else { return false };
        let last = codes.len().saturating_sub(1);
        let next = match *chosen {
            None => Some(if down { 0 } else { last }),
            Some(at) if down => Some((at + 1).min(last)),
            Some(at) => Some(at.saturating_sub(1)),
        };
        std::mem::replace(chosen, next) != next
    }

    /// Chooses by number, from 1; `None` chooses none. Returns whether there is such a choice.
    pub fn choose_number(&mut self, number: Option<usize>) -> bool {
        let Some(Slot::Choice(codes, chosen)) = self.focused().map(|field| &mut field.slot) else { return false };
        let wanted = number.map(|number| number.wrapping_sub(1));
        let there = wanted.is_none_or(|at| at < codes.len());
        if there {
            *chosen = wanted;
        }
        there
    }

    /// Says yes to what was no, and the other way round; returns whether the field takes either.
    pub fn turn(&mut self) -> bool {
        match self.focused().map(|field| &mut field.slot) {
            Some(Slot::Choice(codes, chosen)) if *codes == YES_NO => {
                *chosen = Some(usize::from(*chosen != Some(1)));
                true
            }
            _ => false,
        }
    }

    /// Checks everything: complaints are kept, and the cursor goes to the first one.
    pub fn check(&mut self, today: Today) -> Option<made::Made> {
        self.checked = true;
        match self.make(today) {
            Ok(made) => {
                self.complaints.clear();
                Some(made)
            }
            Err(complaints) => {
                self.complain(complaints);
                None
            }
        }
    }

    /// Shows complaints, with the cursor at the first.
    pub fn complain(&mut self, complaints: Complaints) {
        self.complaints = complaints;
        let first = (0..self.fields.len()).find(|at| self.complaints_of(*at).next().is_some());
        self.focus = first.or(self.focus);
    }

    /// Checks again without moving the cursor: before saving was tried only what was left, and nothing that is only missing.
    pub fn recheck(&mut self, today: Today) {
        let mut complaints = self.make(today).err().unwrap_or_default();
        if !self.checked {
            let left = |complaint: &Complaint| {
                self.fields.iter().any(|field| field.left && field.part.code() == complaint.at.to_string())
            };
            complaints.retain(|complaint| complaint.why != Invalid::Missing && left(complaint));
        }
        self.complaints = complaints;
    }

    /// Returns the complaints of one field.
    pub fn complaints_of(&self, at: usize) -> impl Iterator<Item = &Complaint> {
        let code = self.fields.get(at).map_or("", |field| field.part.code());
        self.complaints.iter().filter(move |complaint| complaint.at.to_string() == code)
    }

    /// Returns the offer that is changed.
    pub fn seen(&self) -> Option<&KeptOffer> {
        if let SheetOf::Offer(Some(seen)) = &self.of { Some(seen) } else { None }
    }
}

/// Returns whether this offer's name is another's.
pub fn is_taken(offer: &Offer, seen: Option<&KeptOffer>, all: &[KeptOffer]) -> bool {
    let key = offer.key();
    all.iter().any(|kept| kept.offer.key() == key && seen.is_none_or(|seen| seen.id != kept.id))
}

pub use made::Made;

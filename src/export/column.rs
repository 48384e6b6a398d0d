//! The columns an exported table can have: the one place that names each, says what it holds, and finds it in a deal.

use super::words::Words;
use crate::domain::contact::Person;
use crate::domain::fold::meant;
use crate::domain::held::Held;
use crate::domain::opportunity::{Kind, Opportunity};
use crate::domain::ours::DealOwner;
use crate::domain::solution::Solution;
use crate::domain::stage::Stage;
use crate::domain::text::{Line, Notes};
use crate::exchange::sheet::Cell;
use crate::i18n::{Sentences, address_line, person_line};

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    /// A whole number.
    Whole,
    Percent,
    Money,
    /// A day of the calendar.
    Day,
    /// Day and time; of which only the day is known, that.
    Moment,
    YesNo,
}

/// Every column once: its name, what stands over it for people, what it holds, and whether it is there unasked.
macro_rules! columns {
    ($($column:ident $name:literal $head:ident $type:ident $usual:literal;)*) => {
        /// A column of an exported table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column {
            $($column,)*
        }

        impl Column {
            /// In the order in which they stand.
            pub const ALL: &[Self] = &[$(Self::$column,)*];

            /// Returns the name by which it is asked for, and which stands over it for programs.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$column => $name,)*
                }
            }

            /// Returns what stands over it for people.
            pub fn head(self, s: &Sentences) -> String {
                match self {
                    $(Self::$column => s.$head(),)*
                }
            }

            pub const fn holds(self) -> Type {
                match self {
                    $(Self::$column => Type::$type,)*
                }
            }

            /// Returns whether it is there where nobody says which.
            pub const fn is_usual(self) -> bool {
                match self {
                    $(Self::$column => $usual,)*
                }
            }
        }
    };
}

columns! {
    Id "id" column_id Whole true;
    ReferralId "referral-id" field_referral_id Text true;
    Tab "tab" show_direction Text true;
    Type "type" field_type Text true;
    Private "private" export_private YesNo true;
    Stage "stage" field_stage Text true;
    Outcome "outcome" sheet_outcome Text true;
    Reason "reason" field_reason Text false;
    Name "name" field_name Text true;
    Customer "customer" field_customer_name Text true;
    Country "country" field_country Text true;
    Value "value" field_value Money true;
    Currency "currency" field_currency Text true;
    Close "close" field_close_date Day true;
    SalesStage "sales-stage" field_sales_stage Percent true;
    Sender "sender" field_origin Text true;
    Owner "owner" field_owner Text true;
    NextOn "next-on" field_next_on Day true;
    Next "next" field_next Text true;
    RespondBy "respond-by" show_respond_by Moment true;
    Received "received" show_received Moment true;
    Accepted "accepted" sheet_accepted Moment true;
    Closed "closed" sheet_closed Moment true;
    Notes "notes" field_notes Text true;
    RespondByKnown "respond-by-known" export_respond_by_known YesNo false;
    Created "created" field_created_at Moment false;
    FirstSeen "first-seen" export_first_seen Moment false;
    Changed "changed" column_changed Moment false;
    Favorite "favorite" field_favorite YesNo false;
    Waiting "waiting" export_waiting YesNo false;
    Conflict "conflict" export_conflict YesNo false;
    CrmId "crm" field_crm_id Text false;
    CampaignId "campaign" field_campaign_id Text false;
    ClosingNote "closing-note" export_closing_note Text false;
    MicrosoftStatus "microsoft-status" field_microsoft_status Text false;
    SenderPerson "sender-person" export_sender_person Text false;
    SenderMessage "sender-message" show_sender_note Text false;
    OwnerEmail "owner-email" export_owner_email Text false;
    Duns "duns" field_duns Text false;
    Line1 "street" field_line1 Text false;
    Line2 "street-2" field_line2 Text false;
    City "city" field_city Text false;
    State "state" field_state Text false;
    PostalCode "postal-code" field_postal_code Text false;
    Address "address" field_address Text false;
    Contact "contact" field_contact Text false;
    ContactPhone "contact-phone" export_contact_phone Text false;
    ContactEmail "contact-email" export_contact_email Text false;
    Employees "employees" field_employees Text false;
    Solutions "solutions" field_solutions Text false;
    HelpKind "help" field_help_kind Text false;
    HelpNote "help-note" field_help_note Text false;
    HelpAsked "help-asked" export_help_asked Moment false;
    Partner "partner" field_partner Text false;
    PartnerBrings "partner-brings" field_partner_brings Text false;
    OurNotes "our-notes" field_log Text false;
    EngagementId "engagement-id" field_engagement_id Text false;
    Uid "uid" show_uid Text false;
}

/// A name of no column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoColumn {
    pub given: String,
    /// What may have been meant.
    pub meant: Option<&'static str>,
}

impl Column {
    /// Returns those that are there where nobody says which.
    pub fn usual() -> Vec<Self> {
        Self::ALL.iter().copied().filter(|column| column.is_usual()).collect()
    }

    /// Returns the names of all, with commas between them.
    pub fn names() -> String {
        Self::ALL.iter().map(|column| column.name()).collect::<Vec<_>>().join(", ")
    }

    /// Reads names with commas between them, in their order and each once; `all` is every one.
    ///
    /// # Errors
    /// The first name that is none.
    pub fn read(text: &str) -> Result<Vec<Self>, NoColumn> {
        if text.trim().eq_ignore_ascii_case("all") {
            return Ok(Self::ALL.to_vec());
        }
        let mut columns = Vec::new();
        for given in text.split(',').map(str::trim).filter(|given| !given.is_empty()) {
            let found = Self::ALL.iter().copied().find(|column| column.name().eq_ignore_ascii_case(given));
            let column = found.ok_or_else(|| {
                let names: Vec<&str> = Self::ALL.iter().map(|column| column.name()).collect();
                NoColumn { given: given.to_owned(), meant: meant(given, &names) }
            })?;
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        if columns.is_empty() { Err(NoColumn { given: text.to_owned(), meant: None }) } else { Ok(columns) }
    }

    /// Returns what it holds of a deal.
    pub(super) fn cell(self, held: &Held, words: &mut Words) -> Cell {
        let o = &held.opportunity;
        let deal = &o.deal;
        match self {
            Self::Id => Cell::Count(u64::try_from(o.id.0).unwrap_or(0)),
            Self::ReferralId => text(o.referral_id.as_ref().map(|id| id.as_str())),
            Self::EngagementId => text(o.engagement_id.as_ref().map(|id| id.as_str())),
            Self::Uid => text(o.uid().as_ref().map(|uid| uid.as_str())),
            Self::Tab | Self::Type | Self::Stage | Self::Outcome | Self::Reason | Self::HelpKind | Self::Country => {
                self.word(o, words)
            }
            Self::Private => words.yes_no(o.kind == Kind::PrivatePipeline),
            Self::RespondByKnown => o.stage.deadline().map_or(Cell::Empty, |deadline| words.yes_no(deadline.is_known())),
            Self::Favorite => words.yes_no(o.favorite),
            Self::Waiting => words.yes_no(o.waiting),
            Self::Conflict => words.yes_no(!held.conflicts.is_empty()),
            Self::Name => line(deal.name.as_ref()),
            Self::Value => deal.value.map_or(Cell::Empty, |value| Cell::Money(value.currency(), value.minor().into())),
            Self::Currency => text(deal.value.map(|value| value.currency().code())),
            Self::Close => deal.close_date.map_or(Cell::Empty, Cell::Date),
            Self::SalesStage => deal.sales_stage.map_or(Cell::Empty, |stage| Cell::Percent(stage.percent())),
            Self::CrmId => line(deal.crm_id.as_ref()),
            Self::CampaignId => line(deal.campaign_id.as_ref()),
            Self::Notes => text(deal.notes.as_ref().map(Notes::as_str)),
            Self::Received => words.at(o.created_at.filter(|_| o.sender().is_some())),
            Self::RespondBy => match &o.stage {
                Stage::Received { respond_by } => words.at(Some(respond_by.at)),
                Stage::Accepted { .. } | Stage::Lapsed { .. } | Stage::Archived { .. } => Cell::Empty,
            },
            Self::Accepted => words.at(o.stage.accepted_at()),
            Self::Closed => words.at(o.stage.archived_at()),
            Self::Created => words.at(o.created_at),
            Self::FirstSeen => words.at(Some(o.first_seen_at)),
            // At the latest then is not known.
            Self::Changed => words.at(Some(o.changed()).filter(|(_, is_known)| *is_known).map(|(at, _)| at)),
            Self::HelpAsked => words.at(o.help.as_ref().and_then(|help| help.requested_at)),
            Self::Customer => text(Some(o.customer.name.as_str())),
            _ => self.further(o, words),
        }
    }

    /// Returns what it holds of people, places and what stays ours.
    fn further(self, o: &Opportunity, words: &mut Words) -> Cell {
        let (customer, sender) = (&o.customer, o.sender());
        let contact = customer.contact.as_ref();
        let outcome = o.stage.outcome();
        let help = o.help.as_ref();
        match self {
            Self::Sender => text(sender.map(|sender| sender.organization.as_str())),
            Self::SenderPerson => text(sender.and_then(|sender| sender.person.as_ref()).map(Person::name).as_deref()),
            Self::SenderMessage => text(sender.and_then(|sender| sender.note.as_ref()).map(Notes::as_str)),
            Self::Owner => text(o.owned_by().map(DealOwner::name).as_deref()),
            Self::OwnerEmail => text(o.owned_by().and_then(DealOwner::email)),
            Self::NextOn => o.next.as_ref().map_or(Cell::Empty, |next| Cell::Date(next.on)),
            Self::Next => text(o.next.as_ref().map(|next| next.text.as_str())),
            Self::OurNotes => words.log(&o.log),
            Self::ClosingNote => text(outcome.and_then(|outcome| outcome.note()).map(Notes::as_str)),
            Self::MicrosoftStatus => line(o.microsoft_status.as_ref()),
            Self::Duns => text(customer.duns.map(|duns| duns.to_string()).as_deref()),
            Self::Line1 => line(customer.address.line1.as_ref()),
            Self::Line2 => line(customer.address.line2.as_ref()),
            Self::City => line(customer.address.city.as_ref()),
            Self::State => line(customer.address.state.as_ref()),
            Self::PostalCode => line(customer.address.postal_code.as_ref()),
            Self::Address => text(Some(address_line(&customer.address)).as_deref()),
            Self::Contact => text(contact.map(Person::name).as_deref()),
            Self::ContactPhone => text(contact.map(|person| person.phone.as_str())),
            Self::ContactEmail => text(contact.map(|person| person.email.as_str())),
            Self::Employees => joined(o.employees.iter().map(person_line)),
            Self::Solutions => joined(o.solutions.iter().map(solution)),
            Self::HelpNote => text(help.and_then(|help| help.note.as_ref()).map(Notes::as_str)),
            Self::Partner => text(o.partner.as_ref().map(|partner| partner.organization.as_str())),
            Self::PartnerBrings => text(o.partner.as_ref().map(|partner| partner.brings.as_str())),
            _ => Cell::Empty,
        }
    }

    /// Returns the word for what it holds; for programs its code.
    fn word(self, o: &Opportunity, words: &mut Words) -> Cell {
        let outcome = o.stage.outcome();
        match self {
            Self::Tab => {
                words.word(self, o.direction().code(), |s| if o.sender().is_some() { s.inbound() } else { s.outbound() })
            }
            Self::Type => words.word(self, o.kind.code(), |s| s.kind(o.kind)),
            Self::Stage => words.word(self, o.stage.kind().code(), |s| s.stage(o.stage.kind())),
            Self::Outcome => outcome.map_or(Cell::Empty, |outcome| {
                let kind = outcome.kind();
                words.word(self, kind.code(), |s| s.outcome(kind))
            }),
            Self::Reason => {
                let reason = outcome.and_then(|outcome| Some((outcome, outcome.reason()?)));
                reason.map_or(Cell::Empty, |(outcome, code)| words.free(code, |s| s.outcome_reason(outcome)))
            }
            Self::Country => {
                o.customer.address.country.map_or(Cell::Empty, |country| words.word(self, country.code(), |s| s.country(country)))
            }
            _ => o
                .help
                .as_ref()
                .and_then(|help| help.kind)
                .map_or(Cell::Empty, |kind| words.word(self, kind.code(), |s| s.help_kind(kind))),
        }
    }
}

fn text(text: Option<&str>) -> Cell {
    text.filter(|text| !text.is_empty()).map_or(Cell::Empty, |text| Cell::Text(text.to_owned()))
}

fn line(line: Option<&Line>) -> Cell {
    text(line.map(Line::as_str))
}

/// Several in one cell.
fn joined(texts: impl Iterator<Item = String>) -> Cell {
    text(Some(texts.collect::<Vec<_>>().join("; ")).as_deref())
}

fn solution(solution: &Solution) -> String {
    solution.name.as_ref().map_or_else(|| solution.id.to_string(), |name| format!("{} {name}", solution.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whichever_column_is_exported_its_file_is_known_again_by_its_heads_and_by_its_names() {
        let s = Sentences::new(crate::i18n::Language::ENGLISH);
        // A head may have a comma in it.
        let of = |heads: &[String]| crate::exchange::Appearance::of(format!("\"{}\"\n", heads.join("\",\"")).as_bytes());
        for column in Column::ALL {
            let ours = [column.head(&s), Column::Name.head(&s), Column::Private.head(&s)];
            assert_eq!(of(&ours), crate::exchange::Appearance::Export, "{ours:?}");
            let ours = [*column, Column::Value, Column::Private].map(|column| column.name().to_owned());
            assert_eq!(of(&ours), crate::exchange::Appearance::Export, "{ours:?}");
        }
    }

    #[test]
    fn columns_are_read_by_name_in_the_order_given_and_once() {
        assert_eq!(Column::read("value, Name,value"), Ok(vec![Column::Value, Column::Name]));
        assert_eq!(Column::read("ALL").unwrap().len(), Column::ALL.len());
        assert_eq!(Column::read("name,custmer").unwrap_err(), NoColumn { given: "custmer".into(), meant: Some("customer") });
        assert_eq!(Column::read("name,zzzzzz").unwrap_err().meant, None);
        assert!(Column::read(" , ").is_err());
        let mut names: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Column::ALL.len());
    }
}

//! One page before a call: what a deal, or a customer, is about, as chapters of lines; as plain text, and as Markdown.

use super::describe::{Fact, OurNotes, Ways};
use super::left::TimeRoom;
use super::review::{Chapter, ReviewLine};
use super::sentences::Sentences;
use super::values::{address_line, person_line};
use crate::domain::brief::{Question, questions};
use crate::domain::contact::Person;
use crate::domain::customer::Customer;
use crate::domain::date::{Date, Moment};
use crate::domain::ids::OpportunityId;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::{Kind, Opportunity};
use crate::domain::ours::LogNote;
use crate::domain::outcome::OutcomeKind;
use crate::domain::stage::Stage;
use crate::domain::sums::Sums;
use crate::exchange::report::markdown_plain;
use crate::store::{Brief, Deals, Entry, Full};

/// A page with its chapters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BriefPage {
    pub title: String,
    pub chapters: Vec<Chapter>,
}

/// Our notes that are told, the last ones.
const NOTES: usize = 5;

/// Writes an instant as day and time where the user is.
type Write<'a> = &'a dyn Fn(Timestamp) -> String;

/// Deals that are told one by one; of the others it is told how many they are.
const LISTED: usize = 50;

impl Sentences {
    /// Tells a deal on one page; a chapter that holds nothing is left out.
    pub fn brief(&self, brief: &Brief, now: Moment, moment: Write<'_>) -> BriefPage {
        let o = &brief.full.opportunity;
        let mut full = brief.full.clone();
        let earlier = o.log.len().saturating_sub(NOTES);
        full.opportunity.log.drain(..earlier);
        let mut facts = self.describe(&full, now, OurNotes::Within, Ways::Commands, moment);
        if let (Some(close), false) = (o.deal.close_date, o.is_archived()) {
            let told = facts.iter_mut().find(|fact| fact.name == self.field_close_date());
            told.into_iter().for_each(|fact| fact.value = self.brief_closes(close, *now.today));
        }
        let of = |names: &[String]| lines(facts.iter().filter(|fact| names.contains(&fact.name)));
        let stands = of(&self.names_of_stand());
        let mut open: Vec<ReviewLine> =
            questions(&brief.full, *now.today).into_iter().map(|asked| plain(self.question(asked, o, *now.today))).collect();
        open.extend(of(&[self.show_conflict()]));
        let mut notes = of(&[self.field_next(), self.show_sender_note(), self.field_notes(), self.field_log()]);
        notes.extend((earlier > 0).then(|| plain(self.brief_notes_earlier(earlier))));
        let further = brief.full.further_contacts();
        let further = further.iter().map(person_line).collect::<Vec<_>>().join("\n");
        let mut people = of(&self.names_of_people());
        people.extend((!further.is_empty()).then(|| says(self.brief_further(), further)));
        let solutions = of(&[self.field_solutions()]).into_iter().map(|line| plain(line.says)).collect();
        let changes = brief.changes.iter().map(|entry| self.brief_change(entry, moment)).collect();
        let title = self.brief_title(o.customer.name.as_str(), o.id.to_string(), o.title().as_str());
        let chapters = [
            chapter(self.brief_stands(), stands),
            chapter(self.brief_open(), open),
            chapter(self.brief_people(), people),
            chapter(self.brief_notes(), notes),
            chapter(self.brief_changes(), changes),
            chapter(self.field_solutions(), solutions),
            chapter(self.brief_others(), self.brief_deals(brief.others.deals.iter(), brief.others.more, now, moment)),
        ];
        page(title, chapters)
    }

    /// Tells a customer and every deal with it on one page.
    pub fn brief_of_customer(&self, customer: &Customer, deals: &Deals, now: Moment, moment: Write<'_>) -> BriefPage {
        let all = || deals.deals.iter();
        let is_open = |held: &&Full| !held.opportunity.is_archived();
        let (open, ended) = (all().filter(is_open), all().filter(|held| !is_open(held)));
        let asked = all().filter_map(|held| {
            let o = &held.opportunity;
            let asked = questions(held, *now.today).into_iter().map(|asked| self.question(asked, o, *now.today));
            let asked = asked.collect::<Vec<_>>().join("\n");
            (!asked.is_empty()).then(|| says(number(o.id), asked))
        });
        let chapters = [
            chapter(self.field_customer_name(), self.brief_customer(customer, deals)),
            chapter(self.brief_open_deals(), self.brief_deals(open, 0, now, moment)),
            chapter(self.brief_earlier_deals(), self.brief_deals(ended, deals.more, now, moment)),
            chapter(self.brief_open(), asked.collect()),
            chapter(self.brief_met(), self.brief_met_on(deals)),
            chapter(self.field_log(), self.brief_notes_of(deals, moment)),
        ];
        page(customer.name.to_string(), chapters)
    }

    fn names_of_stand(&self) -> [String; 15] {
        [
            self.field_stage(),
            self.show_respond_by(),
            self.field_note(),
            self.field_type(),
            self.field_value(),
            self.field_close_date(),
            self.field_sales_stage(),
            self.field_help(),
            self.show_help_note(),
            self.show_microsoft(),
            self.field_microsoft_status(),
            self.field_partner(),
            self.show_received(),
            self.show_direction(),
            self.field_created_at(),
        ]
    }

    fn names_of_people(&self) -> [String; 7] {
        [
            self.field_origin(),
            self.field_customer_name(),
            self.field_duns(),
            self.field_address(),
            self.field_contact(),
            self.field_employees(),
            self.field_owner(),
        ]
    }

    fn brief_closes(&self, close: Date, today: Date) -> String {
        self.brief_close(self.closes(close, today, TimeRoom::Whole), close.to_string())
    }

    /// Puts what is open about a deal into words.
    pub fn question(&self, asked: Question, on: &Opportunity, today: Date) -> String {
        match asked {
            Question::Undecided(count) => self.brief_undecided(count),
            Question::Waiting => self.brief_waiting(),
            Question::NoValue => self.brief_no_value(),
            Question::NoCloseDate => self.brief_no_close_date(),
            Question::CloseDateOver(day) => self.brief_close_date_over(self.closes(day, today, TimeRoom::Whole), day.to_string()),
            Question::NoSalesStage => self.brief_no_sales_stage(),
            Question::NoContact => self.brief_no_contact(),
            Question::ContactOutOfReach => self.brief_contact_out_of_reach(),
            Question::NoEmployees => self.brief_no_employees(),
            Question::NoSolutions => self.brief_no_solutions(),
            Question::NoNextStep => self.brief_no_next_step(),
            Question::NextStepOver(day) => {
                let text = on.next.as_ref().map_or("", |next| next.text.as_str());
                self.brief_next_step_over(day.to_string(), text)
            }
        }
    }

    fn brief_change(&self, entry: &Entry, moment: Write<'_>) -> ReviewLine {
        let told = std::iter::once(self.step(&entry.step)).chain(self.entry_lines(entry));
        says(moment(entry.step.at), told.collect::<Vec<_>>().join("\n"))
    }

    fn brief_deals<'a>(
        &self,
        mut deals: impl Iterator<Item = &'a Full>,
        more: usize,
        now: Moment,
        moment: Write<'_>,
    ) -> Vec<ReviewLine> {
        let line = |held: &Full| says(number(held.opportunity.id), self.brief_deal(&held.opportunity, now, moment));
        let mut lines: Vec<ReviewLine> = deals.by_ref().take(LISTED).map(line).collect();
        let more = more + deals.count();
        lines.extend((more > 0).then(|| plain(self.brief_others_more(more))));
        lines
    }

    /// Returns a deal on one line: what it is called, how it stands or ended and why, what it is worth, and its day; what is to be done
    /// next below.
    fn brief_deal(&self, o: &Opportunity, now: Moment, moment: Write<'_>) -> String {
        let clock = match &o.stage {
            Stage::Received { respond_by } => {
                let left = self.time_left_told(*respond_by, now, TimeRoom::Short);
                Some(self.brief_ours_of_clock(left))
            }
            Stage::Accepted { .. } => o.deal.close_date.map(|close| self.brief_closes(close, *now.today)),
            Stage::Lapsed { .. } | Stage::Archived { .. } => o.stage.archived_at().map(moment),
        };
        let told = [
            Some(o.title().to_string()),
            Some(self.stage_and_outcome(&o.stage)),
            (o.kind == Kind::PrivatePipeline).then(|| self.kind(o.kind)),
            o.deal.value.map(|value| self.money(value)),
            clock,
        ];
        let first = told.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let next = o.next.as_ref().filter(|_| !o.is_archived());
        let next = next.map(|next| format!("{}: {}", self.field_next(), self.next_line(next.on.to_string(), next.text.as_str())));
        let note = o.stage.outcome().and_then(|outcome| outcome.note()).map(ToString::to_string);
        [Some(first), next, note].into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    fn brief_ours_of_clock(&self, left: String) -> String {
        format!("{}: {left}", self.show_respond_by())
    }

    /// Tells what is known of a customer, and what the deals with it come to.
    fn brief_customer(&self, customer: &Customer, deals: &Deals) -> Vec<ReviewLine> {
        let known = [
            (self.field_customer_name(), Some(customer.name.to_string())),
            (self.field_duns(), customer.duns.map(|duns| duns.to_string())),
            (self.field_address(), Some(address_line(&customer.address))),
        ];
        let mut others: Vec<&str> = deals.deals.iter().map(|held| held.opportunity.customer.name.as_str()).collect();
        others.retain(|name| *name != customer.name.as_str());
        others.sort_unstable();
        others.dedup();
        // Companies are seen through their legal forms: which are taken together here is said.
        let also = (!others.is_empty()).then(|| others.join("; "));
        let known = known.into_iter().chain([(self.brief_customer_also(), also)]);
        let known = known.filter_map(|(name, value)| Some(says(name, value.filter(|value| !value.is_empty())?)));
        let all = || deals.deals.iter().map(|held| &held.opportunity);
        let come_to = |label: String, outcome: Option<OutcomeKind>| {
            let mut sums = Sums::default();
            let these = all().filter(|o| o.stage.outcome().map(|ended| ended.kind()) == outcome);
            these.for_each(|o| sums.add(o.deal.value));
            (sums.count > 0).then(|| {
                let told = [self.number(sums.count), self.totals(&sums)];
                says(label, told.into_iter().filter(|told| !told.is_empty()).collect::<Vec<_>>().join(" · "))
            })
        };
        let open = come_to(self.brief_deals_open(), None);
        let ended = OutcomeKind::ALL.into_iter().filter_map(|kind| come_to(self.outcome(kind), Some(kind)));
        known.chain(open).chain(ended).collect()
    }

    /// Returns everybody on the deals once, with the deals they are on: the customer's, senders, ours.
    fn brief_met_on(&self, deals: &Deals) -> Vec<ReviewLine> {
        let all = || deals.deals.iter().map(|held| &held.opportunity);
        let further: Vec<_> = deals.deals.iter().map(|held| (held.further_contacts(), held.opportunity.id)).collect();
        let contacts = all().filter_map(|o| Some((o.customer.contact.as_ref()?, o.id)));
        let contacts = contacts.chain(further.iter().flat_map(|(people, id)| people.iter().map(|person| (person, *id))));
        let senders = all().filter_map(|o| Some((o.sender()?.person.as_ref()?, o.id)));
        let employees = all().flat_map(|o| o.employees.iter().map(|person| (person, o.id)));
        let told = |label: String, people: Vec<(&Person, Vec<OpportunityId>)>| {
            let line = |(person, on): (&Person, Vec<OpportunityId>)| {
                let deals = on.into_iter().map(number).collect::<Vec<_>>().join(", ");
                self.brief_on(deals, person_line(person))
            };
            let people: Vec<String> = people.into_iter().map(line).collect();
            (!people.is_empty()).then(|| says(label, people.join("\n")))
        };
        let lines = [
            told(self.field_contact(), each_once(contacts)),
            told(self.field_origin(), each_once(senders)),
            told(self.field_employees(), each_once(employees)),
        ];
        lines.into_iter().flatten().collect()
    }

    /// Returns the last of our notes on any of the deals.
    fn brief_notes_of(&self, deals: &Deals, moment: Write<'_>) -> Vec<ReviewLine> {
        let mut notes: Vec<(&LogNote, OpportunityId)> =
            deals.deals.iter().flat_map(|held| held.opportunity.log.iter().map(|note| (note, held.opportunity.id))).collect();
        notes.sort_by_key(|(note, _)| std::cmp::Reverse(note.at));
        let earlier = notes.len().saturating_sub(NOTES);
        let line = |(note, id): &(&LogNote, OpportunityId)| {
            says(moment(note.at), self.brief_ours_of_deal(id.to_string(), note.text.as_str()))
        };
        let mut lines: Vec<ReviewLine> = notes.iter().take(NOTES).map(line).collect();
        lines.extend((earlier > 0).then(|| plain(self.brief_notes_earlier(earlier))));
        lines
    }
}

/// Returns each person once, with everything they are on; of one who is told twice the first telling stands.
fn each_once<'a>(people: impl Iterator<Item = (&'a Person, OpportunityId)>) -> Vec<(&'a Person, Vec<OpportunityId>)> {
    let mut found: Vec<(&Person, Vec<OpportunityId>)> = Vec::new();
    for (person, id) in people.filter(|(person, _)| !person.is_empty()) {
        match found.iter_mut().find(|(known, _)| known.is_same(person)) {
            Some((_, on)) if on.contains(&id) => {}
            Some((_, on)) => on.push(id),
            None => found.push((person, vec![id])),
        }
    }
    found
}

fn number(id: OpportunityId) -> String {
    format!("#{id}")
}

fn says(label: String, says: String) -> ReviewLine {
    ReviewLine { label, says, ..ReviewLine::default() }
}

fn plain(text: String) -> ReviewLine {
    says(String::new(), text)
}

fn lines<'a>(facts: impl Iterator<Item = &'a Fact>) -> Vec<ReviewLine> {
    facts.map(|fact| says(fact.name.clone(), fact.value.clone())).collect()
}

fn chapter(title: String, lines: Vec<ReviewLine>) -> Chapter {
    Chapter { title, note: String::new(), lines }
}

fn page<const N: usize>(title: String, chapters: [Chapter; N]) -> BriefPage {
    BriefPage { title, chapters: chapters.into_iter().filter(|chapter| !chapter.lines.is_empty()).collect() }
}

impl BriefPage {
    /// Returns the page as text that is pasted anywhere.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.title);
        for chapter in &self.chapters {
            text.push_str(&format!("\n{}\n", chapter.title));
            for line in &chapter.lines {
                let says = line.says.replace('\n', "\n    ");
                let label = if line.label.is_empty() { String::new() } else { format!("{}: ", line.label) };
                text.push_str(&format!("  {label}{says}\n"));
            }
        }
        text
    }

    /// Returns the page as Markdown. What stands in it as text shows as text.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n", markdown_plain(&self.title));
        for chapter in &self.chapters {
            text.push_str(&format!("\n## {}\n\n", markdown_plain(&chapter.title)));
            for line in &chapter.lines {
                let mut says = line.says.split('\n').map(markdown_plain);
                let first = says.next().unwrap_or_default();
                let label = if line.label.is_empty() { String::new() } else { format!("**{}:** ", markdown_plain(&line.label)) };
                text.push_str(&format!("- {label}{first}\n"));
                says.for_each(|part| text.push_str(&format!("  - {part}\n")));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_shows_what_is_written_as_it_is_written() {
        for (text, kept) in [
            ("ana_kim@p.example, +82 2-555-0100", "ana_kim@p.example, +82 2-555-0100"),
            ("*bold* [link](x) <b>", "\\*bold\\* \\[link\\](x) \\<b\\>"),
            ("_x_ a_b", "\\_x\\_ a_b"),
            ("# 1", "\\# 1"),
            ("1. call", "1\\. call"),
            ("한빛정밀 #1", "한빛정밀 #1"),
        ] {
            assert_eq!(markdown_plain(text), kept);
        }
    }

    #[test]
    fn a_page_is_pasted_as_text_and_as_a_list() {
        let lines = vec![says("Employees".into(), "김민준\nAna".into()), plain("No value".into())];
        let page = page("ERP".into(), [chapter("People".into(), lines), chapter("Empty".into(), Vec::new())]);
        assert_eq!(page.text(), "ERP\n\nPeople\n  Employees: 김민준\n    Ana\n  No value\n");
        assert_eq!(page.markdown(), "# ERP\n\n## People\n\n- **Employees:** 김민준\n  - Ana\n- No value\n");
    }

    #[test]
    fn who_is_on_several_deals_is_told_once() {
        let ana = Person { first: "Ana".into(), email: "ana@x.example".into(), ..Person::default() };
        let again = Person { email: "ANA@x.example".into(), ..Person::default() };
        let (one, two, nobody) = (OpportunityId(1), OpportunityId(2), Person::default());
        let met = each_once([(&ana, one), (&again, two), (&again, two), (&nobody, one)].into_iter());
        assert_eq!(met, [(&ana, vec![one, two])]);
    }
}

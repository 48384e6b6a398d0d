//! An opportunity as a list of facts in words, for the detail of the desk and for `cosell show`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::left::TimeRoom;
use super::sentences::Sentences;
use super::values::{address_line, person_line, solution_line};
use crate::domain::date::Moment;
use crate::domain::deadline::Pressing;
use crate::domain::field::Field;
use crate::domain::held::Claim;
use crate::domain::incoming::is_technical;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::{MICROSOFT_ID, Opportunity, SenderKind};
use crate::domain::ours::{DealOwner, LogNote};
use crate::domain::rules::{MicrosoftAnswer, microsoft_answer};
use crate::domain::solution::{Owner, Price, Solution};
use crate::domain::stage::Stage;
use crate::domain::text::{Line, Notes};
use crate::store::Full;

/// One thing that is known, with its name. The value may have several lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    pub value: String,
    pub tone: Tone,
}

/// How much a fact presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    /// A deadline of less than three days, a conflict.
    Warn,
    /// A deadline of less than one day.
    Bad,
    /// Data that is only kept.
    Muted,
}

/// Collects facts, leaving out what is not known.
struct Facts(Vec<Fact>);

impl Facts {
    fn add(&mut self, name: String, value: Option<String>) {
        self.toned(name, value, Tone::Plain);
    }

    fn toned(&mut self, name: String, value: Option<String>, tone: Tone) {
        self.0.extend(value.filter(|value| !value.is_empty()).map(|value| Fact { name, value, tone }));
    }
}

/// How the names of what is only kept are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paths {
    /// With the whole way to them.
    Whole,
    /// With as much of it as tells them from the others, where room is dear; the whole way into a list.
    Short,
}

impl Sentences {
    /// Returns everything known about an opportunity; `moment` writes an instant as day and time where the user is.
    pub fn describe(&self, full: &Full, now: Moment, paths: Paths, moment: &dyn Fn(Timestamp) -> String) -> Vec<Fact> {
        let mut facts = Facts(Vec::new());
        self.describe_stage(full, now, moment, &mut facts);
        self.describe_deal(&full.opportunity, &mut facts);
        self.describe_people(&full.opportunity, &mut facts);
        if let Some(answer) = microsoft_answer(&full.opportunity, now.now) {
            let tone = if matches!(answer, MicrosoftAnswer::Lapsed(_)) { Tone::Warn } else { Tone::Plain };
            facts.toned(self.show_microsoft(), Some(self.microsoft_answer(answer, moment)), tone);
        }
        let o = &full.opportunity;
        facts.add(self.field_log(), self.log(o, moment));
        facts.add(self.field_referral_id(), o.referral_id.as_ref().map(ToString::to_string));
        facts.add(self.field_engagement_id(), o.engagement_id.as_ref().map(ToString::to_string));
        facts.toned(self.show_extra(), Some(kept(&full.extra, paths, &shown(o))), Tone::Muted);
        facts.0
    }

    fn describe_stage(&self, full: &Full, now: Moment, moment: &dyn Fn(Timestamp) -> String, facts: &mut Facts) {
        let o = &full.opportunity;
        let (since, known) = o.entered();
        let (days, _) = now.now.since(since).days_hours();
        let age = if known { self.age_days(days) } else { self.age_days_at_least(days) };
        facts.add(self.field_stage(), Some(self.show_age(age, self.stage_and_outcome(&o.stage))));
        if let Stage::Received { respond_by } = &o.stage {
            let tone = match respond_by.pressing(now.now) {
                Pressing::Later => Tone::Plain,
                Pressing::Soon => Tone::Warn,
                Pressing::Today | Pressing::Over => Tone::Bad,
            };
            let left = self.time_left_told(*respond_by, now, TimeRoom::Short, "");
            let at = moment(respond_by.at);
            let value = if respond_by.is_known() { self.show_respond(at, left) } else { self.show_respond_at_most(at, left) };
            facts.toned(self.show_respond_by(), Some(value), tone);
        }
        facts.add(self.field_note(), o.stage.outcome().and_then(|outcome| outcome.note()).map(Notes::to_string));
        for (field, claim) in &full.conflicts {
            facts.toned(self.show_conflict(), Some(self.conflict(*field, o, claim, moment)), Tone::Warn);
        }
        facts.add(self.show_outbox(), o.waiting.then(|| self.show_outbox_waiting()));
        facts.add(self.field_favorite(), o.favorite.then(|| self.yes()));
        facts.add(self.field_owner(), o.owned_by().map(DealOwner::name));
        let next = o.next.as_ref();
        facts.add(self.field_next(), next.map(|next| self.next_line(next.on.to_string(), next.text.as_str())));
        facts.add(self.field_type(), Some(self.kind(o.kind)));
        let origin = if o.sender().is_some() { self.field_origin() } else { self.show_direction() };
        facts.add(origin, Some(self.origin(o)));
        facts.add(self.show_sender_note(), o.sender().and_then(|sender| sender.note.as_ref()).map(Notes::to_string));
        let since = if o.sender().is_some() { self.show_received() } else { self.field_created_at() };
        facts.add(since, o.created_at.map(moment));
    }

    fn describe_deal(&self, o: &Opportunity, facts: &mut Facts) {
        let deal = &o.deal;
        facts.add(self.field_value(), deal.value.map(|value| self.money(value)));
        facts.add(self.field_close_date(), deal.close_date.map(|date| date.to_string()));
        facts.add(self.field_sales_stage(), deal.sales_stage.map(|stage| format!("{stage} %")));
        facts.add(self.field_crm_id(), deal.crm_id.as_ref().map(Line::to_string));
        facts.add(self.field_campaign_id(), deal.campaign_id.as_ref().map(Line::to_string));
        facts.add(self.field_notes(), deal.notes.as_ref().map(Notes::to_string));
    }

    fn describe_people(&self, o: &Opportunity, facts: &mut Facts) {
        let lines = |items: Vec<String>| Some(items.join("\n"));
        facts.add(self.field_customer_name(), Some(o.customer.name.to_string()));
        facts.add(self.field_duns(), o.customer.duns.map(|duns| duns.to_string()));
        facts.add(self.field_address(), Some(address_line(&o.customer.address)));
        facts.add(self.field_contact(), o.customer.contact.as_ref().map(person_line));
        facts.add(self.field_employees(), lines(o.employees.iter().map(person_line).collect()));
        facts.add(self.field_solutions(), lines(o.solutions.iter().map(|solution| self.solution(solution)).collect()));
        facts.add(
            self.field_help(),
            o.help.as_ref().map(|help| help.kind.map_or_else(|| self.yes(), |kind| self.help_kind(kind))),
        );
        facts.add(self.show_help_note(), o.help.as_ref().and_then(|help| help.note.as_ref()).map(Notes::to_string));
        let partner = o.partner.as_ref().map(|p| self.show_partner(p.brings.as_str(), p.organization.as_str()));
        facts.add(self.field_partner(), partner);
        facts.add(self.field_microsoft_status(), o.microsoft_status.as_ref().map(Line::to_string));
    }

    /// Returns our own notes, the last one first.
    fn log(&self, o: &Opportunity, moment: &dyn Fn(Timestamp) -> String) -> Option<String> {
        let line = |note: &LogNote| match &note.by {
            Some(by) => self.log_line(note.text.as_str(), moment(note.at), by.as_str()),
            None => self.log_line_nobody(note.text.as_str(), moment(note.at)),
        };
        Some(o.log.iter().rev().map(line).collect::<Vec<_>>().join("\n"))
    }

    fn origin(&self, o: &Opportunity) -> String {
        match o.sender() {
            None => self.outbound(),
            Some(sender) => {
                let organization = Some(&sender.organization).filter(|_| sender.kind == SenderKind::Partner).cloned();
                let known: Vec<String> = organization.into_iter().chain(sender.person.as_ref().map(person_line)).collect();
                let kind = self.sender_kind(sender.kind);
                if known.is_empty() { kind } else { format!("{kind}: {}", known.join(", ")) }
            }
        }
    }

    fn solution(&self, solution: &Solution) -> String {
        let name = solution.name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
        let title = format!("{}{name}", solution.id);
        let title = match solution.owner {
            Owner::Unknown => title,
            owner => self.show_solution(self.owner(owner), title),
        };
        let money = |price: &Price| price.money(solution.currency?);
        let price =
            solution.price.as_ref().map(|price| money(price).map_or_else(|| price.to_string(), |money| self.money(money)));
        let quantity = solution.quantity.map(|many| many.to_string());
        solution_line(title, &quantity.unwrap_or_default(), &price.unwrap_or_default())
    }

    /// Says what both sides have of a field, and as of when theirs is.
    pub fn conflict(&self, field: Field, ours: &Opportunity, claim: &Claim, moment: &dyn Fn(Timestamp) -> String) -> String {
        let line = self.conflict_line(self.field(field), self.value(field, &field.get(ours)), self.value(field, &claim.theirs));
        match claim.at {
            Some(at) => self.conflict_as_of(line, moment(at)),
            None => line,
        }
    }
}

/// Returns what is only kept of Partner Center's data, a line for each name. What is `shown` elsewhere as it stands, and what only says
/// how the file came to be, is left out.
fn kept(extra: &Map<String, Value>, paths: Paths, shown: &BTreeSet<String>) -> String {
    let mut lines = Vec::new();
    for (name, value) in extra {
        keep(name, name, value, shown, &mut lines);
    }
    let is_whole = |path: &str| paths == Paths::Whole || path.contains('[');
    let told = |(path, text): &(String, String)| {
        let others = |ending: &str| lines.iter().filter(|(other, _)| is_ending(ending, other)).count() > 1;
        let mut endings = path.rmatch_indices('.').map(|(dot, _)| dot + 1).filter(|_| !is_whole(path));
        let begin = endings.find(|begin| !others(&path[*begin..])).unwrap_or(0);
        format!("{}: {text}", &path[begin..])
    };
    lines.iter().map(told).collect::<Vec<_>>().join("\n")
}

/// Returns whether a path ends with these names.
fn is_ending(ending: &str, path: &str) -> bool {
    path.strip_suffix(ending).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

fn keep(name: &str, path: &str, value: &Value, shown: &BTreeSet<String>, lines: &mut Vec<(String, String)>) {
    if is_technical(name) {
        return;
    }
    match value {
        Value::Null => {}
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| keep(name, &format!("{path}.{name}"), value, shown, lines));
        }
        Value::Array(list) => match list.iter().map(word).collect::<Option<Vec<String>>>() {
            Some(words) if words.is_empty() => {}
            Some(words) => lines.push((path.to_owned(), words.join(", "))),
            None => {
                for (number, value) in list.iter().enumerate() {
                    keep(name, &format!("{path}[{number}]"), value, shown, lines);
                }
            }
        },
        Value::String(text) if shown.contains(text.trim()) => {}
        // Told as the sender.
        Value::String(text) if text == MICROSOFT_ID && name.eq_ignore_ascii_case("organizationId") => {}
        Value::String(text) => lines.push((path.to_owned(), text.replace('\n', " "))),
        Value::Bool(_) | Value::Number(_) => lines.push((path.to_owned(), value.to_string())),
    }
}

/// Returns an element of a list that is one word: itself, or its id where it has nothing else.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::Object(members) if members.len() == 1 => members.get("id").and_then(word),
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Object(_) | Value::Null | Value::Array(_) => None,
    }
}

/// Returns what stands elsewhere in the description, each as a file would write it.
fn shown(o: &Opportunity) -> BTreeSet<String> {
    let address = &o.customer.address;
    let lines = [
        o.deal.name.as_ref(),
        Some(&o.customer.name),
        address.line1.as_ref(),
        address.line2.as_ref(),
        address.city.as_ref(),
        address.state.as_ref(),
        address.postal_code.as_ref(),
    ];
    let mut shown: BTreeSet<String> = lines.into_iter().flatten().map(Line::to_string).collect();
    let seller = o.sender().and_then(|sender| sender.person.as_ref());
    for person in o.customer.contact.iter().chain(&o.employees).chain(seller) {
        shown.extend([&person.first, &person.last, &person.phone, &person.email].map(String::clone));
    }
    for solution in &o.solutions {
        shown.extend([Some(&solution.id), solution.name.as_ref()].into_iter().flatten().map(Line::to_string));
    }
    shown.extend(address.country.map(|country| country.to_string()));
    shown.extend(o.sender().map(|sender| sender.organization.clone()));
    shown.extend([&o.referral_id, &o.engagement_id].into_iter().flatten().map(ToString::to_string));
    shown
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_only_kept_is_told_with_as_much_of_the_way_to_it_as_is_needed() {
        let extra = json!({
            "qualification": "Direct",
            "customerProfile": { "size": "51to250employees", "team": [{ "firstName": "Joe", "email": "j@b.example" }] },
            "details": { "requirements": { "industries": [{ "id": "Education" }, { "id": "Retail" }] } },
            "links": { "self": { "uri": "x" } },
            "eTag": "W/1",
            "isSpam": false,
            "newThing": { "deep": { "x": 7 }, "size": 3 },
            "registrations": [{ "id": "R-1", "status": "Approved" }],
            "team": [{ "firstName": "Ana", "title": "CTO" }],
            "Silicon Type": "x86",
        });
        let Value::Object(extra) = extra else { return };
        let whole = kept(&extra, Paths::Whole, &BTreeSet::new());
        for line in ["customerProfile.team[0].firstName: Joe", "team[0].firstName: Ana", "newThing.deep.x: 7"] {
            assert!(whole.lines().any(|told| told == line), "{line}: {whole}");
        }
        let told = kept(&extra, Paths::Short, &BTreeSet::from(["Ana".to_owned()]));
        let mut lines: Vec<&str> = told.lines().collect();
        lines.sort_unstable();
        assert_eq!(
            lines,
            [
                "Silicon Type: x86",
                "customerProfile.size: 51to250employees",
                "customerProfile.team[0].email: j@b.example",
                "customerProfile.team[0].firstName: Joe",
                "industries: Education, Retail",
                "isSpam: false",
                "newThing.size: 3",
                "qualification: Direct",
                "registrations[0].id: R-1",
                "registrations[0].status: Approved",
                "team[0].title: CTO",
                "x: 7",
            ]
        );
    }
}

//! Referrals of the Referrals API as records, in the spellings found in the wild.
//!
//! Names are matched without case; numbers and booleans may be texts; `ids` and `team` may be an object or a list. Lists may be
//! shortened: a member that is missing says nothing, one that is null or empty says that there is nothing.

use serde_json::{Map, Value};

use super::beside::{Homeless, beside};
use super::twice::Twice;
use crate::domain::cell_date::{Order, nearest_day};
use crate::domain::contact::Person;
use crate::domain::customer::{Address, Country, Duns};
use crate::domain::date::Date;
use crate::domain::ids::CenterId;
use crate::domain::incoming::{DirectionHint, Incoming, Said, State, Status, Way};
use crate::domain::instant::Timestamp;
use crate::domain::invalid::{Complaint, Complaints, Invalid, Shape};
use crate::domain::money::{Amount, Currency, Money};
use crate::domain::opportunity::{Direction, Help, HelpKind, Kind, MICROSOFT_ID, Sender, SenderKind};
use crate::domain::outcome::{Outcome, OutcomeKind, Reason};
use crate::domain::part::Place;
use crate::domain::sales::SalesStage;
use crate::domain::solution::{LIST_MAX, Owner, Price, Solution};
use crate::domain::text::{Cleaned, Line, Notes, unseen};

/// Returns the referrals of a document: itself, the elements of a list, those of an OData list, or what the `body` of a flow's output
/// holds; `None` where there is none. What is twice in a text that holds them is put to `twice`.
pub(super) fn referrals(document: Value, twice: &mut Vec<Twice>) -> Option<Vec<Value>> {
    match document {
        Value::Array(list) => {
            let unwrap = |one: Value| if is_output(&one) { referrals(one, twice).unwrap_or_default() } else { vec![one] };
            Some(list.into_iter().flat_map(unwrap).collect::<Vec<_>>()).filter(|list| !list.is_empty())
        }
        Value::Object(mut members) => {
            let mut take = |wanted: &str| {
                let name = members.keys().find(|name| name.eq_ignore_ascii_case(wanted)).cloned();
                name.and_then(|name| members.remove(&name))
            };
            if let Some(body) = take("body") {
                return referrals(body, twice);
            }
            match take("value") {
                Some(Value::Array(list)) => Some(list).filter(|list| !list.is_empty()),
                Some(_) => None,
                None if member(Some(&members), "id").is_some() || member(Some(&members), "customerProfile").is_some() => {
                    Some(vec![Value::Object(members)])
                }
                None => None,
            }
        }
        // Some automations keep the answer as the text it came as.
        Value::String(text) => referrals_in(&text, twice),
        _ => None,
    }
}

/// As [`referrals`], of a document that is a text in another one.
pub(super) fn referrals_in(text: &str, twice: &mut Vec<Twice>) -> Option<Vec<Value>> {
    let (document, found) = super::twice::read(text.as_bytes()).ok()?;
    twice.extend(found);
    referrals(document, twice)
}

/// Returns whether an element of a list is the output of a flow, which holds what it brought in `body`.
pub(super) fn is_output(one: &Value) -> bool {
    one.as_object().is_some_and(|one| member(Some(one), "body").is_some())
}

/// The members of an object; none of one that is missing.
type Members<'a> = Option<&'a Map<String, Value>>;

fn member<'a>(of: Members<'a>, name: &str) -> Option<&'a Value> {
    spoken(of, name).filter(|value| !value.is_null())
}

/// Returns a member, null or not.
fn spoken<'a>(of: Members<'a>, name: &str) -> Option<&'a Value> {
    let of = of?;
    of.get(name).or_else(|| of.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

/// An object that others are in, or that is null: then it says of each of them that it is nothing.
#[derive(Clone, Copy)]
struct Part<'a> {
    members: Members<'a>,
    is_null: bool,
}

impl Part<'_> {
    fn speaks_of(self, name: &str) -> bool {
        self.is_null || spoken(self.members, name).is_some()
    }
}

/// Reads one referral; `told` is the direction of `--tab`. What was not kept as it came is counted in `cleaned`.
///
/// # Errors
/// Everything that is wrong with it, by the path of the member.
pub(super) fn record(
    number: u64,
    referral: &Value,
    told: Option<Direction>,
    cleaned: &mut Cleaned,
) -> Result<Incoming, Complaints> {
    let Value::Object(members) = referral else {
        return Err(vec![Complaint::new("referral", Invalid::WrongShape(Shape::Object))]);
    };
    let mut reader = Reader { complaints: Complaints::new(), cleaned: Cleaned::default() };
    let incoming = reader.read(number, Some(members), told);
    *cleaned += reader.cleaned;
    if reader.complaints.is_empty() { Ok(incoming) } else { Err(reader.complaints) }
}

/// Collects complaints while a referral is read.
struct Reader {
    complaints: Complaints,
    cleaned: Cleaned,
}

impl Reader {
    fn read(&mut self, number: u64, top: Members<'_>, told: Option<Direction>) -> Incoming {
        let mut incoming = Incoming::silent(number);
        let whole = Part { members: top, is_null: false };
        let details = self.part(whole, "details", "details");
        let profile = self.part(whole, "customerProfile", "customerProfile");
        let invited = self.part(whole, "inviteContext", "inviteContext");
        let invite = invited.members;
        incoming.referral_id = self.plain(top, "id", "id").and_then(|id| CenterId::read(&id));
        if incoming.referral_id.is_none() {
            self.complain("id", Invalid::Missing);
        }
        incoming.engagement_id = self.plain(top, "engagementId", "engagementId").and_then(|id| CenterId::read(&id));
        incoming.direction = self.direction(top, invite, told);
        let direction = incoming.direction.told.unwrap_or(incoming.direction.guess);
        incoming.created_at = self.created(top);
        incoming.updated_at = self.time(top, "updatedDateTime");
        incoming.expires_at = self.time(top, "expirationDateTime");
        incoming.status = self.status(top);
        incoming.name = self.said(whole, "name", |reader| reader.line(top, "name", "name"));
        incoming.crm_id =
            self.said(whole, "externalReferenceId", |reader| reader.code(top, "externalReferenceId", "externalReferenceId"));
        incoming.campaign_id = self.said(whole, "campaignId", |reader| reader.code(top, "campaignId", "campaignId"));
        incoming.notes = self.said(details, "notes", |reader| reader.notes(details.members, "notes", "details.notes"));
        incoming.value = self.said(details, "dealValue", |reader| reader.value(details.members));
        incoming.close_date = self.said(details, "closingDateTime", |reader| reader.close_date(details.members));
        incoming.sales_stage = self.sales_stage(top);
        incoming.favorite = member(top, "favorite").and_then(boolean);
        self.customer(profile, &mut incoming);
        incoming.employees = self.said(whole, "team", |reader| reader.people(top, "team", "team"));
        incoming.solutions = self.solutions(whole, details);
        let asked = self.help(whole, invited);
        let sender = self.said(invited, "invitedBy", |reader| reader.sender(invite));
        let homeless = self.homeless(top, &incoming);
        // Without its stage nothing is made of it.
        incoming.creates = incoming.status.is_some();
        let is_open = incoming.direction.told.is_none();
        let way = |direction| {
            let helped = matches!(asked, Some(Some(_)));
            let speaks_of_kind = match direction {
                Direction::Inbound => invited.speaks_of("invitedBy"),
                Direction::Outbound => whole.speaks_of("type") || whole.speaks_of("consent") || helped,
            };
            let kind = speaks_of_kind.then(|| kind(top, invite, direction, helped));
            let (sender, help, homeless) = match direction {
                Direction::Inbound => {
                    let invitation = sender.as_ref().is_none_or(|sender| sender.note.is_none());
                    (sender.clone(), None, Homeless { kind: true, invitation, ..homeless })
                }
                Direction::Outbound => (None, asked.clone(), Homeless { invitation: !helped, ..homeless }),
            };
            Way { kind, sender, help, extra: beside(top, homeless) }
        };
        if is_open {
            let other = if direction == Direction::Inbound { Direction::Outbound } else { Direction::Inbound };
            incoming.otherwise = Some(Box::new(way(other)));
        }
        incoming.go(way(direction));
        incoming
    }

    /// Returns which times and amounts the opportunity has no place for.
    fn homeless(&self, top: Members<'_>, incoming: &Incoming) -> Homeless {
        let state = incoming.status.as_ref().map(|status| &status.state);
        Homeless {
            expires: member(top, "expirationDateTime").is_some() && matches!(state, Some(State::Active | State::Closed(_))),
            accepted: matches!(state, Some(State::New)),
            closed: matches!(state, Some(State::New | State::Active)),
            currency: matches!(incoming.value, None | Some(None)),
            ..Homeless::default()
        }
    }

    fn complain(&mut self, at: &str, why: Invalid) {
        self.complaints.push(Complaint::new(at, why));
    }

    /// Reads what the record says, if it speaks of it.
    fn said<T>(&mut self, of: Part<'_>, name: &str, read: impl FnOnce(&mut Self) -> T) -> Said<T> {
        of.speaks_of(name).then(|| read(self))
    }

    fn part<'a>(&mut self, of: Part<'a>, name: &str, at: &str) -> Part<'a> {
        let is_null = of.is_null || spoken(of.members, name).is_some_and(Value::is_null);
        Part { members: self.object(of.members, name, at), is_null }
    }

    fn object<'a>(&mut self, of: Members<'a>, name: &str, at: &str) -> Members<'a> {
        match member(of, name) {
            None => None,
            Some(Value::Object(members)) => Some(members),
            Some(_) => {
                self.complain(at, Invalid::WrongShape(Shape::Object));
                None
            }
        }
    }

    /// Returns the elements of a list; one object alone counts as a list of it, an empty one as none.
    fn list<'a>(&mut self, of: Members<'a>, name: &str, at: &str) -> &'a [Value] {
        match member(of, name) {
            None => &[],
            Some(Value::Array(list)) => list,
            Some(Value::Object(members)) if members.is_empty() => &[],
            Some(one @ Value::Object(_)) => std::slice::from_ref(one),
            Some(_) => {
                self.complain(at, Invalid::WrongShape(Shape::List));
                &[]
            }
        }
    }

    /// Returns a text; numbers and booleans are taken as written.
    fn text(&mut self, of: Members<'_>, name: &str, at: &str) -> Option<String> {
        match member(of, name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(yes) => Some(yes.to_string()),
            _ => {
                self.complain(at, Invalid::WrongShape(Shape::Text));
                None
            }
        }
    }

    /// Reads text of which marks that show nothing are dropped, wherever they stand.
    fn plain(&mut self, of: Members<'_>, name: &str, at: &str) -> Option<String> {
        let text = self.text(of, name, at)?;
        self.cleaned.unseen += unseen(&text);
        Some(text)
    }

    fn checked<T>(&mut self, checked: Result<Option<T>, Invalid>, at: &str) -> Option<T> {
        checked.unwrap_or_else(|why| {
            self.complain(at, why);
            None
        })
    }

    fn line(&mut self, of: Members<'_>, name: &str, at: &str) -> Option<Line> {
        let text = self.text(of, name, at)?;
        let line = Line::imported(&text, &mut self.cleaned);
        self.checked(line, at)
    }

    /// Reads a code of people's own, as a cell of a table is read.
    fn code(&mut self, of: Members<'_>, name: &str, at: &str) -> Option<Line> {
        let text = self.text(of, name, at)?;
        let code = Line::imported_code(&text, &mut self.cleaned);
        self.checked(code, at)
    }

    fn notes(&mut self, of: Members<'_>, name: &str, at: &str) -> Option<Notes> {
        let text = self.text(of, name, at)?;
        let notes = Notes::imported(&text, &mut self.cleaned);
        self.checked(notes, at)
    }

    fn time(&mut self, of: Members<'_>, name: &str) -> Option<Timestamp> {
        let text = self.text(of, name, name).filter(|text| !text.trim().is_empty())?;
        self.checked(Timestamp::parse(&text).map(Some), name)
    }

    /// Of a date without a time only the day is known.
    fn created(&mut self, top: Members<'_>) -> Option<Timestamp> {
        let at = self.time(top, "createdDateTime")?;
        let is_day = member(top, "createdDateTime").and_then(Value::as_str).is_some_and(|text| Date::iso(text).is_ok());
        Some(if is_day { at.day_only() } else { at })
    }

    /// A close date is a day; where it comes as an instant, the one whose midnight in UTC is nearest.
    fn close_date(&mut self, details: Members<'_>) -> Option<Date> {
        let at = "details.closingDateTime";
        let text = self.text(details, "closingDateTime", at).filter(|text| !text.trim().is_empty())?;
        let instant = Timestamp::parse(&text).map(nearest_day);
        let date = instant.or_else(|_| Order::default().day(&text).map(|(day, _)| day));
        self.checked(date.map(Some), at)
    }

    fn value(&mut self, details: Members<'_>) -> Option<Money> {
        let amount = self.text(details, "dealValue", "details.dealValue").filter(|text| !text.trim().is_empty());
        let currency = self.text(details, "currency", "details.currency").filter(|text| !text.trim().is_empty());
        let given = amount?;
        let number = plain_number(&given);
        let amount = Amount::machine(&number).or_else(|_| Amount::parse(&number));
        let amount = self.checked(amount.map(Some), "details.dealValue");
        if currency.is_none() {
            self.complain("details.currency", Invalid::Missing);
        }
        let currency = self.checked(Currency::parse(&currency?).map(Some), "details.currency");
        let money = Money::new(amount?, currency?).and_then(|m| if m.minor() < 0 { Err(Invalid::NotPositive) } else { Ok(m) });
        self.checked(money.map(Some), "details.dealValue")
    }

    /// The API also tells it in words of its own; those say nothing here.
    fn sales_stage(&mut self, top: Members<'_>) -> Option<Option<SalesStage>> {
        if spoken(top, "salesStage").is_some_and(Value::is_null) {
            return Some(None);
        }
        let text = self.text(top, "salesStage", "salesStage")?;
        SalesStage::parse(&text).ok().map(Some)
    }

    fn direction(&mut self, top: Members<'_>, invite: Members<'_>, told: Option<Direction>) -> DirectionHint {
        let said = self.text(top, "direction", "direction").filter(|text| !text.trim().is_empty());
        let said = said.and_then(|text| match text.trim().to_lowercase().as_str() {
            "incoming" => Some(Direction::Inbound),
            "outgoing" => Some(Direction::Outbound),
            _ => {
                self.complain("direction", Invalid::NotOneOf { given: text, allowed: &["Incoming", "Outgoing"] });
                None
            }
        });
        let owner = |of: Members<'_>| member(of, "organizationId").and_then(Value::as_str).map(str::to_lowercase);
        let by = member(invite, "invitedBy");
        // Who invites others to a deal of its own has made it.
        let own = owner(by.and_then(Value::as_object)).is_some_and(|by| by != MICROSOFT_ID && Some(by) == owner(top));
        let invited = by.is_some() && !own;
        let waits = self.text(top, "status", "status").is_some_and(|status| status.eq_ignore_ascii_case("new"));
        let guess = if invited || (waits && !own) { Direction::Inbound } else { Direction::Outbound };
        // What the rep says is never overruled by a hint.
        DirectionHint { told: told.or(said), guess, sure: by.is_some() || waits }
    }

    fn status(&mut self, top: Members<'_>) -> Option<Status> {
        if spoken(top, "status").is_none() && spoken(top, "substatus").is_none() {
            return None;
        }
        let status = self.text(top, "status", "status").unwrap_or_default();
        let substatus = self.text(top, "substatus", "substatus").unwrap_or_default();
        let is = |a: &str, b: &str| status.eq_ignore_ascii_case(a) && substatus.eq_ignore_ascii_case(b);
        let outcome = OutcomeKind::ALL.into_iter().find(|kind| is("Closed", kind.code()));
        let state = match outcome {
            Some(kind) => State::Closed(self.outcome(kind, top)),
            None if is("New", "Pending") || is("New", "Received") || is("New", "") => State::New,
            None if is("Active", "Accepted") || is("Active", "") => State::Active,
            None => {
                self.complain("status", Invalid::UnknownStatus(format!("{status} / {substatus}")));
                return None;
            }
        };
        let accepted_at = self.time(top, "acceptedDateTime");
        let closed_at = self.time(top, "closedDateTime");
        Some(Status { state, accepted_at, closed_at })
    }

    /// The API tells reasons in free words; those of ours that it happens to use become codes.
    fn outcome(&mut self, kind: OutcomeKind, top: Members<'_>) -> Outcome {
        let words = self.notes(top, "statusReason", "statusReason");
        let code = words.as_ref().and_then(|words| Reason::read(words.as_str()));
        match kind {
            OutcomeKind::Error => Outcome::of(kind, words.as_ref().map(Notes::as_str), None),
            _ if code.is_some() => Outcome::of(kind, code.map(Reason::code), None),
            _ => Outcome::of(kind, None, words),
        }
    }

    fn customer(&mut self, profile: Part<'_>, incoming: &mut Incoming) {
        let members = profile.members;
        let at = "customerProfile.name";
        incoming.customer_name = self.line(members, "name", at);
        // One that is known here can do without; one that has to be corrected is told everything.
        let is_wanted = profile.speaks_of("name") || !self.complaints.is_empty();
        if incoming.customer_name.is_none()
            && is_wanted
            && !self.complaints.iter().any(|complaint| complaint.at == Place::from(at))
        {
            self.complain(at, Invalid::Missing);
        }
        incoming.address = self.said(profile, "address", |reader| reader.address(members));
        incoming.duns = self.said(profile, "ids", |reader| reader.duns(members));
        let team = |reader: &mut Self| reader.people(members, "team", "customerProfile.team").into_iter().next();
        incoming.contact = self.said(profile, "team", team);
    }

    fn address(&mut self, profile: Members<'_>) -> Address {
        let address = self.object(profile, "address", "customerProfile.address");
        let country = self.plain(address, "country", "customerProfile.address.country").filter(|text| !text.trim().is_empty());
        let country = country.and_then(|text| self.checked(Country::typed(&text).map(Some), "customerProfile.address.country"));
        let postal_code = self.code(address, "postalCode", "customerProfile.address");
        let mut part = |name| self.line(address, name, "customerProfile.address");
        Address {
            line1: part("addressLine1"),
            line2: part("addressLine2"),
            city: part("city"),
            state: part("state"),
            postal_code,
            country,
        }
    }

    fn duns(&mut self, profile: Members<'_>) -> Option<Duns> {
        let at = "customerProfile.ids";
        for id in self.list(profile, "ids", at) {
            let id = id.as_object();
            let is_duns = self.text(id, "profileType", at).is_some_and(|kind| kind.eq_ignore_ascii_case("duns"));
            if !is_duns {
                continue;
            }
            if let Some(number) = self.plain(id, "id", at).filter(|number| !number.trim().is_empty()) {
                return self.checked(Duns::in_file(&number), at);
            }
        }
        None
    }

    fn people(&mut self, of: Members<'_>, name: &str, at: &str) -> Vec<Person> {
        let list = self.list(of, name, at);
        if list.len() > LIST_MAX {
            self.complain(at, Invalid::TooMany { max: LIST_MAX });
        }
        let mut people = Vec::new();
        for member in list {
            if !member.is_object() {
                self.complain(at, Invalid::WrongShape(Shape::Object));
            }
            let mut part = |name| self.line(member.as_object(), name, at).map(String::from).unwrap_or_default();
            people.push(Person {
                first: part("firstName"),
                last: part("lastName"),
                phone: part("phoneNumber"),
                email: part("email"),
            });
        }
        people.retain(|person| !person.is_empty());
        people
    }

    fn solutions(&mut self, whole: Part<'_>, details: Part<'_>) -> Said<Vec<Solution>> {
        let at = "details.requirements.solutions";
        let requirements = self.part(details, "requirements", "details.requirements");
        let mut solutions: Vec<Solution> = Vec::new();
        for solution in self.list(requirements.members, "solutions", at) {
            if !solution.is_object() {
                self.complain(at, Invalid::WrongShape(Shape::Object));
            }
            solutions.extend(self.solution(solution.as_object(), at));
        }
        for target in self.list(whole.members, "target", "target") {
            let target = target.as_object();
            let wanted = self.text(target, "type", "target").is_some_and(|kind| kind.eq_ignore_ascii_case("SolutionProfile"));
            let id = self.line(target, "id", "target").filter(|_| wanted);
            let new = id.filter(|id| !solutions.iter().any(|known| known.id == *id));
            let owner = Owner::Unknown;
            solutions.extend(new.map(|id| Solution { id, name: None, owner, currency: None, price: None, quantity: None }));
        }
        if solutions.len() > LIST_MAX {
            self.complain(at, Invalid::TooMany { max: LIST_MAX });
        }
        (requirements.speaks_of("solutions") || !solutions.is_empty()).then_some(solutions)
    }

    fn solution(&mut self, solution: Members<'_>, at: &str) -> Option<Solution> {
        let id = self.line(solution, "id", at)?;
        let kind = self.text(solution, "solutionType", at).or_else(|| self.text(solution, "type", at));
        let publisher = self.text(solution, "publisherName", at);
        let owner = match (kind.as_deref(), publisher.as_deref()) {
            (_, Some(publisher)) if publisher.eq_ignore_ascii_case("microsoft") => Owner::Microsoft,
            (Some(kind), _) if kind.eq_ignore_ascii_case("3P") => Owner::ThirdParty,
            _ => Owner::Unknown,
        };
        let currency = self.text(solution, "currency", at).filter(|text| !text.trim().is_empty());
        let currency = currency.and_then(|text| self.checked(Currency::parse(&text).map(Some), at));
        let name = self.line(solution, "name", at);
        let price = self.text(solution, "price", at).filter(|text| !text.trim().is_empty());
        let price = price.and_then(|text| self.checked(Price::parse(&plain_number(&text)).map(Some), at));
        let quantity = self.text(solution, "quantity", at).and_then(|text| plain_number(&text).parse().ok());
        Some(Solution { id, name, owner, currency, price, quantity })
    }

    /// Returns what was asked of Microsoft. The code tells it, or the target; that nothing was asked only both together, or a null.
    fn help(&mut self, whole: Part<'_>, invited: Part<'_>) -> Said<Option<Help>> {
        let invite = invited.members;
        let code = self.text(invite, "assistanceRequestCode", "inviteContext.assistanceRequestCode");
        let kind = code.as_deref().and_then(HelpKind::read);
        let mut to_microsoft = false;
        for target in self.list(whole.members, "target", "target") {
            to_microsoft |= member(target.as_object(), "id").and_then(Value::as_str) == Some(MICROSOFT_ID);
        }
        if kind.is_none() && !to_microsoft {
            let speaks = invited.speaks_of("assistanceRequestCode") || (whole.speaks_of("target") && invite.is_some());
            return speaks.then_some(None);
        }
        let note = self.notes(invite, "notes", "inviteContext.notes");
        Some(Some(Help { kind, note, requested_at: None, consent: false }))
    }

    fn sender(&mut self, invite: Members<'_>) -> Sender {
        let at = "inviteContext.invitedBy";
        let by = self.object(invite, "invitedBy", at);
        let id = self.line(by, "organizationId", at);
        let name = self.line(by, "organizationName", at);
        let note = self.notes(invite, "notes", "inviteContext.notes");
        match (id, name) {
            (Some(id), name) if !id.as_str().eq_ignore_ascii_case(MICROSOFT_ID) => {
                let organization = name.unwrap_or(id).to_string();
                Sender { kind: SenderKind::Partner, organization, person: None, note }
            }
            _ => Sender { note, ..Sender::microsoft(None) },
        }
    }
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(yes) => Some(*yes),
        Value::String(text) => text.trim().to_lowercase().parse().ok(),
        _ => None,
    }
}

/// JSON may write a whole number as `50000.0` or `5e4`.
fn plain_number(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(number) if text.contains(['e', 'E']) && number.is_finite() => format!("{number}"),
        _ => text.trim().to_owned(),
    }
}

fn kind(top: Members<'_>, invite: Members<'_>, direction: Direction, asked: bool) -> Kind {
    let text = |of: Members<'_>, name| member(of, name).and_then(Value::as_str).map(str::to_lowercase);
    let shared = text(top, "type").as_deref() != Some("independent");
    if direction == Direction::Inbound {
        let by = text(member(invite, "invitedBy").and_then(Value::as_object), "organizationId");
        let partner = by.is_some_and(|by| by != MICROSOFT_ID);
        return if partner { Kind::PartnerToPartner } else { Kind::CoSell };
    }
    let consent = member(top, "consent").and_then(Value::as_object);
    let visible = member(consent, "consentToShareReferralWithMicrosoftSellers").and_then(boolean);
    match (shared || asked, visible) {
        (true, _) => Kind::CoSell,
        (false, Some(true)) => Kind::PartnerLed,
        (false, _) => Kind::PrivatePipeline,
    }
}

//! What a file of Partner Center tells and no field holds: known members in words, the others under names that people can read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::sentences::Sentences;
use crate::domain::incoming::is_technical;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::{HelpKind, Kind, MICROSOFT_ID, Opportunity};
use crate::domain::solution::Owner;
use crate::domain::text::Line;

/// What is told of it.
pub(super) struct Kept {
    /// By name.
    pub known: Vec<(String, String)>,
    /// What nobody models, a line for each.
    pub others: String,
}

/// Members that have a name and words here, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    Contacts,
    Size,
    Industries,
    Products,
    Services,
    Visible,
    Qualified,
    Help,
    Target,
    Contact,
    Share,
    Sellers,
    Source,
    Asked,
    Program,
    Registration,
    Partner,
    Spam,
    Expires,
    Accepted,
    Closed,
}

/// Paths without the numbers of lists, in small letters: their members are spelled in more than one way.
#[rustfmt::skip]
const PATHS: [(&str, Known); 20] = [
    ("customerprofile.size",                                    Known::Size),
    ("details.requirements.industries",                         Known::Industries),
    ("details.requirements.products",                           Known::Products),
    ("details.requirements.services",                           Known::Services),
    ("type",                                                    Known::Visible),
    ("qualification",                                           Known::Qualified),
    ("invitecontext.assistancerequestcode",                     Known::Help),
    ("target.id",                                               Known::Target),
    ("consent.consenttocontact",                                Known::Contact),
    ("consent.consenttotoshareinfowithothers",                  Known::Share),
    ("consent.consenttosharereferralwithmicrosoftsellers",      Known::Sellers),
    ("referralsource",                                          Known::Source),
    ("calltoaction",                                            Known::Asked),
    ("referralprogram",                                         Known::Program),
    ("registrationstatus",                                      Known::Registration),
    ("mpnid",                                                   Known::Partner),
    ("isspam",                                                  Known::Spam),
    ("expirationdatetime",                                      Known::Expires),
    ("accepteddatetime",                                        Known::Accepted),
    ("closeddatetime",                                          Known::Closed),
];

/// A leaf: its path, and what stands there.
struct Leaf {
    path: String,
    text: String,
}

impl Sentences {
    /// Tells what is only kept. What is shown elsewhere as it stands, or in other words, and what only says how the file came to be, is
    /// left out.
    pub(super) fn kept(&self, o: &Opportunity, extra: &Map<String, Value>, moment: &dyn Fn(Timestamp) -> String) -> Kept {
        let shown = shown(o);
        let mut leaves = Vec::new();
        for (name, value) in extra {
            keep(name, name, value, &shown, &mut leaves);
        }
        leaves.retain(|leaf| !is_modelled(o, leaf));
        let mut known: BTreeMap<Known, Vec<String>> = BTreeMap::new();
        let others = further_contacts(o, extra);
        leaves.retain(|leaf| !is_of_a_contact(&leaf.path));
        if !others.is_empty() {
            known.insert(Known::Contacts, others);
        }
        leaves.retain(|leaf| {
            let member = member(&leaf.path);
            let told = member.map(|member| (member, self.kept_value(member, &leaf.text, moment)));
            told.is_none_or(|(member, value)| {
                known.entry(member).or_default().push(value);
                false
            })
        });
        let known = known.into_iter().map(|(member, values)| (self.kept_name(member), values.join("\n"))).collect();
        Kept { known, others: self.others(&leaves) }
    }

    /// The names that [`Sentences::kept`] may give.
    pub(super) fn kept_names(&self) -> impl Iterator<Item = String> {
        PATHS.iter().map(|(_, member)| *member).chain([Known::Contacts]).map(|member| self.kept_name(member))
    }

    fn kept_name(&self, member: Known) -> String {
        match member {
            Known::Contacts => self.kept_contacts(),
            Known::Size => self.kept_size(),
            Known::Industries => self.kept_industries(),
            Known::Products => self.kept_products(),
            Known::Services => self.kept_services(),
            Known::Visible => self.kept_visible(),
            Known::Qualified => self.kept_qualified(),
            Known::Help => self.kept_help(),
            Known::Target => self.kept_target(),
            Known::Contact => self.kept_contact(),
            Known::Share => self.kept_share(),
            Known::Sellers => self.kept_sellers(),
            Known::Source => self.kept_source(),
            Known::Asked => self.kept_asked(),
            Known::Program => self.kept_program(),
            Known::Registration => self.kept_registration(),
            Known::Partner => self.kept_partner_id(),
            Known::Spam => self.kept_spam(),
            Known::Expires => self.kept_expires(),
            Known::Accepted => self.kept_accepted(),
            Known::Closed => self.kept_closed(),
        }
    }

    /// Returns the value in words; a value that has none, as it stands.
    fn kept_value(&self, member: Known, text: &str, moment: &dyn Fn(Timestamp) -> String) -> String {
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        let words = match member {
            Known::Size => self.company_size(text),
            Known::Visible if is("Shared") => Some(self.kept_visible_shared()),
            Known::Visible if is("Independent") => Some(self.kept_visible_independent()),
            Known::Qualified if is("Direct") => Some(self.kept_qualified_direct()),
            Known::Qualified if is("MarketingQualified") => Some(self.kept_qualified_marketing()),
            Known::Qualified if is("SalesQualified") => Some(self.kept_qualified_sales()),
            Known::Help if is("Unknown") => Some(self.kept_help_none()),
            Known::Help => HelpKind::read(text).map(|kind| self.help_kind(kind)),
            Known::Target if is(MICROSOFT_ID) => Some(self.owner(Owner::Microsoft)),
            Known::Expires | Known::Accepted | Known::Closed => Timestamp::parse(text).ok().map(moment),
            Known::Products => Some(codes_in_words(text, true)),
            Known::Industries | Known::Services | Known::Source | Known::Asked | Known::Program | Known::Registration => {
                Some(codes_in_words(text, false))
            }
            _ => None,
        };
        words.unwrap_or_else(|| self.yes_or_no(text))
    }

    fn yes_or_no(&self, text: &str) -> String {
        match text.to_ascii_lowercase().as_str() {
            "true" => self.yes(),
            "false" => self.no(),
            _ => text.to_owned(),
        }
    }

    /// Reads `251to1000employees`, `Morethan500employees` and `5001+employees`.
    fn company_size(&self, text: &str) -> Option<String> {
        let text = text.to_ascii_lowercase();
        let band = text.trim().strip_suffix("employees")?.trim_end();
        let number = |digits: &str| digits.trim().parse().ok().map(|number: u64| self.number(number));
        if let Some(from) = band.strip_prefix("morethan") {
            return Some(self.kept_size_more(number(from)?));
        }
        if let Some(from) = band.strip_suffix('+') {
            return Some(self.kept_size_from(number(from)?));
        }
        let (from, to) = band.split_once("to")?;
        Some(self.kept_size_band(number(from)?, number(to)?))
    }

    /// Names each by its whole path: what nobody models means something only where it stood.
    fn others(&self, leaves: &[Leaf]) -> String {
        let line = |leaf: &Leaf| format!("{}: {}", self.label(&leaf.path), self.yes_or_no(&leaf.text));
        leaves.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Names a member by its path; of people and solutions by which of them it is.
    fn label(&self, path: &str) -> String {
        let lower = path.to_ascii_lowercase();
        let part = |list: &str| {
            let (place, rest) = lower.strip_prefix(list)?.split_once("].")?;
            Some((place.parse::<u64>().ok()? + 1, &path[path.len() - rest.len()..]))
        };
        if let Some((number, rest)) = part("customerprofile.team[") {
            return self.kept_of_contact(number, self.part_label(rest));
        }
        if let Some((number, rest)) = part("team[") {
            return self.kept_of_employee(number, self.part_label(rest));
        }
        match part("details.requirements.solutions[") {
            Some((number, rest)) => self.kept_of_solution(number, self.part_label(rest)),
            None => readable(path),
        }
    }

    fn part_label(&self, path: &str) -> String {
        match path.to_ascii_lowercase().as_str() {
            "contactpreference.locale" => self.kept_language(),
            "contactpreference.disablenotifications" => self.kept_notifications_off(),
            _ => readable(path).to_lowercase(),
        }
    }
}

/// Returns which known member a path leads to.
fn member(path: &str) -> Option<Known> {
    let plain = without_places(path).to_ascii_lowercase();
    PATHS.iter().find(|(path, _)| *path == plain).map(|(_, member)| *member)
}

fn without_places(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    plain
}

/// Returns whether a field says the same in other words.
fn is_modelled(o: &Opportunity, leaf: &Leaf) -> bool {
    let is = |word: &str| leaf.text.eq_ignore_ascii_case(word);
    match without_places(&leaf.path).to_ascii_lowercase().as_str() {
        // Who is meant is told beside it, or among the solutions.
        "target.type" => is("BusinessProfileLocation") || is("SolutionProfile"),
        "target.id" => is(MICROSOFT_ID) && o.help.is_some(),
        "invitecontext.assistancerequestcode" => {
            let asked = o.help.as_ref().and_then(|help| help.kind);
            asked.is_some() && HelpKind::read(&leaf.text) == asked
        }
        "details.requirements.solutions.publishername" => {
            is("Microsoft") && o.solutions.iter().any(|solution| solution.owner == Owner::Microsoft)
        }
        "details.requirements.solutions.solutiontype" => {
            is("3P") && o.solutions.iter().any(|solution| solution.owner == Owner::ThirdParty)
        }
        "consent.consenttosharereferralwithmicrosoftsellers" => match o.kind {
            Kind::PrivatePipeline => is("false"),
            Kind::CoSell | Kind::PartnerLed => is("true"),
            Kind::PartnerToPartner | Kind::SolutionAssessment => false,
        },
        _ => false,
    }
}

/// Returns the people of the customer besides the one who is told as its contact, a line for each.
fn further_contacts(o: &Opportunity, extra: &Map<String, Value>) -> Vec<String> {
    let part = |members: &Map<String, Value>, name: &str| {
        let found = members.iter().find(|(member, _)| member.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        found.and_then(Value::as_str).unwrap_or_default().trim().to_owned()
    };
    let within = |members: &Map<String, Value>, name: &str| -> Option<Value> {
        members.iter().find(|(member, _)| member.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
    };
    let profile = within(extra, "customerProfile");
    let team = profile.as_ref().and_then(Value::as_object).and_then(|profile| within(profile, "team"));
    let contact = o.customer.contact.as_ref();
    let people = team.as_ref().and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let lines = people.filter_map(|person| {
        let [first, last, phone, email] = CONTACT.map(|name| part(person, name));
        let is_told = contact.is_some_and(|told| told.first == first && told.last == last && told.email == email);
        let name = [first, last].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
        let line = [name, phone, email].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        (!is_told && !line.is_empty()).then_some(line)
    });
    lines.collect()
}

/// What is told of a person, as the API calls it.
const CONTACT: [&str; 4] = ["firstName", "lastName", "phoneNumber", "email"];

fn is_of_a_contact(path: &str) -> bool {
    let plain = without_places(path).to_ascii_lowercase();
    plain.strip_prefix("customerprofile.team.").is_some_and(|part| CONTACT.iter().any(|name| name.eq_ignore_ascii_case(part)))
}

/// Makes words of the codes of a list: `DeploymentOrMigration` is `Deployment or migration`, the product `Dynamics365Enterprise` is
/// `Dynamics 365 Enterprise`. What has blanks is words already.
fn codes_in_words(text: &str, are_names: bool) -> String {
    text.split(", ").map(|code| code_in_words(code, are_names)).collect::<Vec<_>>().join(", ")
}

/// Names that are one word, however they are written.
const WHOLE: [&str; 7] = ["IoT", "SharePoint", "CoSell", "P2P", "DevOps", "GitHub", "OneDrive"];

/// Returns a word within a line: one that is written in capitals stays so.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), next) if next.is_none_or(|next| !next.is_uppercase()) => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

fn code_in_words(code: &str, is_name: bool) -> String {
    if !code.chars().all(|c| c.is_ascii_alphanumeric()) {
        return code.to_owned();
    }
    if let Some((before, name, after)) = WHOLE.iter().find_map(|name| {
        let (before, after) = code.split_once(name)?;
        after.chars().next().is_none_or(|next| !next.is_ascii_lowercase()).then_some((before, *name, after))
    }) {
        let parts = [before, after].map(|part| code_in_words(part, is_name));
        let after = if is_name || parts[1].is_empty() { parts[1].clone() } else { lower_first(&parts[1]) };
        return [parts[0].as_str(), name, after.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
    }
    let letters: Vec<char> = code.chars().collect();
    let mut words: Vec<String> = vec![String::new()];
    for (at, c) in letters.iter().enumerate() {
        let (before, next) = (at.checked_sub(1).map(|at| letters[at]), letters.get(at + 1));
        let begins = before.is_some_and(|before| {
            let rises = c.is_uppercase() && (before.is_lowercase() || next.is_some_and(|next| next.is_lowercase()));
            rises || before.is_ascii_digit() != c.is_ascii_digit()
        });
        if begins {
            words.push(String::new());
        }
        words.last_mut().into_iter().for_each(|word| word.push(*c));
    }
    let is_short = |word: &str| word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase());
    let plain =
        |(at, word): (usize, &String)| if at == 0 || is_name || is_short(word) { word.clone() } else { word.to_lowercase() };
    words.iter().enumerate().map(plain).collect::<Vec<_>>().join(" ")
}

/// Makes words of a path: `registrations[0].statusHistory` is `Registrations 1 status history`. What has blanks is words already.
fn readable(path: &str) -> String {
    if path.contains(' ') {
        return path.to_owned();
    }
    let mut words: Vec<String> = vec![String::new()];
    let letters: Vec<char> = path.chars().collect();
    for (at, c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let next = letters.get(at + 1);
        let begins = c.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase() || (before.is_uppercase() && next.is_some_and(|next| next.is_lowercase()))
            });
        if begins || ['.', '[', ']', '_'].contains(c) {
            words.push(String::new());
        }
        if !['.', '[', ']', '_'].contains(c)
            && let Some(word) = words.last_mut()
        {
            word.push(*c);
        }
    }
    words.retain(|word| !word.is_empty());
    let is_place = |word: &str| word.parse::<usize>().ok().filter(|_| path.contains(&format!("[{word}]")));
    let plain = |word: &String| match is_place(word) {
        Some(place) => (place + 1).to_string(),
        None if word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase()) => word.clone(),
        None => word.to_lowercase(),
    };
    let text = words.iter().map(plain).collect::<Vec<_>>().join(" ");
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

fn keep(name: &str, path: &str, value: &Value, shown: &BTreeSet<String>, leaves: &mut Vec<Leaf>) {
    if is_technical(name) {
        return;
    }
    let mut leaf = |text: String| leaves.push(Leaf { path: path.to_owned(), text });
    match value {
        Value::Null => {}
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| keep(name, &format!("{path}.{name}"), value, shown, leaves));
        }
        Value::Array(list) => match list.iter().map(word).collect::<Option<Vec<String>>>() {
            Some(words) if words.is_empty() => {}
            Some(words) => leaf(words.join(", ")),
            None => {
                for (number, value) in list.iter().enumerate() {
                    keep(name, &format!("{path}[{number}]"), value, shown, leaves);
                }
            }
        },
        Value::String(text) if shown.contains(text.trim()) => {}
        // Told as the sender.
        Value::String(text) if text == MICROSOFT_ID && name.eq_ignore_ascii_case("organizationId") => {}
        Value::String(text) => leaf(text.replace('\n', " ")),
        Value::Bool(_) | Value::Number(_) => leaf(value.to_string()),
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
    use crate::i18n::Language;

    fn others(extra: &Value) -> Vec<String> {
        let mut leaves = Vec::new();
        for (name, value) in extra.as_object().unwrap() {
            keep(name, name, value, &BTreeSet::from(["Ana".to_owned()]), &mut leaves);
        }
        let mut lines: Vec<String> = Sentences::new(Language::ENGLISH).others(&leaves).lines().map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    }

    #[test]
    fn f24_what_nobody_models_is_told_by_its_whole_path_in_words() {
        let extra = json!({
            "customerProfile": { "team": [{ "firstName": "Joe", "email": "j@b.example", "contactPreference": { "locale": "en-us" } }] },
            "details": { "requirements": { "salesPlays": [{ "id": "Migrate" }, { "id": "Secure" }] } },
            "links": { "self": { "uri": "x" } },
            "eTag": "W/1",
            "isMatchingComplete": false,
            "newThing": { "deep": { "x": 7 }, "size": 3 },
            "oldThing": { "size": 4 },
            "trackingInfo": { "microsoftMSXId": "7-A" },
            "registrations": [{ "id": "R-1", "status": "Approved" }],
            "team": [{ "firstName": "Ana", "title": "CTO" }],
            "Silicon Type": "x86",
        });
        assert_eq!(
            others(&extra),
            [
                "Contact 1, email: j@b.example",
                "Contact 1, first name: Joe",
                "Contact 1, language: en-us",
                "Details requirements sales plays: Migrate, Secure",
                "Employee 1, title: CTO",
                "Is matching complete: no",
                "New thing deep x: 7",
                "New thing size: 3",
                "Old thing size: 4",
                "Registrations 1 id: R-1",
                "Registrations 1 status: Approved",
                "Silicon Type: x86",
                "Tracking info microsoft MSX id: 7-A",
            ]
        );
    }

    #[test]
    fn what_is_known_is_told_in_words() {
        let s = Sentences::new(Language::ENGLISH);
        for (path, text, name, value) in [
            ("customerProfile.size", "251to1000employees", "Company size", "251 to 1,000 employees"),
            ("CustomerProfile.Size", "Morethan20000employees", "Company size", "more than 20,000 employees"),
            ("customerProfile.size", "5001+employees", "Company size", "5,001 employees or more"),
            ("customerProfile.size", "a few", "Company size", "a few"),
            ("type", "Shared", "Visible to", "all who take part"),
            ("details.requirements.services", "DeploymentOrMigration, Training", "Services", "Deployment or migration, Training"),
            ("details.requirements.services", "AI and IoT", "Services", "AI and IoT"),
            ("details.requirements.industries", "MediaAndCommunications", "Industries", "Media and communications"),
            ("details.requirements.products", "Dynamics365Enterprise, AzureAI", "Products", "Dynamics 365 Enterprise, Azure AI"),
            (
                "details.requirements.products",
                "AzureIoTHub, SharePoint, P2PSales",
                "Products",
                "Azure IoT Hub, SharePoint, P2P Sales",
            ),
            ("consent.consentToContact", "true", "May be contacted", "yes"),
            ("qualification", "SalesQualified", "Qualified by", "a Microsoft seller"),
            ("inviteContext.assistanceRequestCode", "QuotesOrLicensing", "Help wanted", "Quotes and licensing"),
            ("inviteContext.assistanceRequestCode", "Unknown", "Help wanted", "none"),
            ("target[0].id", "msft", "Sent to", "Microsoft"),
            ("isSpam", "false", "Marked as spam", "no"),
        ] {
            let member = member(path).unwrap();
            assert_eq!(s.kept_name(member), name);
            assert_eq!(s.kept_value(member, text, &|at| at.to_string()), value);
        }
    }

    #[test]
    fn further_people_of_the_customer_are_told_as_people_and_no_word_of_the_api_is() {
        let s = Sentences::new(Language::ENGLISH);
        let mut o = crate::domain::opportunity::tests::received();
        let person = |first: &str, last: &str, phone: &str| {
            let email = format!("{}@contoso.example", first.to_lowercase());
            json!({ "firstName": first, "lastName": last, "phoneNumber": phone, "email": email })
        };
        o.customer.contact = None;
        let extra = json!({
            "customerProfile": { "team": [person("Sue", "Smith", "123"), person("Joe", "", "")] },
            "details": { "requirements": { "services": [{ "id": "DeploymentOrMigration" }] } },
        });
        let kept = s.kept(&o, extra.as_object().unwrap(), &|at| at.to_string());
        let known: Vec<(&str, &str)> = kept.known.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let people = "Sue Smith, 123, sue@contoso.example\nJoe, joe@contoso.example";
        assert_eq!(known, [("Further contacts", people), ("Services", "Deployment or migration")]);
        assert_eq!(kept.others, "");
    }
}

//! Files of the same menus that hold no deals: known by their heads or members, so that they can be named for what they are.

use serde_json::Value;

use super::bulk::columns::bare;
use super::heads::{CUSTOMER, Column, SOLUTION, meaning};
use super::{leads, offers};

/// What a file is that holds no deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Neighbour {
    /// The download of deal registrations.
    Registrations,
    /// The download of leads.
    Leads,
    /// A list of offers of the programme.
    Offers,
    /// A list of companies.
    Customers,
    /// A list of solutions.
    Solutions,
    /// A notice of Partner Center that a referral was made or changed, without the referral.
    Notice,
    /// A table that a flow made of records of the API.
    FlowTable,
    /// An error that the API answered with.
    ApiError,
    /// A table that this program exported.
    Export,
    /// Everything that this program kept, out of `export --all`.
    Everything,
}

/// Heads that only deal registrations have.
const REGISTRATION: [&str; 4] = ["registrationstatus", "registrationtype", "registrationdate", "registrationstatusreason"];
/// Heads that only tables have which a flow made of records of the API: the names of their members.
const FLOW: [&str; 6] =
    ["createddatetime", "updateddatetime", "expirationdatetime", "customerprofile", "invitecontext", "externalreferenceid"];

/// Heads that only tables have which this program exported: for people, and by the names of its columns.
const EXPORT: [&str; 7] =
    ["dayofthenextstep", "nexton", "respondby", "respondbyknown", "firstseen", "waitsforpartnercenter", "privatepipeline"];

/// Heads that a list of companies or solutions has, too, among those of [`EXPORTED`].
const COMMON: [&str; 24] = [
    "id",
    "type",
    "name",
    "customer",
    "country",
    "currency",
    "owner",
    "next",
    "notes",
    "created",
    "changed",
    "duns",
    "dunsnumber",
    "street",
    "street2",
    "streetsecondline",
    "city",
    "state",
    "postalcode",
    "address",
    "contact",
    "contactphone",
    "contactemail",
    "partner",
];

/// Every other head of a table that this program exported, for people and by the names of its columns.
const EXPORTED: [&str; 58] = [
    "referralid",
    "direction",
    "tab",
    "privatepipeline",
    "private",
    "stage",
    "outcome",
    "reason",
    "dealname",
    "value",
    "closedate",
    "close",
    "salesstage",
    "sender",
    "dayofthenextstep",
    "nexton",
    "nextstep",
    "respondby",
    "received",
    "acceptedon",
    "accepted",
    "closedon",
    "closed",
    "respondbyisknown",
    "respondbyknown",
    "firstseen",
    "favorite",
    "waitsforpartnercenter",
    "waiting",
    "changedonbothsides",
    "conflict",
    "crmid",
    "crm",
    "campaignid",
    "campaign",
    "closingnote",
    "microsoftstatus",
    "sentby",
    "senderperson",
    "message",
    "sendermessage",
    "ownersemail",
    "owneremail",
    "contactsphone",
    "contactsemail",
    "employees",
    "solutions",
    "kindofhelp",
    "help",
    "notetomicrosoft",
    "helpnote",
    "helpaskedon",
    "helpasked",
    "whattheybring",
    "partnerbrings",
    "ournotes",
    "engagementid",
    "uid",
];

/// The first member of a file of `export --all`.
const EVERYTHING: &str = "cosell";

/// So many bytes of a file are enough for its first member, however it is laid out.
pub const BEGIN: usize = 256;

/// Returns whether bytes begin as a file of `export --all` does, however it is laid out.
pub fn begins_everything(bytes: &[u8]) -> bool {
    let plain: Vec<u8> = bytes.iter().take(BEGIN).copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    plain.starts_with(format!("{{\"{EVERYTHING}\":\"everything\"").as_bytes())
}

/// Returns whether a head belongs to a file of registrations, leads or offers, or to the table of a flow.
pub(super) fn knows(head: &str) -> bool {
    let offers = offers::is_only_of_offers(head);
    let head = bare(head);
    offers || [&REGISTRATION[..], &leads::ONLY, &FLOW].iter().any(|heads| heads.contains(&head.as_str()))
}

/// Heads that no other program gives such a table.
const ONLY_OURS: [&str; 15] = [
    "privatepipeline",
    "private",
    "respondby",
    "respondbyisknown",
    "respondbyknown",
    "firstseen",
    "waitsforpartnercenter",
    "changedonbothsides",
    "dayofthenextstep",
    "nexton",
    "microsoftstatus",
    "helpaskedon",
    "kindofhelp",
    "ournotes",
    "whattheybring",
];

/// Returns whether all heads are such as this program exports, two of them are of deals, and one is no other program's.
fn is_export(header: &csv::StringRecord) -> bool {
    let heads: Vec<String> = header.iter().map(bare).collect();
    let of_deals = heads.iter().filter(|head| EXPORTED.contains(&head.as_str())).count();
    let is_ours = heads.iter().any(|head| ONLY_OURS.contains(&head.as_str()));
    of_deals > 1 && is_ours && heads.iter().all(|head| EXPORTED.contains(&head.as_str()) || COMMON.contains(&head.as_str()))
}

impl Neighbour {
    /// Finds out what a table is that is no file of deals.
    pub(super) fn of_header(header: &csv::StringRecord) -> Option<Self> {
        let has = |heads: &[&str]| header.iter().any(|head| heads.contains(&bare(head).as_str()));
        let many = |heads: &[&str]| header.iter().filter(|head| heads.contains(&bare(head).as_str())).count() > 1;
        if (many(&EXPORT) && !has(&["partnerreferralstatus"])) || is_export(header) {
            return Some(Self::Export);
        }
        if has(&["dealname", "partnerreferralstatus"]) {
            return None;
        }
        if has(&leads::ONLY) {
            return Some(Self::Leads);
        }
        if has(&REGISTRATION) {
            return Some(Self::Registrations);
        }
        if offers::is_offers(header) {
            return Some(Self::Offers);
        }
        if many(&FLOW) {
            return Some(Self::FlowTable);
        }
        let means =
            |names, column| header.iter().any(|head| meaning(head, names).is_some_and(|meaning| meaning.column == column));
        if means(&CUSTOMER, Column::Name) && [Column::Country, Column::City, Column::Line1].iter().any(|c| means(&CUSTOMER, *c)) {
            return Some(Self::Customers);
        }
        (means(&SOLUTION, Column::Id) && means(&SOLUTION, Column::Name)).then_some(Self::Solutions)
    }

    /// Finds out what a document is that holds no referral.
    pub(super) fn of_document(document: &Value) -> Option<Self> {
        let members = document.as_object()?;
        let has = |wanted: &str| members.keys().any(|name| name.eq_ignore_ascii_case(wanted));
        if has(EVERYTHING) {
            return Some(Self::Everything);
        }
        if has("eventName") || has("resourceUri") {
            return Some(Self::Notice);
        }
        (has("error") || (has("code") && has("description"))).then_some(Self::ApiError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Option<Neighbour> {
        Neighbour::of_header(&header.split(',').collect())
    }

    #[test]
    fn neighbours_from_the_same_menus_are_known_by_their_heads() {
        assert_eq!(
            of("Referral ID,Registration Date,Registration Type,Registration Status,Errors"),
            Some(Neighbour::Registrations)
        );
        assert_eq!(of("Errors,Referral ID,Lead Name,Customer Name,Customer Country,Lead Status"), Some(Neighbour::Leads));
        assert_eq!(of("id,name,createdDateTime,updatedDateTime,status,customerProfile,details"), Some(Neighbour::FlowTable));
        assert_eq!(of("Account Name,Billing City,Billing Country"), Some(Neighbour::Customers));
        assert_eq!(of("Solution ID,Solution name"), Some(Neighbour::Solutions));
        assert_eq!(of("Deal Name,Customer Name,Customer Country,Partner Referral Status"), None);
        assert_eq!(of("ID,Deal name,Day of the next step,Next step,Respond by"), Some(Neighbour::Export));
        assert_eq!(of("id,name,customer,next-on,next,respond-by"), Some(Neighbour::Export));
        assert_eq!(of("name,type,published,csp,one-pager"), Some(Neighbour::Offers));
        assert_eq!(of("name,type,colour"), None);
        assert_eq!(of("a,b"), None);
    }

    #[test]
    fn notices_and_errors_are_no_referrals() {
        let of = |text: &str| Neighbour::of_document(&serde_json::from_str(text).unwrap());
        assert_eq!(of(r#"{"EventName":"referral-created","ResourceUri":"https://x"}"#), Some(Neighbour::Notice));
        assert_eq!(of(r#"{"error":{"code":"unauthenticated","message":"x"}}"#), Some(Neighbour::ApiError));
        assert_eq!(of(r#"{"cosell":"everything","format":1}"#), Some(Neighbour::Everything));
        assert_eq!(of(r#"{"id":"x"}"#), None);
    }
}

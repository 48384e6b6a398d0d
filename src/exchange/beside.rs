//! What of a referral is not modelled, nested as it came: kept beside the opportunity and given back; what is modelled is `api.rs`.

use serde_json::{Map, Value};

use super::refused::REASON;
use crate::domain::incoming::ETAG;

/// The members that are modelled whole, as paths without case. Everything else is kept.
const MODELLED: [&str; 28] = [
    "id",
    "engagementid",
    "name",
    "externalreferenceid",
    "campaignid",
    "createddatetime",
    "updateddatetime",
    "status",
    "substatus",
    "direction",
    "favorite",
    "customerprofile.name",
    "customerprofile.address.addressline1",
    "customerprofile.address.addressline2",
    "customerprofile.address.city",
    "customerprofile.address.state",
    "customerprofile.address.postalcode",
    "customerprofile.address.country",
    "details.notes",
    "details.dealvalue",
    "refused because",
    // Kept only where the opportunity has no place for them: see `Homeless`.
    "expirationdatetime",
    "accepteddatetime",
    "closeddatetime",
    "type",
    "details.currency",
    "details.closingdatetime",
    "invitecontext.notes",
];

/// Lists of which a few members of each element are modelled; an element that has others is kept whole.
const LISTS: [(&str, &[&str]); 4] = [
    ("team", &["firstname", "lastname", "phonenumber", "email"]),
    ("customerprofile.team", &["firstname", "lastname", "phonenumber", "email"]),
    ("customerprofile.ids", &["profiletype", "id"]),
    ("details.requirements.solutions", &["id", "name", "currency", "price", "quantity"]),
];

/// Members that an opportunity has a place for, but not this one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Homeless {
    pub expires: bool,
    pub accepted: bool,
    pub closed: bool,
    /// Shared or Independent, of one that was sent to us.
    pub kind: bool,
    /// Of a deal without a value.
    pub currency: bool,
    /// What was written to whoever was invited, where nobody was.
    pub invitation: bool,
}

impl Homeless {
    fn keeps(self, path: &str) -> bool {
        match path {
            "expirationdatetime" => self.expires,
            "accepteddatetime" => self.accepted,
            "closeddatetime" => self.closed,
            "type" => self.kind,
            "details.currency" => self.currency,
            "invitecontext.notes" => self.invitation,
            _ => false,
        }
    }
}

/// Returns what is not modelled, nested as it came, and what is, but has no place.
pub(super) fn beside(top: Option<&Map<String, Value>>, homeless: Homeless) -> Map<String, Value> {
    debug_assert!(MODELLED.contains(&REASON.to_lowercase().as_str()));
    match top.and_then(|top| left(&Value::Object(top.clone()), "", homeless)) {
        Some(Value::Object(left)) => left.into_iter().map(|(name, value)| (in_one_spelling(name), value)).collect(),
        _ => Map::new(),
    }
}

fn in_one_spelling(name: String) -> String {
    let is_etag = ["etag", "@odata.etag"].iter().any(|etag| name.eq_ignore_ascii_case(etag));
    if is_etag { ETAG.to_owned() } else { name }
}

fn left(value: &Value, path: &str, homeless: Homeless) -> Option<Value> {
    if let Some((_, modelled)) = LISTS.iter().find(|(list, _)| *list == path) {
        return Some(left_of_list(value, path, modelled));
    }
    let Value::Object(members) = value else { return Some(value.clone()).filter(|v| !is_empty(v)) };
    let mut kept = Map::new();
    for (name, value) in members {
        let below = if path.is_empty() { name.to_lowercase() } else { format!("{path}.{}", name.to_lowercase()) };
        if (!MODELLED.contains(&below.as_str()) || homeless.keeps(&below))
            && let Some(value) = left(value, &below, homeless)
        {
            kept.insert(name.clone(), value);
        }
    }
    if kept.is_empty() { None } else { Some(Value::Object(kept)) }
}

/// Returns the elements that are more than what is modelled of them; nothing, which takes away what was kept before, where none is.
fn left_of_list(value: &Value, path: &str, modelled: &[&str]) -> Value {
    let elements = match value {
        Value::Array(elements) => elements.as_slice(),
        one @ Value::Object(_) => std::slice::from_ref(one),
        _ => &[],
    };
    let more = |element: &Value| match element {
        Value::Object(members) => {
            members.iter().any(|(name, value)| !is_empty(value) && !modelled.contains(&name.to_lowercase().as_str()))
        }
        other => !is_empty(other),
    };
    // An opportunity has one contact and one D-U-N-S number.
    let has_place = |element: &Value| match path {
        "customerprofile.ids" => is_duns(element),
        "customerprofile.team" => !is_nobody(element),
        _ => true,
    };
    let only_one = path.starts_with("customerprofile.");
    let mut placed = false;
    let kept: Vec<Value> = elements
        .iter()
        .filter(|element| {
            let is_placed = has_place(element) && !(only_one && placed);
            placed |= is_placed;
            (!is_placed && !is_empty(element) && !is_nobody(element)) || more(element)
        })
        .cloned()
        .collect();
    if kept.is_empty() { Value::Null } else { Value::Array(kept) }
}

fn is_duns(element: &Value) -> bool {
    let member = |name: &str| {
        let members = element.as_object()?;
        members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    member("profileType").and_then(Value::as_str).is_some_and(|kind| kind.eq_ignore_ascii_case("duns"))
        && member("id").is_some_and(|id| !is_empty(id))
}

fn is_nobody(element: &Value) -> bool {
    element.as_object().is_some_and(|members| members.values().all(is_empty))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn further_contacts_other_ids_regions_and_what_nobody_knows_are_kept() {
        let referral = json!({
            "id": "r", "status": "New", "type": "Shared",
            "customerProfile": {
                "name": "A", "address": { "city": "Seoul", "region": "APAC" },
                "ids": [{ "profileType": "External", "id": "X-7" }, { "profileType": "Duns", "id": "081466849" }],
                "team": [{ "firstName": "Min", "lastName": "Kim" }, { "firstName": "Joe", "lastName": "Hansen" }],
            },
            "team": [{ "firstName": "Ana", "email": "a@p.example" }, { "firstName": "Bo", "title": "CTO" }],
            "details": { "currency": "USD", "requirements": { "solutions": [{ "id": "SOL-1", "name": null }, { "id": "SOL-2", "type": "Name" }] } },
            "newThing": { "deep": { "x": 7 } },
        });
        let kept = beside(referral.as_object(), Homeless { currency: true, ..Homeless::default() });
        assert_eq!(
            Value::Object(kept),
            json!({
                "customerProfile": {
                    "address": { "region": "APAC" },
                    "ids": [{ "profileType": "External", "id": "X-7" }],
                    "team": [{ "firstName": "Joe", "lastName": "Hansen" }],
                },
                "team": [{ "firstName": "Bo", "title": "CTO" }],
                "details": { "currency": "USD", "requirements": { "solutions": [{ "id": "SOL-2", "type": "Name" }] } },
                "newThing": { "deep": { "x": 7 } },
            })
        );
    }

    #[test]
    fn a_list_of_which_all_is_modelled_is_kept_as_nothing() {
        let referral = json!({ "customerProfile": { "team": [{ "firstName": "Min" }], "ids": {} }, "team": null });
        let kept = beside(referral.as_object(), Homeless::default());
        assert_eq!(Value::Object(kept), json!({ "customerProfile": { "team": null, "ids": null }, "team": null }));
    }
}

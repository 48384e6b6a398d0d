//! What a step did to one opportunity, as the history keeps it: old and new of what changed, or the whole of what was made or removed.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};

use super::error::StoreError;
use super::grown;
use crate::domain::deadline::Basis;
use crate::domain::field::{BadValue, Field, MayChange, Named, Scope};
use crate::domain::held::{Claim, Claims, Held, Values};
use crate::domain::ids::{DraftId, Uid};
use crate::domain::incoming::is_technical;
use crate::domain::instant::Timestamp;
use crate::domain::opportunity::Opportunity;
use crate::domain::text::Line;
use crate::domain::told::Told;

/// The form in which this version writes; what is older is read as well.
const FORMAT: u32 = 1;

/// Old and new of everything a step changed in one opportunity; read backwards it is undone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delta {
    #[serde(default)]
    format: u32,
    /// A field that this version does not know is kept as it is.
    pub fields: Vec<(Named, Value, Value)>,
    pub updated_at: (Timestamp, Timestamp),
    #[serde(default, skip_serializing_if = "Members::is_empty")]
    base: Members,
    #[serde(default, skip_serializing_if = "Members::is_empty")]
    conflicts: Members,
    #[serde(default, skip_serializing_if = "Members::is_empty")]
    extra: Members,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    told: Option<(Told, Told)>,
}

/// What became of a field that both sides changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// The other side says this, and nobody has decided.
    Raised(Value),
    /// Ours stays.
    Ours,
    /// There is nothing to decide any more: both agree, or the file that raised it was taken back.
    Over,
}

impl Conflict {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Raised(_) => "raised",
            Self::Ours => "ours",
            Self::Over => "over",
        }
    }
}

/// Old and new of single members of a map, each a list of one or, where there was none, of nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
struct Members(Vec<(String, Vec<Value>, Vec<Value>)>);

impl Members {
    const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn between<K: Ord + Clone + Serialize, V: Serialize>(
        before: impl Iterator<Item = (K, V)>,
        after: impl Iterator<Item = (K, V)>,
    ) -> Self {
        let plain = |(key, value): (K, V)| (text_of(&key), plain(&value));
        let before: std::collections::BTreeMap<String, Value> = before.map(plain).collect();
        let after: std::collections::BTreeMap<String, Value> = after.map(plain).collect();
        let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
        let changed = names.filter(|name| before.get(*name) != after.get(*name));
        let one = |value: Option<&Value>| value.cloned().into_iter().collect();
        Self(changed.map(|name| (name.clone(), one(before.get(name)), one(after.get(name)))).collect())
    }

    /// Returns these followed by later ones.
    fn then(mut self, later: &Self) -> Self {
        for (name, old, new) in &later.0 {
            match self.0.iter_mut().find(|(known, ..)| known == name) {
                Some(known) => known.2.clone_from(new),
                None => self.0.push((name.clone(), old.clone(), new.clone())),
            }
        }
        self
    }

    fn foreign(&self) -> impl Iterator<Item = (Named, Value, Value)> {
        let one = |values: &[Value]| values.first().cloned().unwrap_or_default();
        self.0.iter().map(move |(name, old, new)| (Named::Foreign(name.clone()), one(old), one(new)))
    }

    fn old(&self) -> impl Iterator<Item = (&str, Option<&Value>)> {
        self.0.iter().map(|(name, old, _)| (name.as_str(), old.first()))
    }
}

/// Earlier versions kept both maps whole.
impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Kept {
            Whole(Map<String, Value>, Map<String, Value>),
            Single(Vec<(String, Vec<Value>, Vec<Value>)>),
        }
        Ok(match Kept::deserialize(deserializer)? {
            Kept::Whole(before, after) => Self::between(before.into_iter(), after.into_iter()),
            Kept::Single(members) => Self(members),
        })
    }
}

/// Returns old and new of what differs between two and is not modelled, by its own name; where nothing at all differs but when it was
/// changed last, that.
pub(super) fn unmodelled(before: &Held, after: &Held) -> Vec<(Named, Value, Value)> {
    Delta::between(before, after).beside()
}

impl Delta {
    /// Returns whether no value of ours changed by it, and none is to be decided: it only says what Partner Center knows by now.
    pub(super) fn only_settles(&self) -> bool {
        self.fields.is_empty() && self.conflicts.is_empty()
    }

    pub(super) fn between(before: &Held, after: &Held) -> Self {
        let (old, new) = (&before.opportunity, &after.opportunity);
        let changed = Field::ALL.into_iter().filter(|field| !field.same(old, new));
        let told = (before.told != after.told).then(|| (before.told.clone(), after.told.clone()));
        Self {
            format: FORMAT,
            fields: changed.map(|field| changed_field(field, old, new)).collect(),
            updated_at: (old.updated_at, new.updated_at),
            base: Members::between(before.base.iter(), after.base.iter()),
            conflicts: Members::between(before.conflicts.iter(), after.conflicts.iter()),
            extra: Members::between(before.extra.iter(), after.extra.iter()),
            told,
        }
    }

    /// Returns whether nothing is different, whenever it was last changed.
    pub(super) const fn is_empty(&self) -> bool {
        self.fields.is_empty()
            && self.base.is_empty()
            && self.conflicts.is_empty()
            && self.extra.is_empty()
            && self.told.is_none()
    }

    /// Returns what became of conflicts, by field. One that ended with theirs is told by the field's own change.
    pub(super) fn conflicts(&self) -> Vec<(Field, Conflict)> {
        let became = |(name, _, new): &(String, Vec<Value>, Vec<Value>)| {
            let field = Field::from_path(name)?;
            let theirs = new.first().map(|claim| claim.get("theirs").unwrap_or(claim).clone());
            Some(match theirs {
                Some(theirs) => (field, Conflict::Raised(theirs)),
                None if self.fields.iter().any(|(changed, ..)| *changed == Named::Known(field)) => return None,
                None if self.base.0.iter().any(|(based, _, new)| based == name && !new.is_empty()) => (field, Conflict::Ours),
                None => (field, Conflict::Over),
            })
        };
        self.conflicts.0.iter().filter_map(became).collect()
    }

    /// Returns old and new of what is told beside the fields: what is not modelled, by its own name, but for what only says how a file
    /// came to be; where there is nothing else, when it was changed last, by the name that has at Partner Center.
    pub(super) fn beside(&self) -> Vec<(Named, Value, Value)> {
        let mut beside: Vec<_> = self.extra.foreign().filter(|(name, ..)| !is_technical(name.path())).collect();
        let (old, new) = self.updated_at;
        if old != new
            && beside.is_empty()
            && self.fields.is_empty()
            && self.base == Members::default()
            && self.conflicts().is_empty()
        {
            beside.push((Named::Foreign("updatedDateTime".into()), old.to_string().into(), new.to_string().into()));
        }
        beside
    }

    /// Returns this change followed by a later one of the same opportunity.
    pub(super) fn then(mut self, later: &Self) -> Self {
        for (field, old, new) in &later.fields {
            match self.fields.iter_mut().find(|(known, ..)| known == field) {
                Some(known) if grows(field) => (known.1, known.2) = grown::then((&known.1, &known.2), (old, new)),
                Some(known) => known.2.clone_from(new),
                None => self.fields.push((field.clone(), old.clone(), new.clone())),
            }
        }
        self.updated_at.1 = later.updated_at.1;
        self.base = self.base.then(&later.base);
        self.conflicts = self.conflicts.then(&later.conflicts);
        self.extra = self.extra.then(&later.extra);
        self.told = match (self.told, &later.told) {
            (Some((old, _)), Some((_, new))) => Some((old, new.clone())),
            (first, None) => first,
            (None, later) => later.clone(),
        };
        self
    }

    /// Sets `held` to what it was before the step.
    pub(super) fn take_back(&self, held: &mut Held) -> Result<(), BadValue> {
        for (field, old, new) in &self.fields {
            match field {
                Named::Known(field) if field.grows() => {
                    let before = grown::taken_back(&field.get(&held.opportunity), (old, new));
                    field.put(&mut held.opportunity, &before)?;
                }
                Named::Known(field) => field.put(&mut held.opportunity, old)?,
                Named::Foreign(_) => {}
            }
        }
        // Where a later step stays, that one was the last.
        held.opportunity.updated_at = self.date_before(held.opportunity.updated_at);
        for (name, value) in self.base.old() {
            let Some(field) = Field::from_path(name) else { continue };
            match value {
                Some(value) => drop(held.base.insert(field, value.clone())),
                None => drop(held.base.remove(&field)),
            }
        }
        for (name, value) in self.conflicts.old() {
            let Some(field) = Field::from_path(name) else { continue };
            match value {
                Some(value) => drop(held.conflicts.insert(field, claim(value, field)?)),
                None => drop(held.conflicts.remove(&field)),
            }
        }
        for (name, value) in self.extra.old() {
            match value {
                Some(value) => drop(held.extra.insert(name.to_owned(), value.clone())),
                None => drop(held.extra.remove(name)),
            }
        }
        if let Some((old, _)) = &self.told {
            held.told.clone_from(old);
        }
        Ok(())
    }

    /// Returns the date before the step of what it dated so; another date is not of it.
    pub(super) fn date_before(&self, date: Timestamp) -> Timestamp {
        if date == self.updated_at.1 { self.updated_at.0 } else { date }
    }

    /// Returns whether the values that the change left are still those that are held, so that taking it back loses nothing later.
    pub(super) fn still_stands(&self, held: &Held) -> bool {
        self.fields.iter().all(|(field, _, new)| match field {
            Named::Known(field) => stands(*field, new, held),
            Named::Foreign(_) => true,
        })
    }

    /// Returns the path of something that the change left otherwise than it is held right after it.
    pub(super) fn differs(&self, held: &Held) -> Option<String> {
        let fields = self.fields.iter().filter(|(name, _, new)| match name {
            Named::Known(field) => !stands(*field, new, held),
            Named::Foreign(_) => false,
        });
        let mut found = fields.map(|(name, ..)| name.path().to_owned());
        let known = |name: &str| Field::from_path(name);
        let base = self.base.0.iter().filter(|(name, _, new)| known(name).is_some_and(|of| held.base.get(&of) != new.first()));
        let conflicts = self.conflicts.0.iter().filter(|(name, _, new)| {
            let claimed = |field| new.first().and_then(|value| claim(value, field).ok());
            known(name).is_some_and(|field| held.conflicts.get(&field) != claimed(field).as_ref())
        });
        let extra = self.extra.0.iter().filter(|(name, _, new)| held.extra.get(name) != new.first());
        found.next().or_else(|| base.chain(conflicts).chain(extra).map(|(name, ..)| name.clone()).next())
    }

    /// Returns whether another change is of something this one changed, too: a value, what Partner Center knows of it, or a conflict.
    /// A later stage lies over everything that may not change in every stage: archived is final.
    pub(super) fn shares_with(&self, other: &Self) -> bool {
        let has_stage = other.fields.iter().any(|(name, ..)| *name == Named::Known(Field::Stage));
        let of_stages = |name: &Named| matches!(name, Named::Known(field) if field.may_change() != MayChange::Always);
        if has_stage && self.fields.iter().any(|(name, ..)| of_stages(name)) {
            return true;
        }
        let fields = |delta: &'_ Self, name: &Named| delta.fields.iter().any(|(field, ..)| field == name && !grows(field));
        let pairs = [(&self.base, &other.base), (&self.conflicts, &other.conflicts), (&self.extra, &other.extra)];
        other.fields.iter().any(|(name, ..)| fields(self, name))
            || pairs.into_iter().any(|(ours, theirs)| theirs.old().any(|(name, _)| ours.old().any(|(known, _)| known == name)))
            || (self.told.is_some() && other.told.is_some())
    }

    /// Returns what of the change is news to others: old and new of the fields that are neither somebody's own nor derived. Of a
    /// stage that is its shared form, whatever deadline we count ourselves.
    pub fn shared(&self) -> Vec<(&Named, Value, Value)> {
        let others = self.fields.iter().filter(|(field, ..)| match field {
            Named::Known(field) => field.scope() == Scope::Shared,
            Named::Foreign(_) => true,
        });
        let told = |field: &Named, value: &Value| match field {
            Named::Known(Field::Stage) => shared_stage(value),
            _ => value.clone(),
        };
        let changed = others.map(|(field, old, new)| (field, told(field, old), told(field, new)));
        changed.filter(|(_, old, new)| old != new).collect()
    }

    /// Returns the change that takes this one back.
    pub(super) fn turned(self) -> Self {
        let turned = |members: Members| Members(members.0.into_iter().map(|(name, old, new)| (name, new, old)).collect());
        Self {
            format: FORMAT,
            fields: self.fields.into_iter().map(|(field, old, new)| (field, new, old)).collect(),
            updated_at: (self.updated_at.1, self.updated_at.0),
            base: turned(self.base),
            conflicts: turned(self.conflicts),
            extra: turned(self.extra),
            told: self.told.map(|(old, new)| (new, old)),
        }
    }

    /// Returns the fields that this version does not know, taken back.
    pub(super) fn foreign_taken_back(self) -> Vec<(Named, Value, Value)> {
        self.turned().fields.into_iter().filter(|(field, ..)| matches!(field, Named::Foreign(_))).collect()
    }
}

/// Returns whether what a change left of a field is what is held of it.
fn stands(field: Field, new: &Value, held: &Held) -> bool {
    match field {
        Field::Stage => {
            let mut told = held.opportunity.clone();
            Field::Stage.put(&mut told, new).is_ok() && told.stage.same_but_for_days(&held.opportunity.stage)
        }
        field if field.grows() => grown::stands(&field.get(&held.opportunity), new),
        field => field.get(&held.opportunity) == *new,
    }
}

/// Returns old and new of a field; of a list that is only added to, the ends that differ.
fn changed_field(field: Field, old: &Opportunity, new: &Opportunity) -> (Named, Value, Value) {
    let (old, new) = (field.get(old), field.get(new));
    let (old, new) = if field.grows() { grown::between(&old, &new) } else { (old, new) };
    (Named::Known(field), old, new)
}

fn grows(field: &Named) -> bool {
    matches!(field, Named::Known(field) if field.grows())
}

/// A deadline that is counted from creation or the first look hangs on a setting and a machine: others count their own.
fn shared_stage(value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(Value::Object(members)) = value.get_mut("respondBy")
        && members.get("basis").and_then(Value::as_str) != Some(Basis::Given.code())
    {
        members.remove("at");
    }
    value
}

fn claim(value: &Value, field: Field) -> Result<Claim, BadValue> {
    Claim::deserialize(value).map_err(|_| BadValue(field.path()))
}

fn plain<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

fn text_of<T: Serialize>(key: &T) -> String {
    match plain(key) {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

pub(super) fn read_delta(text: &str) -> Result<Delta, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Damaged("a change in the history cannot be read".into()))
}

/// The whole of an opportunity that a step made or removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    format: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    uid: Option<Uid>,
    /// Plain values by path.
    pub fields: Map<String, Value>,
    first_seen_at: Timestamp,
    updated_at: Timestamp,
    #[serde(default)]
    made_here: bool,
    #[serde(default)]
    base: Values,
    #[serde(default)]
    conflicts: Claims,
    #[serde(default)]
    extra: Map<String, Value>,
    #[serde(default)]
    told: Told,
    /// The draft that taking back the making of a deal left, so that nothing typed is lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) draft: Option<DraftId>,
}

impl Image {
    pub(super) fn of(held: &Held) -> Self {
        let o = &held.opportunity;
        Self {
            format: FORMAT,
            uid: o.uid.clone(),
            fields: Field::ALL.into_iter().map(|field| (field.path().to_owned(), field.get(o))).collect(),
            first_seen_at: o.first_seen_at,
            updated_at: o.updated_at,
            made_here: held.made_here,
            base: held.base.clone(),
            conflicts: held.conflicts.clone(),
            extra: held.extra.clone(),
            told: held.told.clone(),
            draft: None,
        }
    }

    /// Returns the path of a value that is held otherwise.
    pub(super) fn differs(&self, held: &Held) -> Option<&str> {
        let known = |(path, value): &(&String, &Value)| Field::from_path(path).is_some_and(|field| !stands(field, value, held));
        self.fields.iter().find(known).map(|(path, _)| path.as_str())
    }

    /// Returns its name beyond this machine.
    pub(super) fn uid(&self) -> Option<Uid> {
        let referral = || self.fields.get(Field::ReferralId.path()).and_then(Value::as_str);
        self.uid.clone().or_else(|| referral().and_then(Uid::read))
    }

    /// Returns what was held; its number is for the caller to set.
    pub(super) fn held(&self) -> Result<Held, BadValue> {
        let name = self.fields.get(Field::CustomerName.path()).and_then(Value::as_str).unwrap_or_default();
        let mut opportunity = Opportunity::blank(Line::stored(name.to_owned()), self.first_seen_at);
        for (path, value) in &self.fields {
            if let Some(field) = Field::from_path(path) {
                field.put(&mut opportunity, value)?;
            }
        }
        opportunity.updated_at = self.updated_at;
        opportunity.uid.clone_from(&self.uid);
        Ok(Held {
            opportunity,
            made_here: self.made_here,
            base: self.base.clone(),
            conflicts: self.conflicts.clone(),
            extra: self.extra.clone(),
            told: self.told.clone(),
            fresh: false,
            registration: None,
            in_outbox: None,
            refused: None,
        })
    }
}

/// Reads the whole of an opportunity; earlier versions kept the record itself.
pub(super) fn read_image(text: &str) -> Result<Image, StoreError> {
    #[derive(Deserialize)]
    struct Earlier {
        opportunity: Opportunity,
        extra: Map<String, Value>,
        #[serde(default)]
        draft: Option<DraftId>,
    }
    let damaged = |_| StoreError::Damaged("an opportunity in the history cannot be read".into());
    if let Ok(image) = serde_json::from_str(text) {
        return Ok(image);
    }
    let earlier: Earlier = serde_json::from_str(text).map_err(damaged)?;
    // Only what a rep made left a draft.
    let made_here = earlier.draft.is_some();
    let held = Held { extra: earlier.extra, ..Held::new(earlier.opportunity, made_here) };
    Ok(Image { draft: earlier.draft, ..Image::of(&held) })
}

/// Writes a change or an image as the history keeps it.
pub(super) fn written<T: Serialize>(kept: &T) -> String {
    json!(kept).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deadline::Deadline;
    use crate::domain::opportunity::tests::received;
    use crate::domain::stage::Stage;

    fn changed() -> (Held, Held) {
        let before = Held::new(received(), false);
        let mut after = before.clone();
        after.opportunity.deal.name = Line::parse("ERP").ok();
        after.base.insert(Field::Name, Value::Null);
        after.extra.insert("PartnerID".into(), "47".into());
        (before, after)
    }

    #[test]
    fn a_change_is_read_back_both_ways() {
        let (before, after) = changed();
        let delta = read_delta(&written(&Delta::between(&before, &after))).unwrap();
        assert!(delta.still_stands(&after) && !delta.still_stands(&before));
        let mut held = after.clone();
        delta.take_back(&mut held).unwrap();
        assert_eq!(held, before);
        delta.clone().turned().take_back(&mut held).unwrap();
        assert_eq!(held, after);
    }

    #[test]
    fn a_field_of_a_later_version_is_kept_and_damages_nothing() {
        let text = r#"{"format":2,"fields":[["deal.mood",null,"good"],["deal.name",null,"ERP"]],"updatedAt":[1,2],"unheard":[]}"#;
        let delta = read_delta(text).unwrap();
        assert_eq!(delta.fields[0].0, Named::Foreign("deal.mood".into()));
        let mut held = Held::new(received(), false);
        delta.clone().turned().take_back(&mut held).unwrap();
        assert_eq!(held.opportunity.deal.name, Line::parse("ERP").ok());
        assert_eq!(delta.foreign_taken_back(), [(Named::Foreign("deal.mood".into()), "good".into(), Value::Null)]);
    }

    #[test]
    fn a_change_that_an_earlier_version_wrote_is_read() {
        let text = r#"{"fields":[["deal.name",null,"ERP"]],"updatedAt":[1,2],"base":[{},{"deal.name":null}],
            "conflicts":[{"deal.crmId":"A"},{}],"extra":[{"a":1},{"a":2}]}"#;
        let delta = read_delta(text).unwrap();
        let mut held = Held::new(received(), false);
        delta.clone().turned().take_back(&mut held).unwrap();
        assert_eq!((held.base[&Field::Name].clone(), held.extra["a"].clone()), (Value::Null, 2.into()));
        delta.take_back(&mut held).unwrap();
        assert!(held.base.is_empty() && held.conflicts[&Field::CrmId].theirs == "A" && held.extra["a"] == 1);
    }

    #[test]
    fn nothing_personal_or_derived_is_in_what_is_shared() {
        let before = Held::new(received(), false);
        for field in Field::ALL.into_iter().filter(|field| field.scope() != Scope::Shared) {
            assert_eq!(field, Field::Favorite, "say here how {field:?} changes");
        }
        let mut after = before.clone();
        after.opportunity.favorite = true;
        after.opportunity.stage = after.opportunity.stage.seen_at(after.opportunity.updated_at.plus_days(400));
        assert_eq!(Delta::between(&before, &after).shared(), []);
        after.opportunity.stage =
            Stage::Received { respond_by: Deadline { at: before.opportunity.updated_at.plus_days(90), basis: Basis::Created } };
        assert_eq!(Delta::between(&before, &after).shared(), [], "a deadline that a setting moved");
        after.opportunity.stage = Stage::Accepted { since: None };
        after.opportunity.deal.name = Line::parse("ERP").ok();
        let delta = Delta::between(&before, &after);
        let shared: Vec<&str> = delta.shared().iter().map(|(field, ..)| field.path()).collect();
        assert_eq!(shared, ["stage", "deal.name"]);
    }

    #[test]
    fn what_was_removed_comes_back_whole() {
        let (_, mut after) = changed();
        after.opportunity.uid = Uid::read("00000000-0000-4000-8000-000000000001");
        let image = read_image(&written(&Image::of(&after))).unwrap();
        let mut back = image.held().unwrap();
        (back.opportunity.id, back.opportunity.version) = (after.opportunity.id, after.opportunity.version);
        assert_eq!(back, after);
    }
}

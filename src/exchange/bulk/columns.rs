//! The columns of the bulk CSV, by name in all layouts (2021, 2023, 2025/26), and which of them a file has; not what is in the cells.

pub(in crate::exchange) use crate::domain::fold::bare;
use crate::domain::incoming::ALIKE;
use crate::exchange::refused::REASON;
use crate::exchange::table::Role;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    EngagementId,
    ReferralId,
    DealName,
    CustomerName,
    Line1,
    Line2,
    City,
    State,
    PostalCode,
    Country,
    Duns,
    ContactFirst,
    ContactLast,
    ContactPhone,
    ContactEmail,
    Status,
    Substatus,
    MicrosoftStatus,
    Reason,
    SalesStage,
    Value,
    Currency,
    CloseDate,
    CrmId,
    CampaignId,
    CreatedAt,
    Notes,
    HelpRequired,
    HelpKind,
    Share,
    NotesToMicrosoft,
    Solution,
    TeamMember,
    MicrosoftMember,
    /// Known by name and kept, but not modelled.
    Kept,
    /// Kept as it comes; Partner Center refuses a row that says No.
    Consent,
    /// Why Partner Center took nothing of a row that was uploaded.
    Errors,
    /// Says nothing about the opportunity.
    Passed,
}

use Column as C;

/// The names of all layouts, compared by [`bare`]. `true`: an upload needs it.
const NAMES: [(&str, Column, bool); 58] = [
    ("Errors", C::Errors, false),
    (REASON, C::Passed, false),
    ("Engagement ID", C::EngagementId, false),
    ("Referral ID", C::ReferralId, false),
    ("Deal Name", C::DealName, true),
    ("Customer Name", C::CustomerName, true),
    ("Customer Address Line 1", C::Line1, true),
    ("Customer Address Line 2", C::Line2, false),
    ("Customer City", C::City, true),
    ("Customer State", C::State, false),
    ("Customer Postal code", C::PostalCode, false),
    ("Customer Country", C::Country, true),
    ("Customer D-U-N-S ID", C::Duns, false),
    ("Customer Contact First Name", C::ContactFirst, false),
    ("Customer Contact Last Name", C::ContactLast, false),
    ("Customer Contact Phone number", C::ContactPhone, false),
    ("Customer Contact Email Address", C::ContactEmail, false),
    ("Partner Referral Status", C::Status, true),
    ("Partner Referral Substatus", C::Substatus, true),
    ("Microsoft Referral Status", C::MicrosoftStatus, false),
    ("Microsoft Referral Substatus", C::Kept, false),
    ("Created Date", C::CreatedAt, false),
    ("Estimated ACR Value", C::Kept, false),
    ("Matched Category", C::Kept, false),
    ("Confidence", C::Kept, false),
    ("PartnerID", C::Kept, false),
    ("Declined/Lost reason", C::Reason, false),
    ("Declined/Lost/Error reason", C::Reason, false),
    ("Decline/Lost/Error reason", C::Reason, false),
    ("Sales Stage", C::SalesStage, false),
    ("Estimated Deal Value", C::Value, true),
    ("Currency", C::Currency, true),
    ("Estimated Close Date", C::CloseDate, true),
    ("CRM ID", C::CrmId, false),
    ("Marketing Campaign ID", C::CampaignId, false),
    ("Notes", C::Notes, false),
    ("Microsoft help required?", C::HelpRequired, false),
    ("What specific help from Microsoft?", C::HelpKind, false),
    ("Share with Microsoft sales team", C::Share, false),
    ("Notes to Microsoft", C::NotesToMicrosoft, false),
    ("Consent to share Customer/Partner contact", C::Consent, false),
    ("CLA Number", C::Kept, false),
    ("Device Category", C::Kept, false),
    ("Silicon Type", C::Kept, false),
    ("Azure Certified Device", C::Kept, false),
    ("Attach Services", C::Kept, false),
    ("Microsoft MSX ID", C::Kept, false),
    ("Migrated PSC Deal ID", C::Kept, false),
    ("PartnerID (formerly MPN ID)", C::Kept, false),
    ("Marketplace Purchase Intent", C::Kept, false),
    ("Customer Domain Name", C::Kept, false),
    ("Final Matched Customer Account", C::Kept, false),
    ("Managed Account 1 & 2", C::Kept, false),
    ("Unmanaged Account 1 & 2", C::Kept, false),
    ("DUNS Account", C::Kept, false),
    ("Solution", C::Solution, false),
    ("Team member", C::TeamMember, false),
    ("Microsoft team member", C::MicrosoftMember, false),
];

/// What no row can do without, whatever else the file lacks.
const NEEDED: [(Column, &str); 3] =
    [(C::CustomerName, "Customer Name"), (C::Status, "Partner Referral Status"), (C::Substatus, "Partner Referral Substatus")];

/// How the names of the columns of account matching begin; there are several of each.
const MATCHING: [&str; 5] =
    ["finalmatchedcustomeraccount", "managedaccount", "unmanagedaccount", "moodysaccountmatch", "dunsaccount"];

/// Returns what a column name stands for. Solutions and people are numbered.
pub(super) fn known(name: &str) -> Option<(Column, bool)> {
    let whole = bare(name);
    let plain = whole.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = |column: Column| matches!(column, C::Solution | C::TeamMember | C::MicrosoftMember);
    let is = |known: &str, column: Column| is_bare_of(known, if numbered(column) { plain } else { whole.as_str() });
    let found = NAMES.into_iter().find(|(known, column, _)| is(known, *column)).map(|(_, column, needed)| (column, needed));
    found.or_else(|| MATCHING.iter().any(|beginning| whole.starts_with(beginning)).then_some((C::Kept, false)))
}

/// Returns whether a name of [`NAMES`] is this one, as [`bare`] has it; without a copy, since each row of an upload is read by its heads.
fn is_bare_of(known: &str, name: &str) -> bool {
    known.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()).eq(name.bytes())
}

/// Returns whether a column belongs to the bulk CSV and to no other file.
pub(in crate::exchange) fn knows(name: &str) -> bool {
    known(name).is_some_and(|(column, _)| !matches!(column, C::Passed))
}

/// Returns what the numbers of a column are.
pub(in crate::exchange) fn role(name: &str) -> Role {
    match known(name) {
        Some((C::Value, _)) => Role::Amount,
        Some((C::PostalCode, _)) => Role::Code,
        _ => Role::Other,
    }
}

/// The columns of one file, in its order.
#[derive(Debug)]
pub(super) struct Columns {
    /// The names as they came, with what they stand for and whether a row needs it.
    all: Vec<(String, Option<(Column, bool)>)>,
}

impl Columns {
    /// Reads a header.
    ///
    /// # Errors
    /// The needed columns that are not there.
    pub(super) fn of(header: &csv::StringRecord) -> Result<Self, Vec<&'static str>> {
        let columns = Self { all: header.iter().map(|name| (name.to_owned(), known(name))).collect() };
        let has = |column| columns.first(column).is_some();
        let mut missing: Vec<&'static str> =
            NEEDED.into_iter().filter(|(column, _)| !has(*column)).map(|(_, name)| name).collect();
        if !has(C::ReferralId) && !has(C::DealName) {
            missing.push("Referral ID");
        }
        if missing.is_empty() { Ok(columns) } else { Err(missing) }
    }

    pub(super) const fn len(&self) -> usize {
        self.all.len()
    }

    /// Returns where a column is; of a numbered one the first.
    pub(super) fn first(&self, column: Column) -> Option<usize> {
        self.each(column).next()
    }

    /// Returns where all columns of a numbered kind are.
    pub(super) fn each(&self, column: Column) -> impl Iterator<Item = usize> {
        self.all
            .iter()
            .enumerate()
            .filter(move |(_, (_, known))| known.is_some_and(|(known, _)| known == column))
            .map(|(index, _)| index)
    }

    /// Returns the name of the column at `index` as it came.
    pub(super) fn name(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |(name, _)| name.as_str())
    }

    /// Returns what the column at `index` is, whatever layout its name is of, and what it stands for where that is known; nothing of one
    /// that says nothing of a deal.
    pub(super) fn meaning(&self, index: usize) -> Option<(String, Option<Column>)> {
        let (name, known) = self.all.get(index)?;
        let column = known.map(|(column, _)| column);
        let numbered = |column: Column| self.each(column).position(|at| at == index).map(|at| format!("{column:?}{at}"));
        match column {
            Some(C::Passed) => None,
            Some(C::Solution | C::TeamMember | C::MicrosoftMember) => numbered(column?).map(|name| (name, column)),
            None if name.is_empty() => Some((format!("Column {}", index + 1), None)),
            None | Some(C::Kept | C::Consent | C::Errors) => {
                let name = bare(name);
                let is_alike = ALIKE.iter().any(|alike| bare(alike) == name);
                Some((if is_alike { bare(ALIKE[0]) } else { name }, column))
            }
            Some(modelled) => Some((format!("{modelled:?}"), column)),
        }
    }

    /// Returns where the columns are that no row of an upload may leave empty.
    pub(super) fn needed(&self) -> impl Iterator<Item = usize> {
        self.all.iter().enumerate().filter(|(_, (_, known))| matches!(known, Some((_, true)))).map(|(index, _)| index)
    }

    /// Returns the names of the columns that nobody knows.
    pub(super) fn unknown(&self) -> impl Iterator<Item = &str> {
        self.all.iter().filter(|(name, known)| known.is_none() && !name.is_empty()).map(|(name, _)| name.as_str())
    }

    /// Returns the columns whose head is empty, with what they are called here: their number in the file, the first being 1.
    pub(super) fn nameless(&self) -> impl Iterator<Item = (usize, String)> {
        let all = self.all.iter().enumerate();
        all.filter(|(_, (name, _))| name.is_empty()).map(|(index, _)| (index, format!("Column {}", index + 1)))
    }

    /// Returns the columns that are kept as they come, with where they are.
    pub(super) fn kept(&self) -> impl Iterator<Item = (usize, &str)> {
        let kept = |name: &str, known: Option<(Column, bool)>| {
            known.map_or(!name.is_empty(), |(column, _)| matches!(column, C::Kept | C::Consent | C::Errors))
        };
        let all = self.all.iter().enumerate();
        all.filter(move |(_, (name, known))| kept(name, *known)).map(|(index, (name, _))| (index, name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_their_letters_and_digits_are() {
        for (known, ..) in NAMES {
            let name = bare(known);
            assert!(
                is_bare_of(known, &name) && !is_bare_of(known, &format!("{name}x")) && !is_bare_of(known, &name[1..]),
                "{known}"
            );
        }
    }

    #[test]
    fn numbered_columns_are_found_in_their_order_and_unknown_ones_are_kept() {
        let header = ["Customer Name", "Solution 2", "Mood", "", "Solution1", "CLA Number", REASON];
        let told = ["Partner Referral Status", "Partner Referral Substatus", "Deal Name"];
        let columns = Columns::of(&header.into_iter().chain(told).collect()).unwrap();
        assert_eq!(columns.each(C::Solution).collect::<Vec<_>>(), [1, 4]);
        assert_eq!((columns.first(C::Solution), columns.first(C::CrmId)), (Some(1), None));
        assert_eq!(columns.unknown().collect::<Vec<_>>(), ["Mood"]);
        assert_eq!(columns.kept().collect::<Vec<_>>(), [(2, "Mood"), (5, "CLA Number")]);
        assert_eq!(columns.nameless().collect::<Vec<_>>(), [(3, "Column 4".to_owned())]);
        assert_eq!(columns.needed().collect::<Vec<_>>(), [0, 7, 8, 9]);
    }

    #[test]
    fn what_no_row_can_do_without_is_missed() {
        let missing = Columns::of(&csv::StringRecord::from(vec!["Currency", "Customer Name"])).err();
        assert_eq!(missing, Some(vec!["Partner Referral Status", "Partner Referral Substatus", "Referral ID"]));
    }

    #[test]
    fn the_template_that_moved_on_is_known_by_its_names() {
        for (name, column) in [
            ("What specific help from Microsoft ?", C::HelpKind),
            ("Decline/Lost/Error reason", C::Reason),
            ("Customer D-U-N-S id", C::Duns),
            ("Microsoft MSX Id", C::Kept),
            ("Created Date", C::CreatedAt),
            ("Estimated ACR Value", C::Kept),
            ("UnManaged Account Match 2", C::Kept),
            ("Moodys Account Match 1", C::Kept),
            ("Final Matched Customer Account DUNS", C::Kept),
            ("\u{feff}deal  NAME *", C::DealName),
            ("Team Member 12", C::TeamMember),
        ] {
            assert_eq!(known(name).map(|(column, _)| column), Some(column), "{name}");
        }
        assert_eq!(known("Mood"), None);
    }

    #[test]
    fn what_import_remarks_on_is_what_the_rules_of_an_upload_require() {
        use crate::domain::preflight::{ALWAYS_THERE, RULES, Severity, When};
        let required = |name: &str| {
            let is_missed = |column: &str| column == name && !matches!(name, "Solution 1" | "Team member 1");
            RULES.iter().any(|rule| rule.severity == Severity::Error && rule.when == When::Worked && is_missed(rule.column))
        };
        for (name, column, needed) in NAMES {
            assert_eq!(needed, required(name) || ALWAYS_THERE.contains(&name), "{name}");
            // Every column that a rule names is one of the file's.
            assert!(!needed || known(name).is_some_and(|(known, _)| known == column));
        }
        let strange = RULES.iter().map(|rule| rule.column).find(|column| !column.is_empty() && known(column).is_none());
        assert_eq!(strange, None);
    }
}

//! The layouts of an upload file: which columns Partner Center wants, under which names and in which order; what is in a row is `write.rs`.

use crate::domain::preflight::Layout;

/// Returns the names of the columns but for the numbered ones, in their order.
const fn names(layout: Layout) -> &'static [&'static str] {
    match layout {
        Layout::Y2021 => &Y2021,
        Layout::Y2023 => &Y2023,
        Layout::Y2026 => &Y2026,
    }
}

/// Returns the whole head: the names, and so many numbered columns of solutions, of our people and of Microsoft's.
pub(in crate::exchange) fn head(layout: Layout, solutions: usize, people: usize, sellers: usize) -> Vec<String> {
    let numbered = |name: &'static str, count: usize| (1..=count).map(move |number| format!("{name} {number}"));
    // The oldest one has no place for the sellers.
    let sellers = if layout == Layout::Y2021 { 0 } else { sellers };
    let plain = names(layout).iter().map(|name| (*name).to_owned());
    let numbers = numbered("Solution", solutions.max(1)).chain(numbered("Team member", people.max(1)));
    plain.chain(numbers).chain(numbered("Microsoft team member", sellers)).collect()
}

const Y2021: [&str; 32] = [
    "Errors",
    "Engagement ID",
    "Referral ID",
    "Deal Name",
    "Customer Name",
    "Customer Address Line 1",
    "Customer Address Line 2",
    "Customer City",
    "Customer State",
    "Customer Postal Code",
    "Customer Country",
    "Customer D-U-N-S ID",
    "Customer Contact First Name",
    "Customer Contact Last Name",
    "Customer Contact Phone number",
    "Customer Contact Email Address",
    "Partner Referral Status",
    "Partner Referral Substatus",
    "Microsoft Referral Status",
    "Declined/Lost reason",
    "Sales Stage",
    "Estimated Deal Value",
    "Currency",
    "Estimated Close Date",
    "CRM ID",
    "Marketing Campaign ID",
    "Notes",
    "Microsoft help required?",
    "What specific help from Microsoft?",
    "Share with Microsoft sales team",
    "Notes to Microsoft",
    "Consent to share Customer/Partner contact",
];

const Y2023: [&str; 46] = [
    "Errors",
    "Engagement ID",
    "Referral ID",
    "Deal Name",
    "Customer Name",
    "Customer Address Line 1",
    "Customer Address Line 2",
    "Customer City",
    "Customer State",
    "Customer Postal code",
    "Customer Country",
    "Customer D-U-N-S ID",
    "Customer Contact First Name",
    "Customer Contact Last Name",
    "Customer Contact Phone number",
    "Customer Contact Email Address",
    "Partner Referral Status",
    "Partner Referral Substatus",
    "Microsoft Referral Status",
    "Declined/Lost/Error reason",
    "Sales Stage",
    "Estimated Deal Value",
    "Currency",
    "Estimated Close Date",
    "CRM ID",
    "Marketing Campaign ID",
    "Notes",
    "Microsoft help required?",
    "What specific help from Microsoft?",
    "Share with Microsoft sales team",
    "Notes to Microsoft",
    "Consent to share Customer/Partner contact",
    "CLA Number",
    "Device Category",
    "Silicon Type",
    "Azure Certified Device",
    "Attach Services",
    "Microsoft MSX ID",
    "Migrated PSC Deal ID",
    "PartnerID (formerly MPN ID)",
    "Marketplace Purchase Intent",
    "Customer Domain Name",
    "Final Matched Customer Account",
    "Managed Account 1 & 2",
    "Unmanaged Account 1 & 2",
    "DUNS Account",
];

const Y2026: [&str; 54] = [
    "Errors",
    "Engagement ID",
    "Referral ID",
    "Deal Name",
    "Customer Name",
    "Customer Address Line 1",
    "Customer Address Line 2",
    "Customer City",
    "Customer State",
    "Customer Postal code",
    "Customer Country",
    "Customer D-U-N-S id",
    "Customer Contact First Name",
    "Customer Contact Last Name",
    "Customer Contact Phone number",
    "Customer Contact Email Address",
    "Partner Referral Status",
    "Partner Referral Substatus",
    "Microsoft Referral Status",
    "Microsoft Referral Substatus",
    "Decline/Lost/Error reason",
    "Sales Stage",
    "Estimated Deal Value",
    "Estimated ACR Value",
    "Currency",
    "Estimated Close Date",
    "Created Date",
    "CRM ID",
    "Marketing Campaign ID",
    "Notes",
    "Microsoft help required?",
    "What specific help from Microsoft ?",
    "Share with Microsoft sales team",
    "Notes to Microsoft",
    "Consent to share Customer/Partner contact",
    "CLA Number",
    "Device Category",
    "Silicon Type",
    "Azure Certified Device",
    "Attach Services",
    "Microsoft MSX Id",
    "Migrated PSC Deal Id",
    "PartnerID",
    "Marketplace Purchase Intent",
    "Customer Domain Name",
    "Final Matched Customer Account *",
    "Matched Category",
    "Confidence",
    "Managed Account Match 1",
    "Managed Account Match 2",
    "UnManaged Account Match 1",
    "UnManaged Account Match 2",
    "Moodys Account Match 1",
    "Moodys Account Match 2",
];

#[cfg(test)]
mod tests {
    use super::super::columns::knows;
    use super::*;

    #[test]
    fn every_column_of_every_layout_is_one_that_an_import_knows() {
        for layout in Layout::ALL {
            for name in head(layout, 2, 2, 1) {
                assert!(knows(&name), "{name} of {}", layout.code());
            }
        }
    }

    #[test]
    fn numbered_columns_are_as_many_as_the_rows_need_and_at_least_one() {
        let oldest = head(Layout::Y2021, 0, 2, 3);
        assert_eq!(oldest.len(), 35, "the oldest template knows no sellers");
        assert_eq!(&oldest[32..], ["Solution 1", "Team member 1", "Team member 2"]);
        assert_eq!(head(Layout::Y2023, 1, 1, 1).last().map(String::as_str), Some("Microsoft team member 1"));
    }
}

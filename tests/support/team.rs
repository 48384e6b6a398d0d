//! A team with a past: deals of three years as a file of Partner Center, enough to learn from.

use cosell::domain::date::Date;

/// Customers of the deals, one after the other.
const CUSTOMERS: [&str; 4] = ["한빛정밀", "Northwind", "サクラ物流", "Contoso"];

/// Every third day until 21 November 2026 a deal is accepted; two of three are won after 30 to 60 days, the third is lost. Each is of
/// `value` in `currency`, with a country for half of them.
pub fn team(value: u64, currency: &str) -> String {
    let today = Date::iso("2026-11-20").unwrap();
    let deals: Vec<String> = (0..360).map(|at| deal(at, today, value, currency)).collect();
    format!("[{}]", deals.join(","))
}

fn deal(at: i64, today: Date, value: u64, currency: &str) -> String {
    let began = (359 - at) * 3 + 1;
    let over = began - 30 - at * 7 % 31;
    let day = |ago: i64| format!("{}T09:00:00Z", today.plus_days(-ago));
    let status = match at % 3 {
        _ if over < 0 => r#""status":"Active","substatus":"Accepted""#.to_owned(),
        outcome => {
            let outcome = if outcome == 0 { "Lost" } else { "Won" };
            format!(r#""status":"Closed","substatus":"{outcome}","closedDateTime":"{}""#, day(over))
        }
    };
    let updated = if over < 0 { began } else { over };
    let stage = ["10", "20", "40", "60", "80"][usize::try_from(at % 5).unwrap()];
    let customer = CUSTOMERS[usize::try_from(at % 4).unwrap()];
    let country = if at % 2 == 0 { "KR" } else { "US" };
    format!(
        r#"{{"id":"0b7e5a10-0000-4000-8000-{at:012}",{status},"direction":"Incoming","createdDateTime":"{0}","acceptedDateTime":"{0}",
        "updatedDateTime":"{1}","name":"ERP {at}","salesStage":"{stage}",
        "customerProfile":{{"name":"{customer}","address":{{"country":"{country}"}}}},
        "details":{{"dealValue":{value},"currency":"{currency}","closingDateTime":"{2}"}},
        "inviteContext":{{"invitedBy":{{"organizationId":"msft"}}}}}}"#,
        day(began),
        day(updated),
        day(began - 60),
    )
}

//! Tests of files of leads: read, refused by line, written back, read again.

use super::*;
use crate::exchange::input::Reading;

const HEADS: &str = "Errors,Referral ID,Lead Name,Customer Name,Customer Country,Lead Status,Lead Substatus,Estimated Lead Value,\
                     Lead Currency,Created Date,Customer Contact Name,Customer Contact Email,Heart";

/// Leads with their lines, and refused rows with what is wrong with them.
type Rows<T> = Vec<(u64, T)>;

fn file(name: &str, text: &str) -> (Rows<Lead>, Rows<Complaints>, LeadsFile) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let mut refused = Vec::new();
    let input = Input::open(&path, Reading::default()).unwrap();
    let mut told = |row: &RefusedRow<'_>| refused.push((row.line, row.complaints.clone()));
    let file = read(input, &mut told).unwrap();
    (file.leads.clone(), refused, file)
}

#[test]
fn mg_83_rows_of_the_download_become_leads_and_wrong_ones_are_told_by_line() {
    let text = format!(
        "{HEADS}\n\
         ,L-1,재고 관리,한빛정밀,South Korea,New,Received,\"1,250,000\",KRW,03/14/2026,김 민준,m@hanbit.example,yes\n\
         ,L-2,,,Atlantis,Perhaps,,much,USD,13/45/2026,,,\n\
         ,,Nameless,,,New,,,,,,,\n\
         ,L-1,Again,,,New,,,,,,,\n"
    );
    let (leads, refused, file) = file("leads.csv", &text);
    assert_eq!((leads.len(), file.kind, file.unknown), (1, LeadFile::Bulk, vec!["Heart".to_owned()]));
    let (line, lead) = &leads[0];
    let part = |part| lead.text(part);
    assert_eq!((*line, lead.id.as_str(), lead.title(), lead.stage()), (2, "L-1", "재고 관리", LeadStage::Received));
    assert_eq!((part(P::Country), part(P::Value), part(P::Created)), ("KR", "1250000", "2026-03-14"));
    assert_eq!(lead.kept().collect::<Vec<_>>(), [("Heart", "yes")]);
    let told: Vec<(u64, Vec<&str>)> = refused.iter().map(|(l, all)| (*l, all.iter().map(|c| c.why.code()).collect())).collect();
    let wrong = vec!["unknown-country", "not-a-date", "not-an-amount", "unknown-status"];
    assert_eq!(told, [(3, wrong), (4, vec!["missing"]), (5, vec!["twice"])]);
}

#[test]
fn mg_83_marks_that_show_nothing_are_left_out_of_each_cell_of_a_lead_and_counted() {
    let z = '\u{200b}';
    let row =
        format!(",{z}L-1,{z}ERP,{z}한빛정밀,{z}KR,{z}New,Received{z},1000{z},{z}KRW,03/14/2026{z},김 민준,m@hanbit.example,yes");
    let (leads, refused, file) = file("leads.csv", &format!("{HEADS}\n{row}\n"));
    assert_eq!((refused.len(), file.cleaned.unseen), (0, 9));
    let part = |part| leads[0].1.text(part);
    assert_eq!([part(P::Name), part(P::Customer), part(P::Country), part(P::Created)], ["ERP", "한빛정밀", "KR", "2026-03-14"]);
    assert_eq!((leads[0].1.id.to_string(), leads[0].1.stage()), ("L-1".to_owned(), LeadStage::Received));
}

#[test]
fn mg_83_the_nineteen_columns_of_the_analysis_are_known() {
    let heads = "Referral ID,Creation Date,Updated Date,PartnerID,Customer Country,Customer City,Customer Name,Lead Type,Lead Source,\
                 Call to action,Referral program,Business profile ID,Offer ID,Offer name,Lead currency,Lead value,Lead value (USD),\
                 Status,Status Reason";
    let row = "L-9,2026-03-01,2026-03-02,123,Japan,Tokyo,株式会社青空,Offer lead,AppSource,Get it now,,,off-1,ERP,JPY,500000,3300,Closed,Lost";
    let (leads, refused, file) = file("leads.csv", &format!("{heads}\n{row}\n"));
    assert_eq!((refused.len(), file.kind), (0, LeadFile::Insights));
    let lead = &leads[0].1;
    assert_eq!((lead.text(P::Type), lead.text(P::Source), lead.text(P::CallToAction)), ("offer", "AppSource", "Get it now"));
    assert_eq!((lead.stage(), lead.text(P::Reason)), (LeadStage::Closed, "Lost"));
    assert_eq!(file.unknown, ["PartnerID", "Business profile ID", "Lead value (USD)"]);
}

#[test]
fn mg_83_leads_go_back_in_their_columns_a_thousand_to_a_file_and_over_none() {
    let rows: String = (0..1_001).map(|n| format!(",L-{n},=1+1,A,KR,New,Received,,,03/14/2026,,,x\n")).collect();
    let (leads, ..) = file("leads.csv", &format!("{HEADS}\n{rows}"));
    let mut leads: Vec<Lead> = leads.into_iter().map(|(_, lead)| lead).collect();
    leads.iter_mut().for_each(|lead| lead.step(&crate::domain::lead::LeadStep::Accept).unwrap());
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("leads-1.csv"), "ours").unwrap();
    let made = Timestamp::from_micros(0);
    let files = write(folder.path(), "leads", &leads, UploadFormat::Csv, made).unwrap();
    assert_eq!(files.iter().map(|file| file.ids.len()).collect::<Vec<_>>(), [1_000, 1]);
    drop(files);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half is left");
    let files = write(folder.path(), "leads", &leads[..1], UploadFormat::Csv, made).unwrap();
    let path = files.into_iter().next().unwrap().keep().unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().nth(1), Some(",L-0,=1+1,A,KR,Active,Accepted,,,03/14/2026,,,x"));
    assert!(path.ends_with("leads-2.csv"));
    let files = write(folder.path(), "leads", &leads[..1], UploadFormat::Xlsx, made).unwrap();
    let path = files.into_iter().next().unwrap().keep().unwrap();
    let again = read(Input::open(&path, Reading::default()).unwrap(), &mut |_: &RefusedRow<'_>| {}).unwrap();
    assert_eq!(again.leads[0].1.stage(), LeadStage::Accepted);
}

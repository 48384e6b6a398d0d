//! Leads as a room: of each its name and customer, where it stands and what is open about it; everything about the opened one below it.

use ratatui::layout::Rect;

use super::around::{Head, Row, around, paint, under};
use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::desk::room::Leads;
use crate::domain::lead::{Lead, LeadPart};
use crate::width::{cut, width, wrap};

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Leads) -> Option<(u16, u16)> {
    let leads: Vec<&Lead> = room.shown().collect();
    let (title, summary) = (model.say.leads_room_title(), model.leads_summary(room));
    let head = Head { title: &title, cursor: room.cursor.0, count: leads.len(), summary: &summary };
    let (body, wide) = under(&head, model, canvas, area);
    if leads.is_empty() {
        return Some((body.x + 1, area.y + 1));
    }
    let rows = around(room.cursor.0, leads.len(), usize::from(body.height), |at| {
        let opened = room.opened && at == room.cursor.0;
        leads.get(at).map(|lead| lead_rows(model, lead, at, wide, opened)).unwrap_or_default()
    });
    paint(canvas, body, room.cursor.0, &rows)
}

fn lead_rows(model: &Model, lead: &Lead, at: usize, wide: usize, opened: bool) -> Vec<Row> {
    let say = &model.say;
    let day = |date| model.lead_day(date);
    let row = |text: String, role| Row::new(Some(at), text, role);
    let text = |part| if lead.text(part).is_empty() { None } else { Some(say.lead_text(lead, part, &day)) };
    let dot = " · ";
    let customer = text(LeadPart::Customer).filter(|name| name != lead.title());
    let named = [Some(lead.title().to_owned()), customer].into_iter().flatten().collect::<Vec<_>>().join(dot);
    let came = text(LeadPart::Created).unwrap_or_default();
    let mut rows = vec![row(cut(&named, wide.saturating_sub(width(&came) + 2)).into_owned(), Role::Text).right(came)];
    let state = Some(say.lead_state(lead, &day)).filter(|state| !state.is_empty());
    let facts =
        [Some(say.stage_of_lead(lead.stage())), state, text(LeadPart::Type), text(LeadPart::Source), text(LeadPart::Value)];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(dot);
    rows.extend(wrap(&facts, wide.saturating_sub(2)).into_iter().map(|text| row(format!("  {text}"), Role::Muted)));
    if opened {
        let lines = say.lead_lines(lead, &day).into_iter().skip(1);
        let lines = lines.flat_map(|line| wrap(&line, wide.saturating_sub(4)));
        rows.extend(lines.map(|text| row(format!("    {text}"), Role::Text)));
    }
    rows
}

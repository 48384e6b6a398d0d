//! Customers as a room: of each its name, the deals there are with it, and below where it is.

use ratatui::layout::Rect;

use super::around::{Head, Row, around, narrowed, paint, under};
use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::desk::room::Customers;
use crate::store::ListedCustomer;
use crate::width::{cut, width, wrap};

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Customers) -> Option<(u16, u16)> {
    let (title, summary) = (model.say.customers_room_title(), model.customers_summary(room));
    let head = Head { title: &title, cursor: room.cursor.0, count: room.listed.len(), summary: &summary };
    let (mut body, wide) = under(&head, model, canvas, area);
    let mut typing = None;
    if room.narrows || !room.typed.text().is_empty() {
        typing = narrowed(canvas, body, &room.typed, room.narrows);
        body = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    }
    if room.listed.is_empty() {
        return typing.or(Some((body.x + 1, area.y + 1)));
    }
    let rows = around(room.cursor.0, room.listed.len(), usize::from(body.height), |at| {
        room.listed.get(at).map(|listed| rows_of(model, listed, at, wide)).unwrap_or_default()
    });
    let cursor = paint(canvas, body, room.cursor.0, &rows);
    typing.or(cursor)
}

fn rows_of(model: &Model, listed: &ListedCustomer, at: usize, wide: usize) -> Vec<Row> {
    let row = |text: String, role| Row::new(Some(at), text, role);
    let deals = cut(&model.say.customer_deals(listed), wide / 2).into_owned();
    let name = cut(listed.known.name.as_str(), wide.saturating_sub(width(&deals) + 2)).into_owned();
    let facts = model.customer_facts(&listed.known).join(" · ");
    let facts = wrap(&facts, wide.saturating_sub(2)).into_iter().filter(|text| !text.is_empty());
    let facts = facts.map(|text| row(format!("  {text}"), Role::Muted));
    std::iter::once(row(name, Role::Text).right(deals)).chain(facts).collect()
}

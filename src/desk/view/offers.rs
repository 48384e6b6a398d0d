//! Offers as a room: of each its name, status and what is missing for the next; everything about the opened one below it.

use ratatui::layout::Rect;

use super::around::{Head, Row, around, narrowed, paint, under};
use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::desk::room::Offers;
use crate::store::KeptOffer;
use crate::width::{cut, width};

/// Paints the room; returns where the cursor stands.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: &Offers) -> Option<(u16, u16)> {
    let offers: Vec<&KeptOffer> = room.shown().collect();
    let (title, summary) = (model.say.offers_room_title(), model.offers_summary(room));
    let head = Head { title: &title, cursor: room.cursor.0, count: offers.len(), summary: &summary };
    let (mut body, wide) = under(&head, model, canvas, area);
    let mut typing = None;
    if room.is_narrowed() {
        typing = narrowed(canvas, body, &room.typed, room.narrows);
        body = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    }
    if offers.is_empty() {
        return typing.or(Some((body.x + 1, area.y + 1)));
    }
    let rows = around(room.cursor.0, offers.len(), usize::from(body.height), |at| {
        let opened = room.opened && at == room.cursor.0;
        offers.get(at).map(|kept| offer_rows(model, room, kept, at, wide, opened)).unwrap_or_default()
    });
    let cursor = paint(canvas, body, room.cursor.0, &rows);
    typing.or(cursor)
}

fn offer_rows(model: &Model, room: &Offers, kept: &KeptOffer, at: usize, wide: usize, opened: bool) -> Vec<Row> {
    let offer = &kept.offer;
    let row = |text: String, role| Row::new(Some(at), text, role);
    let status = cut(&model.offer_status(room, offer), wide / 2).into_owned();
    let name = cut(offer.name.as_str(), wide.saturating_sub(width(&status) + 2)).into_owned();
    let (short, whole) = model.offer_text(room, kept, wide);
    let (shown, hidden) = (if opened { whole.len() } else { 0 }, if at == room.cursor.0 { room.scroll } else { 0 });
    let short = short.into_iter().map(|text| row(text, Role::Muted));
    let under = short.chain(whole.into_iter().take(shown).map(|text| row(text, Role::Text)));
    // The name stays where the rest is scrolled.
    [row(name, Role::Text).right(status)].into_iter().chain(under.skip(hidden)).collect()
}

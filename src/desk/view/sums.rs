//! The line below the list: how many deals are shown or marked, and what they come to, currency by currency.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::desk::model::Model;
use crate::width::width;

/// Paints the line.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, line: Rect) {
    let say = &model.say;
    let (count, role) = if model.marks.is_empty() {
        (model.shown().map(|shown| say.desk_shown(say.number(shown))), Role::Muted)
    } else {
        (Some(say.desk_marked(model.marks.len())), Role::Text)
    };
    let Some(count) = count else { return };
    let totals = model.sums().map(|sums| sums.totals()).unwrap_or_default();
    let totals = totals.iter().map(|total| say.money_short(total.currency, total.minor));
    let parts: Vec<String> = [count].into_iter().chain(totals).collect();
    let without = model.sums().map_or(0, |sums| sums.without_value);
    let without = (without > 0).then(|| say.desk_without_value(say.number(without)));
    let dot = format!(" {} ", canvas.signs().dot);
    let text = fit(&parts, without.as_deref(), &dot, usize::from(line.width.saturating_sub(2)));
    canvas.text(line, 1, 0, &text, role);
}

/// Joins what there is room for; what is left out is told by an ellipsis. How many have no value stands where all the rest does.
fn fit(parts: &[String], without: Option<&str>, dot: &str, room: usize) -> String {
    let all = parts.join(dot);
    let with = without.map(|without| format!("{all}{dot}{without}"));
    if let Some(text) = with.into_iter().chain([all]).find(|text| width(text) <= room) {
        return text;
    }
    let shorter = (1..parts.len()).rev().map(|kept| format!("{}{dot}…", parts[..kept].join(dot)));
    shorter.into_iter().find(|text| width(text) <= room).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn what_does_not_fit_is_left_out_from_the_right() {
        let parts = ["26 shown", "$ 1.2M", "₩ 1.03B", "¥ 89M"].map(str::to_owned);
        for (room, text) in [
            (80, "26 shown · $ 1.2M · ₩ 1.03B · ¥ 89M · 2 without a value"),
            (55, "26 shown · $ 1.2M · ₩ 1.03B · ¥ 89M · 2 without a value"),
            (54, "26 shown · $ 1.2M · ₩ 1.03B · ¥ 89M"),
            (35, "26 shown · $ 1.2M · ₩ 1.03B · ¥ 89M"),
            (34, "26 shown · $ 1.2M · ₩ 1.03B · …"),
            (31, "26 shown · $ 1.2M · ₩ 1.03B · …"),
            (30, "26 shown · $ 1.2M · …"),
            (12, "26 shown · …"),
            (11, ""),
        ] {
            assert_eq!(fit(&parts, Some("2 without a value"), " · ", room), text, "{room}");
        }
        assert_eq!(fit(&parts[..1], None, " · ", 8), "26 shown");
    }
}

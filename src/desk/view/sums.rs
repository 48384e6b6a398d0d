//! The line below the list: how many deals are shown or marked, and what they come to, currency by currency and in the home currency.

use chrono::Datelike as _;
use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::look::Role;
use crate::desk::keys::Action;
use crate::desk::model::Model;
use crate::desk::zones::Hit;
use crate::domain::sums::Home;
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
    let home = model.home_sums().map(|home| in_home(model, home, canvas.signs().about, &dot));
    let room = usize::from(line.width.saturating_sub(2));
    let more = say.sums_more(model.keys.key_name(Action::Sums));
    let text = fit(&parts, home.as_deref(), without.as_deref(), (&dot, &more), room);
    let wide = canvas.text(line, 1, 0, &text, role);
    canvas.click(line, 1, 0, wide, Hit::Do(Action::Sums));
}

/// Says what all come to in the home currency and how old the rates are at most; where a currency has none, that instead.
fn in_home(model: &Model, home: &Home, about: &str, dot: &str) -> String {
    let say = &model.say;
    let Some(minor) = home.whole() else {
        let codes: Vec<&str> = home.missing.iter().take(MISSING).map(|currency| currency.code()).collect();
        let more = if home.missing.len() > MISSING { ", …" } else { "" };
        return format!("{dot}{}", say.sums_no_rate(format!("{}{more}", codes.join(", "))));
    };
    let amount = format!("{about} {}", say.money_short(home.currency, minor));
    let this_year = model.now.today.naive().year();
    let text = home.oldest.map_or_else(|| amount.clone(), |on| say.sums_home(&amount, say.day(on.naive(), this_year)));
    format!(" {text}")
}

/// So many currencies without a rate are named.
const MISSING: usize = 3;

/// Joins what there is room for; where something is left out `more` says so, and the key that tells all of it. What all come to in the home
/// currency gives way after the single currencies; how many have no value stands where all the rest does.
fn fit(parts: &[String], home: Option<&str>, without: Option<&str>, (dot, more): (&str, &str), room: usize) -> String {
    let all = parts.join(dot);
    let shorter = || (1..parts.len()).rev().map(|kept| format!("{}{dot}{more}", parts[..kept].join(dot)));
    let whole = home.into_iter().flat_map(|home| {
        let with = without.map(|without| format!("{all}{home}{dot}{without}"));
        with.into_iter().chain([all.clone()].into_iter().chain(shorter()).map(move |text| format!("{text}{home}")))
    });
    let with = without.filter(|_| home.is_none()).map(|without| format!("{all}{dot}{without}"));
    let alone = with.into_iter().chain([all.clone()]).chain(shorter());
    whole.chain(alone).find(|text| width(text) <= room).unwrap_or_default()
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
            assert_eq!(fit(&parts, None, Some("2 without a value"), (" · ", "…"), room), text, "{room}");
        }
        assert_eq!(fit(&parts[..1], None, None, (" · ", "…"), 8), "26 shown");
    }

    #[test]
    fn the_home_currency_gives_way_last_and_is_never_cut() {
        let parts = ["26 shown", "$ 1.2M", "₩ 1.03B", "¥ 89M"].map(str::to_owned);
        let home = " ≈ $ 2.5M (rates of 20 Nov)";
        for (room, text) in [
            (90, "26 shown · $ 1.2M · ₩ 1.03B · ¥ 89M ≈ $ 2.5M (rates of 20 Nov) · 2 without a value"),
            (81, "26 shown · $ 1.2M · ₩ 1.03B · ¥ 89M ≈ $ 2.5M (rates of 20 Nov)"),
            (62, "26 shown · $ 1.2M · ₩ 1.03B · ¥ 89M ≈ $ 2.5M (rates of 20 Nov)"),
            (61, "26 shown · $ 1.2M · ₩ 1.03B · … ≈ $ 2.5M (rates of 20 Nov)"),
            (39, "26 shown · … ≈ $ 2.5M (rates of 20 Nov)"),
            (38, "26 shown · $ 1.2M · ₩ 1.03B · ¥ 89M"),
            (12, "26 shown · …"),
        ] {
            assert_eq!(fit(&parts, Some(home), Some("2 without a value"), (" · ", "…"), room), text, "{room}");
        }
    }
}

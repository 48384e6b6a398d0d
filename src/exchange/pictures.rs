//! The pictures of a report as SVG, each with what it shows in words: bars, the steps of a funnel, the days of a week, a line of weeks.

use std::fmt::Write as _;

use super::report::{ReportLine, escaped};

/// What is drawn beside the count of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Picture {
    /// As long as the count is of [`ReportLine::of`]; nothing where that is 0.
    #[default]
    Bar,
    /// The same in the middle: below each other they narrow.
    Funnel,
    /// The days of a week by their names, with a number each; nothing on days that are over.
    Days(Vec<(String, Option<u64>)>),
    /// As high as each number is of the highest one.
    Weeks(Vec<u64>),
}

/// Returns the class of the cells that hold the pictures of these lines; `None` where there are none. What says no more than the count
/// (`b`) is left out on narrow screens.
pub(super) fn place(lines: &[ReportLine]) -> Option<&'static str> {
    let tells_more = |line: &ReportLine| matches!(line.picture, Picture::Days(_) | Picture::Weeks(_));
    match (lines.iter().any(tells_more), lines.iter().any(|line| line.of > 0)) {
        (true, _) => Some("d"),
        (false, true) => Some("b"),
        (false, false) => None,
    }
}

/// Returns the picture of a line, with a text in its place; nothing where there is none.
pub(super) fn svg(line: &ReportLine) -> String {
    let count = line.count.unwrap_or(0);
    let said = [&line.label, &count.to_string()].map(String::as_str).join(": ");
    let said = escaped(&if line.shown.is_empty() { said } else { format!("{said}, {}", line.shown) });
    let whole = |class: &str, size: &str, drawn: &str| {
        format!("<svg role=\"img\"{class} aria-label=\"{said}\" viewBox=\"0 0 {size}\"><title>{said}</title>{drawn}</svg>")
    };
    match &line.picture {
        Picture::Bar | Picture::Funnel if line.of == 0 || line.count.is_none() => String::new(),
        Picture::Bar | Picture::Funnel => {
            // In tenths of a percent: whole numbers only.
            let wide = count.min(line.of) * 1_000 / line.of;
            let x = if line.picture == Picture::Funnel { format!(" x=\"{}\"", (1_000 - wide) / 2) } else { String::new() };
            whole("", "1000 10\" preserveAspectRatio=\"none", &format!("<rect{x} width=\"{wide}\" height=\"10\"/>"))
        }
        Picture::Days(days) => whole(" class=\"d\"", &format!("{} 28", days.len() * 24), &days_drawn(days)),
        Picture::Weeks(numbers) => {
            let size = format!("{} 20\" preserveAspectRatio=\"none", numbers.len() * 10);
            whole(" class=\"w\"", &size, &weeks_drawn(numbers))
        }
    }
}

fn days_drawn(days: &[(String, Option<u64>)]) -> String {
    let mut drawn = String::new();
    for (at, (name, count)) in days.iter().enumerate() {
        let (x, middle) = (at * 24 + 1, at * 24 + 12);
        let Some(count) = count else { continue };
        let number = if *count == 0 { String::new() } else { count.to_string() };
        // What is there is underlined by a bar as well: not by its colour alone.
        let mark = if *count > 0 { format!("<rect x=\"{x}\" y=\"25\" width=\"22\" height=\"3\"/>") } else { String::new() };
        let _ = write!(
            drawn,
            "<rect class=\"q\" x=\"{x}\" y=\"1\" width=\"22\" height=\"26\"/><text x=\"{middle}\" y=\"10\">{}</text>\
             <text class=\"n\" x=\"{middle}\" y=\"22\">{number}</text>{mark}",
            escaped(name)
        );
    }
    drawn
}

fn weeks_drawn(numbers: &[u64]) -> String {
    let most = numbers.iter().copied().max().unwrap_or(0).max(1);
    let mut drawn = String::new();
    for (at, number) in numbers.iter().enumerate() {
        // Whatever there is at all is seen; nothing is a line on the ground.
        let high = if *number == 0 { 1 } else { (number * 20).div_ceil(most).max(2) };
        let _ = write!(drawn, "<rect x=\"{}\" y=\"{}\" width=\"8\" height=\"{high}\"/>", at * 10 + 1, 20 - high);
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(picture: Picture) -> ReportLine {
        ReportLine {
            label: "23–29 <Nov>".into(), count: Some(3), of: 9, shown: "Mon 3".into(), picture, ..ReportLine::default()
        }
    }

    #[test]
    fn every_picture_says_in_words_what_it_shows_and_holds_only_text() {
        let days = vec![("Mo".to_owned(), Some(3)), ("<Tu>".to_owned(), Some(0)), ("We".to_owned(), None)];
        for picture in [Picture::Bar, Picture::Funnel, Picture::Days(days), Picture::Weeks(vec![0, 2, 1])] {
            let svg = svg(&line(picture));
            assert!(svg.contains("<title>23–29 &lt;Nov&gt;: 3, Mon 3</title>") && svg.contains("role=\"img\""), "{svg}");
            assert!(!svg.contains("<Tu>"), "{svg}");
        }
    }

    #[test]
    fn steps_stand_in_the_middle_days_that_are_over_are_left_out_and_weeks_are_as_high_as_their_numbers() {
        assert!(svg(&line(Picture::Funnel)).contains("<rect x=\"333\" width=\"333\""));
        let days = svg(&line(Picture::Days(vec![("Mo".into(), None), ("Tu".into(), Some(12))])));
        assert!(!days.contains(">Mo<") && days.contains(">Tu<") && days.contains(">12<"), "{days}");
        let weeks = svg(&line(Picture::Weeks(vec![0, 1, 4])));
        for (y, high) in [(19, 1), (15, 5), (0, 20)] {
            assert!(weeks.contains(&format!("y=\"{y}\" width=\"8\" height=\"{high}\"")), "{weeks}");
        }
        assert_eq!(place(&[line(Picture::Weeks(vec![1]))]), Some("d"));
        assert_eq!((place(&[line(Picture::Bar)]), place(&[ReportLine::default()])), (Some("b"), None));
    }
}

//! A review as one file to send: HTML that stands alone, or Markdown; what it says is handed in, nothing of it is trusted.

use std::io;
use std::path::Path;

use super::pictures::{self, Picture};
use super::refused::write_new;
use crate::domain::text::is_bidi_control;

/// A report, in words that are made elsewhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// The language of its words, as a tag.
    pub language: String,
    pub title: String,
    /// Days, filter, number of deals.
    pub heads: Vec<String>,
    pub sections: Vec<Section>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    pub title: String,
    pub note: String,
    pub lines: Vec<ReportLine>,
}

/// A line; its bar is `count` of `of`, and none where that is 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReportLine {
    pub label: String,
    pub count: Option<u64>,
    pub of: u64,
    pub says: String,
    pub picture: Picture,
    /// What the picture shows, in words; empty where the count says it.
    pub shown: String,
}

/// How it looks: by the reader's own light or dark ground, and on paper of any usual size. No script, nothing from elsewhere.
const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1b1b;--soft:#5c5c5c;--line:#d9d9d9;--bar:#2f6f9f;--ground:#fff}\
@media(prefers-color-scheme:dark){:root{--ink:#ececec;--soft:#a9a9a9;--line:#3d3d3d;--bar:#79b4dc;--ground:#161616}}\
*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground);margin:0 auto;\
max-width:72rem;padding:1.5rem}h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}\
p{margin:.25rem 0;color:var(--soft)}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0;\
font-weight:normal;overflow-wrap:anywhere}th{width:28%}td.n{text-align:right;width:4rem;font-variant-numeric:tabular-nums}td.b{width:20%}\
td.d{width:14rem}svg{width:100%;height:.8rem;display:block;margin-top:.35rem}rect{fill:var(--bar)}\
svg.d{height:1.7rem;margin:0}svg.w{height:1.4rem;margin:0}rect.q{fill:none;stroke:var(--line)}\
svg text{font:9px system-ui,sans-serif;fill:var(--soft);text-anchor:middle}svg text.n{font-size:11px;fill:var(--ink)}\
@media screen and (max-width:40rem){body{padding:1rem}table,tbody{display:block}tr{display:grid;grid-template-columns:1fr auto;\
padding:.4rem 0}th,td{width:auto;padding:0}td.n,td.b,td.d{width:auto}td.n{padding-left:1rem}td.b,td.d,td.w{grid-column:1/-1}\
td.w{color:var(--soft)}svg{margin:.2rem 0}}\
@media print{body{max-width:none;padding:0;font-size:10pt}h2{break-after:avoid}tr{break-inside:avoid}th{width:24%}td.b{width:12%}@page{margin:15mm}\
:root{--ink:#000;--soft:#444;--line:#bbb;--bar:#555;--ground:#fff}}";

/// Returns the report as one HTML file. Its tables say that they are some, so that they stay it where a narrow screen stacks their cells.
pub fn html(report: &Report) -> String {
    let title = escaped(&report.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        escaped(&report.language)
    );
    for head in &report.heads {
        page.push_str(&format!("<p>{}</p>\n", escaped(head)));
    }
    for section in &report.sections {
        page.push_str(&format!("<section>\n<h2>{}</h2>\n<table role=\"table\">\n", escaped(&section.title)));
        let counted = section.lines.iter().any(|line| line.count.is_some());
        let drawn = pictures::place(&section.lines);
        for line in &section.lines {
            let count = line.count.map(|count| count.to_string()).unwrap_or_default();
            page.push_str(&format!("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">{}</th>", escaped(&line.label)));
            if counted {
                page.push_str(&format!("<td role=\"cell\" class=\"n\">{count}</td>"));
            }
            if let Some(class) = drawn {
                page.push_str(&format!("<td role=\"cell\" class=\"{class}\">{}</td>", pictures::svg(line)));
            }
            page.push_str(&format!("<td role=\"cell\" class=\"w\">{}</td></tr>\n", escaped(&line.says)));
        }
        page.push_str("</table>\n");
        if !section.note.is_empty() {
            page.push_str(&format!("<p>{}</p>\n", escaped(&section.note)));
        }
        page.push_str("</section>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// Returns text as HTML shows it; what no page may hold is replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_left_out(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// Control characters, and those that turn the direction of what follows.
pub(super) fn is_left_out(c: char) -> bool {
    (c.is_control() && c != '\n') || is_bidi_control(c)
}

/// Returns the report as Markdown, fit to be pasted into a mail.
pub fn markdown(report: &Report) -> String {
    let mut page = format!(
        "# {}\n\n{}\n",
        markdown_plain(&report.title),
        report.heads.iter().map(|head| markdown_plain(head)).collect::<Vec<_>>().join("  \n")
    );
    for section in &report.sections {
        page.push_str(&format!("\n## {}\n\n", markdown_plain(&section.title)));
        for line in &section.lines {
            let count = line.count.map(|count| format!(" **{count}**")).unwrap_or_default();
            let told = [&line.says, &line.shown].into_iter().filter(|told| !told.is_empty());
            let says: String = told.map(|told| format!(" {}", markdown_plain(told))).collect::<Vec<_>>().join(",");
            page.push_str(&format!("- {}:{count}{says}\n", markdown_plain(&line.label)));
        }
        if !section.note.is_empty() {
            page.push_str(&format!("\n_{}_\n", markdown_plain(&section.note)));
        }
    }
    page
}

/// Returns a text whose signs mean nothing to Markdown; an underscore within a word means nothing anyway.
pub fn markdown_plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(sign) = rest.next() {
        let within = before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric());
        let first = out.is_empty();
        let means = match sign {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' => true,
            '_' => !within,
            '#' | '+' | '-' | '=' => first,
            // `1.` begins a list.
            '.' | ')' => out.len() < 10 && !first && out.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(match sign {
            '\n' => ' ',
            sign if is_left_out(sign) => '\u{FFFD}',
            sign => sign,
        });
        before = sign;
    }
    out
}

/// Writes a file that was not there, whole or not at all.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] where something is there, else what the file system says.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    write_new(path, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(label: &str) -> Report {
        let line =
            ReportLine { label: label.into(), count: Some(3), of: 9, says: "₩\u{a0}84M".into(), ..ReportLine::default() };
        let section = Section { title: "Open & more".into(), note: String::new(), lines: vec![line] };
        Report { language: "ko".into(), title: "Pipeline".into(), heads: vec!["2026".into()], sections: vec![section] }
    }

    #[test]
    fn a_customer_who_is_called_like_a_script_is_only_a_name() {
        let page = html(&report("<script>alert('1')</script>\u{202E}\u{1b}[31m 한빛"));
        assert!(!page.contains("<script") && !page.contains('\u{202E}') && !page.contains('\u{1b}'), "{page}");
        assert!(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;") && page.contains("한빛"), "{page}");
        assert!(page.contains("Open &amp; more") && page.contains("<rect width=\"333\""));
        for outside in ["http:", "https:", "src=", "href=", "url(", "@import"] {
            assert!(!page.contains(outside), "{outside}");
        }
    }

    #[test]
    fn every_bar_says_in_words_what_it_shows() {
        assert!(html(&report("한빛")).contains("<title>한빛: 3</title>"));
        assert_eq!(pictures::svg(&ReportLine { count: Some(3), ..ReportLine::default() }), "");
    }

    #[test]
    fn markdown_makes_nothing_of_what_is_in_a_name() {
        let page = markdown(&report("*[x](y)* | #1 <b>"));
        assert!(page.contains("- \\*\\[x\\](y)\\* \\| #1 \\<b\\>: **3** ₩\u{a0}84M"), "{page}");
    }

    #[test]
    fn what_would_begin_a_list_or_name_a_sign_is_only_text() {
        let told = ["1. Foo", "- x", "&lt;b"].map(markdown_plain);
        assert_eq!(told, ["1\\. Foo", "\\- x", "\\&lt;b"]);
    }

    #[test]
    fn a_file_that_is_there_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("review.html");
        write(&path, "one").unwrap();
        assert_eq!(write(&path, "two").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one");
    }
}

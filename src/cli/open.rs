//! `cosell` without a command, and `cosell demo`: opens the desk where there is a terminal for it.

use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::sync::Arc;

use super::{Context, Exit, Failure};
use crate::config::{Config, Ground, Setting};
use crate::desk;
use crate::domain::programme::ruling::Ruling;
use crate::i18n::{Language, Said};

pub(super) fn desk(context: &mut Context<'_>, data: desk::Data) -> Result<Exit, Failure> {
    let s = &context.sentences;
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Failure::usage(Said::new("no-terminal", s.usage_no_terminal(), s.usage_no_terminal_hint())));
    }
    let plain = (context.variable)("NO_COLOR").is_some_and(|v| !v.is_empty())
        || (context.variable)("TERM").is_some_and(|term| term == "dumb");
    let ground = (context.variable)("COLORFGBG").map_or(Ground::Auto, |told| Ground::told(&told.to_string_lossy()));
    let language = Some(s.language()) != context.config.language.or(Some(Language::ENGLISH));
    let overruled = [(Setting::Colour, plain), (Setting::Language, language)];
    let overruled = overruled.into_iter().filter(|(_, is)| *is).map(|(setting, _)| setting).collect();
    // Whose own rules cannot be read has those that come with the program; it is told with what else is wrong.
    let (rules, wrong) = match context.rules() {
        Ok(rules) => (rules, Vec::new()),
        Err(failure) => (Ruling::shipped().unwrap_or_default(), failure.said().to_vec()),
    };
    let setup = desk::Setup {
        sentences: Arc::clone(s),
        clock: context.clock,
        config: Config { overruled, ..context.config.clone() },
        complaints: [context.complaints.clone(), wrong].concat(),
        config_path: context.config_path.clone(),
        rules: Arc::new(rules),
        database: context.database.clone(),
        log: context.log.clone(),
        read_only: context.read_only,
        plain,
        links: links((context.variable)("TERM").as_deref(), (context.variable)("WT_SESSION").is_some()),
        ground,
        data,
        editor: ["VISUAL", "EDITOR"]
            .iter()
            .find_map(|name| (context.variable)(name).and_then(|v| v.into_string().ok()).filter(|v| !v.trim().is_empty()))
            // The one that every Windows has.
            .or_else(|| cfg!(windows).then(|| "notepad".to_owned())),
    };
    desk::run(setup).map(|()| Exit::Done).map_err(Failure::CouldNot)
}

/// Returns whether a terminal of this name can be told where its texts lead: most that cannot pass over it, these might show it.
fn links(term: Option<&OsStr>, windows: bool) -> bool {
    let bad = |name: &str| {
        ["", "linux", "dumb", "cygwin"].contains(&name) || ["screen", "vt", "ansi"].iter().any(|b| name.starts_with(b))
    };
    term.map_or(windows, |term| term.to_str().is_some_and(|name| !bad(name)))
}

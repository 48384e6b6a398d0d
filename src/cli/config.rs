//! `cosell config`: every setting with its present value, as a configuration file that can be saved and changed.

use serde_json::json;

use super::{Context, Exit, Failure};
use crate::config::{Colour, Symbols};
use crate::i18n::Language;

pub(super) fn run(context: &mut Context<'_>) -> Result<Exit, Failure> {
    let (config, s) = (&context.config, &context.sentences);
    let symbols = match config.symbols {
        Symbols::Unicode => "unicode",
        Symbols::Ascii => "ascii",
    };
    let colour = match config.colour {
        Colour::Auto => "auto",
        Colour::Never => "never",
    };
    if context.output.json {
        let value = json!({
            "path": context.config_path,
            "language": s.language().tag(),
            "responseDays": config.response_days,
            "homeCurrency": config.home_currency,
            "me": config.me,
            "keys": config.keys.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
            "theme": { "symbols": symbols, "colour": colour, "roles": config.roles.iter().map(|(role, _, text)| (*role, text.clone())).collect::<std::collections::BTreeMap<_, _>>() },
            "mouse": config.mouse,
        });
        context.output.json(&value)?;
        return Ok(Exit::Done);
    }
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let languages: Vec<&str> = Language::all().map(Language::tag).collect();
    let mut lines = comment(&s.config_head(context.config_path.display().to_string()));
    lines.push(String::new());
    lines.extend(comment(&s.config_language(languages.join(", "))));
    lines.push(format!("language = {}", quoted(s.language().tag())));
    lines.extend(comment(&s.config_response_days()));
    lines.push(format!("response-days = {}", config.response_days));
    lines.extend(comment(&s.config_home_currency()));
    lines.push(match config.home_currency {
        Some(currency) => format!("home-currency = {}", quoted(currency.code())),
        None => "# home-currency = \"USD\"".to_owned(),
    });
    lines.extend(comment(&s.config_mouse()));
    lines.push(format!("mouse = {}", config.mouse));
    lines.push(String::new());
    lines.extend(comment(&s.config_me()));
    lines.push("[me]".to_owned());
    let me = &config.me;
    for (name, value) in [("first-name", &me.first), ("last-name", &me.last), ("phone", &me.phone), ("email", &me.email)] {
        lines.push(format!("{name} = {}", quoted(value)));
    }
    lines.push(String::new());
    lines.extend(comment(&s.config_keys()));
    lines.push("[keys]".to_owned());
    lines.extend(config.keys.iter().map(|(action, keys)| {
        let keys: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
        format!("{action} = [{}]", keys.join(", "))
    }));
    lines.push(String::new());
    lines.extend(comment(&s.config_theme()));
    lines.push("[theme]".to_owned());
    lines.push(format!("symbols = {}", quoted(symbols)));
    lines.push(format!("colour = {}", quoted(colour)));
    lines.extend(config.roles.iter().map(|(role, _, text)| format!("{role} = {}", quoted(text))));
    for line in lines {
        context.output.line(&line)?;
    }
    Ok(Exit::Done)
}

fn comment(text: &str) -> Vec<String> {
    text.lines().map(|line| format!("# {line}")).collect()
}

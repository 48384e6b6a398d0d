//! `cosell config`: every setting with its present value, as a configuration file that can be saved and changed.

use std::collections::BTreeMap;

use clap::ArgMatches;
use serde_json::{Value, json};

use super::{Context, Exit, Failure};
use crate::config::{Colour, Config, Ground, Symbols};
use crate::i18n::{Language, Sentences};

pub(super) fn run(context: &mut Context<'_>, _: &ArgMatches) -> Result<Exit, Failure> {
    if context.output.json {
        let value = as_json(context);
        context.output.json(&value)?;
        return Ok(Exit::Done);
    }
    let mut lines = comment(&context.sentences.config_head(context.config_path.display().to_string()));
    lines.extend(general(&context.config, &context.sentences));
    lines.extend(sections(&context.config, &context.sentences));
    for line in lines {
        context.output.line(&line)?;
    }
    Ok(Exit::Done)
}

const fn symbols(config: &Config) -> &'static str {
    match config.symbols {
        Symbols::Unicode => "unicode",
        Symbols::Ascii => "ascii",
    }
}

const fn colour(config: &Config) -> &'static str {
    match config.colour {
        Colour::Auto => "auto",
        Colour::Never => "never",
    }
}

const fn ground(config: &Config) -> &'static str {
    match config.ground {
        Ground::Auto => "auto",
        Ground::Dark => "dark",
        Ground::Light => "light",
    }
}

fn as_json(context: &Context<'_>) -> Value {
    let config = &context.config;
    let roles: BTreeMap<&str, &str> = config.roles.iter().map(|(role, _, text)| (*role, text.as_str())).collect();
    let keys: BTreeMap<&str, &Vec<String>> = config.keys.iter().map(|(action, keys)| (action.as_str(), keys)).collect();
    json!({
        "path": context.config_path.display().to_string(),
        "language": context.sentences.language().tag(),
        "responseDays": config.response_days,
        "homeCurrency": config.home_currency,
        "me": config.me,
        "keys": keys,
        "theme": { "symbols": symbols(config), "colour": colour(config), "ground": ground(config), "roles": roles },
        "mouse": config.mouse,
    })
}

fn general(config: &Config, s: &Sentences) -> Vec<String> {
    let languages: Vec<&str> = Language::all().map(Language::tag).collect();
    let mut lines = vec![String::new()];
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
    lines
}

fn sections(config: &Config, s: &Sentences) -> Vec<String> {
    let mut lines = head(&s.config_me(), "[me]");
    let me = &config.me;
    for (name, value) in [("first-name", &me.first), ("last-name", &me.last), ("phone", &me.phone), ("email", &me.email)] {
        lines.push(format!("{name} = {}", quoted(value)));
    }
    lines.extend(head(&s.config_keys(), "[keys]"));
    lines.extend(config.keys.iter().map(|(action, keys)| {
        let keys: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
        format!("{action} = [{}]", keys.join(", "))
    }));
    lines.extend(head(&s.config_theme(), "[theme]"));
    lines.push(format!("symbols = {}", quoted(symbols(config))));
    lines.push(format!("colour = {}", quoted(colour(config))));
    lines.push(format!("ground = {}", quoted(ground(config))));
    lines.extend(config.roles.iter().map(|(role, _, text)| format!("{role} = {}", quoted(text))));
    lines
}

fn head(about: &str, section: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    lines.extend(comment(about));
    lines.push(section.to_owned());
    lines
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn comment(text: &str) -> Vec<String> {
    text.lines().map(|line| format!("# {line}")).collect()
}

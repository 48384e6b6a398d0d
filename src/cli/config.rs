//! `cosell config`: every setting with its present value, as a configuration file that can be saved and changed; one of them set.

use std::collections::BTreeMap;

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use super::{Context, Exit, Failure, args};
use crate::config::{self, Config, ConfigError, HookEvent, Setting};
use crate::domain::priority::Aspect;
use crate::i18n::{Language, Sentences};

pub(super) fn arguments(command: Command, s: &Sentences) -> Command {
    let paths: Vec<&str> = Setting::ALL.iter().map(|setting| setting.path()).collect();
    let key = Arg::new("key").value_name("KEY").required(true).help(s.command_config_key(paths.join(", ")));
    let value = Arg::new("value").value_name("VALUE").required(true).allow_hyphen_values(true).help(s.command_config_value());
    let set = args::plain("set", s.command_config_set()).arg(key.clone()).arg(value);
    let unset = args::plain("unset", s.command_config_unset()).arg(key);
    args::group(command, [set, unset], s).subcommand_required(false)
}

/// Returns whether the command mends a configuration, and so bears one that is wrong.
pub(super) fn is_mending(matches: &ArgMatches) -> bool {
    matches.subcommand().is_some()
}

pub(super) fn run(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some((_, matches)) => set(context, matches),
        None => print(context),
    }
}

/// Sets one, or where no value is given takes it away; what is wrong with others is said and stays.
fn set(context: &mut Context<'_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let s = std::sync::Arc::clone(&context.sentences);
    let path = context.config_path.clone();
    let said = |error: &ConfigError| error.said(&s, &path);
    let given = |name| matches.try_get_one::<String>(name).ok().flatten().map_or("", String::as_str);
    let setting = Setting::named(given("key")).map_err(|error| Failure::usage(said(&error)))?;
    let (config, wrong) = config::keep(&path, setting, given("value")).map_err(|error| match error {
        ConfigError::Value { .. } | ConfigError::Invalid(_) => Failure::Refused(vec![said(&error)]),
        error => Failure::CouldNot(vec![said(&error)]),
    })?;
    let value = setting.value(&config);
    if context.output.json {
        let path = path.display().to_string();
        context.output.json(&json!({ "path": path, "setting": setting.path(), "value": value }))?;
    } else {
        let shown =
            if !config.given.contains(&setting) { s.config_unset(setting.path()) } else { s.config_set(setting.path(), value) };
        context.output.line(&shown)?;
        for error in &wrong {
            context.output.remark(&said(error).whole())?;
        }
        // A file that is still to be written is set as well; what is wrong with it is known here and now.
        if setting == Setting::Programme
            && let Err(error) = config.rules()
        {
            for wrong in error.said(&s) {
                context.output.remark(&wrong.whole())?;
            }
        }
    }
    Ok(Exit::Done)
}

fn print(context: &mut Context<'_>) -> Result<Exit, Failure> {
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

fn as_json(context: &Context<'_>) -> Value {
    let config = &context.config;
    let roles: BTreeMap<&str, &str> = config.roles.iter().map(|(role, _, text)| (*role, text.as_str())).collect();
    let keys: BTreeMap<&str, &Vec<String>> = config.keys.iter().map(|(action, keys)| (action.as_str(), keys)).collect();
    let value = |setting: Setting| setting.value(config);
    let priority_weights: BTreeMap<&str, u8> =
        Aspect::ALL.iter().map(|aspect| (aspect.code(), config.priority_weights.of(*aspect))).collect();
    let commands = config.hooks.commands.iter().map(|(event, command)| (event.code().to_owned(), json!(command.value())));
    let mut hooks: BTreeMap<String, Value> = commands.collect();
    hooks.insert("timeLimit".into(), config.hooks.limit.as_secs().into());
    json!({
        "path": context.config_path.display().to_string(),
        "language": context.sentences.language().tag(),
        "responseDays": config.response_days,
        "homeCurrency": config.home_currency,
        "stageWeights": config.stage_weights.percents(),
        "priorityWeights": priority_weights,
        "backups": config.backups,
        "programme": config.programme,
        "me": config.me,
        "role": config.role.code(),
        "keys": keys,
        "theme": { "symbols": value(Setting::Symbols), "colour": value(Setting::Colour), "ground": value(Setting::Ground), "roles": roles },
        "mouse": config.mouse,
        "hooks": hooks,
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
    lines.extend(comment(&s.config_stage_weights()));
    lines.push(format!("stage-weights = {:?}", config.stage_weights.percents()));
    lines.extend(comment(&s.config_priority_weights()));
    lines.push(format!("priority-weights = {}", quoted(&config.priority_weights.to_string())));
    lines.extend(comment(&s.config_backups()));
    lines.push(format!("backups = {}", config.backups));
    lines.extend(comment(&s.config_programme()));
    lines.push(match &config.programme {
        Some(path) => format!("programme = {}", quoted(&path.display().to_string())),
        None => "# programme = \"rules.toml\"".to_owned(),
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
    lines.extend(comment(&s.config_role(Setting::Role.choices().join(", "))));
    lines.push(format!("role = {}", quoted(config.role.code())));
    lines.extend(head(&s.config_keys(), "[keys]"));
    lines.extend(config.keys.iter().map(|(action, keys)| {
        let keys: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
        format!("{action} = [{}]", keys.join(", "))
    }));
    lines.extend(head(&s.config_theme(), "[theme]"));
    for (name, setting) in [("symbols", Setting::Symbols), ("colour", Setting::Colour), ("ground", Setting::Ground)] {
        lines.push(format!("{name} = {}", quoted(&setting.value(config))));
    }
    lines.extend(config.roles.iter().map(|(role, _, text)| format!("{role} = {}", quoted(text))));
    let events: Vec<&str> = HookEvent::ALL.iter().map(|event| event.code()).collect();
    lines.extend(head(&s.config_hooks(events.join(", ")), "[hooks]"));
    lines.push(format!("time-limit = {}", config.hooks.limit.as_secs()));
    lines.extend(config.hooks.commands.iter().map(|(event, command)| format!("{} = {}", event.code(), command.value())));
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

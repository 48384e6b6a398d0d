//! Turns the sentence files of `assets/locales` into typed functions; a language that lacks a sentence, has one too many or
//! uses other arguments than English stops the build.

#![allow(clippy::panic, reason = "a build is stopped by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

/// The language the others are compared with.
const REFERENCE: &str = "en";

/// Sentences by name (`id` or `id.attribute`), each with the names of its arguments in the order of the alphabet: rewording
/// a sentence must not change what the code hands it.
type Sentences = BTreeMap<String, Vec<String>>;

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("assets/locales");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut languages: Vec<(String, Vec<PathBuf>, Sentences)> = Vec::new();
    for folder in sorted(&root) {
        let files: Vec<PathBuf> = sorted(&folder).into_iter().filter(|f| f.extension().is_some_and(|e| e == "ftl")).collect();
        let sentences = read_language(&files);
        languages.push((name(&folder), files, sentences));
    }
    let reference = languages.iter().find(|(name, ..)| name == REFERENCE).map(|(.., sentences)| sentences.clone());
    let reference = reference.unwrap_or_else(|| panic!("{} has no folder {REFERENCE}", root.display()));
    let complaints: Vec<String> =
        languages.iter().flat_map(|(name, _, sentences)| compare(name, &reference, sentences)).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("sentences.rs");
    fs::write(&out, code(&languages, &reference)).unwrap_or_else(|e| panic!("{}: {e}", out.display()));
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn read_language(files: &[PathBuf]) -> Sentences {
    let mut sentences = Sentences::new();
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        let text = fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let resource = fluent_syntax::parser::parse(text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{}: {}", file.display(), place(&text, &errors)));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut add = |name: String, pattern: &Pattern<&str>| {
                let mut arguments = Vec::new();
                collect(pattern, &mut arguments);
                arguments.sort_unstable();
                assert!(sentences.insert(name.clone(), arguments).is_none(), "{}: {name} is written twice", file.display());
            };
            if let Some(value) = &message.value {
                add(message.id.name.to_owned(), value);
            }
            for attribute in &message.attributes {
                add(format!("{}.{}", message.id.name, attribute.id.name), &attribute.value);
            }
        }
    }
    sentences
}

fn place(text: &str, errors: &[fluent_syntax::parser::ParserError]) -> String {
    let each = errors.iter().map(|error| format!("line {}: {error}", text[..error.pos.start].matches('\n').count() + 1));
    each.collect::<Vec<_>>().join("; ")
}

fn collect(pattern: &Pattern<&str>, arguments: &mut Vec<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect_expression(expression, arguments);
        }
    }
}

fn collect_expression(expression: &Expression<&str>, arguments: &mut Vec<String>) {
    match expression {
        Expression::Inline(inline) => collect_inline(inline, arguments),
        Expression::Select { selector, variants } => {
            collect_inline(selector, arguments);
            variants.iter().for_each(|variant| collect(&variant.value, arguments));
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, arguments: &mut Vec<String>) {
    match inline {
        InlineExpression::VariableReference { id } if !arguments.iter().any(|known| known == id.name) => {
            arguments.push(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments: call, .. } => {
            call.positional.iter().for_each(|positional| collect_inline(positional, arguments));
        }
        InlineExpression::Placeable { expression } => collect_expression(expression, arguments),
        _ => {}
    }
}

fn compare(language: &str, reference: &Sentences, sentences: &Sentences) -> Vec<String> {
    let missing = reference.keys().filter(|name| !sentences.contains_key(*name)).map(|name| format!("{language} lacks {name}"));
    let extra = sentences
        .keys()
        .filter(|name| !reference.contains_key(*name))
        .map(|name| format!("{language} has {name}, {REFERENCE} has not"));
    let differ = sentences
        .iter()
        .filter(|(name, arguments)| reference.get(*name).is_some_and(|wanted| wanted != *arguments))
        .map(|(name, arguments)| format!("{language} uses {arguments:?} in {name}, {REFERENCE} uses {:?}", reference[name]));
    missing.chain(extra).chain(differ).collect()
}

fn code(languages: &[(String, Vec<PathBuf>, Sentences)], reference: &Sentences) -> String {
    let mut code = String::from("/// The languages there are, each with its sentence files.\n");
    code.push_str("pub(super) const FILES: &[(&str, &[&str])] = &[\n");
    for (name, files, _) in languages {
        let files: Vec<String> = files.iter().map(|file| format!("include_str!({:?})", file.display().to_string())).collect();
        let _ = writeln!(code, "    ({name:?}, &[{}]),", files.join(", "));
    }
    code.push_str("];\n\nimpl Sentences {\n");
    for (name, arguments) in reference {
        let function = name.replace(['-', '.'], "_");
        let parameters: String = arguments.iter().map(|a| format!(", {}: impl Argument", a.replace('-', "_"))).collect();
        let values: String = arguments.iter().map(|a| format!("({a:?}, {}.value()), ", a.replace('-', "_"))).collect();
        let _ =
            writeln!(code, "    pub(crate) fn {function}(&self{parameters}) -> String {{ self.say({name:?}, vec![{values}]) }}");
    }
    code.push_str("}\n");
    code
}

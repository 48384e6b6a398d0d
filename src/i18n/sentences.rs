//! The sentence catalogue: one typed function a sentence, made by `build.rs` from `assets/locales`.

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::format::grouped;
use super::language::{Language, NumberMarks};
use crate::domain::customer::Country;

/// Every sentence of one language.
pub struct Sentences {
    bundle: FluentBundle<FluentResource>,
    language: Language,
    family_name_first: bool,
    number_marks: NumberMarks,
    home: Option<Country>,
}

/// What a sentence can be given.
pub(crate) trait Argument {
    fn value(&self) -> FluentValue<'_>;
}

impl Argument for &str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::String(Cow::Borrowed(self))
    }
}

impl Argument for String {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::String(Cow::Borrowed(self))
    }
}

impl Argument for &String {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::String(Cow::Borrowed(self))
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Argument for $number {
            fn value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )*};
}
numbers!(u8, u16, u32, u64, i64, usize);

impl Sentences {
    /// Loads a language.
    pub fn new(language: Language) -> Self {
        let tag = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Direction marks around arguments would land on the screen.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(FluentNumber { value, .. }) if value.fract() == 0.0 => Some(grouped(&format!("{value}"))),
            _ => None,
        }));
        let files = FILES.iter().find(|(name, _)| *name == language.tag()).map_or(&[][..], |(_, files)| files);
        for file in files {
            // The build has read the same files: what does not parse here does not compile there.
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        let family_name_first = Language::family_name_first(language.tag());
        Self { bundle, language, family_name_first, number_marks: NumberMarks::default(), home: None }
    }

    /// Returns the same sentences for somebody in whose locale names are written in another order than in the language of the screen.
    pub fn with_family_name_first(self, family_name_first: bool) -> Self {
        Self { family_name_first, ..self }
    }

    /// Returns the same sentences for somebody who is at home in this country.
    pub fn with_home(self, home: Option<Country>) -> Self {
        Self { home, ..self }
    }

    /// Returns the country where the user is at home, as far as the locale tells.
    pub const fn home(&self) -> Option<Country> {
        self.home
    }

    /// Returns the same sentences for somebody whose spreadsheet has these marks in numbers and lists.
    pub fn with_number_marks(self, number_marks: NumberMarks) -> Self {
        Self { number_marks, ..self }
    }

    /// Returns the marks of numbers and lists in files for the spreadsheet of the user.
    pub const fn number_marks(&self) -> NumberMarks {
        self.number_marks
    }

    /// Returns whether the name of the family comes first where the user is at home.
    pub const fn family_name_first(&self) -> bool {
        self.family_name_first
    }

    pub const fn language(&self) -> Language {
        self.language
    }

    fn say(&self, name: &str, arguments: Vec<(&'static str, FluentValue<'_>)>) -> String {
        let (id, attribute) = name.split_once('.').map_or((name, None), |(id, attribute)| (id, Some(attribute)));
        let message = self.bundle.get_message(id);
        let pattern = match attribute {
            Some(attribute) => message.and_then(|m| m.get_attribute(attribute)).map(|a| a.value()),
            None => message.and_then(|m| m.value()),
        };
        let arguments = FluentArgs::from_iter(arguments);
        // A sentence that is not there would not have compiled; its name is better than a crash.
        pattern.map_or_else(
            || name.to_owned(),
            |pattern| self.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned(),
        )
    }
}

include!(concat!(env!("OUT_DIR"), "/sentences.rs"));

//! How things look: a style for each meaning and the signs of the chrome; colours by meaning only, and never the only sign.

use ratatui::style::{Color, Modifier, Style};

use crate::config::{Ansi, Colour, Config, Ground, RoleStyle, Symbols};
use crate::i18n::Marks;

/// What something means on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Text,
    Title,
    Muted,
    Accent,
    Good,
    Warn,
    Bad,
    Match,
    /// Where something can be typed.
    Field,
    Selected,
}

impl Role {
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Title,
        Self::Muted,
        Self::Accent,
        Self::Good,
        Self::Warn,
        Self::Bad,
        Self::Match,
        Self::Field,
        Self::Selected,
    ];

    /// Returns whether it is for what does not wait: also where colours are gone, as on the selected row, it is bold.
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Warn | Self::Bad)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Muted => "muted",
            Self::Accent => "accent",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Match => "match",
            Self::Field => "field",
            Self::Selected => "selected",
        }
    }
}

/// Styles and signs.
#[derive(Debug, Clone)]
pub struct Look {
    styles: [Style; Role::ALL.len()],
    pub signs: Signs,
}

/// The signs of the chrome. None is wider than one cell on any terminal when `ascii` is chosen.
#[derive(Debug, Clone, Copy)]
pub struct Signs {
    pub heart: &'static str,
    pub pointer: &'static str,
    pub marked: &'static str,
    pub dot: &'static str,
    /// Before an amount that others were made of by rates.
    pub about: &'static str,
    pub conflict: &'static str,
    /// Brought by the last import and not seen yet.
    pub fresh: &'static str,
    /// What charts are drawn with.
    pub marks: Marks,
    /// Over a column whose values grow from top to bottom, and over one where they shrink.
    pub rising: &'static str,
    pub falling: &'static str,
    /// What fills the rest of a field that is typed into.
    pub blank: &'static str,
    pub vertical: &'static str,
    pub horizontal: &'static str,
    pub corners: [&'static str; 4],
}

const UNICODE: Signs = Signs {
    heart: "♥",
    pointer: "▸",
    marked: "+",
    dot: "·",
    about: "≈",
    conflict: "!",
    // As the triangles: one cell wide in East Asia, too, where the filled circle may take two.
    fresh: "◦",
    marks: Marks::UNICODE,
    // One cell wide everywhere; the larger triangles take two in some terminals of East Asia.
    rising: "▴",
    falling: "▾",
    blank: " ",
    vertical: "│",
    horizontal: "─",
    corners: ["┌", "┐", "└", "┘"],
};
const ASCII: Signs = Signs {
    heart: "*",
    pointer: ">",
    marked: "+",
    dot: "-",
    about: "~",
    conflict: "!",
    fresh: "o",
    marks: Marks::ASCII,
    rising: "^",
    falling: "v",
    // Where signs are plain, a terminal may not underline either.
    blank: "_",
    vertical: "|",
    horizontal: "-",
    corners: ["+", "+", "+", "+"],
};

impl Look {
    /// Returns the look that the configuration asks for; `plain` is a terminal that wants no colour.
    pub fn new(config: &Config, plain: bool) -> Self {
        let colourless = plain || config.colour == Colour::Never;
        let mut styles = Role::ALL.map(|role| made(default_style(role, config.ground), colourless));
        for (name, style, _) in &config.roles {
            if let Some(role) = Role::ALL.into_iter().find(|role| role.name() == *name) {
                styles[role as usize] = made(*style, colourless);
            }
        }
        Self { styles, signs: if config.symbols == Symbols::Ascii { ASCII } else { UNICODE } }
    }

    pub const fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }
}

/// Yellow and cyan are too pale for a light background; where it is not known, what is yellow is bold at least.
fn default_style(role: Role, ground: Ground) -> RoleStyle {
    let plain = RoleStyle::default();
    let (accent, warn) = match ground {
        Ground::Light => (Ansi::Blue, Ansi::Magenta),
        Ground::Auto | Ground::Dark => (Ansi::Cyan, Ansi::Yellow),
    };
    match role {
        Role::Text => plain,
        Role::Title => RoleStyle { bold: true, ..plain },
        Role::Muted => RoleStyle { dim: true, ..plain },
        Role::Accent => RoleStyle { colour: Some(accent), ..plain },
        Role::Good => RoleStyle { colour: Some(Ansi::Green), ..plain },
        Role::Warn => RoleStyle { colour: Some(warn), bold: true, ..plain },
        Role::Bad => RoleStyle { colour: Some(Ansi::Red), bold: true, ..plain },
        Role::Match | Role::Field => RoleStyle { underlined: true, ..plain },
        Role::Selected => RoleStyle { reversed: true, ..plain },
    }
}

fn made(style: RoleStyle, colourless: bool) -> Style {
    let mut made = Style::new();
    if let Some(colour) = style.colour.filter(|_| !colourless) {
        made = made.fg(match colour {
            Ansi::Red => Color::Red,
            Ansi::Green => Color::Green,
            Ansi::Yellow => Color::Yellow,
            Ansi::Blue => Color::Blue,
            Ansi::Magenta => Color::Magenta,
            Ansi::Cyan => Color::Cyan,
        });
    }
    let modifiers = [
        (style.bold, Modifier::BOLD),
        (style.dim, Modifier::DIM),
        (style.underlined, Modifier::UNDERLINED),
        (style.reversed, Modifier::REVERSED),
    ];
    modifiers.into_iter().filter(|(wanted, _)| *wanted).fold(made, |style, (_, modifier)| style.add_modifier(modifier))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_look_is_readable_on_any_background() {
        let look = Look::new(&Config::default(), false);
        for role in Role::ALL {
            let style = look.style(role);
            assert_eq!(style.bg, None, "{role:?}: no background but by reversing");
            let safe = [None, Some(Color::Red), Some(Color::Green), Some(Color::Yellow), Some(Color::Cyan)];
            assert!(safe.contains(&style.fg), "{role:?}: one of the eight, none of them black, white or grey");
        }
    }

    #[test]
    fn yellow_never_stands_alone_and_a_light_background_has_none() {
        let warn = Look::new(&Config::default(), false).style(Role::Warn);
        assert_eq!(warn, Style::new().fg(Color::Yellow).add_modifier(Modifier::BOLD));
        let look = Look::new(&Config::parse("[theme]\nground = \"light\"").unwrap(), false);
        for role in Role::ALL {
            assert!(!matches!(look.style(role).fg, Some(Color::Yellow | Color::Cyan)), "{role:?}: too pale on white");
        }
        for (told, ground) in
            [("0;15", Ground::Light), ("15;0", Ground::Dark), ("0;default;7", Ground::Light), ("x", Ground::Auto)]
        {
            assert_eq!(Ground::told(told), ground, "{told}");
        }
    }

    #[test]
    fn without_colour_the_selection_is_still_to_be_seen() {
        let look = Look::new(&Config::default(), true);
        assert!(Role::ALL.iter().all(|role| look.style(*role).fg.is_none()));
        assert!(look.style(Role::Selected).add_modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn the_users_styles_replace_ours() {
        let config = Config::parse("[theme]\nwarn = \"bold magenta\"\nsymbols = \"ascii\"").unwrap();
        let look = Look::new(&config, false);
        assert_eq!(look.style(Role::Warn), Style::new().fg(Color::Magenta).add_modifier(Modifier::BOLD));
        assert!(look.signs.heart.is_ascii() && look.signs.pointer.is_ascii());
    }
}

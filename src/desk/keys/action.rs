//! Everything a key can ask for, by the name that the configuration and `cosell keys` use.

/// What a key, or an entry of the palette, asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    Down,
    Up,
    First,
    Last,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    Inbound,
    Outbound,
    Favorites,
    NextTab,
    PreviousTab,
    Open,
    Back,
    Close,
    Filter,
    NextMatch,
    PreviousMatch,
    Sort,
    View,
    Mark,
    MarkRange,
    Accept,
    Decline,
    Win,
    Lose,
    Favorite,
    New,
    Edit,
    AskHelp,
    Clone,
    Resolve,
    Undo,
    Redo,
    Copy,
    History,
    HistoryOfAll,
    Import,
    Demo,
    Palette,
    Help,
    Reload,
    Mouse,
    Suspend,
    Leave,
    Confirm,
    NextField,
    PreviousField,
    NextPage,
    PreviousPage,
    NextSuggestion,
    Pick,
    Remove,
    Expand,
    Save,
}

/// Where a key has its meaning; inner scopes come before outer ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In every room, except where a text field takes the key.
    Everywhere,
    List,
    Detail,
    /// Palette, help, sort menu, history, results: lists over the desk.
    Menu,
    Dialog,
    Form,
}

/// Under which heading help shows an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    Move,
    Look,
    Decide,
    Mark,
    Program,
    Form,
}

impl Group {
    pub const ALL: [Self; 6] = [Self::Decide, Self::Mark, Self::Look, Self::Move, Self::Form, Self::Program];
}

impl Scope {
    pub const ALL: [Self; 6] = [Self::Everywhere, Self::List, Self::Detail, Self::Menu, Self::Dialog, Self::Form];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::List => "list",
            Self::Detail => "detail",
            Self::Menu => "menu",
            Self::Dialog => "dialog",
            Self::Form => "form",
        }
    }
}

impl Action {
    pub const ALL: [Self; 56] = [
        Self::Down,
        Self::Up,
        Self::First,
        Self::Last,
        Self::HalfPageDown,
        Self::HalfPageUp,
        Self::PageDown,
        Self::PageUp,
        Self::Inbound,
        Self::Outbound,
        Self::Favorites,
        Self::NextTab,
        Self::PreviousTab,
        Self::Open,
        Self::Back,
        Self::Close,
        Self::Filter,
        Self::NextMatch,
        Self::PreviousMatch,
        Self::Sort,
        Self::View,
        Self::Mark,
        Self::MarkRange,
        Self::Accept,
        Self::Decline,
        Self::Win,
        Self::Lose,
        Self::Favorite,
        Self::New,
        Self::Edit,
        Self::AskHelp,
        Self::Clone,
        Self::Resolve,
        Self::Undo,
        Self::Redo,
        Self::Copy,
        Self::History,
        Self::HistoryOfAll,
        Self::Import,
        Self::Demo,
        Self::Palette,
        Self::Help,
        Self::Reload,
        Self::Mouse,
        Self::Suspend,
        Self::Leave,
        Self::Confirm,
        Self::NextField,
        Self::PreviousField,
        Self::NextPage,
        Self::PreviousPage,
        Self::NextSuggestion,
        Self::Pick,
        Self::Remove,
        Self::Expand,
        Self::Save,
    ];

    /// Returns the name in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Up => "up",
            Self::First => "first",
            Self::Last => "last",
            Self::HalfPageDown => "half-page-down",
            Self::HalfPageUp => "half-page-up",
            Self::PageDown => "page-down",
            Self::PageUp => "page-up",
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Favorites => "favorites",
            Self::NextTab => "next-tab",
            Self::PreviousTab => "previous-tab",
            Self::Open => "open",
            Self::Back => "back",
            Self::Close => "close",
            Self::Filter => "filter",
            Self::NextMatch => "next-match",
            Self::PreviousMatch => "previous-match",
            Self::Sort => "sort",
            Self::View => "view",
            Self::Mark => "mark",
            Self::MarkRange => "mark-range",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Win => "win",
            Self::Lose => "lose",
            Self::Favorite => "favorite",
            Self::New => "new",
            Self::Edit => "edit",
            Self::AskHelp => "ask-help",
            Self::Clone => "clone",
            Self::Resolve => "resolve",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Copy => "copy",
            Self::History => "history",
            Self::HistoryOfAll => "history-of-all",
            Self::Import => "import",
            Self::Demo => "demo",
            Self::Palette => "palette",
            Self::Help => "help",
            Self::Reload => "reload",
            Self::Mouse => "mouse",
            Self::Suspend => "suspend",
            Self::Leave => "leave",
            Self::Confirm => "confirm",
            Self::NextField => "next-field",
            Self::PreviousField => "previous-field",
            Self::NextPage => "next-page",
            Self::PreviousPage => "previous-page",
            Self::NextSuggestion => "next-suggestion",
            Self::Pick => "pick",
            Self::Remove => "remove",
            Self::Expand => "expand",
            Self::Save => "save",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }

    pub const fn group(self) -> Group {
        match self {
            Self::Down | Self::Up | Self::First | Self::Last => Group::Move,
            Self::HalfPageDown | Self::HalfPageUp | Self::PageDown | Self::PageUp => Group::Move,
            Self::Inbound | Self::Outbound | Self::Favorites | Self::NextTab | Self::PreviousTab => Group::Move,
            Self::Open | Self::Filter | Self::NextMatch | Self::PreviousMatch | Self::Sort | Self::View => Group::Look,
            Self::History | Self::HistoryOfAll | Self::Copy => Group::Look,
            Self::Mark | Self::MarkRange | Self::Favorite => Group::Mark,
            Self::Accept | Self::Decline | Self::Win | Self::Lose | Self::Undo | Self::Redo => Group::Decide,
            Self::New | Self::Edit | Self::AskHelp | Self::Clone | Self::Resolve => Group::Decide,
            Self::Back | Self::Close | Self::Import | Self::Demo | Self::Palette | Self::Help | Self::Reload => Group::Program,
            Self::Mouse | Self::Suspend | Self::Leave => Group::Program,
            Self::Confirm | Self::NextField | Self::PreviousField | Self::NextPage | Self::PreviousPage => Group::Form,
            Self::NextSuggestion | Self::Pick | Self::Remove | Self::Expand | Self::Save => Group::Form,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_listed_once_under_its_own_name() {
        let mut names: Vec<&str> = Action::ALL.iter().map(|a| a.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Action::ALL.len());
        for action in Action::ALL {
            assert_eq!(Action::from_name(action.name()), Some(action));
        }
    }
}

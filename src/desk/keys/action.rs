//! Everything a key can ask for, by the name that the configuration and `cosell keys` use.

/// Every action once: its name in the configuration, and under which heading help shows it.
macro_rules! actions {
    ($($action:ident $name:literal $group:ident;)*) => {
        /// What a key, or an entry of the palette, asks for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($action,)*
        }

        impl Action {
            pub const ALL: &[Self] = &[$(Self::$action,)*];

            /// Returns the name in the configuration.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$action => $name,)*
                }
            }

            pub const fn group(self) -> Group {
                match self {
                    $(Self::$action => Group::$group,)*
                }
            }
        }
    };
}

actions! {
    Down "down" Move;
    Up "up" Move;
    First "first" Move;
    Last "last" Move;
    HalfPageDown "half-page-down" Move;
    HalfPageUp "half-page-up" Move;
    ScrollDown "scroll-down" Move;
    ScrollUp "scroll-up" Move;
    PageDown "page-down" Move;
    PageUp "page-up" Move;
    Inbound "inbound" Move;
    Outbound "outbound" Move;
    Favorites "favorites" Move;
    NextTab "next-tab" Move;
    PreviousTab "previous-tab" Move;
    Open "open" Look;
    Back "back" Program;
    Close "close" Program;
    Filter "filter" Look;
    Complete "complete" Look;
    CompleteBack "complete-back" Look;
    EarlierFilter "earlier-filter" Look;
    LaterFilter "later-filter" Look;
    NextMatch "next-match" Look;
    PreviousMatch "previous-match" Look;
    Sort "sort" Look;
    View "view" Look;
    Columns "columns" Look;
    Sums "sums" Look;
    Views "views" Look;
    Beside "detail-beside" Look;
    KeepView "keep-view" Look;
    RemoveView "remove-view" Look;
    Mark "mark" Mark;
    MarkRange "mark-range" Mark;
    MarkAll "mark-all" Mark;
    MarkDown "mark-down" Mark;
    MarkUp "mark-up" Mark;
    Accept "accept" Decide;
    Decline "decline" Decide;
    Win "win" Decide;
    Lose "lose" Decide;
    Favorite "favorite" Mark;
    New "new" Decide;
    Edit "edit" Decide;
    AskHelp "ask-help" Decide;
    Register "register" Decide;
    AskException "ask-exception" Decide;
    Clone "clone" Decide;
    Resolve "resolve" Decide;
    Ours "keep-ours" Decide;
    Theirs "take-theirs" Decide;
    AllOurs "keep-all-ours" Decide;
    AllTheirs "take-all-theirs" Decide;
    NextStep "next-step" Mark;
    Note "note" Mark;
    Mine "mine" Look;
    GiveToMe "give-to-me" Mark;
    Reopen "reopen" Decide;
    Undo "undo" Decide;
    Redo "redo" Decide;
    Copy "copy" Look;
    Brief "brief" Look;
    BriefOfCustomer "brief-of-customer" Look;
    CopyPage "copy-page" Look;
    Why "why" Look;
    History "history" Look;
    HistoryOfAll "history-of-all" Look;
    Import "import" Program;
    Export "export" Program;
    Review "review" Look;
    OtherGroups "other-groups" Look;
    OtherDays "other-days" Look;
    PastDay "past-day" Look;
    InWords "in-words" Look;
    WriteReview "write-review" Program;
    LastImport "last-import" Program;
    TakeOld "take-old" Decide;
    Check "check" Look;
    Outbox "outbox" Look;
    Leads "leads" Look;
    Offers "offers" Look;
    Customers "customers" Look;
    Facts "organisation-facts" Decide;
    Submit "submission" Decide;
    RemoveOffer "remove-offer" Decide;
    Hold "hold-back" Decide;
    UploadRows "upload-rows" Look;
    WriteUpload "write-upload" Decide;
    ForgetUpload "forget-upload" Decide;
    WriteRegistrations "write-registrations" Decide;
    Told "sender-told" Decide;
    Demo "demo" Program;
    Palette "palette" Program;
    Help "help" Program;
    Explain "explain" Program;
    Reload "reload" Program;
    Messages "messages" Program;
    Mouse "mouse" Program;
    Settings "settings" Program;
    NextValue "next-value" Look;
    PreviousValue "previous-value" Look;
    Default "default" Look;
    AsBefore "as-before" Look;
    Suspend "suspend" Program;
    Leave "leave" Program;
    Confirm "confirm" Form;
    NextField "next-field" Form;
    PreviousField "previous-field" Form;
    NextPage "next-page" Form;
    PreviousPage "previous-page" Form;
    NextSuggestion "next-suggestion" Form;
    Pick "pick" Form;
    DropDraft "drop-draft" Decide;
    Remove "remove" Form;
    Expand "expand" Form;
    Save "save" Form;
}

impl Action {
    /// Returns whether it shows a tab, or narrows the list: what is seen of that is the list.
    pub const fn is_of_list(self) -> bool {
        matches!(self, Self::Inbound | Self::Outbound | Self::Favorites | Self::NextTab | Self::PreviousTab | Self::Filter)
    }

    /// Returns the scope of the room that it opens.
    pub const fn room(self) -> Option<Scope> {
        match self {
            Self::Review => Some(Scope::Review),
            Self::Outbox => Some(Scope::Outbox),
            Self::Offers => Some(Scope::Offers),
            Self::Leads => Some(Scope::Leads),
            Self::Customers => Some(Scope::Customers),
            Self::Check => Some(Scope::Check),
            Self::Settings => Some(Scope::Settings),
            Self::Resolve => Some(Scope::Conflicts),
            _ => None,
        }
    }

    /// Returns whether it leads somewhere else, and does nothing to a deal.
    pub const fn is_way(self) -> bool {
        self.is_of_list() || self.room().is_some() || matches!(self, Self::Import | Self::New)
    }
}

/// Where a key has its meaning; inner scopes come before outer ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In every room, except where a text field takes the key.
    Everywhere,
    List,
    Detail,
    History,
    Settings,
    /// What an import brought.
    Brought,
    /// What both sides changed of one.
    Conflicts,
    Review,
    /// One page about a deal.
    Brief,
    /// New deals that are begun.
    Drafts,
    /// What Partner Center would refuse.
    Check,
    /// What Partner Center does not know yet.
    Outbox,
    Leads,
    Offers,
    Customers,
    /// Palette, help, sort menu: lists over the desk.
    Menu,
    /// What became of each of the marked ones.
    Results,
    /// The filter while it is typed.
    Filter,
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
    pub const ALL: [Self; 20] = [
        Self::Everywhere,
        Self::List,
        Self::Detail,
        Self::History,
        Self::Settings,
        Self::Brought,
        Self::Conflicts,
        Self::Review,
        Self::Brief,
        Self::Drafts,
        Self::Check,
        Self::Outbox,
        Self::Leads,
        Self::Offers,
        Self::Customers,
        Self::Menu,
        Self::Results,
        Self::Filter,
        Self::Dialog,
        Self::Form,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::List => "list",
            Self::Detail => "detail",
            Self::History => "history",
            Self::Settings => "settings",
            Self::Brought => "import",
            Self::Conflicts => "conflicts",
            Self::Review => "review",
            Self::Brief => "brief",
            Self::Drafts => "drafts",
            Self::Check => "check",
            Self::Outbox => "outbox",
            Self::Leads => "leads",
            Self::Offers => "offers",
            Self::Customers => "customers",
            Self::Menu => "menu",
            Self::Results => "results",
            Self::Filter => "filter",
            Self::Dialog => "dialog",
            Self::Form => "form",
        }
    }
}

impl Action {
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
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
        for action in Action::ALL.iter().copied() {
            assert_eq!(Action::from_name(action.name()), Some(action));
        }
    }
}

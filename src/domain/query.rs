//! Which opportunities are asked for and in which order; what a tab or a stage view holds is `tab.rs`, the filter language `filter`.

use std::sync::Arc;

use super::filter::{Filter, Test};
use super::ids::OpportunityId;
use super::rate::HomeScale;
use super::stage::StageKind;
use super::tab::{Tab, View};

/// What a list is sorted by. The natural direction is the useful one: least time left, latest, largest, A to Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// Received ones by time left, then the others, newest first.
    TimeLeft,
    /// Last change first.
    Changed,
    /// Newest first.
    Newest,
    Deal,
    Customer,
    /// Largest first: by what it comes to in the home currency, where there are rates; else by currency.
    Value,
    CloseDate,
    /// Received, Accepted, Archived; within a stage the last change first.
    Stage,
    /// Favorites first; then the last change first.
    Favorite,
    /// By the owner's name; those without one last.
    Owner,
    /// By the day of the next step; those without one last, of them the last change first.
    Next,
    /// The nearest to its end first; those without one last.
    SalesStage,
    /// By the code of the customer's country; those without one last.
    Country,
    /// Archived ones first, of them the last first; then the others, the last change first.
    Archived,
    /// What is to be done next first, as the settings weigh it; what is archived last, also turned round, of that the last change first.
    Priority,
}

impl SortKey {
    pub const ALL: [Self; 15] = [
        Self::TimeLeft,
        Self::Changed,
        Self::Newest,
        Self::Deal,
        Self::Customer,
        Self::Value,
        Self::CloseDate,
        Self::Stage,
        Self::Favorite,
        Self::Owner,
        Self::Next,
        Self::SalesStage,
        Self::Country,
        Self::Archived,
        Self::Priority,
    ];
    pub const CODES: [&'static str; 15] = [
        "time-left",
        "changed",
        "newest",
        "deal",
        "customer",
        "value",
        "close",
        "stage",
        "favorite",
        "owner",
        "next",
        "sales-stage",
        "country",
        "archived",
        "priority",
    ];

    /// Returns the word of `--sort`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TimeLeft => "time-left",
            Self::Changed => "changed",
            Self::Newest => "newest",
            Self::Deal => "deal",
            Self::Customer => "customer",
            Self::Value => "value",
            Self::CloseDate => "close",
            Self::Stage => "stage",
            Self::Favorite => "favorite",
            Self::Owner => "owner",
            Self::Next => "next",
            Self::SalesStage => "sales-stage",
            Self::Country => "country",
            Self::Archived => "archived",
            Self::Priority => "priority",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order {
    pub key: SortKey,
    pub reversed: bool,
}

impl Order {
    /// Reads a sort word; a leading `-` reverses it.
    pub fn read(text: &str) -> Option<Self> {
        let (word, reversed) = text.strip_prefix('-').map_or((text, false), |word| (word, true));
        let key = SortKey::ALL.into_iter().find(|key| key.code().eq_ignore_ascii_case(word))?;
        Some(Self { key, reversed })
    }

    /// Returns the sort word with its direction.
    pub fn code(self) -> String {
        format!("{}{}", if self.reversed { "-" } else { "" }, self.key.code())
    }

    /// Returns whether values grow from the first row to the last; of dates the earlier is the lesser one.
    pub const fn rises(self) -> bool {
        use SortKey as K;
        let falls =
            matches!(self.key, K::Changed | K::Newest | K::Value | K::Favorite | K::SalesStage | K::Archived | K::Priority);
        falls == self.reversed
    }

    /// Returns the order that asking for a key gives: its own, or the other way round where it is the key already.
    #[must_use]
    pub fn asked_again(self, key: SortKey) -> Self {
        Self { key, reversed: key == self.key && !self.reversed }
    }
}

impl Tab {
    /// Returns the order a tab has before anyone sorts it.
    pub const fn order(self) -> Order {
        match self {
            Self::Inbound => Order { key: SortKey::TimeLeft, reversed: false },
            Self::Outbound | Self::Favorites | Self::All => Order { key: SortKey::Changed, reversed: false },
        }
    }
}

/// Everything a list shows, except where in it one looks.
#[derive(Debug, Clone, PartialEq)]
pub struct ListQuery {
    pub tab: Tab,
    pub view: View,
    pub order: Order,
    pub filter: Filter,
    /// What an order by value compares the amounts of several currencies by; `None` where each currency stands by itself. No other order
    /// asks for it.
    pub home: Option<Arc<HomeScale>>,
}

impl ListQuery {
    /// Returns the query a tab opens with.
    pub const fn tab(tab: Tab) -> Self {
        Self { tab, view: View::Open, order: tab.order(), filter: Filter::none(), home: None }
    }

    /// Returns whether another query shows the same opportunities, in whatever order.
    pub fn shows_the_same(&self, other: &Self) -> bool {
        (self.tab, self.view, &self.filter) == (other.tab, other.view, &other.filter)
    }

    /// Returns what is listed: a filter that names a tab, a stage or what only one stage has overrules tab and view.
    #[must_use]
    pub fn listed(&self) -> Self {
        let (tab, view) = self.place();
        Self { tab, view, ..self.clone() }
    }

    /// Returns where else something may pass the filter of what is listed: the other stages of its tab, those of the other tabs.
    pub fn elsewhere(&self) -> Vec<(Tab, View)> {
        let stages =
            |tab| [View::Received, View::Accepted, View::Archived].into_iter().filter(move |view| View::of(tab).contains(view));
        let mut places = Vec::new();
        if self.filter.view().is_none() {
            let others = stages(self.tab).filter(|other| other.stages().iter().all(|stage| !self.view.stages().contains(stage)));
            places.extend(others.map(|view| (self.tab, view)));
        }
        if self.filter.tab().is_none() && self.tab != Tab::All {
            for tab in [Tab::Inbound, Tab::Outbound].into_iter().filter(|tab| *tab != self.tab) {
                match self.filter.view() {
                    Some(view) => places.push((tab, view)),
                    None => places.extend(stages(tab).map(|view| (tab, view))),
                }
            }
        }
        places
    }

    /// Returns tab and view of what is listed.
    pub fn place(&self) -> (Tab, View) {
        self.filter.place(self.tab, self.view)
    }
}

impl View {
    /// Returns the narrowest view that holds all of these stages; of none it is all.
    pub fn narrowest(stages: &[StageKind]) -> Self {
        const NARROWEST_FIRST: [View; 4] = [View::Received, View::Accepted, View::Archived, View::Open];
        let holds = |view: &Self| !stages.is_empty() && stages.iter().all(|stage| view.stages().contains(stage));
        NARROWEST_FIRST.into_iter().find(holds).unwrap_or(Self::All)
    }
}

impl Filter {
    /// Returns tab and view of what is listed where these are chosen.
    pub fn place(&self, tab: Tab, view: View) -> (Tab, View) {
        let tab = self.tab().unwrap_or(tab);
        // A view that holds nothing of the tab is none of its views.
        let view = if View::of(tab).contains(&view) { view } else { View::Open };
        (tab, self.view().unwrap_or(view))
    }

    /// Returns the tab that the filter asks for; `None` where it names none. What is excluded asks for nothing.
    pub fn tab(&self) -> Option<Tab> {
        let mut named = self.asked().filter_map(|test| match test {
            Test::Tab(tabs) => Some(&tabs[..]),
            Test::Views(views) if views.iter().any(|view| view.tab().is_some()) => Some(&[]),
            _ => None,
        });
        match (named.next()?, named.next()) {
            ([only], None) => Some(*only),
            _ => Some(Tab::All),
        }
    }

    /// Returns the narrowest view of all the filter asks for; `None` where it leaves the stage open.
    pub fn view(&self) -> Option<View> {
        self.stages().map(|stages| View::narrowest(&stages))
    }

    /// Returns the stages that can pass; `None` where it leaves them open.
    fn stages(&self) -> Option<Vec<StageKind>> {
        let named: Vec<Vec<StageKind>> = self.asked().filter_map(stages).collect();
        let (first, others) = named.split_first()?;
        let all = |stage: &&StageKind| others.iter().all(|stages| stages.contains(stage));
        Some(first.iter().filter(all).copied().collect())
    }

    fn asked(&self) -> impl Iterator<Item = &Test> {
        self.terms.iter().filter(|term| !term.negated).map(|term| &term.test)
    }
}

/// Returns the stages that a test names, or that alone have what it asks for; `None` where any may have it.
fn stages(test: &Test) -> Option<Vec<StageKind>> {
    match test {
        Test::Stage(stages) => Some(stages.clone()),
        Test::Outcome(_) | Test::Reason(_) | Test::Archived(_) => Some(vec![StageKind::Archived]),
        Test::Due(_) => Some(vec![StageKind::Received]),
        // Whose deadline passes just now is still received.
        Test::RanOut(_) => Some(vec![StageKind::Received, StageKind::Archived]),
        Test::AnyOf(tests) => tests.iter().map(stages).collect::<Option<Vec<_>>>().map(|each| each.concat()),
        Test::Views(views) => views.iter().map(Filter::stages).collect::<Option<Vec<_>>>().map(|each| each.concat()),
        _ => None,
    }
}

/// Where a window into a list begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    Start,
    End,
    /// The rows after this one, without it.
    After(OpportunityId),
    /// The rows before this one, without it.
    Before(OpportunityId),
    /// This row and those after it; if it is gone, the start.
    At(OpportunityId),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sort_words_are_read_with_their_direction() {
        assert_eq!(Order::read("-value"), Some(Order { key: SortKey::Value, reversed: true }));
        assert_eq!(Order::read("Close"), Some(Order { key: SortKey::CloseDate, reversed: false }));
        assert_eq!(Order::read("price"), None);
        let both = |key| [false, true].map(|reversed| Order { key, reversed });
        assert!(SortKey::ALL.into_iter().flat_map(both).all(|order| Order::read(&order.code()) == Some(order)));
        assert_eq!(SortKey::ALL.map(SortKey::code), SortKey::CODES);
    }

    #[test]
    fn what_passes_elsewhere_stands_in_other_stages_or_tabs_unless_the_filter_names_them() {
        use super::{Tab as T, View as V};
        for (tab, view, text, places) in [
            (T::Inbound, V::Open, "x", &[(T::Inbound, V::Archived), (T::Outbound, V::Accepted), (T::Outbound, V::Archived)][..]),
            (
                T::Outbound,
                V::Archived,
                "x",
                &[(T::Outbound, V::Accepted), (T::Inbound, V::Received), (T::Inbound, V::Accepted), (T::Inbound, V::Archived)],
            ),
            (T::Inbound, V::All, "x", &[(T::Outbound, V::Accepted), (T::Outbound, V::Archived)]),
            (T::Inbound, V::All, "stage:received,accepted", &[(T::Outbound, V::Open)]),
            (T::Inbound, V::Open, "outcome:won", &[(T::Outbound, V::Archived)]),
            (T::Inbound, V::Open, "tab:outbound", &[(T::Outbound, V::Archived)]),
            (T::Inbound, V::Open, "tab:outbound outcome:won", &[]),
        ] {
            let filter = Filter::parse(text, crate::domain::filter::tests::moment()).unwrap();
            let query = ListQuery { view, filter, ..ListQuery::tab(tab) };
            assert_eq!(query.listed().elsewhere(), places, "{tab:?} {view:?} {text}");
        }
    }

    #[test]
    fn a_filter_that_names_tab_or_stage_overrules_tab_and_view() {
        let (inbound, open) = (Tab::Inbound, View::Open);
        for (text, tab, view) in [
            ("", inbound, open),
            ("erp country:KR value:>10k", inbound, open),
            ("outcome:won", inbound, View::Archived),
            ("outcome:won,declined erp", inbound, View::Archived),
            ("archived:this-week", inbound, View::Archived),
            ("archived:2026-10|2026-11", inbound, View::Archived),
            ("reason:budget", inbound, View::Archived),
            ("due:<3d", inbound, View::Received),
            ("due:overdue", inbound, View::All),
            ("stage:accepted", inbound, View::Accepted),
            ("stage:received,accepted", inbound, open),
            ("stage:received,archived", inbound, View::All),
            ("stage:received,archived outcome:expired", inbound, View::Archived),
            ("stage:received outcome:won", inbound, View::All),
            ("-stage:received -outcome:won -tab:inbound", inbound, open),
            ("tab:outbound", Tab::Outbound, open),
            ("tab:outbound stage:archived", Tab::Outbound, View::Archived),
            ("tab:inbound,outbound", Tab::All, open),
            ("tab:favorites tab:outbound", Tab::All, open),
        ] {
            let moment = crate::domain::filter::tests::moment();
            let query = ListQuery { filter: Filter::parse(text, moment).unwrap(), ..ListQuery::tab(inbound) };
            let listed = query.listed();
            assert_eq!((listed.tab, listed.view), (tab, view), "{text}");
            assert_eq!((listed.listed(), listed.order), (listed.clone(), query.order), "{text}");
        }
    }
}

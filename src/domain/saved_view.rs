//! Saved views: filter, order, tab and stages under a name, and which of them a name means; where they are kept is `store/kept.rs`.

use serde::Serialize;
use serde_json::Value;

use super::filter::{Asking, Filter, FilterError, FilterWhy};
use super::fold::{fold, meant};
use super::invalid::Invalid;
use super::query::Order;
use super::tab::{Tab, View};
use super::text::{Line, is_dash};

/// What is shown under a name, as it was kept: a hand may have written what nobody understands, which [`SavedView::open`] tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SavedView {
    pub name: String,
    /// The filter as typed.
    pub filter: String,
    /// How the rows are sorted; `None` leaves the order as it is, and so do the next ones.
    pub sort: Option<String>,
    pub tab: Option<String>,
    /// The stage view.
    pub stages: Option<String>,
    /// The columns by their stable names, with commas between them.
    pub columns: Option<String>,
}

/// What a saved view shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub filter: Filter,
    pub order: Option<Order>,
    pub tab: Option<Tab>,
    pub stages: Option<View>,
}

/// What of a saved view is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ViewWhy {
    Filter(FilterError),
    /// Of what is asked for beside it.
    Beside(FilterError),
    Sort(String),
    Tab(String),
    Stages(String),
}

/// The views that are there without being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltIn {
    /// To be answered this week.
    Due,
    Mine,
    /// Won this month.
    Won,
    /// Accepted, not changed for a month, and nothing is to be done next.
    Stalled,
}

impl BuiltIn {
    pub const ALL: [Self; 4] = [Self::Due, Self::Mine, Self::Won, Self::Stalled];

    /// Returns the view under this name.
    pub fn named(self, name: String) -> SavedView {
        let (filter, sort, tab) = match self {
            Self::Due => ("due:this-week", "time-left", Tab::Inbound),
            Self::Mine => ("owner:me", "time-left", Tab::All),
            Self::Won => ("outcome:won archived:this-month", "changed", Tab::All),
            Self::Stalled => ("stage:accepted changed:>30d next:no", "-changed", Tab::All),
        };
        let text = |text: &str| Some(text.to_owned());
        let (stages, tab) = (text(View::Open.code()), text(tab.code()));
        SavedView { name, filter: filter.to_owned(), sort: text(sort), tab, stages, columns: None }
    }
}

impl SavedView {
    /// Longest name, in characters.
    pub const NAME_MAX: usize = 60;

    /// Reads a name that somebody typed.
    ///
    /// # Errors
    /// As [`Line::parse`], and where nothing of it could be compared.
    pub fn name(typed: &str) -> Result<String, Invalid> {
        let typed = typed.trim();
        // A filter names a view in quotation marks: around the whole name they are no part of it.
        let inside = typed.strip_prefix(QUOTES).and_then(|rest| rest.strip_suffix(QUOTES));
        let name = Line::parse(inside.filter(|inside| !inside.contains(QUOTES)).unwrap_or(typed))?;
        match name.as_str() {
            name if name.chars().count() > Self::NAME_MAX => Err(Invalid::TooLong { max: Self::NAME_MAX }),
            name if key(name).is_empty() => Err(Invalid::Missing),
            name => Ok(name.to_owned()),
        }
    }

    /// Returns whether a name is that of this view.
    pub fn is_called(&self, name: &str) -> bool {
        key(&self.name) == key(name)
    }

    /// Returns what the view shows; its filter may name others.
    ///
    /// # Errors
    /// What of it is not understood.
    pub fn open(&self, asking: &Asking<'_>) -> Result<Shown, ViewWhy> {
        self.open_beside("", asking).map(|(shown, _)| shown)
    }

    /// Returns what the view shows, and what is asked for beside it; together they mean what a filter does that names the view.
    ///
    /// # Errors
    /// As [`SavedView::open`], and [`ViewWhy::Beside`].
    pub fn open_beside(&self, more: &str, asking: &Asking<'_>) -> Result<(Shown, Filter), ViewWhy> {
        let wrong = |(is_beside, error)| if is_beside { ViewWhy::Beside(error) } else { ViewWhy::Filter(error) };
        let [filter, more] = Filter::of_view(self, more, asking).map_err(wrong)?;
        let order = read(&self.sort, Order::read).map_err(ViewWhy::Sort)?;
        let tab = read(&self.tab, Tab::from_code).map_err(ViewWhy::Tab)?;
        let stages = read(&self.stages, View::from_code).map_err(ViewWhy::Stages)?;
        Ok((Shown { filter, order, tab, stages }, more))
    }

    fn of_json(value: &Value) -> Self {
        let text = |member: &str| match value.get(member) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            // It is named as it stands there, and refused when it is read.
            Some(other) => Some(other.to_string()),
        };
        Self {
            name: text("name").filter(|name| !key(name).is_empty()).unwrap_or_else(|| value.to_string()),
            filter: text("filter").unwrap_or_default(),
            sort: text("sort"),
            tab: text("tab"),
            stages: text("stages"),
            columns: text("columns"),
        }
    }
}

fn read<T>(text: &Option<String>, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, String> {
    text.as_ref().map(|text| read(text).ok_or_else(|| text.clone())).transpose()
}

/// What a filter takes for quotation marks.
const QUOTES: [char; 4] = ['"', '“', '”', '＂'];

/// Returns what of a name is compared: letters as they are searched for; a dash stands for a blank, and a quotation mark for nothing, so
/// that a filter can name what has some.
pub fn key(name: &str) -> String {
    let apart = |c: char| c.is_whitespace() || is_dash(c);
    fold(&name.replace(QUOTES, "")).split(apart).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// All saved views: those that were kept, and those that are there without it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Views {
    own: Vec<SavedView>,
    built_in: Vec<SavedView>,
}

impl Views {
    pub const fn new(own: Vec<SavedView>, built_in: Vec<SavedView>) -> Self {
        Self { own, built_in }
    }

    /// Reads what was kept; `None` where it is no list at all.
    pub fn read_kept(text: &str) -> Option<Vec<SavedView>> {
        let kept: Vec<Value> = serde_json::from_str(text).ok()?;
        Some(kept.iter().map(SavedView::of_json).collect())
    }

    /// Returns the text to keep.
    pub fn to_keep(&self) -> String {
        serde_json::json!(self.own).to_string()
    }

    pub fn own(&self) -> &[SavedView] {
        &self.own
    }

    /// Takes over what is kept now.
    pub fn renew(&mut self, own: Vec<SavedView>) {
        self.own = own;
    }

    /// Returns every view there is: kept ones, then those that are there without it and have no kept one in their place.
    pub fn all(&self) -> impl Iterator<Item = &SavedView> {
        let is_free = |view: &&SavedView| !self.is_own(&view.name);
        self.own.iter().chain(self.built_in.iter().filter(is_free))
    }

    /// Returns whether a view of this name was kept.
    pub fn is_own(&self, name: &str) -> bool {
        self.own.iter().any(|view| view.is_called(name))
    }

    pub fn find(&self, name: &str) -> Option<&SavedView> {
        self.all().find(|view| view.is_called(name))
    }

    /// As [`Views::find`].
    ///
    /// # Errors
    /// That there is none, with those there are.
    pub fn named(&self, name: &str) -> Result<&SavedView, FilterWhy> {
        self.find(name).ok_or_else(|| FilterWhy::UnknownView {
            name: name.to_owned(),
            meant: self.meant(name),
            known: self.all().map(|view| view.name.clone()).collect(),
        })
    }

    /// Returns the name that was probably meant.
    fn meant(&self, name: &str) -> Option<String> {
        let keys: Vec<String> = self.all().map(|view| key(&view.name)).collect();
        let found = meant(&key(name), &keys.iter().map(String::as_str).collect::<Vec<_>>())?.to_owned();
        self.find(&found).map(|view| view.name.clone())
    }

    /// Keeps a view, in the place of the one that was kept under its name; returns that one.
    pub fn keep(&mut self, view: SavedView) -> Option<SavedView> {
        match self.own.iter_mut().find(|kept| kept.is_called(&view.name)) {
            Some(kept) => Some(std::mem::replace(kept, view)),
            None => {
                self.own.push(view);
                None
            }
        }
    }

    /// Removes a kept view and returns it; one that is there without being kept comes back.
    pub fn remove(&mut self, name: &str) -> Option<SavedView> {
        let at = self.own.iter().position(|view| view.is_called(name))?;
        Some(self.own.remove(at))
    }

    /// Returns these views without a kept one, and the names of those that no longer work by that, since their filter names it.
    pub fn without(&self, name: &str, asking: &Asking<'_>) -> (Self, Vec<String>) {
        let mut after = self.clone();
        after.remove(name);
        let opens = |view: &SavedView, views| view.open(&Asking { views, ..*asking }).is_ok();
        let broken = after.all().filter(|view| opens(view, self) && !opens(view, &after)).map(|view| view.name.clone()).collect();
        (after, broken)
    }

    /// Returns every name as a filter may write it without quotation marks; names with its own signs in them are left out.
    pub fn words(&self) -> Vec<String> {
        let plain = |name: &&String| !name.contains([',', '、', '|', '<', '>', '=', '.', ':', '：']);
        let names = self.all().map(|view| &view.name).filter(plain);
        names.map(|name| name.replace(QUOTES, "").split_whitespace().collect::<Vec<_>>().join("-")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::contact::Person;
    use super::super::filter::tests::moment;
    use super::super::rate::{Factor, HomeRates, Rate, Rates};
    use super::*;

    fn view(name: &str, filter: &str) -> SavedView {
        SavedView { name: name.into(), filter: filter.into(), ..SavedView::default() }
    }

    fn views(own: &[(&str, &str)]) -> Views {
        let built_in = BuiltIn::ALL.into_iter().zip(["due this week", "mine", "won this month", "stalled"]);
        Views::new(
            own.iter().map(|(name, filter)| view(name, filter)).collect(),
            built_in.map(|(which, name)| which.named(name.into())).collect(),
        )
    }

    fn read(text: &str, views: &Views) -> Result<Filter, FilterError> {
        let me = Person { email: "ana@p.example".into(), ..Person::default() };
        Filter::read(text, &Asking { moment: moment(), me: &me, views, home: None, offers: None })
    }

    #[test]
    fn beside_a_view_more_means_what_it_means_in_one_filter() {
        let views = views(&[("big", "value:>100k"), ("dear", "value:>$100k erp")]);
        let me = Person { email: "ana@p.example".into(), ..Person::default() };
        let on = *moment().today;
        let [usd, krw] = ["USD", "KRW"].map(|code| super::super::money::Currency::parse(code).unwrap());
        let rate = Rate::new(on, usd, krw, Factor::parse("1400").unwrap()).unwrap();
        let rates: Rates = [rate].into_iter().collect();
        let home = Some(HomeRates { currency: usd, on, rates: &rates });
        let asking = Asking { moment: moment(), me: &me, views: &views, home, offers: None };
        for (name, more) in [("big", "currency:KRW"), ("big", "erp"), ("dear", "currency:CAD -value:<5"), ("mine", "value:>5")] {
            let (shown, more_of) = views.named(name).unwrap().open_beside(more, &asking).unwrap();
            let both = Filter { terms: [shown.filter.terms, more_of.terms].concat() };
            assert_eq!(Ok(both), Filter::read(&format!("view:{name} {more}"), &asking), "{name} {more}");
        }
        let wrong = |more: &str| views.named("big").unwrap().open_beside(more, &asking).unwrap_err();
        assert!(matches!(wrong("contry:KR"), ViewWhy::Beside(error) if error.word == "contry:KR"));
    }

    #[test]
    fn a_name_is_compared_by_what_is_searched_for() {
        let views = views(&[("한국  대형", "country:KR value:>100k"), ("Ａ-list", "")]);
        for (name, found) in [
            ("due this week", Some("due this week")),
            ("Due-This_Week", None),
            ("DUE-this-week", Some("due this week")),
            ("한국-대형", Some("한국  대형")),
            ("한국 대형", Some("한국  대형")),
            ("a list", Some("Ａ-list")),
            ("한국대형", None),
        ] {
            assert_eq!(views.find(name).map(|view| view.name.as_str()), found, "{name}");
        }
        let unknown = |name| views.named(name).unwrap_err();
        for (name, meant) in [("stalld", Some("stalled")), ("won", Some("won this month")), ("zzzzzz", None)] {
            let FilterWhy::UnknownView { meant: said, known, .. } = unknown(name) else { panic!("{name}") };
            assert_eq!((said.as_deref(), known.len()), (meant, 6), "{name}");
        }
    }

    #[test]
    fn names_are_one_line_and_not_endless_and_only_quotation_marks_around_all_of_one_are_left_out() {
        assert_eq!(SavedView::name("  “KR” big "), Ok("“KR” big".to_owned()));
        assert_eq!(SavedView::name(" \"KR big\""), Ok("KR big".to_owned()));
        assert_eq!(SavedView::name("\"a\" or \"b\""), Ok("\"a\" or \"b\"".to_owned()));
        assert_eq!(SavedView::name("5\" disks"), Ok("5\" disks".to_owned()));
        assert_eq!(SavedView::name("“”"), Err(Invalid::Missing));
        assert_eq!(SavedView::name(" - "), Err(Invalid::Missing));
        assert_eq!(SavedView::name(""), Err(Invalid::Missing));
        assert_eq!(SavedView::name("a\nb"), Err(Invalid::ControlCharacter('\n')));
        assert_eq!(SavedView::name(&"가".repeat(61)), Err(Invalid::TooLong { max: 60 }));
    }

    #[test]
    fn a_name_with_quotation_marks_in_it_is_found_with_and_without_them_and_named_in_a_filter() {
        let views = views(&[("KR “big” deals", "country:KR"), ("5\" disks", "disks")]);
        for name in ["KR “big” deals", "kr \"big\" deals", "kr-big-deals"] {
            assert!(views.find(name).is_some(), "{name}");
        }
        assert_eq!(read("view:kr-\"big\"-deals", &views), read("country:KR", &views));
        assert_eq!(views.words()[..2], ["KR-big-deals", "5-disks"]);
        assert_eq!(read("view:5-disks", &views), read("disks", &views));
    }

    #[test]
    fn one_that_is_kept_stands_in_the_place_of_another_of_its_name_until_it_is_removed() {
        let mut views = views(&[]);
        assert_eq!(views.keep(view("MINE", "owner:me country:KR")), None);
        let names: Vec<&str> = views.all().map(|view| view.name.as_str()).collect();
        assert_eq!(names, ["MINE", "due this week", "won this month", "stalled"]);
        assert_eq!(views.keep(view("mine", "owner:none")).unwrap().filter, "owner:me country:KR");
        assert_eq!(views.remove("stalled"), None, "it was never kept");
        assert_eq!(views.remove("Mine").unwrap().filter, "owner:none");
        assert_eq!(views.find("mine").unwrap().filter, "owner:me");
    }

    #[test]
    fn what_is_kept_comes_back_and_what_a_hand_wrote_is_told_not_dropped() {
        let mut views = views(&[("한국", "country:KR")]);
        views.keep(SavedView { columns: Some("deal,value".into()), sort: Some("-value".into()), ..view("wide", "") });
        assert_eq!(Views::read_kept(&views.to_keep()).unwrap(), views.own());
        assert_eq!(Views::read_kept("{}"), None);
        assert_eq!(Views::read_kept("no JSON"), None);
        let kept = Views::read_kept(r#"[{"name": "a", "sort": 5}, {"filter": "x"}, 7, {"name": "b", "tab": "here"}]"#).unwrap();
        assert_eq!(kept[1].name, r#"{"filter":"x"}"#);
        assert_eq!(kept[2].name, "7");
        let asking = Asking { moment: moment(), me: &Person::default(), views: &views, home: None, offers: None };
        assert_eq!(kept[0].open(&asking), Err(ViewWhy::Sort("5".into())));
        assert_eq!(kept[3].open(&asking), Err(ViewWhy::Tab("here".into())));
        let stages = SavedView { stages: Some("some".into()), ..view("c", "") };
        assert_eq!(stages.open(&asking), Err(ViewWhy::Stages("some".into())));
        let Err(ViewWhy::Filter(error)) = view("d", "colour:red").open(&asking) else { panic!() };
        assert_eq!(error.word, "colour:red");
    }

    #[test]
    fn every_view_that_is_built_in_reads() {
        let views = views(&[]);
        let me = Person { email: "ana@p.example".into(), ..Person::default() };
        for view in views.all() {
            let shown = view.open(&Asking { moment: moment(), me: &me, views: &views, home: None, offers: None }).unwrap();
            assert!(shown.order.is_some() && shown.tab.is_some() && !shown.filter.is_empty(), "{view:?}");
        }
    }

    #[test]
    fn a_filter_takes_in_what_a_view_asks_and_says_where_it_cannot() {
        let views = views(&[("한국", "country:KR"), ("big", "view:한국 value:>100k"), ("all", ""), ("odd", "colour:red")]);
        for (text, same) in [
            ("view:한국", "country:KR"),
            ("erp view:big -currency:USD", "erp country:KR value:>100k -currency:USD"),
            ("view:\"won this month\"", "outcome:won archived:this-month"),
            ("ｖｉｅｗ：한국 view:won-this-month", "country:KR outcome:won archived:this-month"),
            ("-view:한국", "-country:KR"),
            ("view:all", ""),
        ] {
            assert_eq!(read(text, &views), read(same, &views), "{text}");
        }
        let why = |text: &str| read(text, &views).unwrap_err().why;
        assert_eq!(why("view:"), FilterWhy::NoValue { key: "view" });
        assert!(matches!(why("view:bgi"), FilterWhy::UnknownView { meant: Some(meant), .. } if meant == "big"));
        assert!(matches!(why("view:odd"), FilterWhy::ViewWrong { name, error } if name == "odd" && error.word == "colour:red"));
        let nobody = Asking { moment: moment(), me: &Person::default(), views: &views, home: None, offers: None };
        let why = Filter::read("view:mine", &nobody).unwrap_err().why;
        assert!(matches!(why, FilterWhy::ViewWrong { error, .. } if error.why == FilterWhy::NoMe));
    }

    #[test]
    fn what_no_longer_works_without_a_view_is_known_before_it_is_removed() {
        let views = views(&[
            ("kr", "country:KR"),
            ("big", "view:KR value:>1m"),
            ("erp", "erp -view:big"),
            ("odd", "view:none"),
            ("mine", "x"),
        ]);
        let me = Person { email: "ana@p.example".into(), ..Person::default() };
        let asking = Asking { moment: moment(), me: &me, views: &views, home: None, offers: None };
        assert_eq!(views.without("kr", &asking).1, ["big", "erp"]);
        assert_eq!(views.without("erp", &asking).1, [""; 0]);
        assert_eq!(views.without("mine", &asking).1, [""; 0], "the built-in one comes back");
    }

    #[test]
    fn views_in_a_circle_are_refused_with_the_name_where_it_closes() {
        let views = views(&[("a", "view:b"), ("b", "x view:A"), ("self", "-view:SELF"), ("mine", "view:mine x")]);
        for (text, name) in [("view:a", "a"), ("view:b", "b"), ("view:self", "self"), ("y view:mine", "mine")] {
            assert_eq!(read(text, &views).unwrap_err().why, FilterWhy::ViewCircle { name: name.into() }, "{text}");
        }
        let circle = views.find("a").unwrap().open(&Asking {
            moment: moment(),
            me: &Person::default(),
            views: &views,
            home: None,
            offers: None,
        });
        assert!(matches!(circle, Err(ViewWhy::Filter(FilterError { why: FilterWhy::ViewCircle { .. }, .. }))));
    }

    #[test]
    fn views_that_name_each_other_twice_again_and_again_do_not_grow_for_ever() {
        let chain: Vec<(String, String)> =
            (0..40).map(|at| (format!("v{at}"), format!("-view:v{next},x view:v{next},x", next = at + 1))).collect();
        let mut own: Vec<(&str, &str)> = chain.iter().map(|(name, filter)| (name.as_str(), filter.as_str())).collect();
        own.extend([("v40", ""), ("x", "")]);
        assert_eq!(read("view:v0", &views(&own)).unwrap_err().why, FilterWhy::ViewsWithoutEnd);
    }

    #[test]
    fn several_views_are_any_of_them_and_say_which_stages_they_show() {
        let views = views(&[("open", "stage:accepted,received"), ("kr", "country:KR"), ("out", "tab:outbound")]);
        let place = |text: &str| read(text, &views).unwrap().place(Tab::Inbound, View::Received);
        assert_eq!(place("view:won-this-month,stalled"), (Tab::Inbound, View::All));
        assert_eq!(place("view:won-this-month"), (Tab::Inbound, View::Archived));
        assert_eq!(place("view:open,due-this-week"), (Tab::Inbound, View::Open));
        assert_eq!(place("view:kr,stalled"), (Tab::Inbound, View::Received), "one of them leaves the stage open");
        assert_eq!(place("-view:won-this-month"), (Tab::Inbound, View::Received));
        assert_eq!(place("view:out,kr"), (Tab::All, View::Received));
    }
}

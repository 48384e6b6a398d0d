//! What stays ours as a filter: whose an opportunity is and what is to be done next.

use super::*;

#[test]
fn the_owner_and_the_next_step_are_asked_for() {
    let mut deal = sample();
    let passes =
        |deal: &Opportunity, filter: &str| Filter::parse(filter, moment()).unwrap().passes(&Held::new(deal.clone(), false));
    for (filter, expected) in [
        ("owner:김민준", true),
        ("owner:minjun.kim@p.example", true),
        ("owner:ana,민준", true),
        ("owner:ana", false),
        ("owner:none", false),
        ("-owner:none", true),
        ("next:no", true),
        ("next:yes", false),
        ("-next:overdue", true),
    ] {
        assert_eq!(passes(&deal, filter), expected, "{filter}");
    }
    deal.employees.clear();
    assert!(passes(&deal, "owner:none") && !passes(&deal, "owner:민준"));
    deal.next =
        Some(crate::domain::ours::NextStep { text: Line::parse("전화").unwrap(), on: Date::iso("2026-11-23").unwrap() });
    for (filter, expected) in [
        ("next:yes 전화", true),
        ("next:<3d", true),
        ("next:<2d", false),
        ("next:<=2d", true),
        ("next:today|2026-11-23", true),
        ("next:overdue", false),
        ("next:this-month", true),
    ] {
        assert_eq!(passes(&deal, filter), expected, "{filter}");
    }
    let why = |filter: &str| Filter::parse(filter, moment()).unwrap_err().why;
    assert_eq!(why("owner:me"), FilterWhy::NoMe);
    assert_eq!(why("next:someday"), FilterWhy::NotADate { key: "next", value: "someday".into() });
    assert_eq!(why("owner:"), FilterWhy::NoValue { key: "owner" });
    let me = Person { email: "MINJUN.KIM@p.example".into(), ..Person::default() };
    let mine = Filter::parse_for("owner:me", moment(), &me).unwrap();
    assert!(mine.passes(&Held::new(sample(), false)) && !mine.passes(&Held::new(deal, false)));
}

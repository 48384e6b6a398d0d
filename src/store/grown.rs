//! How the history tells of a list that is only added to: by the end that differs, not by all that stands there.

use serde_json::Value;

/// What a list ended with before a change, and what it ends with after it; before that end both are the same.
pub(super) fn between(before: &Value, after: &Value) -> (Value, Value) {
    let (before, after) = (entries(before), entries(after));
    let same = before.iter().zip(after).take_while(|(old, new)| old == new).count();
    (before[same..].to_vec().into(), after[same..].to_vec().into())
}

/// Returns a change followed by a later one of the same list.
pub(super) fn then((gone, added): (&Value, &Value), (gone_later, added_later): (&Value, &Value)) -> (Value, Value) {
    let (gone, added, later) = (entries(gone), entries(added), entries(gone_later));
    let kept = added.len().saturating_sub(later.len());
    let before = later.len().saturating_sub(added.len());
    ([&later[..before], gone].concat().into(), [&added[..kept], entries(added_later)].concat().into())
}

/// Returns the list as it was before a change: without what that added, whatever was added since, and with what it took away.
pub(super) fn taken_back(held: &Value, (gone, added): (&Value, &Value)) -> Value {
    let mut list = entries(held).to_vec();
    for entry in entries(added).iter().rev() {
        if let Some(at) = list.iter().rposition(|known| known == entry) {
            list.remove(at);
        }
    }
    list.extend_from_slice(entries(gone));
    list.into()
}

/// Returns whether what a change added is still there.
pub(super) fn stands(held: &Value, added: &Value) -> bool {
    entries(added).iter().all(|entry| entries(held).contains(entry))
}

fn entries(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_the_end_that_differs_is_told_and_taken_back() {
        let (first, second, third) = (json!(["a"]), json!(["a", "b"]), json!(["a", "b", "c"]));
        let (gone, added) = between(&first, &second);
        assert_eq!((&gone, &added), (&json!([]), &json!(["b"])));
        assert_eq!(taken_back(&second, (&gone, &added)), first);
        assert_eq!(taken_back(&third, (&gone, &added)), json!(["a", "c"]), "whatever came since stays");
        assert!(stands(&third, &added) && !stands(&first, &added));
    }

    #[test]
    fn what_a_change_took_away_comes_back_where_it_was() {
        let lists = [json!([]), json!(["a"]), json!(["a", "b"]), json!(["a", "b", "a"]), json!(["b", "a"]), json!(["c"])];
        for before in &lists {
            for after in &lists {
                let (gone, added) = between(before, after);
                assert_eq!(taken_back(after, (&gone, &added)), *before, "{before} {after}");
                for last in &lists {
                    let (gone_later, added_later) = between(after, last);
                    let whole = then((&gone, &added), (&gone_later, &added_later));
                    assert_eq!(taken_back(last, (&whole.0, &whole.1)), *before, "{before} {after} {last}");
                }
            }
        }
    }
}

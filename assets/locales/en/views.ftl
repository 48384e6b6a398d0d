### Saved views: filter, sort, tab and stages under a name.

view-due = due this week
view-mine = mine
view-won = won this month
view-stalled = stalled

filter-unknown-view = There is no view “{ $name }”.
    .meant = There is no view “{ $name }”. Did you mean “{ $meant }”?
    .hint = Views: { $known }.
filter-view-wrong = View “{ $name }”: { $why }
filter-view-circle = The view “{ $name }” leads back to itself.
    .hint = Take view: out of its filter: cosell views shows it.
filter-views-without-end = Too many views name each other.
    .hint = Write what they ask for into one: cosell views shows them.
view-wrong-sort = “{ $given }” is no order.
    .hint = Keep the view anew; orders: { $known }.
view-wrong-tab = “{ $given }” is no tab.
    .hint = Keep the view anew; tabs: { $known }.
view-wrong-stages = “{ $given }” is no stage view.
    .hint = Keep the view anew; stage views: { $known }.
views-damaged = The saved views in the database are not understood.
    .hint = Nothing else is touched by it. cosell views keep NAME cannot add to them; a copy of the database from before has them.

command-views = Saved views: filter, sort, tab and stages under a name
command-views-keep = Keep a view; one of this name is replaced
    .name = Its name; in a filter view:NAME
    .filter = Words and key:value, as for cosell list
    .sort = { $keys }; a leading - reverses
    .tab = inbound, outbound, favorites or all
command-views-remove = Remove a view that was kept
    .name = Its name
command-list-view = Show a saved view; what else is given narrows it, --tab and --sort go before its own. cosell views lists them
views-column-filter = Filter
views-column-sort = Sort
views-column-tab = Tab
views-column-stages = Stages
views-column-note = Note
views-built-in = built in
views-done-kept = Kept as view “{ $name }”.
    .replaced = Kept as view “{ $name }”; it replaces the one before.
    .built-in = Kept as view “{ $name }”, in the place of the built-in one, which comes back when this one is removed.
views-done-removed = Removed the view “{ $name }”.
    .built-in = Removed the view “{ $name }”; the built-in one is back.
views-not-kept = The view “{ $name }” is built in and cannot be removed.
    .hint = cosell views keep with its name puts another in its place.

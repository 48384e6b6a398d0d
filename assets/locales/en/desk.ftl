### The desk.

desk-name = cosell
desk-next = { $n } to do
desk-due = { $n } due
desk-data-of = data of { $when }
desk-outbox = outbox { $n }
desk-sample = SAMPLE
desk-read-only = read-only
desk-importing = importing, { $rows } rows
desk-too-small = needs 40 x 10
desk-count = { $n } of { $total }
desk-count-at-most = up to { $n } of { $total }
desk-count-many = many of { $total }
desk-marked = { $n } marked
desk-shown = { $n } shown
desk-without-value = { $n } without a value
desk-sort = sort: { $sort }
desk-filter = filter: { $filter }
desk-everywhere = All tabs and stages
desk-tab-by-filter = Tab by filter
desk-stages-by-filter = Stages by filter
desk-tab-and-stages-by-filter = Tab and stages by filter
desk-view-by-filter = The filter “{ $filter }” says which stages are shown. { $key } clears it.
desk-filter-dropped = The filter “{ $filter }” of the last time is not understood any more and is left out.
desk-filter-typing = filter:
desk-sorted = Sorted by { $sort }. The same key again turns it round.
desk-nothing-selected = Nothing is selected.
desk-marked-first = The first { $n } are marked; more are not marked at once.
many-named = { $names } and { $more } more
many-as-came = Each with the values that came.
many-left-out = Left out: { $title }: { $why }
many-left-out-more = Left out are { $n } more.
many-refused = Will be refused: { $title }: { $why }
many-only-owner = Only the owner can be set: { $title }: { $why }
many-more-such = And so { $n } more.
many-none-allowed = This is possible for none of them. { $why }
many-none = None can be accepted as it came. { $why }
desk-nothing-to-complete = No key or value begins so. { $key } lists them.
desk-no-earlier-filter = There is no other filter yet.
desk-no-filter = No filter is active. / starts one.
desk-no-suspend = Suspending works on Unix only.
desk-importing-already = An import is running. Esc stops it.
desk-importing-first = An import is running: Esc stops it.
desk-leave-again = { $key } again leaves; drafts are kept.
desk-own-again = Your own desk again. Nothing of the sample was kept.
desk-nothing-to-leave = Nothing is open here. { $key } quits.
desk-key-unknown = { $key } does nothing here. { $help } shows the keys.
desk-paste-nowhere = Nothing is open to paste into. / starts a filter.
desk-path-missing = Type the name of a file first.
desk-marking = Marking from here: move on, then press a verb. v or Esc ends the range.
desk-copied = Copied as a row for Excel or Outlook: { $title }
desk-copied-first = Only the first { $n } of { $all } rows were copied: no more fit into a terminal's clipboard.
copied-email = Copied the contact's e-mail: { $text }
copied-phone = Copied the contact's phone: { $text }
copied-address = Copied the customer's address: { $text }
copied-referral-id = Copied the referral ID: { $text }
copied-no-email = No e-mail of a contact is known: { $title }
copied-no-phone = No phone of a contact is known: { $title }
copied-no-address = No address of the customer is known: { $title }
copied-no-referral-id = Partner Center has not given a referral ID yet: { $title }
desk-copied-many = Copied as { $n } rows for Excel or Outlook.
settings-title = Settings
setting-first-name = My first name
setting-last-name = My last name
setting-phone = My phone
setting-email = My e-mail
setting-home-currency = Home currency
setting-response-days = Days to respond
setting-language = Language
setting-mouse = Mouse
setting-symbols = Symbols
setting-colour = Colours
setting-ground = Background
setting-accent = Colour of what is chosen
setting-good = Colour of good news
setting-warn = Colour of warnings
setting-bad = Colour of what is wrong
setting-muted = Look of lesser things
setting-match = Look of what is found
setting-title = Look of titles
setting-me-hint = Kept in your configuration, for new deals and for “mine only”; nothing takes it away.
setting-who-hint = Who are you? Your e-mail as it stands on your deals; it is kept in your configuration, and asked for once.
setting-who-missing = Without your e-mail nothing can be told to be yours.
setting-only-one = There is only English so far; other languages come later.
setting-is = { $setting }: { $value }.
setting-none = not set
setting-on = on
setting-off = off
setting-from-desk = switched here
setting-from-outside = command line or environment
setting-from-file = file
setting-from-default = default
desk-mouse-on = The mouse is on. Hold Shift to select text.
desk-mouse-off = The mouse is off.
desk-done = { $done } { $key } undoes it.
ask-rescue-hint = Enter saves what is held to a new file. Esc goes on looking at it; nothing more can be changed.
desk-saved = Saved to { $path }. Leave and start with --db and this name to go on.
desk-settings-wrong = { $count ->
    [one] 1 setting wrong ({ $key })
   *[other] { $count } settings wrong ({ $key })
}
desk-config-wrong = { $count ->
    [one] The default stands for one setting: { $first }
   *[other] Defaults stand for { $count } settings (cosell doctor names all): { $first }
}
desk-forced-read-only = The database can only be read: the file or its folder cannot be written.
desk-panicked =
    cosell has stopped because of a mistake of its own. Nothing that was confirmed is lost.
    What happened is written in { $log }
desk-failed-hint = Nothing that was confirmed is lost. cosell doctor checks terminal and database.
desk-no-size = The terminal does not tell its size
desk-not-taken = The terminal could not be taken
desk-no-thread = The system gives no thread
desk-terminal-failed = The desk had to stop
desk-store-gone = The database thread has stopped. Restart the desk; nothing that was confirmed is lost.

welcome-title = Welcome. There is nothing here yet.
welcome-import = { $key }   import a download of Partner Center (deals, insights, or API JSON)
welcome-new = { $key }   enter a deal of your own
welcome-demo = { $key }   look at a sample pipeline
welcome-mouse = { "    " }work with the mouse as well: it is off
welcome-help = { $help } shows the keys, { $quit } quits.

empty-filter = Nothing passes the filter “{ $filter }”.
empty-filter-hint = It hides { $count }. { $key } clears it.
elsewhere-view = { $n } in { $view } ({ $key })
elsewhere-tab = { $n } in { $tab }
elsewhere-enter = { $key } looks everywhere
elsewhere-nothing = Nothing passes it in other stages or tabs either.
number-or-more = { $n }+
empty-view = Nothing is { $view } in { $tab }.
empty-view-hint = { $count } in other stages: { $key } shows them.
empty-tab = { $key } imports a download.
empty-favorites = { $key } marks the selected opportunity as favorite, in any tab.

detail-above = { $lines ->
    [one] 1 line above, { $key }
   *[other] { $lines } lines above, { $key }
}
detail-around = { $above } above, { $below } below
detail-more = { $lines ->
    [one] 1 more line, { $key }
   *[other] { $lines } more lines, { $key }
}

## Forms

form-title = { $verb }: { $title }
form-label-name = Deal name
form-label-value = Value
form-label-currency = Currency
form-label-close-date = Close date
form-label-notes = Notes
form-label-crm-id = CRM ID
form-label-campaign-id = Campaign ID
form-label-employees = Employees
form-label-reason = Reason
form-label-note = Note
form-button-close = Decline and close
form-button-next = Next: { $page }
form-button-create = Make the deal
form-button-ask = Ask for help
form-label-customer = Customer
form-label-line2 = Street 2
form-label-first-name = First name
form-label-last-name = Last name
form-label-phone = Phone
form-label-email = E-mail
form-head-customer = Customer
form-head-address = Address
form-head-contact = Contact
form-head-someone-else = Someone else
form-head-help = Help
form-choose-why = Choose why: 1 to { $most }.
form-choose-help = Choose what help is wanted: 1 to { $most }.
form-needs-consent = The customer's consent is missing. Microsoft may use the contact to speak to the customer directly: ask the customer first, then Space ticks it.
form-so-far = The deal so far
form-so-far-missing = Still missing
form-unchanged = stays as it is on each
form-like-country = e.g. KR, Japan or 대한민국
form-like-customer = e.g. Northwind Traders, Inc.
form-like-duns = e.g. 081466849
form-like-street = e.g. 271 Station Road
form-like-city = e.g. Changwon
form-like-postal-code = e.g. 51543
form-like-name = e.g. ERP migration, phase 1
form-like-value = e.g. 84m or 120,000
form-like-currency = e.g. KRW
form-like-close-date = e.g. +30d
form-like-sales-stage = e.g. 40
form-like-crm-id = e.g. OPP-20410
form-like-owner = an employee's e-mail; empty: the first one
form-not-on-it = “{ $given }” is no employee on it. One of { $known }.
form-like-campaign-id = e.g. Spring-2027
form-like-phone = e.g. +82 2-555-0100
form-like-email = e.g. minjun@partner.example
form-like-solution = e.g. erp or SOL-34104-EBB
form-like-quantity = e.g. 10
form-like-help-note = e.g. Join the demo on 12 March
form-like-partner = e.g. Contoso Consulting
form-like-partner-brings = e.g. Data migration
form-label-find = Find
form-label-quantity = Quantity
form-label-price = Price of one
form-label-category = Kind of deal
form-label-help = Would you like Microsoft's help?
form-label-share = May Microsoft sellers see it?
page-customer = Customer
page-deal = Deal
page-employees = Employees
page-solutions = Solutions
page-selling = Selling
page-check = Check
option-ours = Our own: with Microsoft's help or without
option-partner = Partner to partner: together with another partner
option-assessment = Solution assessment: exactly one assessment
form-consent = The customer agrees that this contact is given to Microsoft, who may speak to them directly.
form-contact-optional = The contact is optional; a help request needs it, with consent.
form-no-promise = Asking promises nothing: Microsoft has 14 days to decide.
form-list-empty-people = nobody yet
form-list-empty-joining = nobody else yet
form-list-empty-solutions = none yet
form-recent = Recent: a number adds, x takes off, e corrects
form-suggestions = ↓ Enter, or { $key } …, takes one
form-in-deals = in your deals
form-on-deal = on this deal
form-type-on = type on for others
form-calendar-hint = { $key } calendar
form-editor-hint = { $key } your editor
form-check-missing = Missing or wrong
form-check-sent = What follows
form-similar = Similar deal: { $id } { $title } ({ $customer }), also with { $solutions }.
form-alike = In the directory: { $name }. Is it the same customer?
form-nothing-changed = Nothing was changed.
form-no-expand = There is nothing to open here: dates have a calendar, notes your editor.
form-solution-not-chosen = ↓ chooses one of those found; a whole id adds one nobody knows yet.
form-no-customer = Not in the directory: fill in the rest, and it is a new customer.
form-no-solution = Nothing found. Enter adds a whole id like SOL-34104-EBB; cosell solutions import FILE fills the catalogue.
form-not-here = { $key } does nothing in this field.
form-drafts-one = { $n ->
    [one] One deal is begun and not finished: { $key } goes on with it.
   *[other] { $n } deals are begun and not finished: { $key } goes on with them.
}
drafts-title = New deal
drafts-start = Start a new one
drafts-line = { $title } · { $customer }
drafts-untitled = no name yet
calendar-title = Close date
calendar-hint = Arrows by day and week · PgUp PgDn by month · Enter takes it
calendar-weekdays = Mo Tu We Th Fr Sa Su
editor-failed = Nothing was changed: the editor could not be run ({ $detail }).
editor-not-waited-for = { $editor } went on in a window of its own: the text stays in { $path }. Set EDITOR to one that waits until it is closed.
editor-none = No editor is set: EDITOR names one.
form-saving = Saving …
form-complaints = { $n ->
    [one] One thing is missing or wrong.
   *[other] { $n } things are missing or wrong.
}
form-draft-kept = What you typed is kept: open the form again to go on.
form-draft-restored = Your draft is back.
form-draft-overtaken = Your draft is back. Changed by others since: { $fields }; what you typed stands here.
form-coming = The form is coming; what you type is for it. Esc gives it up.
form-draft-failed = What you type cannot be kept as a draft: { $why }
form-thrown-away = Thrown away.
form-paste-cut = Too long: { $n } characters were cut off.
form-enter-pasted = That Enter came together with other keys, as in a paste. Press Enter again.
form-no-palette = Leave the form first: Esc.
form-changed-since = It was changed in another window since. Esc, then Enter, keeps what you typed; open the form again to go on over the new values.
ask-leave-form = Leave this form?
    .hint = Enter leaves and keeps a draft · x throws it away · Esc goes back to the form
    .sample = Enter leaves; the sample keeps the draft until you leave it · x throws it away · Esc goes back to the form
ask-leave-import = An import is running. Leave without it?
    .hint = Enter leaves, and nothing of it is kept · Esc goes back and lets it end
ask-own-desk = This is the sample; nothing here is kept. Do it on your own desk?
ask-own-desk-hint = Enter goes to your own desk and does it there · t tries it here · Esc leaves it
ask-value-hint = Enter goes on with it · Esc goes back to the form
ask-undo = Undo: { $step }?
ask-redo = Do again: { $step }?
ask-hint = Enter does it · Esc leaves it

follows-moves = It moves to { $stage }.
follows-archived = It moves to { $stage }: { $outcome }.
follows-freezes = Nothing of it can be changed any more: archived is final.
follows-tells-each = A note for each of their senders goes into the outbox.
follows-tells = A note for { $sender } goes into the outbox.
follows-opens = Then possible: { $verbs }.
follows-registration = Some solutions must be registered in Partner Center within 60 days of signing; Microsoft reviews it and may ask for more.
follows-early = Registration may be rejected before { $when }: 72 hours after creation.
follows-undo = Undo works until it is written to an upload file for Partner Center.
follows-many = Each is checked by itself; the ones that cannot be changed are listed. One undo takes all of it back.

## Menus

menu-palette = What to do
menu-help = Keys
menu-sort = Sort by
menu-columns = Columns
columns-fitting = As many as fit
columns-always = always
columns-no-room = no room
columns-hint = Space or Enter shows or hides one, Esc closes.
history-all = History of everything
history-of = History of { $title }
history-place = { $at } of { $count }
history-place-more = { $at } of { $count } and earlier ones
history-many = It changed { $count } opportunities: { $key } on one of them shows its part.
history-gone = The opportunity is not there any more.
brought-title = What { $files } brought
brought-none = No import stands in the history.
brought-coming = What it brought is being read.
brought-nothing = Nothing of it is there any more.
brought-new-of = { $new } new: { $places }
brought-inbound = { $count } open in Inbound
brought-outbound = { $count } open in Outbound
brought-archived = { $count } archived
brought-expired = { $count } expired at once
brought-changed = { $count } changed
brought-conflicts = { $count } in conflict
brought-guessed = { $count ->
    [one] For one of them nothing tells who made it: it stands in Outbound.
   *[other] For { $count } of them nothing tells who made them: they stand in Outbound.
}
brought-part-conflict = Changed here and in Partner Center: yours stays until you decide ({ $key } in the deal)
brought-part-expired = Expired at once: the time to answer was over when it came
brought-part-new = New
brought-part-changed = Changed
brought-part-archived = New, and archived already
brought-place = { $tab } · { $stage }
brought-ended = { $outcome } { $day }
brought-outbox = { $place } · outbox
brought-fields = Changed: { $fields }
brought-fields-conflict = To be decided: { $fields }
menu-results = Results
menu-import = Import
menu-narrow = Find:
menu-nothing = Nothing matches.
sort-now = now
results-head = { $refused ->
    [0] { $done } done.
   *[other] { $done } done, { $refused } refused.
}
results-done = done
next-hint = The day first, then what is to be done: +3d call Kim, 2026-12-01 send the offer. It stays ours and is never sent. Enter keeps it, Esc leaves.
    .had = The day first, then what is to be done: +3d call Kim, 2026-12-01 send the offer. Nothing at all takes it away. It stays ours and is never sent. Enter keeps it, Esc leaves.
note-hint = A line that stays with the deal, dated and signed, and is never sent to Partner Center. Enter keeps it, Esc leaves.
desk-mine = Only yours are shown.
desk-everybodys = Everybody's are shown.
deadline-field = Respond by
deadline-hint = The day, or day and time, that the mail of Partner Center names: 2026-11-30 17:00, +3d. Enter sets it, Esc leaves. Everything else is settled when you accept ({ $key }).
save-path = Save what is held
save-path-hint = The name of a new file; none is written over. Enter saves, Esc leaves.
import-path = Import a file
import-path-hint = Type to narrow, or a path; Tab completes it, ↑ brings earlier ones. Refused rows go to NAME.refused.csv beside the file or, where that folder takes none, to the state folder.
import-file = File:
import-no-files = No CSV, TSV, JSON or text file here. A path may be typed, or a file dropped on this window; Tab completes it.
import-looks-customers = { $name } looks like a list of customers: cosell customers import takes it over.
import-looks-solutions = { $name } looks like a list of solutions: cosell solutions import takes it over.
looks-deals = deals
looks-insights = insights
looks-api = API records
looks-customers = customers
looks-solutions = solutions
looks-folder = folder
looks-other = not known
help-intro = Enter does what the chosen line says. ^s stands for Ctrl+S, and so on.
help-typing = Typing
help-form =
    Enter goes to the next field and presses the button. In notes it starts a line.
    ↓ or ^n goes into suggestions, Enter takes one · in lists x or Delete takes off
    Space ticks a box · arrows or a number choose · PgUp PgDn turn pages
    ^a ^e beginning and end · ^w a word back · ^u ^k to beginning and end of the line
    alt-b alt-f by words · everything typed is kept as a draft
help-times = The time in the list
help-times-text =
    18h tomorrow: the word is the day of the calendar where you are, the colour the hours that are left: less than 24, less than 3 days (also: soon).
    ≤ 14d: at most so many days. No file says when it was sent, so the 14 days are counted from the first import that showed it.
    closes in 12d, 4d over: the close date of an accepted one. ! stands after a close date that has passed while the deal is open.
help-filter = The filter
help-filter-typing = While it is typed: { $complete } completes the key or value at the cursor, { $earlier } and { $later } bring earlier filters.
help-mouse = The mouse is on: hold Shift to select text.

## Actions

group-move = Move
group-look = Look
group-decide = Decide
group-mark = Mark
group-program = Program
group-form = Form

action-with-step = { $action }: { $step }
action-down = Down
action-up = Up
action-first = First
action-last = Last
action-half-page-down = Half a page down
action-half-page-up = Half a page up
action-scroll-down = Scroll down
action-scroll-up = Scroll up
action-page-down = Page down
action-page-up = Page up
action-inbound = Inbound
action-outbound = Outbound
action-favorites = Favorites
action-next-tab = Next tab
action-previous-tab = Previous tab
action-open = Open
action-back = One level back, cancel, clear
action-close = Close / quit
action-filter = Filter
action-complete = Complete the key or value; again: the next one
action-complete-back = The completion before
action-earlier-filter = An earlier filter
action-later-filter = A later filter
action-next-match = Next match
action-previous-match = Previous match
action-sort = Sort
action-view = Next stage view
action-columns = Choose the columns
action-mark = Mark
action-mark-range = Mark a range
action-mark-all = Mark all, or none
action-mark-down = Mark and go down
action-mark-up = Mark and go up
action-accept = Accept
action-decline = Decline
action-win = Won
action-lose = Lost
action-favorite = Favorite on or off
action-new = New deal
action-edit = Edit
action-ask-help = Ask for Microsoft's help
action-clone = Make a new deal like this one
action-resolve = Decide a conflict: theirs or ours
action-keep-ours = Ours stays, in this field
action-take-theirs = Take theirs, in this field
action-keep-all-ours = Ours stays, in all fields
action-take-all-theirs = Take theirs, in all fields
action-next-step = Next step with a day
action-note = Note that stays ours
action-give-to-me = Give it to me: I am the owner
action-mine = Mine only, or everybody's
action-undo = Undo
action-redo = Redo
action-copy = Copy as rows for Excel or Outlook
action-history = History of this one
action-history-of-all = History of everything
action-last-import = What the last import brought
action-import = Import a file
action-demo = Look at the sample pipeline
action-own = Back to your own desk
action-palette = Everything that can be done
action-help = Help for this room
action-reload = Read again (refresh)
action-messages = Last messages
action-mouse = Mouse on or off
action-settings = Settings
action-next-value = Next value
action-previous-value = Previous value
action-default = Back to the default
action-suspend = Suspend
action-leave = Leave; drafts are kept
action-confirm = Choose
action-next-field = Next field
action-previous-field = Previous field
action-next-page = Next page
action-previous-page = Page before
action-next-suggestion = Into the suggestions, and on
action-pick = Take the suggestion of this number
action-remove = Take off the list
action-expand = Calendar for a date, your editor for notes
action-save = Do what the button says

footer-accept = accept
footer-decline = decline
footer-win = won
footer-lose = lost
footer-favorite = favorite
footer-new = new deal
footer-edit = edit
footer-ours = ours
footer-theirs = theirs
footer-all-ours = all ours
footer-all-theirs = all theirs
footer-ask-help = ask for help
footer-mark = mark
footer-filter = filter
footer-complete = complete
footer-earlier-filter = earlier filters
footer-sort = sort
footer-view = stages
footer-open = open
footer-undo = undo
footer-import = import
footer-down = next
footer-up = previous
footer-page-down = scroll
footer-confirm = choose
footer-decline-close = decline and close
footer-create = make the deal
footer-check = check
footer-next-field = next field
footer-next-page = next page
footer-expand = open
footer-keep = keep the filter
footer-change = change
footer-default = default
footer-in-notes = next · Enter new line
footer-back = back
footer-close = close
footer-palette = all
footer-help = help

key-unknown-action = { $path }: there is no action “{ $name }”.
    .hint = cosell keys lists them.
key-unknown-key = { $path }: { $action } cannot be bound to “{ $key }”.
    .hint = For example "a", "A", "ctrl-a", "shift-tab", "f5", "pgdn", "space".
key-no-way-out = { $path }: the action “leave” needs a key.
    .hint = It is the one way out that always works.
conflicts-title = What both sides changed: { $title }
conflicts-side-ours = Ours
conflicts-side-center = Partner Center
conflicts-from = { $from }, { $at }
conflicts-decided = Nothing is left to decide. { $undo } takes the last decision back, Esc closes.
conflicts-agree = There is nothing to decide here: both sides agree.
conflicts-elsewhere = In conflict elsewhere: { $count }. Enter lists them (conflict:yes).
clock-behind = This clock stands before the last step, which was made { $when }: one of the two is wrong. Deadlines are counted by this one.

### What the commands answer.

# While a database of an earlier version is converted; 0 when that begins.
bringing-on = { $rows ->
    [0] Bringing the database on to this version …
    [one] Bringing the database on to this version: one row …
   *[other] Bringing the database on to this version: { $rows } rows …
}

## import

import-progress = { $file }: { $rows } rows
import-done = { $file }: { $new } new, { $changed } changed, { $unchanged } unchanged.
import-done-dry = { $file }: would be { $new } new, { $changed } changed, { $unchanged } unchanged. Nothing was changed.
import-conflicts = { $count ->
    [one] One opportunity was changed here and in Partner Center: yours stays until that is decided.
   *[other] { $count } opportunities were changed here and in Partner Center: yours stay until that is decided.
}
import-conflicts-where = cosell conflicts lists them, cosell resolve decides.
list-undated = { $n ->
    [one] One deal is left out only because its date is unknown.
   *[other] { $n } deals are left out only because their date is unknown.
}
import-older = { $count ->
        [one] 1 row is older than what is known and changed nothing.
       *[other] { $count } rows are older than what is known and changed nothing.
    }
import-older-here = If the file is newer than its date says, { $key } takes it all the same.
import-older-newest = If the file is newer than its date says: cosell import --newest FILE.
import-moved-on = { $deal } is further along here than the file has it: what was accepted or closed is moved back by no file.
import-known-same = It says what { $file } said, imported { $at }.
import-known-old-here = It says what { $file } said, imported { $at }: what came since stays. If Partner Center says so again by now, { $key } takes it all the same.
import-known-old = It says what { $file } said, imported { $at }: what came since stays. If Partner Center says so again by now: cosell import --newest FILE.
import-unknown = { $count ->
    [one] One row speaks of an opportunity that is not here, and says too little to make it.
   *[other] { $count } rows speak of opportunities that are not here, and say too little to make them.
}
import-refused = { $count ->
    [one] One row was refused.
   *[other] { $count } rows were refused.
}
import-refused-file = Correct them in { $path } and import that file.
import-refused-planned = They would be written to { $path }.
import-refused-not-written = { $path } could not be written ({ $detail }): their reasons stand only here.
import-lost = { $count ->
    [one] One row of the file is in none of these counts. This is a fault of cosell: cosell undo takes the import back.
   *[other] { $count } rows of the file are in none of these counts. This is a fault of cosell: cosell undo takes the import back.
}
import-again = { $count ->
    [one] One row speaks of an opportunity that an earlier row of the file speaks of: where they differ the later one counts.
   *[other] { $count } rows speak of opportunities that earlier rows of the file speak of: where they differ the later one counts.
}
import-refused-row = line { $line }: { $reasons }
import-refused-record = record { $line }: { $reasons }
import-refused-more = … and { $count } more.
import-columns = Kept without being understood: { $columns }.
import-left = Left out, as the map does not name them: { $columns }.
import-stays = { $count ->
    [one] In one row your CRM says otherwise what cannot be edited here as it stands: it stays.
   *[other] In { $count } rows your CRM says otherwise what cannot be edited here as it stands: it stays.
}
import-closed-there = { $count ->
    [one] One deal is closed in your CRM and open here: win or lose it here.
   *[other] { $count } deals are closed in your CRM and open here: win or lose them here.
}
command-map = Propose the map of a CRM's file from its heads
command-map-file = A file with the opportunities of your CRM
command-import-map = Take the opportunities of your CRM: { $names }, or a map of your own
command-export-for = As CSV that a CRM takes, with its names of columns: { $names }, or a map of your own
map-head =
    Which column of your CRM's file is which of cosell's. Several names for one may stand in a list; the first is written by export --for. What stands under [written] is written and not read.
    Check it, save it as FILE.toml, and try cosell import --map FILE.toml --dry-run. Lines with # count for nothing.
import-controls = { $count ->
    [one] One control character was left out.
   *[other] { $count } control characters were left out.
}
import-unseen = { $count ->
    [one] One mark that shows nothing was left out.
   *[other] { $count } marks that show nothing were left out.
}
import-entities = { $count ->
    [one] One HTML entity (such as &amp;) was read as the character it stands for.
   *[other] { $count } HTML entities (such as &amp;) were read as the characters they stand for.
}
import-spellings = { $count ->
    [one] One company stands under several spellings at one street: { $names }.
   *[other] { $count } companies stand under several spellings at one street: { $names }.
}
# Columns, each with the number of its rows in brackets.
import-gaps = Partner Center refuses an upload where these are empty, or consent is No: { $columns }.
import-open-dates = { $count ->
    [one] One date could be read day first as well: it was read month first, as Partner Center writes dates. Nothing in the file tells.
   *[other] { $count } dates could be read day first as well: they were read month first, as Partner Center writes dates. Nothing in the file tells.
}
import-open-amounts = { $count ->
    [one] One amount has a single mark before three digits: it was read as thousands. Nothing in the file tells.
   *[other] { $count } amounts have a single mark before three digits: it was read as thousands. Nothing in the file tells.
}
import-lost-zeros = { $count ->
    [one] One postal code has lost the zeros that it begins with: the one that is here stays.
   *[other] { $count } postal codes have lost the zeros that they begin with: those that are here stay.
}
import-duns = { $count ->
    [one] One D-U-N-S number got its leading zeros back.
   *[other] { $count } D-U-N-S numbers got their leading zeros back.
}
import-encoding = Read as { $name }; --encoding NAME reads it otherwise.
import-mended = { $count ->
    [one] One half of a sign was replaced by �.
   *[other] { $count } halves of signs were replaced by �.
}
import-page = { $here } of { $of }: the rest is not in this file.
import-counts = The file says twice how many there are, { $one } and { $other }: whether any is left out it does not tell.
import-page-more = { $here }, and there are more: the rest is not in this file.
import-foot = { $count ->
        [one] One line was passed over as a total or footer, only one cell of it says anything: { $lines }.
       *[other] { $count } lines were passed over as totals or footers, only one cell of each says anything: { $lines }.
    }
import-unended = The file ends in line { $line } without a line break. If it was cut off there, the last cell of that row is cut, too.
encoding-unknown = There is no encoding { $name }.
    .hint = For example { $names }.
import-guessed = { $count ->
    [one] For one opportunity nothing tells who made it: it stands in Outbound. --tab inbound says otherwise.
   *[other] For { $count } opportunities nothing tells who made them: they stand in Outbound. --tab inbound says otherwise.
}
import-undo = cosell undo takes the whole import back.
# One row of a dry run: its line and what would become of it.
import-row = { $line }: { $verdict }
verdict-new = new
verdict-changed = changed
verdict-unchanged = unchanged
verdict-older = older than what is known
verdict-conflict = conflict
verdict-refused = refused
verdict-unknown = not here
change-line = { $field }: { $old } → { $new }
conflict-as-of = { $line } ({ $when })
conflict-line = { $field }: yours { $ours }, theirs { $theirs }
conflict-raised = { $field }: theirs is { $theirs }, to be decided
conflict-ours = { $field }: yours stays
conflict-over = { $field }: nothing is to be decided any more

## list, show

column-id = ID
column-favorite = ♥
column-time-left = Time left
column-deal = Deal
column-customer = Customer
column-value = Value
column-close = Close
column-stage = Stage
column-sales-stage = Stage %
column-changed = Changed
# Over the time of deals that close, and over the day of those that were closed.
column-closes = Closes
column-closed = Closed
outcome-on = { $outcome } { $day }
as-of = As it stood on { $day }, at the end of the day.
as-of-empty = Nothing was held here then.
as-of-empty-filtered = Nothing that was held then passes the filter.
list-empty = Nothing here yet.
    .hint = cosell import FILE takes over a download; cosell demo shows a sample.
list-empty-filtered = Nothing passes the filter; without it there are { $count }.
show-age = { $stage }, { $age }

show-solution = { $solution } ({ $owner })
show-respond-by = Respond by
show-respond = { $left } ({ $at })
# ≤ is explained where it stands.
show-respond-at-most = { $left } (by { $at } at the latest: no file says when it was sent)
show-received = Received
show-direction = Direction
show-outbox = Outbox
show-outbox-waiting = waits for Partner Center
show-refused = Refused
show-refused-row = { $message }
    { $file }, { $when }
show-conflict-cure = cosell resolve { $id } --ours or --theirs decides what both sides changed.
show-refused-cure = cosell edit { $id } FIELD=VALUE corrects it, and the next upload file has it again.
show-refused-cure-accept = cosell edit { $id } FIELD=VALUE corrects it, cosell accept { $id } accepts it anew, cosell decline { $id } declines it; the next upload file has it again.
show-refused-cure-late = cosell edit { $id } FIELD=VALUE corrects it, and the next upload file has it again; its time to answer is over, so that it is neither accepted anew nor declined.
show-refused-cure-end = cosell edit { $id } FIELD=VALUE corrects it, cosell { $verb } { $id } tells it anew, cosell reopen { $id } takes it back; the next upload file has it again.
show-conflict = In Partner Center
show-sender-note = Message
show-help-note = Note to Microsoft
show-number = Number
show-uid = UID
show-extra = Also in the file

## steps

done-accept = Accepted: { $title }.
done-decline = Declined: { $title }. { $sender } is told by Partner Center, once it has taken the upload file.
done-note-stays = { $done } Your note stays here: no column of an upload file takes it. Write it on the deal’s page in Partner Center.
done-win = Won: { $title }.
done-lose = Lost: { $title }.
done-favorite = Favorite: { $title }.
done-unfavorite = No favorite any more: { $title }.
done-again = Partner Center refused this before ({ $message }), and that was not corrected: the same goes out again.
done-again-accept = Partner Center refused that this was accepted ({ $message }), and that was not corrected: the same goes out again.
done-reopen = Taken back how it ended: { $title }.
done-reopen-over = It was to be answered by { $when }, which is over: it has expired.
done-resolve-ours = Ours stays: { $title }.
done-resolve-theirs = Theirs is taken: { $title }.
done-outbox = It waits in the outbox; cosell undo takes it back until it is written to an upload file.
warning-close-date-past = The close date { $date } is in the past.
warning-value-huge = { $value } is very much. Is it right?

## history

step-import = Imported { $files } ({ $count ->
    [0] only answers
    [one] one opportunity
   *[other] { $count } opportunities
})
step-accept = Accepted { $what }
step-decline = Declined { $what }
step-win = Won { $what }
step-lose = Lost { $what }
step-expire = Expired { $what }
step-revive = Received again, the clock had been ahead: { $what }
step-reopen = Took back how { $what } ended, which Partner Center had refused
step-resolve = Decided what both sides changed of { $what }
step-undo = Undone: { $step }
step-redo = Made again: { $step }
step-favorite = Marked { $what } as favorite
step-unfavorite = Took { $what } off the favorites
step-what-one = “{ $title }”
step-what-many = { $count ->
    [one] one opportunity
   *[other] { $count } opportunities
}
step-created = Made by this import
step-undone = undone { $when }
undo-done = Undone: { $step }.
undo-before-write = It was done before the upload files were written; what has left in them is final.
undo-quiet = The last import, of { $files }, changed nothing: nothing of it is to be undone.
undo-list = { $file } was a list of customers or solutions: undo does not take it back, a corrected file changes it.
undo-quiet-hint = Once more takes back what was done before: { $step }.
redo-done = Done again: { $step }.
history-empty = Nothing has been done yet.

## keys, config, doctor

command-config-set = Set one of them in the file
command-config-unset = Take one away: it has its default then
command-config-key = One of { $settings }
command-config-value = The value; it is checked as the forms check it
config-set = { $setting } is { $value } now.
config-unset = { $setting } has its default now.
config-head =
    cosell configuration. Every line is optional; these are the present values.
    This file: { $path }
config-language = The language of screens and commands: { $languages }
config-response-days = Days to respond where Partner Center does not say
config-home-currency = The currency that forms begin with, and that sums are converted into where there are exchange rates
config-stage-weights = How likely a deal is counted as won in the sales stages 10, 20, 40, 60 and 80, in percent
config-me = You: offered first among employees
config-keys = Other keys, by the name of the action (cosell keys lists them); [] takes a key away
config-theme = symbols: "unicode" or "ascii"; colour: "auto" or "never"; ground, the background: "auto", "dark" or "light"; then colours by role
config-hooks = Commands that are run on what happens, with it as JSON on their input, and how many seconds each may take: { $events }
config-mouse = The mouse; hold Shift to select text with it
doctor-database = Database
doctor-access = Access
doctor-access-write = can be changed
doctor-access-asked = reading only, as you asked
doctor-access-forced = reading only: the file or its folder cannot be written
doctor-integrity = Integrity
doctor-readable = Opportunities can be read
doctor-counts = Counts
doctor-search = Search index
doctor-mode = File mode
doctor-mode-open = { $mode }: others can read it. chmod 600 { $path } closes it.
doctor-size = Opportunities
doctor-outbox = Outbox
doctor-config = Configuration
doctor-config-none = none ({ $path })
doctor-log = Log
doctor-language = Language
doctor-terminal = Terminal
doctor-database-none = none yet ({ $path }): the first import or the first deal makes it
doctor-keys = Keys
doctor-signs = Signs
doctor-signs-single = one cell wide in this terminal
doctor-signs-double = lines, boxes and arrows are two cells wide in this terminal: the desk uses plain ASCII there
doctor-signs-set = plain ASCII, as you set it
doctor-signs-unknown = not known: the terminal did not answer, or there is none
doctor-good = good
doctor-bad = wrong: { $detail }
doctor-result-good = Everything is in order.
doctor-result-bad = { $count ->
    [one] One thing is not in order.
   *[other] { $count } things are not in order.
}
keys-column-where = Where
keys-where-everywhere = everywhere
keys-where-list = list
keys-where-detail = detail
keys-where-history = history
keys-where-settings = settings
keys-where-brought = import
keys-where-conflicts = conflicts
keys-where-review = review
keys-where-brief = page before a call
keys-where-drafts = drafts
keys-where-menu = menus
keys-where-results = results
keys-where-filter = filter
keys-where-dialog = questions
keys-where-form = forms
keys-column-key = Key
keys-column-does = Does
keys-column-name = Name
command-conflicts = What both sides changed and nobody has decided yet
command-reopen = Take back that a deal was declined, won or lost, where Partner Center refused that
refused-not-refused = Partner Center has not refused how this one ended.
    .hint = cosell undo takes back the last step while it has not been written to an upload file.
command-resolve = Decide what both sides changed: take theirs, or ours stays
command-resolve-field = A field as conflicts names it (default: all)
command-resolve-ours = Ours stays, and is to be sent
command-resolve-theirs = Theirs is taken, also for what cannot be sent there any more
day-read = “{ $typed }” is read as { $day }.
conflicts-none = Nothing is to be decided: both sides agree.
conflicts-hint = cosell resolve ID [FIELD…] --theirs takes theirs, --ours keeps yours.
resolve-unknown = There is no field “{ $given }”.
    .hint = In conflict are: { $fields }.

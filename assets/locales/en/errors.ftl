### What is wrong, in one sentence; `.hint` says what to do next.

## Values

invalid-missing = { $field } is missing.
    .hint = It is needed here.
invalid-control-character = { $field } contains a control character ({ $code }).
    .hint = Type the text again without it.
invalid-too-long = { $field } is longer than { $max } characters.
    .hint = Shorten it.
invalid-too-many = { $field }: at most { $max } are possible.
    .hint = Leave some out.
invalid-not-an-amount = { $field }: “{ $typed }” is not an amount.
    .hint = For example 120000, 1,200,000, 84m or 1.2k.
invalid-too-precise = { $field }: { $currency } { $decimals ->
    [0] has no decimals
    [one] has { $decimals } decimal
   *[other] has { $decimals } decimals
}.
    .hint = Round the amount.
invalid-two-readings = { $field } can mean { $one } or { $other }.
    .hint = Write { $one } or { $other }, without groups.
invalid-lakh = { $field } is grouped in lakh and crore, in which nobody counts { $currency }.
    .hint = Write it in groups of three, or without groups: 1250000.
invalid-not-positive = { $field } must be more than zero.
    .hint = Estimate what the deal is worth.
invalid-too-large = { $field } is too large.
    .hint = At most 10,000,000,000,000; 1,000,000,000,000,000 where the currency has no decimals, 1,000,000,000,000 where it has three.
invalid-unknown-currency = { $field }: “{ $typed }” is no currency.
    .hint = Three letters, for example USD, EUR, KRW, JPY, CNY or TWD.
invalid-not-a-date = { $field }: “{ $typed }” is not a date.
    .hint = For example 2026-12-31, 31.12., 12/31/2026, +30d or end of quarter.
invalid-no-date-of-a-file-hint = For example 12/31/2026, 2026-12-31, 31.12.2026 or 31-Dec-2026.
invalid-not-a-time = { $field }: “{ $typed }” is not a time.
    .hint = For example 2026-12-31T17:00:00Z.
invalid-not-an-email = { $field }: “{ $typed }” is not an e-mail address.
    .hint = For example ana.reyes@example.com.
invalid-not-a-phone = { $field }: “{ $typed }” is not a phone number.
    .hint = Five to twenty digits, for example +82 2-555-0100.
invalid-not-a-duns = { $field }: “{ $typed }” is not a D-U-N-S number.
    .hint = Nine digits, leading zeros too, for example 08-146-6849.
invalid-unknown-country = { $field }: “{ $typed }” is no country.
    .hint = Two letters, for example US, KR, JP, CN or TW.
invalid-not-a-person = { $field }: “{ $typed }” does not have four parts.
    .hint = First;Last;phone;email, for example Ana;Reyes;+1 425 555 0100;ana@example.com.
invalid-unknown-reason = { $field }: “{ $typed }” is no reason.
    .hint = One of budget, no-response, other-vendor, requirement, not-a-customer, timeline, abuse, other, or its number 1 to 8.
invalid-needs-note = The reason “{ $reason }” needs a note.
    .hint = Say in a few words why.
invalid-unknown-status = { $field }: “{ $typed }” is no status of Partner Center.
    .hint = New / Pending, New / Received, Active / Accepted, or Closed / Won, Lost, Declined, Expired or Error.
invalid-not-one-of = { $field }: “{ $typed }” is not possible.
    .hint = One of { $allowed }.
invalid-not-a-solution = { $field }: “{ $typed }” is not a solution.
    .hint = id, currency, price, quantity; the last three may be left out: SOL-1234-PQRS, USD, 10, 100.
invalid-not-a-whole-number = { $field }: “{ $typed }” is not a whole number.
    .hint = Digits only.
invalid-shape-row = The row does not have as many cells as the header.
    .hint = A separator or a quotation mark may be missing.
invalid-shape-person = { $field } does not have four parts.
    .hint = first name, last name, phone, email.
invalid-shape-object = { $field } is not a JSON object.
    .hint = Objects stand between curly brackets.
invalid-shape-list = { $field } is not a list.
    .hint = Lists stand between square brackets.
invalid-shape-text = { $field } is not a text.
    .hint = Texts stand between quotation marks.

## Steps that are not allowed

refused-archived = Archived as { $outcome }: nothing can be changed.
refused-archived-on = Archived as { $outcome } on { $date }: nothing can be changed.
    .hint = Archived is final. Only favorites can still be marked.
refused-not-accepted = Not accepted yet: accept or decline it first.
    .hint = Won, Lost and a request for help come after acceptance.
refused-assessment-open = A solution assessment is won once its steps are done: it stands at { $reached } %, and 80 % (presented to the customer) is needed.
    .hint = Set the sales stage first: cosell edit ID sales-stage=80.
refused-not-private = Only a private deal can be opened to Microsoft sellers; this one is { $kind }.
    .hint = cosell ask-help asks for their help.
refused-already-accepted = Already accepted: it can be reported as won or lost.
    .hint = Accepting and declining answer a received opportunity.
refused-no-conflict = There is nothing to decide: both sides agree.
    .hint = “cosell conflicts” lists what both sides changed.
refused-no-conflict-in = { $field }: there is nothing to decide, both sides agree.
refused-changed-since = It was changed in another window since you looked at it.
    .hint = Look at it again, then repeat the step.
no-such = There is no opportunity { $id }.
    .hint = cosell list shows which there are.

## Filters

filter-unknown-key = There is no key “{ $key }”.
    .hint = Keys are { $keys }. Text with a colon goes in quotation marks.
filter-unknown-value = “{ $value }” is no { $key }.
    .hint = One of { $allowed }.
filter-no-value = { $key }: needs a value.
    .hint = Write it right behind the colon.
filter-not-an-amount = “{ $value }” is not an amount.
    .hint = For example value:>50000, value:10k..50k.
filter-comma = “{ $value }”: between amounts a comma may be one of decimals.
    .hint = A stroke separates them, in quotation marks in a shell: "{ $key }:{ $other }".
filter-two-commas = “{ $value }” may be one amount or several.
    .hint = Write { $key }:{ $one } for the one, "{ $key }:{ $other }" for any of several.
filter-two-readings = “{ $value }” can mean { $one } or { $other }.
    .hint = Write { $one } or { $other }, without groups.
filter-not-a-date = “{ $value }” is not a date for { $key }.
    .hint = For example { $key }:<3d, { $key }:this-month, { $key }:2026-12-31, { $key }:2026-12-01..2026-12-31.
filter-unknown-country = “{ $value }” is no country.
    .hint = Two letters or a name, for example country:KR,JP or country:"Hong Kong".
filter-unknown-currency = “{ $value }” is no currency.
    .hint = Three letters, for example currency:USD.
filter-open-quote = A quotation mark is open.
    .hint = Close it, or leave it out.

## Database

home-relative = HOME is no whole path: { $path } would depend on where cosell is started.
    .hint = Set HOME to a path that begins with /.
config-not-a-file = { $path } is no file that settings can be read from.
    .hint = Name another one with --config, or put the file in its place.
config-astray = { $path } is a link, and what it points to is not there.
    .hint = Point it to a file, or remove it: without a file every setting has its default.
config-too-long = { $path } is longer than any configuration (1 MiB). It was not read.
    .hint = Name another one with --config. cosell config prints one to begin with.
store-busy = Another program is using the database.
    .hint = Close it or try again.
store-full = The disk is full. Nothing was changed.
    .hint = Make room, then repeat the step.
store-no-permission = { $path } may not be used by you.
    .hint = Check who owns the file and its folder, or name another one with --db.
store-read-only = The database is open for reading only: nothing can be changed.
    .hint = Start without --read-only, or check that the file and its folder can be written.
store-not-a-file = { $path } is not a file.
    .hint = Name a database file with --db.
store-link = { $path } is a symbolic link.
    .hint = Name the file it points to.
store-empty = { $path } is empty, so it is no database.
    .hint = If nothing was lost, delete it: a new database is then made in its place.
store-foreign = { $path } is not a cosell database. It was not touched.
    .hint = Name another file with --db.
store-newer = { $path } was written by a newer version of cosell ({ $theirs }, this one knows { $ours }). It was not touched.
    .hint = Use the newer version.
store-earlier = { $path } was written by an earlier version of cosell and can only be read here.
    .hint = Open it once where it can be written, without --read-only: it is brought on then, and a copy is kept until that is done.
store-no-room = There is too little room beside { $path } to bring it on to this version: { $megabytes } MiB are needed. It was not touched.
    .hint = Make room on that disk and open it again.
store-gone = { $path } is gone: it was moved, renamed or deleted while it was open. Nothing is written any more, and this was not kept.
    .hint = Put it back and start again, or name the file to work with by --db.
store-replaced = { $path } was replaced by another file while it was open. Nothing was written to that one, and this was not kept.
    .hint = Start again to work with the file that is there now.
store-log-older = { $path } was put there, or changed, after the write-ahead log beside it was written: a backup, perhaps, over a database that was not closed. Nothing was changed.
    .hint = To work with the file as it is: mv '{ $path }-wal' '{ $path }-wal.aside'. To take in what the log holds: touch '{ $path }-wal'.
store-log-apart = The write-ahead log beside { $path } does not fit it: an older copy seems to have been put over a database that was not closed. Nothing was changed.
    .hint = Put the log aside to work with the file as it is: mv '{ $path }-wal' '{ $path }-wal.aside'. cosell doctor then checks it.
store-damaged = The database is damaged ({ $detail }).
    .hint = cosell doctor tells more. Keep a copy of the file before anything else is done with it.
store-ambiguous = { $count ->
    [100] A hundred or more opportunities
   *[other] { $count } opportunities
} begin with “{ $given }”: { $named }.
    .hint = Type more of the referral id, or the number.
store-candidate = { $id } { $title } ({ $customer })
id-meant = “{ $given }” is { $candidate }.
store-nothing-to-undo = There is nothing to undo.
store-nothing-to-redo = There is nothing to redo.
store-not-the-last = Something else came after it, so it was not undone: { $step }
    .hint = Undo takes that back first.
store-changed-since = It cannot be undone: opportunity { $id } was changed afterwards ({ $step } on { $date }).
    .hint = cosell history { $id } shows what happened to it.
store-written = It cannot be undone: it was written to an upload file for Partner Center and is final.
    .hint = Opportunity { $id } is the first one it concerns.
store-failed = The database could not be used ({ $detail }).
    .hint = cosell doctor checks it.
store-file-missing = There is no database { $path }.
    .hint = Leave --read-only away once: the database is then made.
store-file-exists = { $path } is there already. Nothing is written over it.
    .hint = Name a file that is not there yet.
store-file-failed = { $path } could not be used ({ $detail }).
    .hint = Check the file and its folder.
store-stopped = Stopped. Nothing was changed.

## Files

file-missing = { $file } is not there.
    .hint = Check the name.
file-no-permission = { $file } may not be read by you.
    .hint = Check who owns it.
file-failed = { $file } could not be read ({ $detail }).
    .hint = Check the file.
file-folder = { $file } is a folder.
    .hint = Name the files in it.
file-is-empty = { $file } is empty.
    .hint = Download it again.
file-encoding = { $file }, line { $line }: this is not text in UTF-8 or UTF-16. Nothing of the file was imported.
    .hint = In Excel, save it as “CSV UTF-8”.
file-unknown-format = { $file } is not a file of Partner Center: no column is known. Its first columns are { $columns }.
    .hint = Known are the download of deals, the insights download and JSON of the Referrals API.
file-missing-columns = { $file } lacks { $columns }. Nothing of the file was imported.
    .hint = Download it again, and keep the first row as it is.
file-open-quote = { $file }, line { $line }: a quotation mark is opened and never closed. Nothing of the file was imported.
    .hint = Close it, or download the file again.
file-json = { $file }, line { $line }, column { $column }: { $expected }. Nothing of the file was imported.
    .hint = Correct the file there.
file-registrations = { $file } is a download of deal registrations, not of deals. Nothing of the file was imported.
    .hint = Choose the co-sell opportunities in the same Download menu; registrations are worked on in Partner Center or in that file.
file-leads = { $file } is a download of leads, not of deals. Nothing of the file was imported.
    .hint = Choose the co-sell opportunities in the same Download menu; leads are worked on in Partner Center or in that file.
file-customers = { $file } is a list of companies, not of deals. Nothing of the file was imported.
    .hint = cosell customers import { $file } takes it over.
file-solutions = { $file } is a list of solutions, not of deals. Nothing of the file was imported.
    .hint = cosell solutions import { $file } takes it over.
file-notice = { $file } is a notice that a referral was made or changed, without the referral itself.
    .hint = Fetch the referral that its ResourceUri names, and import that.
file-api-error = { $file } is an error that the Referrals API answered with, and holds no referral.
    .hint = Ask it again, and import the answer.
file-no-referral = { $file } holds no referral.
    .hint = Known are one referral, a list of them, and an answer with a list in “value”.
refused-one-file = --refused takes the rows of one file.
    .hint = Import the files one after the other, or leave it away: each then has a file of its own.
refused-file-exists = { $path } is there already.
    .hint = Name a new file for the refused rows, or none.
refused-file-failed = { $path } cannot be written ({ $detail }).
    .hint = Name another file for the refused rows, or none.
json-comma-or-brace = expected a comma or a closing curly bracket
json-comma-or-bracket = expected a comma or a closing square bracket
json-colon = expected a colon
json-name = expected a name in quotation marks
json-value = expected a value
json-no-trailing-comma = expected no comma before the closing bracket
json-more = expected more: the file ends too early
json-end = expected the end of the file
json-text = expected a well-formed text: it has a wrong escape or a line break
json-number = expected a number as JSON writes it
json-less-depth = expected fewer levels of brackets
json-other = expected something else

## Configuration and use

config-failed = { $path } could not be read ({ $detail }).
    .hint = Check the file, or name another one with --config.
config-syntax = { $path }, line { $line }: { $detail }.
    .hint = cosell config shows what can be set.
config-unknown = { $path }: there is no setting “{ $key }”.
    .hint = cosell config shows what can be set.
    .did-you-mean = Did you mean “{ $meant }”?
config-value = { $path }: { $key } cannot be “{ $value }”.
    .hint = It takes { $allowed }.
config-key-twice = { $path }: { $key } is bound to both { $one } and { $other }.
    .hint = Give one of them another key.
usage-unknown-command = There is no command “{ $given }”.
    .hint = cosell help lists the commands.
usage-unknown-flag = There is no option “{ $given }” here.
    .hint = { $command } --help lists the options.
usage-did-you-mean = Did you mean “{ $meant }”?
usage-missing = { $what } must be given.
    .hint = { $command } --help shows how.
usage-value = { $flag } cannot be “{ $given }”.
    .hint = One of { $allowed }.
usage-value-number-hint = A whole number, for example 50.
usage-value-missing = { $flag } needs a value.
    .hint = { $command } --help shows how.
usage-too-many = “{ $given }” is one too many.
    .hint = { $command } --help shows how.
usage-conflict = { $given } and { $other } do not go together.
    .hint = One of the two.
usage-other = These arguments make no sense together.
    .hint = { $command } --help shows how.
usage-no-terminal = The desk needs a terminal, and there is none here.
    .hint = Commands work everywhere: cosell list, cosell show, cosell accept; cosell help lists them.
time-not-readable = COSELL_NOW is “{ $given }”, which is not a time.
    .hint = For example 2026-11-21T08:00:00+09:00.
output-failed = The output could not be written ({ $detail }).

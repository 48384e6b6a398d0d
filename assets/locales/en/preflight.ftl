### What Partner Center asks of an upload: what is wrong with a deal, what helps, and what the check answers.

command-check = Say what Partner Center would refuse of an upload, before it is written
command-check-filter = What is checked: numbers of deals, or the words of a filter; without any, what waits for Partner Center
command-check-all = Check every deal, whether anything of it waits or not
command-check-layout = For the upload file of this template: { $layouts }
command-check-rules = List the rules themselves
command-check-fix = Give one value to every deal with this finding, as one step: name-missing=ERP; may be given several times
command-check-dry-run = Show what --fix would change, and change nothing

## The rules, each in a few words. Where a deal is meant, what is meant of it is appended.

preflight-missing = { $column } is missing
preflight-notes-missing = The deal has no notes, which the form of 2023 asks for
preflight-refused-before = Partner Center refused this as it stands
preflight-refused-corrected = Partner Center refused what it said before; it was corrected since
preflight-closed-there = It is closed in Partner Center: nothing of it can change there any more
preflight-customer-stays = Partner Center keeps its own customer name: yours does not go
preflight-address-stays = Partner Center keeps its own address: yours does not go
preflight-duns-stays = Partner Center keeps its own D-U-N-S number: yours does not go
preflight-duns-missing = A D-U-N-S number would speed the matching of the customer
preflight-contact-stays = The contact is shared already: Partner Center takes no other
preflight-reason-missing = The reason for declining or losing it is missing
preflight-answer-late = The time to answer is over: Partner Center may have let it expire
preflight-sales-stage-missing = A solution assessment needs its sales stage
preflight-assessment-open = A solution assessment is won only when all its stages are done
preflight-value-zero = The value is 0
preflight-value-huge = The value is very large
preflight-close-date-past = The close date is past
preflight-help-stays = Help was asked for already: its kind and note stay as they were sent
preflight-share-stays = Microsoft sees it already: that cannot be taken back
preflight-private = Private: nothing of it goes to Microsoft but by your own upload
preflight-partner = The partner has no column: invite them in Partner Center
preflight-consent-refused = Consent to share the contacts is No: the row would be refused
preflight-consent-unknown = Nobody has said yet that the contacts may be shared; the upload says Yes
preflight-intent-unknown = The purchase intent is unknown; the upload says Have not decided
preflight-solutions-too-many = More than { $max } solutions
preflight-assessment-solutions = A solution assessment has exactly one solution
preflight-solution-cell = A solution does not fit its cell: a comma, a blank or a control character in its id, or a price that is no number
preflight-team-too-many = More than { $max } people
preflight-team-cell = Somebody of the team does not fit the cell: a comma or a control character in name, phone or e-mail
preflight-team-incomplete = Somebody of the team lacks a name, a phone number or an e-mail
preflight-detailed = { $sentence }: { $detail }

## What helps.

preflight-cure-set = cosell edit { $id } { $flag }=…
preflight-cure-add = cosell edit { $id } { $flag }+=…
preflight-cure-take-off = cosell edit { $id } { $flag }-=…
preflight-cure-take-back = take the step that closed it back, and do it again
preflight-cure-undo = take your change back: u on its step in the history
preflight-cure-make-anew = cosell clone { $id } with what is missing, and take this one back
preflight-cure-in-center = set it in Partner Center; the next import brings it
preflight-cure-import = import the newest download of Partner Center
preflight-cure-ask = ask the customer and your colleagues first
preflight-cure-look = nothing has to be done
preflight-cure-correct = correct it: cosell edit { $id } FIELD=VALUE

## How much hangs on a finding, and which deals a rule is about.

preflight-error = error
preflight-warning = warning
preflight-hint = hint
preflight-when-every = every deal
preflight-when-new = new deals
preflight-when-update = deals that Partner Center knows
preflight-when-worked = accepted, won or lost
preflight-when-open = accepted
preflight-when-help = help asked for
preflight-when-reasoned = declined, lost or error
preflight-when-assessment = solution assessments
preflight-when-private = private deals

## What a rule is known from: pages of Partner Center's documentation.

preflight-from-required = Bulk operations: required columns
preflight-from-template = Template of 2026: required columns
preflight-from-limits = Bulk operations: limits
preflight-from-ids = Bulk operations: update rows
preflight-from-cells = Bulk operations: solution and team cells
preflight-from-read-only = Bulk operations: read-only columns
preflight-from-closed = Bulk operations: closed deals
preflight-from-reasons = Bulk operations: reason numbers
preflight-from-help = Bulk operations: help numbers
preflight-from-lifecycle = Manage co-sell opportunities: 14 days to answer
preflight-from-types = Manage co-sell opportunities: types of deals
preflight-from-assessments = Solution assessments: solution and sales stages
preflight-from-matching = Bulk operations: account matching

## What the check answers.

check-nothing-waits = Nothing waits for Partner Center.
check-none-there = No deal passes this filter.
check-fine = { $deals ->
    [one] 1 deal checked: nothing is against it.
   *[other] { $deals } deals checked: nothing is against any of them.
}
check-summary = { $deals ->
    [one] 1 deal checked
   *[other] { $deals } deals checked
}: { $parts }.
check-errors = { $count ->
    [one] 1 error
   *[other] { $count } errors
}
check-warnings = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
}
check-hints = { $count ->
    [one] 1 hint
   *[other] { $count } hints
}
check-shared = { $deals } deals: { $sentence }
check-shared-fix = cosell check --fix { $rule }=…
check-column-rule = Rule
check-column-severity = Weight
check-column-when = About
check-column-layouts = Layouts
check-column-what = What it says
check-column-source = Known from
check-no-rule = There is no rule “{ $given }”.
    .hint = cosell check --rules lists them.
check-no-value = “{ $given }” has no value.
    .hint = It is given as RULE=VALUE: name-missing=ERP.
check-not-fixable = “{ $rule }” cannot be settled by one value for all.
    .hint = These can: { $rules }.
check-fix-none = No deal has this finding: nothing was changed.
check-fix-cannot = cannot: { $why }
check-fix-done = { $deals ->
    [one] 1 deal was changed. cosell undo takes it back.
   *[other] { $deals } deals were changed in one step. cosell undo takes it back.
}
check-fix-dry = { $deals ->
    [one] 1 deal would be changed. Nothing was.
   *[other] { $deals } deals would be changed. Nothing was.
}

## The room of the desk.

action-check = What Partner Center would refuse
palette-also-check = check, pre-flight, preflight, upload, errors, missing, rules, 점검, 검사, 오류, チェック, 点検, エラー, 检查, 错误
keys-where-check = check before an upload
check-title = Check before an upload
check-coming = What waits is being checked.
check-first = The first { $deals } that wait were checked.
check-rule-line = { $severity } · { $sentence }
check-deals = { $deals ->
    [one] 1 deal
   *[other] { $deals } deals
}
check-enter-field = Enter opens it there
check-no-fix = One value cannot settle this for all: Enter on a deal opens it.
check-fix-title = { $sentence } · { $deals ->
    [one] 1 deal
   *[other] { $deals } deals
}
check-fix-hint = One value for all of them; what it changes is shown before. A colleague is First;Last;phone;email, a solution is its id.
check-fix-ask = { $deals ->
    [one] Change 1 deal?
   *[other] Change { $deals } deals in one step?
} { $changes }
check-fix-change = { $title }: { $changed }.
check-fix-out = { $title } is left out: { $why }
check-fix-more = { $more ->
    [one] And 1 more.
   *[other] And { $more } more.
}
check-answer-change = Change them

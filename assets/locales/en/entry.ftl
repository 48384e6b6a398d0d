### Making and changing deals: complaints, consequences and answers.

## Words

part-first-name = first name
part-last-name = last name
part-phone = phone
part-email = e-mail
part-id = id
part-name = name
part-quantity = quantity
part-price = price
field-country = Country
field-line1 = Street
field-line2 = Street, second line
field-city = City
field-state = State
field-postal-code = Postal code
field-consent = Consent
field-help-kind = Kind of help
field-help-note = Note to Microsoft
field-partner = Partner
field-partner-brings = What they bring

## Complaints

invalid-missing-list = { $field } are missing.
invalid-needs-consent = The customer's consent is missing.
    .hint = Microsoft may use the contact to speak to the customer directly: ask the customer first, then tick it, or say --consent.
invalid-unknown-help = { $field }: “{ $typed }” is no kind of help.
    .hint = A number 1 to 6, or one of { $allowed }.
invalid-not-exactly-one = A solution assessment has exactly one solution.
    .hint = Take the others off, or choose another way of selling.
invalid-not-an-assessment = { $field }: “{ $id }” is no assessment.
    .hint = Choose one that the catalogue calls an assessment.
invalid-taken = { $field }: there is another “{ $name }” already.
    .hint = Two of one kind cannot have the same name, however it is written.
invalid-told-since = { $field }: something is told from { $day } on, which would hide it.
    .hint = Tell it from that day on or from a later one.
invalid-twice = { $field }: “{ $what }” is there twice.
    .hint = Take one of them off.
invalid-two-values = { $field } is in it twice, as “{ $one }” and as “{ $other }”.
    .hint = Leave the one that is right.
invalid-other-type = { $field }: this amounts to { $meant }, not to { $given }.
    .hint = Leave the type out, or give what belongs to it.
invalid-not-for-a-new-deal = { $field }: “{ $given }” cannot be said of a new deal.
    .hint = A new deal is outbound and accepted; Partner Center gives the rest.
edit-no-value = “{ $given }” does not say what the field becomes.
    .hint = { $given }=TEXT sets it; { $given }= empties it.
invalid-unknown-field = There is no field “{ $given }”.
    .hint = Fields are { $allowed }.
invalid-not-a-list = { $field } is one value: += and -= are for employees and solutions.
    .hint = Write FIELD=VALUE.
invalid-only-alone = { $field } cannot be set together with { $with }.
    .hint = Set { $with } by itself, then the rest.
invalid-only-add-or-take-off = { $field } are added and taken off one by one.
    .hint = += adds, -= takes off: employee+="Ana;Reyes;+1 425 555 0100;ana@example.com", solution-=SOL-34104-EBB.
invalid-not-there = { $field }: “{ $what }” is not on the deal.
    .hint = cosell show tells who and what is on it.
invalid-not-chosen = Solutions: nothing was chosen for “{ $words }”.
    .hint = ↓ and Enter choose one of those that were found; or empty the search.
invalid-other-sign = { $field }: { $sign } does not stand for { $currency }.
    .hint = Leave the sign out, or correct the currency.
warning-prices-elsewhere = The prices of { $ids } stay in the currency they are in.
example-name = A name to find it by, for example “ERP migration, phase 1”.
example-country = Two letters or a name, for example KR, Japan or 대한민국.
example-customer = The legal name, for example Northwind Traders, Inc.
example-employees = At least one colleague: first name, last name, phone and e-mail.
example-solutions = At least one solution, for example SOL-34104-EBB.
example-solution-id = An id without blanks, for example SOL-34104-EBB; with quantity and price SOL-34104-EBB;10;99.50.
example-help-kind = 1 value proposition, 2 architecture, 3 proof of concept, 4 quotes, 5 post-sales, 6 general.
example-help-note = What Microsoft is to do, for example “Join the demo on 12 March”.
example-partner = The other partner's name, for example Contoso Consulting.
example-partner-brings = In a few words, for example “Data migration”.

refused-edit-received = { $field }: not accepted yet.
    .hint = Accepting settles it: cosell accept takes new values.
refused-edit-archived = { $field }: archived, nothing can be changed.
    .hint = Archived is final. A new deal can be made like it: cosell clone.
refused-edit-assessment = { $field }: the solution of a solution assessment stays.
    .hint = Make a new deal for another solution: cosell clone.
refused-edit-steps = { $field } is changed by accept, decline, win and lose.
    .hint = Use one of these.
refused-edit-help = { $field } is settled with the help request.
    .hint = cosell ask-help takes contact, kind of help and note.
refused-edit-creation = { $field } is settled when the deal is made; Partner Center takes no change.
    .hint = Make a new deal like it: cosell clone.
refused-edit-import = { $field } comes from Partner Center.
    .hint = It changes with the next import.
refused-help-asked = Microsoft's help was asked for already.
refused-help-asked-on = Microsoft's help was asked for on { $date }.
    .hint = It can neither be repeated nor taken back.
refused-microsoft-is-on-it = Microsoft is on it already.
    .hint = The detail shows who sent it, or where Microsoft stands.
refused-help-assessment = A solution assessment asks for no help.
    .hint = It is agreed with Microsoft before it begins.

## What follows

follows-becomes = Its type is { $kind }.
follows-shares = Microsoft sellers see the whole deal. Once uploaded, that cannot be taken back.
follows-contact = Microsoft may speak directly to { $person }.
follows-microsoft = Asking promises nothing: Microsoft has { $days } days from the upload to decide, and its silence does not move the deal.
follows-shows = Microsoft sellers may see the deal; no help is asked for.
follows-private = Private: Microsoft sellers see nothing of it.
follows-partner = { $partner } is named on it; invite them in Partner Center.
follows-outbox = It waits in the outbox until it is uploaded.
follows-released = It stays here until you release it in the outbox.
warning-address = Partner Center takes no upload without { $street ->
    [1] { $city ->
        [1] street and city
       *[0] the street
    }
   *[0] the city
} of the customer.

## Answers

step-create = Made { $what }
step-edit = Edited { $what }
step-ask-help = Asked Microsoft for help with { $what }
done-create = Made: { $title }, { $kind }, in Outbound.
done-edit = Edited: { $title }.
form-draft-joined = Another window goes on with this draft too, and filled in: { $fields }.
form-draft-clash = Another window typed into the same fields of this draft: { $fields }. What stands here is kept.
done-favorite-already = A favorite already: { $title }.
done-unfavorite-already = No favorite before either: { $title }.
done-share = Microsoft sellers may see it now: { $title } is partner-led.
done-respond-by = Deadline set: { $title }.
done-ask-help = Help asked: { $title } is co-sell now.
show-microsoft = Microsoft
show-microsoft-unsent = has { $days } days from the upload to decide
show-microsoft-due = decides by { $when }
show-microsoft-lapsed = did not decide by { $when }; the deal goes on as it is
show-partner = { $partner }: { $brings }

## Commands

command-new = Make a deal of your own, from flags, a JSON file, standard input or a draft
    .from = Read the deal from a JSON file, in the shape of cosell show --json; - is standard input
    .draft = Finish a draft (cosell drafts lists them)
    .check = Check everything and make nothing
    .customer = The customer's legal name
    .country = Its country: a code or a name
    .duns = Its D-U-N-S number: nine digits
    .street = Its address
    .city = Its city
    .state = Its state or province
    .postal-code = Its postal code
    .notes = Notes for the colleagues on the deal
    .employee = A colleague on the deal: First;Last;phone;email (can be repeated)
    .solution = A solution: id, or id;quantity;price (can be repeated)
    .share = Let Microsoft sellers see the deal without asking for help
    .partner = The other partner of a partner-to-partner deal
    .brings = What they bring to it
    .assessment = It is a solution assessment
command-edit = Change an accepted deal: fields, people, solutions; or the deadline of a received one
    .set = name=, value=, currency=, close=, notes=, crm-id=, campaign-id=, sales-stage=, employee+=, employee-=, solution+=, solution-=, owner= (an employee's e-mail; in every stage); by itself type=partnerLed (of a private deal), or respond-by= (of a received one)
command-ask-help = Ask Microsoft for help with a deal, which makes it co-sell
    .kind = Kind of help: a number 1 to 6, or its code
    .note = What Microsoft is to do
    .contact = The customer's person: First;Last;phone;email
    .consent = The customer agrees that the contact is given to Microsoft
command-clone = Begin a new deal like an old one, as a draft
command-drafts = What was begun and not saved
    .show = Show everything typed into one
    .drop = Throw one away
    .number = The number in the list
new-nothing = Nothing says what the deal is.
    .hint = cosell new --help lists the flags; --from FILE reads JSON; n in the desk opens the form.
new-checked = Everything is there. Nothing was made.
no-such-draft = There is no draft { $id }.
    .hint = cosell drafts lists them.
clone-done = Draft { $draft }, like { $title }: finish it in the desk (n), or with cosell new --draft { $draft } and what is missing.
drafts-none = Nothing is begun.
drafts-dropped = Draft { $id } is thrown away.
drafts-column-number = Draft
drafts-column-form = Form
drafts-column-changed = Changed

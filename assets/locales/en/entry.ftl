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

invalid-needs-consent = The customer's consent is missing.
    .hint = Microsoft may use the contact to speak to the customer directly: ask the customer first, then tick it (--consent).
invalid-unknown-help = { $field }: “{ $typed }” is no kind of help.
    .hint = A number 1 to 6, or one of { $allowed }.
invalid-not-exactly-one = A solution assessment has exactly one solution.
    .hint = Take the others off, or choose another way of selling.
invalid-not-an-assessment = { $field }: “{ $id }” is no assessment.
    .hint = Choose one that the catalogue calls an assessment.
invalid-twice = { $field }: “{ $what }” is there twice.
    .hint = Take one of them off.
invalid-other-type = { $field }: this amounts to { $meant }, not to { $given }.
    .hint = Leave the type out, or give what belongs to it.
invalid-not-for-a-new-deal = { $field }: “{ $given }” cannot be said of a new deal.
    .hint = A new deal is outbound and accepted; Partner Center gives the rest.
invalid-unknown-field = There is no field “{ $given }”.
    .hint = Fields are { $allowed }.
example-name = A name to find it by, for example “ERP migration, phase 1”.
example-country = Two letters or a name, for example KR, Japan or 대한민국.
example-customer = The legal name, for example Northwind Traders, Inc.
example-employees = At least one colleague: first name, last name, phone and e-mail.
example-solutions = At least one solution, for example SOL-34104-EBB.
example-person = For example Ana, Reyes, +1 425 555 0100, ana.reyes@example.com.
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
follows-microsoft = Asking promises nothing: Microsoft decides by { $when }, and its silence does not move the deal.
follows-shows = Microsoft sellers may see the deal; no help is asked for.
follows-private = Private: Microsoft sellers see nothing of it.
follows-partner = { $partner } is named on it; invite them in Partner Center.
follows-outbox = It waits in the outbox until it is uploaded.
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
done-create = Made: { $title } ({ $id }), { $kind }. It is accepted and stands in Outbound.
done-edit = Edited: { $title } ({ $id }).
done-ask-help = Help asked: { $title } ({ $id }) is co-sell now.
show-microsoft = Microsoft
show-microsoft-due = decides by { $when }
show-microsoft-lapsed = did not decide by { $when }; the deal goes on as it is
show-partner = { $partner }: { $brings }

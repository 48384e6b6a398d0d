### One page before a call: what a deal, or a customer, is about.

command-brief = One page before a call: a deal, or a customer with all deals
    .what = Number, referral id or unique beginning of one; or the name of a customer
    .customer = All deals with the customer: of that name, or of the opportunity with this ID
    .md = As Markdown, to be pasted into a mail
brief-nobody = Nothing here is numbered or begins “{ $given }”, and no deal is with a customer of that name.
    .hint = cosell customers search finds names; cosell list shows the deals.
brief-no-customer = No deal is with a customer called “{ $given }”.
    .hint = cosell customers search finds names; cosell list shows the deals.
brief-several = “{ $given }” may be any of { $count } customers.
    .hint = { $customers }
brief-customer-line = { $customer }: cosell brief { $id } --customer
brief-customers-more = … and { $count } more: give more of the name

brief-title = { $title } · { $customer } (#{ $id })
brief-stands = Where it stands
brief-close = { $date } · { $closes }
brief-open = Open questions
brief-undecided = { $count ->
    [one] 1 field is not the same here and in Partner Center, and nobody has decided
   *[other] { $count } fields are not the same here and in Partner Center, and nobody has decided
}
brief-waiting = Something waits in the outbox: Partner Center does not know it yet
brief-no-value = No value
brief-no-close-date = No close date
brief-close-date-over = The close date is over: { $date }, { $closes }
brief-no-sales-stage = No sales stage
brief-no-contact = Nobody of the customer is known
brief-contact-out-of-reach = Neither phone nor e-mail of the customer's person is known
brief-no-employees = Nobody of us is on it
brief-no-solutions = No solution
brief-no-next-step = No next step
brief-next-step-over = The next step is over: { $date } { $text }
brief-people = Customer and people
brief-further = More of the customer
brief-notes = Next step and notes
brief-notes-earlier = { $count ->
    [one] 1 earlier note
   *[other] { $count } earlier notes
}
brief-changes = Last changes
brief-others = Other deals with this customer
brief-others-more = … and { $count } more
brief-ours-of-deal = #{ $id }: { $text }
brief-customer-also = Also written
brief-deals-open = Open
brief-open-deals = Open deals
brief-earlier-deals = Earlier deals
brief-met = People met on them
brief-on = { $person } (on { $deals })
brief-coming = The page is being put together …
brief-gone = This opportunity is not there any more.
brief-copied = Copied the page about “{ $title }”

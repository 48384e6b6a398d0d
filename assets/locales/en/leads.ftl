# Leads: what they are, where they stand, what becomes of them.

## Words
lead-stage = { $stage ->
    [received] Received
    [accepted] Accepted
    [won] Won
    [lost] Lost
    [declined] Declined
    [expired] Expired
    [error] Error
   *[closed] Closed
}
lead-kind = { $kind ->
    [marketing-qualified] Marketing qualified
    [sales-qualified] Sales qualified
    [qualified] Qualified
    [inquiry] Customer inquiry
    [offer] Offer lead
   *[other] { $kind }
}
lead-part = { $part ->
    [name] Name
    [stage] Stage
    [reason] Reason
    [reason-note] Note on the reason
    [type] Kind
    [source] Source
    [call-to-action] Call to action
    [program] Programme
    [offer-id] Offer ID
    [offer-name] Offer
    [value] Value
    [currency] Currency
    [close-date] Close date
    [customer] Customer
    [duns] D-U-N-S number
    [line1] Address
    [line2] Address, line 2
    [city] City
    [state] State
    [postal-code] Postal code
    [country] Country
    [contact-first] Contact, first name
    [contact-last] Contact, last name
    [contact-name] Contact
    [phone] Phone
    [email] E-mail
    [created] Received on
    [updated] Updated on
    [crm-id] CRM ID
    [notes] Notes
   *[other] { $part }
}

## Steps
step-lead = { $count ->
    [one] Changed the lead “{ $name }”
   *[other] Changed { $count } leads
}
step-leads = { $count ->
    [one] the lead “{ $name }”
   *[other] { $count } leads
}
step-leads-did = { $did ->
    [new] Took over { $leads }
    [imported] Took over what a file says of { $leads }
    [written] Wrote { $leads } to a file for Partner Center
    [answered] Partner Center took what was written of { $leads }
    [refused] Partner Center refused { $leads }
    [forgotten] Let { $leads } wait again: the file was never uploaded
    [accepted] Accepted { $leads }
    [declined] Declined { $leads }
    [won] Marked { $leads } as won
    [lost] Marked { $leads } as lost
   *[other] Changed { $leads }
}
step-lead-added = Took over the lead “{ $name }”

## Refusals
lead-closed = The lead is closed ({ $stage }): nothing of it can be changed.
    .hint = A later download may bring it back; cosell leads shows those that are open.
lead-not-accepted = The lead is not accepted yet: it is answered first.
    .hint = Accept or decline it first: cosell leads accept { $id }, or decline.
lead-accepted = The lead is accepted already.
    .hint = Win or lose it: cosell leads win { $id }, or lose.
lead-told = { $part } stays as it was told: only a download changes it.
    .hint = These can be changed: { $parts }.
lead-later = { $part } is changed once the lead is accepted.
    .hint = Accept it first: cosell leads accept { $id }. Notes and the CRM ID can be changed before.
lead-is-deal = A deal was made of the lead already: #{ $deal }.
    .hint = cosell show { $deal } shows it.
lead-none-such = There is no lead “{ $id }”.
    .hint = cosell leads --all lists all of them by their Referral IDs.
lead-several = “{ $id }” can be several leads: { $leads }.
    .hint = Type more of the ID.
lead-no-conflict = Nothing of the lead is in conflict.
    .hint = cosell leads show tells what Partner Center told last.

## What became of a file
leads-import-older = { $count ->
    [one] One row is older than what is known and changed nothing.
   *[other] { $count } rows are older than what is known and changed nothing.
}
leads-import-conflicts = { $count ->
    [one] One lead was changed here and in Partner Center: yours stays until that is decided.
   *[other] { $count } leads were changed here and in Partner Center: yours stay until that is decided.
}
leads-import-refused = { $count ->
    [one] Partner Center refused one lead: it says why, and waits again.
   *[other] Partner Center refused { $count } leads: they say why, and wait again.
}
leads-import-confirmed = { $count ->
    [one] One lead stands in Partner Center as it was changed here.
   *[other] { $count } leads stand in Partner Center as they were changed here.
}
leads-import-insights = These are figures of leads: they tell, and nothing of them is written back.
leads-import-where = cosell leads lists them; on the desk they have a room of their own.

## Commands
command-leads = Leads: list, answer, change them, write them back, make deals of them
    .list = List the leads that are open
    .show = Show everything about a lead
    .accept = Accept a lead
    .decline = Decline a lead that nobody has accepted
    .win = Report an accepted lead as won
    .lose = Report an accepted lead as lost
    .edit = Change parts of a lead
    .resolve = Decide what both sides changed: ours or theirs
    .write = Write what was changed to files for Partner Center, in the columns it came in
    .deal = Make a deal of an accepted lead, with its data and what is given beside
    .id = The Referral ID of the lead
    .all = Closed ones as well
    .reason = Why: a number 1 to 8, or budget, no-response, other-vendor, requirement, not-a-customer, timeline, abuse, other
    .note = More about it; “other” needs it
    .set = KEY=VALUE, for example value=1200000 or notes="called on Monday"; nothing behind = empties it
    .side = ours or theirs
    .folder = The folder for the files
    .format = csv or xlsx
leads-none = No open leads.
    .hint = cosell import takes Partner Center's download of leads; --all lists closed ones.
leads-column-id = Referral ID
leads-column-name = Lead
leads-column-stage = Stage
leads-column-customer = Customer
leads-column-kind = Kind
leads-column-day = Received
leads-column-value = Value
leads-column-state = State
lead-state-conflict = conflict
lead-state-waits = to be written
lead-state-written = written { $day }
lead-state-deal = deal #{ $deal }
lead-line = { $name }: { $value }
lead-line-told = { $name }: { $value } (Partner Center: { $told })
lead-kept = Kept as it came:
lead-done = The lead “{ $name }” is now { $stage }.
lead-edited = The lead “{ $name }” was changed.
lead-unchanged = Nothing was changed.
lead-waits = It waits to be written: cosell leads write DIR.
lead-reason-stays = The reason stays here: the file in which the lead came has no column for it. Choose it on the lead’s page in Partner Center.
lead-note-stays = Your note stays here: the file in which the lead came has no column for it. Write it on the lead’s page in Partner Center.
lead-no-row = It stays here: only figures told of it, and no download of leads.
lead-resolved-ours = Of the lead “{ $name }” yours stays and waits to be written.
lead-resolved-theirs = Of the lead “{ $name }” theirs was taken.
lead-deal-draft = Draft { $number } was begun from the lead “{ $name }”. It lacks:
    .hint = Finish it in the desk, or with cosell new --draft { $number }.
leads-write-nothing = No lead waits to be written.
leads-written = { $path }: { $rows ->
    [one] 1 lead
   *[other] { $rows } leads
}
leads-write-hint = Upload it under Leads in Partner Center; the next download tells what was taken.
leads-write-left = { $count ->
    [one] One lead stays here, as both sides changed it: decide it with cosell leads resolve.
   *[other] { $count } leads stay here, as both sides changed them: decide them with cosell leads resolve.
}

## On the desk
desk-leads = { $count ->
    [one] 1 lead: { $key }
   *[other] { $count } leads: { $key }
}
desk-leads-short = { $count } { $key }
action-leads = Leads
palette-also-leads = prospects, enquiries, inquiries, marketplace, referrals, 리드, 잠재 고객, リード, 見込み客, 线索, 潜在客户, 잠재고객, 문의, 引き合い, 見込客, 销售线索, 潜客
keys-where-leads = leads
leads-room-title = Leads
leads-room-none = No leads. { $key } imports Partner Center's download of them.
leads-room-count = { $count ->
    [one] 1 lead.
   *[other] { $count } leads.
}
leads-room-closed = { $count ->
    [one] No open leads; { $key } shows one that is closed.
   *[other] No open leads; { $key } shows { $count } that are closed.
}
leads-room-hidden = { $count ->
    [one] { $key } shows one more that is closed.
   *[other] { $key } shows { $count } more that are closed.
}
lead-not-chosen = There is no lead here.
lead-reason-title = Why?
lead-reason-hint = 1 budget, 2 no response, 3 other vendor, 4 requirement, 5 not a customer, 6 timeline, 7 abuse, 8 other; what stands behind it is a note, which 8 needs.
leads-room-ask = { $count ->
    [one] Write one lead into { $folder }, as { $name } or the next free number?
   *[other] Write { $count } leads into { $folder }, as { $name } or the next free number?
}
leads-room-left = { $count ->
    [one] One lead stays here, as both sides changed it: { $ours } keeps yours, { $theirs } takes theirs.
   *[other] { $count } leads stay here, as both sides changed them: { $ours } keeps yours, { $theirs } takes theirs.
}
leads-room-no-conflict = { $key } shows what Partner Center told last.
leads-room-later = Only notes and the CRM ID are changed before it is accepted; { $key } accepts it.
sheet-like-close = 2027-03-31 or +30d
sheet-like-currency = EUR

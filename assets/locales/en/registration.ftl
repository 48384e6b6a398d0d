# Registering won deals: what is asked, what is wrong, where it stands.

step-register = { $count ->
    [one] Told the registration of “{ $name }”
   *[other] Told { $count } registrations
}
step-registration-file = { $count ->
    [one] The registration of “{ $name }” went to or came from Partner Center
   *[other] { $count } registrations went to or came from Partner Center
}
step-registrations = { $count ->
    [one] the registration of “{ $name }”
   *[other] { $count } registrations
}
step-registration-written = Wrote { $what } to a file for Partner Center
step-registration-refused = Partner Center refused { $what }
step-registration-forgotten = Let { $what } wait again: the file was never uploaded
step-registration-changed = Changed { $what }
step-registration-state = Partner Center says of { $what }: { $state }

## Commands
command-register = Register a won deal: says whether it can be registered, and takes the contract's data
command-register-set = Parts of the contract and facts, as KEY=VALUE: { $parts }
command-register-dry-run = Only say whether it can be registered and what is wrong or missing
command-registrations = Registrations of won deals: where each stands, until when, what is next
command-registrations-write = Write those that are ready to a file for Partner Center
command-registrations-write-folder = Where to write the file
command-registrations-confirm = Read the file that Partner Center answered, or its download of registrations
command-registrations-confirm-file = The file
command-registrations-confirm-dry-run = Only say what it would change

## Whether a deal can be registered
register-can = { $deal } can be registered.
register-can-once = No rule keeps { $deal } from being registered; its contract is not right yet.
register-cannot = { $deal } cannot be registered as it stands.
register-maybe = cosell register { $id } says what its registration still needs, and takes the contract.
    .desk = { $key } says what its registration still needs, and takes the contract.
register-met = met: { $say }
register-not-met = not met: { $say } ({ $document })
register-not-known = not known: { $say } ({ $document })
register-advice = worth knowing: not so or not known: { $say } ({ $document })
register-unknown-key = { $key } is neither a part of a contract nor a fact.
    .hint = { $known }
register-no-value = { $given } has no value.
    .hint = Write { $given }=VALUE; an empty value takes it away.
register-closed = The registration of { $deal } cannot be changed: { $state }.
    .hint = Contract data can be changed until it is sent, and while Partner Center asks for an action.
register-done = Registration of { $deal }: everything is there. Register it by { $deadline }.
register-done-undated = Registration of { $deal }: everything is there.
register-not-kept = Nothing of what was typed is kept: a registration is kept once nothing is against it.
register-done-dry = Everything is there. Nothing was written: this was a dry run.
register-write-hint = cosell registrations write DIR makes the file for Partner Center.
register-by-hand-hint = ISV Connect has no file: register it in Partner Center.
register-reviewed = Somebody at Microsoft will look at it before it is approved.

## Parts of a contract
contract-part = { $part ->
    [value] The contract value
    [currency] The contract currency
    [term] The term
    [sign-date] The sign date
    [start-date] The start date
    [end-date] The end date
    [solution-value] The solution value
    [solution-currency] The solution currency
    [deployed-on-azure] Deployed on Azure
    [primary-deployment] The primary deployment
    [pricing-model] The pricing model
    [marketplace] Sold through the marketplace
   *[marketplace-date] The marketplace date
}
contract-example = { $part ->
    [value] For example value=60000 currency=USD
    [currency] For example currency=USD
    [term] term=perpetual or term=finite
    [sign-date] The day it was signed, for example sign-date=2026-11-20
    [start-date] For example start-date=2026-12-01
    [end-date] Its last day; with term=perpetual there is none
    [solution-value] What of the contract is for the registered solution
    [solution-currency] For example solution-currency=USD
    [deployed-on-azure] deployed-on-azure=yes or no
    [primary-deployment] primary-deployment=customer or partner
    [pricing-model] pricing-model=pay-as-you-go or other
    [marketplace] marketplace=yes or no
   *[marketplace-date] The estimated day of the transaction, for example marketplace-date=2026-12-05
}
flaw-in-future = { $part } is in the future: today is { $today } in UTC.
flaw-too-long-ago = { $part } is more than { $days } days back: { $earliest } is the earliest day, in UTC.
flaw-before-the-deal = { $part } is before { $earliest }, when the deal was made or Microsoft was invited.
flaw-before-signing = { $part } is before the contract was signed on { $signed }.
flaw-ends-before-start = { $part } is before the start on { $start }.
flaw-end-of-perpetual = { $part } stands there, and a perpetual contract has none.
flaw-starts-other-day = { $part } is not the sign date { $signed }: pay-as-you-go starts with the first invoice.
flaw-annual-too-small = { $part } comes to { $annual } a year; it has to be more than USD { $least }.
flaw-no-rate = { $part } cannot be compared: there is no rate from { $from } to { $to }.
    .hint = cosell rates import FILE brings rates in; none is guessed.
flaw-above-contract = { $part } is more than the contract is worth ({ $contract }).
flaw-no-transaction = { $part } stands there, though it was not sold through the marketplace.

## Where it stands
registration-state = { $state ->
    [pending] sent, not decided
    [approved] approved
    [reviewPending] in review
    [actionRequired] action required
    [reviewPassed] review passed
    [reviewFailed] review failed
    [marketplacePending] marketplace validation
    [marketplacePassed] marketplace validation passed
    [marketplaceFailed] marketplace validation failed
    [closed] closed
    [written] in { $file }, answer awaited
    [refused] refused
   *[none] not sent
}
registration-next = { $next ->
    [mend] Mend what was refused: cosell register { $id }
    [act] Partner Center asks for something: cosell register { $id }
    [write] Write it: cosell registrations write DIR
    [byHand] Register it in Partner Center (ISV Connect has no file)
    [upload] Upload the file, then cosell registrations confirm FILE
    [wait] Microsoft decides
   *[nothing] —
}
registration-decided = Nothing more: Microsoft has decided, and closes it
registrations-none = No deal is being registered.
    .hint = cosell register ID says whether a won deal can be.
registrations-column-state = State
registrations-column-deadline = Register by
registrations-column-next = Next
registrations-refused = Refused: { $errors }
registrations-write-none = No registration is ready to be written.
registrations-written = Wrote { $rows ->
    [one] one registration
   *[other] { $rows } registrations
} to { $file }.
registrations-written-hint = Upload it in Partner Center, then read the answer: cosell registrations confirm FILE.
registrations-would-write = Would write { $rows ->
    [one] one registration
   *[other] { $rows } registrations
}.
registrations-left = { $deal } stays here: { $why }
registrations-no-referral = Partner Center has given it no id yet; import a newer download.
registrations-not-won-there = Partner Center does not know yet that it is won: that goes through the outbox, upload and answer.
registrations-win-in-file = Partner Center does not know yet that it is won: that stands in { $file }, and nobody has confirmed it. Its answer says so.
registrations-not-won = its deal is not won.
registrations-flawed = its data no longer holds; cosell register { $id } --dry-run says what.
registrations-over-thousand = the file takes 1,000 rows; write again for the rest.
registrations-file-failed = The file could not be written: { $detail }.
    .hint = Nothing is there and nothing counts as written. Choose another folder.
registrations-read = { $file }: { $changed } changed, { $refused } refused by Partner Center, { $unchanged } unchanged, { $older } older, { $unknown } of no deal here.
registrations-read-dry = { $file } would change { $changed }; { $refused } refused by Partner Center, { $unchanged } unchanged, { $older } older, { $unknown } of no deal here.
registrations-read-row = line { $line }: { $what }
registrations-unknown = no deal here has its Referral ID.
    .hint = Take the download of deals over first (cosell import FILE), then this file of deal registrations once more.
registrations-answer = { $deal }: { $state }
registrations-mixed = Registrations are read by themselves, without other files beside them.
    .hint = cosell registrations confirm FILE

show-registration = Registration

## Agenda
agenda-register = Last day to register it (UTC)
looks-registrations = deal registrations

## What follows, before and after Won
follows-registrable = Won, it can be registered in Partner Center, within 60 days of signing.
follows-registrable-from = Won, it is registrable from { $when }, 72 hours after creation; before that Microsoft may reject it. It is to be there within 60 days of signing.
follows-registration-asks = The registration asks then: { $asked }.
follows-not-registrable = Won as it is, it could not be registered: { $why }
follows-register-by = It is to be registered in Partner Center by { $day } (UTC): its dates allow no later day.

## The form of the contract
contract-label-value = Contract value
contract-label-currency = Contract currency
contract-label-term = Term
contract-label-sign-date = Signed on
contract-label-start-date = Starts on
contract-label-end-date = Ends on
contract-label-solution-value = Solution value
contract-label-solution-currency = Solution currency
contract-label-deployed-on-azure = Deployed on Azure
contract-label-primary-deployment = Primary deployment
contract-label-pricing-model = Pricing model
contract-label-marketplace = In the marketplace
contract-label-marketplace-date = Marketplace date
contract-label-managed = Microsoft-managed
contract-label-microsoft = Microsoft said
contract-option = { $option ->
    [Perpetual] perpetual, without an end
    [Finite] with an end
    [Customer] at the customer
    [Partner] with us
    [PayAsYouGo] pay as you go
    [Other] other
    [pending] pending
    [accepted] accepted
    [declined] declined
    [expired] expired
    [won] won
   *[lost] lost
}
form-like-solution-currency = that of the contract
form-button-register = Keep registration
action-register = Register the won deal
footer-register = register
palette-also-register = registration, contract, deal registration, 등록, 거래 등록, 계약, 登録, 案件登録, 契約, 注册, 登记, 合同, 딜 등록, 거래등록, 登録申請, ディール登録, 商机注册, 交易注册, 备案
register-only-won = Only a won deal is registered: { $key } reports it as won first.
register-by-key = { $key } at #{ $id } registers it in Partner Center.
register-kept-undated = Registration of “{ $deal }” kept: it waits in the outbox ({ $outbox }).
register-kept = Registration of “{ $deal }” kept, to be there by { $deadline }: it waits in the outbox ({ $outbox }).

## Files of registrations
command-registrations-forget = Let the registrations of a file wait again that was never uploaded
command-registrations-forget-file = The file, by its name
registrations-forgotten = { $count ->
    [one] { $file } counts as never uploaded: its registration waits again.
   *[other] { $file } counts as never uploaded: its { $count } registrations wait again.
}
registrations-no-such-file = No registration that awaits its answer is in { $file }.
    .hint = cosell registrations says in which file each is.
registrations-upload-it = Upload it in Partner Center, then read the answer here with the import.
registrations-ask = { $count ->
    [one] Write one registration into { $folder }? What is written is changed again only once it is answered.
   *[other] Write { $count } registrations into { $folder }? What is written is changed again only once it is answered.
}
registrations-ask-forget = Was { $file } never uploaded? Then its registrations wait again; if it was, they go twice.
registrations-forget-not = This registration is in no file that awaits its answer.
registrations-folder-title = Write the file of registrations into
outbox-registrations = { $count ->
    [one] One registration is to be written: { $key }.
   *[other] { $count } registrations are to be written: { $key }.
}
outbox-register-by = To be registered by { $day } (UTC)
outbox-part-registration-mend = Registrations to be mended or made by hand
outbox-part-registration-ready = Registrations to be written
outbox-part-registration-kept = Registrations that stay here for now
outbox-part-registration-written = Registrations written, answer awaited
action-write-registrations = Write the file of registrations
form-like-sign-date = e.g. yesterday, or 2026-11-20
form-like-contract-date = e.g. 2026-12-01

## Exceptions
command-registrations-exception = What Microsoft is asked to let be otherwise about a registration: noted, with its days, and what came of it
command-exception-text = Why it should be otherwise, as it is sent in Partner Center; - reads it from standard input
command-exception-granted = Microsoft granted it
command-exception-refused = Microsoft refused it
command-exception-on = The day on which it was sent or decided; today without it
exception-asked = An exception was asked for on { $on }; Microsoft decides by { $by }.
exception-asked-undated = An exception was asked for on { $on }.
exception-decided = The exception was { $what ->
    [granted] granted
   *[refused] refused
} on { $on }.
exception-ask = Ask for an exception
exception-decide = What Microsoft decided
exception-part-text = Why
exception-part-asked = Sent on
exception-part-decided = Microsoft
exception-part-decided-on = Decided on
exception-granted = granted it
exception-refused = refused it
exception-like-text = as it is sent in Partner Center
exception-noted = { $stands } Send the text in Partner Center, on the page of the registration. What Microsoft decides is told by the same entry.
exception-by-palette = { $key } asks for an exception, or tells what became of one: “Ask for an exception of a registration”.
action-ask-exception = Ask for an exception of a registration
palette-also-ask-exception = exception, deal registration, granted, refused, 예외, 예외 요청, 例外, 例外申請, 例外申请, 特例
exception-to-come = { $day } is still to come.
    .hint = --on takes the day on which it was sent or decided, today at the latest.
exception-by-hand = Send this text in Partner Center, on the page of the registration; what Microsoft answers is told with --granted or --refused.
exception-may = { $deal }: one exception can be asked for until { $by }.
exception-may-undated = { $deal }: one exception can be asked for.
    .hint = cosell registrations exception { $id } --text "why". Not changed by it: tenant type, deployment on Azure, solution value, marketplace, customer account, pricing model.
no-exception-not-registered = { $deal } has no registration at Microsoft from which an exception could be made.
    .hint = It is told where it stands by an import of Partner Center’s file of registrations.
no-exception-too-late = { $deal }: an exception could be asked for until { $last }.
    .hint = Where it was sent in time, say the day: --on DATE.
no-exception-too-early = { $deal }: { $on } lies before { $first }.
    .hint = It is asked for once Microsoft has the registration, and decided after it was asked for.
no-exception-asked = { $deal }: an exception was asked for on { $on }, and there is one a referral.
    .hint = What Microsoft decides is told with --granted or --refused; cosell undo takes the last step back.
no-exception-not-asked = { $deal }: no exception was asked for.
    .hint = cosell registrations exception ID --text "why" notes one.
no-exception-decided = { $deal }: the exception was { $what ->
    [granted] granted
   *[refused] refused
} on { $on }, and that is final.
    .hint = cosell undo takes the last step back.

## Review
review-to-register = To register, first by { $nearest }
review-to-register-undated = To register
review-not-begun = To register, not begun
registration-unfounded = The registration of { $deal } stands in { $file } already: upload that only once it is known again that Partner Center has the deal as won.
registration-unfounded-there = The registration of { $deal } is in Partner Center already; here it is not known any more that Partner Center has the deal as won.

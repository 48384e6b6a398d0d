### The pipeline review: what stands open, what happened, how we stand with Microsoft.

command-review = Pipeline review: what is open, what was won and lost, how we stand with Microsoft
    .filter = Words and key:value, as for cosell list
    .since = First day of what happened, or last-review: the day on which it was opened on the desk before; without it last Monday
    .by = { $words }
    .format = md, html or xlsx, for a file to send
    .output = The file to write; one that is there stays as it is
    .linear = In plain sentences, for those who hear them
    .digest = The week of each owner in named deals, as plain text for a mail
    .owner = With --digest, only deals of this owner: me, or a name or e-mail; without it the filter owner: does that
review-wrong-since = The review would begin on { $since } and end on { $until }.
    .hint = Give a --since that is not later.

review-no-last = The review was not opened on the desk before today.
    .hint = Give a day: --since 2026-11-23. r on the desk opens it, and notes when.
review-since-last = since the last review
review-title = Pipeline review
review-range = { $first } to { $last }
review-range-past = as it stood on { $last }, since { $first }
review-filter = filter: { $filter }
review-deals = { $count ->
    [one] 1 deal
   *[other] { $number } deals
}
review-nothing = No deals here to review.
    .hint = / changes the filter, Esc leads back.
review-worth = { $sums }, expected { $weighted }
review-without-value = { $number } without a value
review-in-home = ≈ { $amount }
review-in-home-each = { $home } ({ $each })

review-open = Open
    .note = Expected: value times the weight of the sales stage ({ $weights } %).
review-open-received = Received, not answered yet
review-open-stage = Accepted, { $percent } % { $name }
review-open-none = Accepted, no sales stage
sales-stage-10 = Accepted
sales-stage-20 = Qualified
sales-stage-40 = Developed
sales-stage-60 = Proposed
sales-stage-80 = Negotiated
sales-stage-100 = Won
review-open-all = Together

review-months = Accepted, by close month
review-months-none = No close date

review-calendar = Close dates, week by week
    .note = Open deals by the day they are to be closed on, from Monday to Sunday.
review-calendar-over = Past
review-calendar-later = From { $day } on

review-behind = Week by week from { $first } to { $last }
    .note = Weeks from Monday to Sunday. What no source dates is in none.
review-behind-received = Received
review-behind-won = Won
review-behind-lost = Lost
review-behind-most = highest { $number }, week of { $day }
review-behind-words = week by week { $numbers }

review-closed = Closed in these days

review-rates = Win rate
    .note = Partner Center counts: won, out of accepted inbound and outbound made in the same days.
review-rate-center = Partner Center
review-rate-decided = Of what was decided
review-rate-formula = { $rate } = { $won } won of { $accepted } accepted + { $outbound } made by us
review-rate-formula-decided = { $rate } = { $won } won of { $decided } won or lost
review-rate-none = nothing to divide by yet

review-funnel = What was received in these days
review-funnel-received = Received
review-funnel-accepted = Accepted
review-funnel-won = Won
review-funnel-outbound = Made by us
review-funnel-of-received = { $share } of the received
review-funnel-of-accepted = { $share } of the accepted
review-funnel-rest = { $waiting } waiting, { $declined } declined, { $expired } expired, { $lost } lost

review-ageing = Days in the stage
    .note = Against our own median; long is more than twice that, and at least a week.
review-age = median { $median }, oldest { $oldest }, { $long } long (over { $limit })
review-age-unknown = { $number } without a known beginning
review-age-none = no beginning is known

review-looks = Needs a look
review-overdue = Close date is past
review-stalled = No change for 30 days, no next step
review-waiting = Waits for our answer
review-pushed-again = Close date pushed out again
review-no-date = Accepted without a close date

review-reasons = Why declined or lost
review-reason = { $outcome }: { $reason }
review-reason-none = no reason told

review-by-owner = By owner
    .value = What is open comes to most on top.
    .count = Most open deals on top; with a home currency, what comes to most.
    .last = Deals without one stand last.
review-by-country = By country
review-by-solution = By solution
    .note = A deal with several solutions stands in each.
review-by-customer = By customer
review-by-campaign = By campaign
review-by-stage = By stage
review-by-month = By close month
review-by-offer-status = By offer status
review-group-none = None
review-group = { $open } open, { $won } won, { $lost } lost
review-group-more = { $count ->
    [one] and 1 more
   *[other] and { $number } more
}
review-group-sums = open { $sums }
review-group-won = won { $sums }

review-campaigns = Campaigns
    .note = What each brought: deals, and what of them was won in these days.

review-campaign-cost = cost { $cost }
review-campaign-return = cost { $cost }, won { $times } times that

review-standing = Standing with Microsoft
    .note = Quick and honest answers, and full reports, bring more. In brackets the { $days } days before.
review-answered = Answered
review-answers = { $accepted } accepted, { $declined } declined, { $expired } expired
review-response = Time to answer
review-response-times = median { $median }, worst { $worst }
review-response-none = not known of any answer
review-within = Answered within { $days ->
    [one] 1 day
   *[other] { $days } days
}
review-within-of = { $rate } ({ $number } of { $whole })
review-acceptance = Acceptance
review-became = The accepted ones
review-became-of = { $won } won, { $lost } lost, { $open } still open
review-complete = Reported fully
review-complete-of = { $rate }: value { $value }, close date { $date }, status { $status } of { $accepted }
review-before = ({ $value })
review-hours = { $hours } h
review-days = { $days } d
review-days-hours = { $days } d { $hours } h

review-improve = Would improve it most
    .note = Microsoft looks at answers within 1, 3 and 14 days, and at reports with a value, a close date and how they ended.
review-improve-answer = answered within { $days ->
    [one] 1 day
   *[other] { $days } days
} if it is answered in the next { $left }
review-improve-value = value is missing
review-improve-close-date = close date is missing
review-improve-status = close date is past: won, lost, or a later date

review-unknown = Left out, because no source tells when
    .note = They may belong to these days or not; no figure above counts them.
review-unknown-expired = Expired, day not known
review-unknown-ended = Closed, day not known
review-unknown-accepted = Accepted, day not known
review-unknown-came = Received or made, day not known

review-home = In { $currency }
    .note = ≈ is what several currencies come to in { $currency }, each by its latest rate on or before { $day }.
review-home-oldest = Oldest rate used
review-home-missing = Without a rate
    .note = What is in these is told currency by currency. cosell rates import FILE takes rates over.

review-opened = { $label }: the deals behind it. Esc leads back to the review.
review-not-listed = This line has no list of its own.
review-opened-past = { $label }: the deals behind it, as they are now. Esc leads back to the review.
review-too-many-past = { $number } deals stood behind it: too many to be listed here. { $key } narrows the review.
past-day-title = As it stood on
past-day-hint = A day that is over: 2026-10-31, yesterday, friday (the last one), last-week, 2026-10, Q3. Left empty it is as it is now.
past-day-wrong = “{ $given }” is no day, or can be more than one.
review-coming = Adding up …

review-file-title = Write the review to a file
review-file-html = HTML, one page with its charts
review-file-md = Markdown, text for a mail
review-file-hint = Enter writes it. Tab goes on, ← → change what it is to be.
review-file-workbook = Excel workbook, with its deals
review-file-writing = The review is being written to { $path }.
review-copied = Copied the review as text for a mail.

review-changes = What changed since { $day }
    .note = What was open and every change together are what is open now. Accepted, dates and sales stages move nothing of it. New is what was first seen here in these days, whenever it was received.
    .note-past = What was open and every change together are what was open at the end of the day. Accepted, dates and sales stages move nothing of it. New is what was first seen here in these days, whenever it was received.
review-changes-begins = The journal begins on { $day }: what came before is not known, so everything is new.
review-change-from = Open then
review-change-until = Open now
    .past = Open on { $day }
review-change-new = New
review-change-accepted = Accepted
review-change-value-up = Value up
review-change-value-down = Value down
review-change-pulled-in = Close date pulled in
review-change-pushed-out = Close date pushed out
review-change-stage-up = Sales stage up
review-change-stage-down = Sales stage down
review-change-won = Won
review-change-lost = Lost
review-change-declined = Declined
review-change-expired = Expired
review-change-error = Closed as error
review-change-taken-back = Taken back
review-named = { $id }: { $name }
review-moved = { $id }: { $was } → { $is }
review-moved-more = and { $number } more

review-file-exists = { $path } is there already. It was not touched.
    .hint = Choose another name.
review-file-failed = { $path } could not be written ({ $detail }).
    .hint = Look at the folder and its permissions, then try again.
review-format-open = The name of the file does not say what it is to be.
    .hint = End it in .html or .md, or say which: --format html
review-file-needs = --format needs a file.
    .hint = Say where to: -o review.html
review-written = The review is in { $path }.

sheet-deals = Deals
sheet-value = Value ({ $currency })
sheet-expected = Expected ({ $currency })
sheet-home = All in { $currency }
sheet-home-expected = Expected, all in { $currency }
sheet-words = In words
sheet-part = { $name }: { $part }
sheet-came = Received or made
sheet-accepted = Accepted on
sheet-closed = Closed on
sheet-outcome = Outcome
sheet-deals-expected = Expected

digest-title = Weekly digest
digest-quiet = Nothing happened in these days, and nothing is due this week.
digest-nobody = Without an owner
digest-came = Came in
digest-answer = To answer until { $day }
digest-closes = To be closed until { $day }
digest-next = Follow-ups until { $day }
digest-data = Data
digest-data-of = { $age ->
    [0] Of { $day }, today
    [one] Of { $day }, 1 day old
   *[other] Of { $day }, { $age } days old
}
digest-format = A digest is plain text or Markdown.
    .hint = Name a file that ends in .txt or .md.
digest-no-owner = No deal belongs to anybody called “{ $owner }”.
    .hint = Deals belong to { $names }.
    .hint-none = No deal belongs to anybody yet.
sheet-weeks = Weeks
sheet-week-first = Monday
sheet-week-last = Sunday
sheet-week-closing = To be closed
sheet-week-later = and later
palette-copy-digest = Copy my week as text for a mail
palette-also-digest = digest, weekly, report, review, 주간 보고, 週報, 周报
digest-copied = Your week was copied as text for a mail.

review-offers = Open, by the offer status of their solutions
    .note = Of several solutions the best counts.
review-offers-unknown = No offer is told
review-readiness = What readiness would bring
    .note = Open deals whose best status would rise with the offer's next one.
review-readiness-rise = { $name } → { $status }
review-readiness-lacks = { $count ->
    [one] lacks { $missing }
   *[other] lacks { $count } things: { $missing }
}
review-readiness-below = lacks only what stands below it

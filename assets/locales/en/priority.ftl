### What to do next: the order, and why a deal stands where it does in it.

sort-priority = what to do next
desk-sorting = sorting by { $sort } …
action-why = Why is this here
menu-why = Why is this here
why-coming = One moment: what makes it the next one is being worked out.
why-points = { $points ->
    [one] 1 point
   *[other] { $points } points
}
why-place = { $points }: place { $place } of { $of } in { $tab }
why-archived = It is archived: nothing is to be done next about it, so it has no points.
why-nothing-counts = Nothing counts: every weight is 0.
why-weights = Weights: { $weights }. The settings ({ $key }) change them.
palette-also-priority = order, by column, priority, important, urgent, points, 우선순위, 優先順位, 優先度, 优先级
palette-also-why = priority, points, reasons, explain, 이유, 우선순위, 理由, 優先度, 原因, 优先级
priority-answer = answer due in { $left }
priority-answer-over = the time to answer is over
priority-close-over = { $days ->
    [one] the close date was yesterday
   *[other] the close date was { $days } days ago
}
priority-no-close-date = no close date
priority-worth = worth { $value }: step { $step } of { $steps }
priority-worth-home = worth { $value }, which is { $home }: step { $step } of { $steps }
priority-worth-own = worth { $value }, counted in its own currency: no rate in { $currency } is known; step { $step } of { $steps }
priority-no-value = no value
priority-stands = { $days ->
    [0] in this stage since today
    [one] in this stage for 1 day
   *[other] in this stage for { $days } days
}
priority-stands-at-least = { $days ->
    [0] in this stage for some time
    [one] in this stage for at least 1 day
   *[other] in this stage for at least { $days } days
}
priority-lacks = missing: { $lacks }
priority-lacks-nothing = nothing is missing
priority-lack-value = value
priority-lack-close-date = close date
priority-lack-contact = a contact with phone or e-mail
priority-lack-solutions = solutions
priority-lack-sales-stage = sales stage
priority-lack-owner = owner
priority-next-over = { $days ->
    [one] the next step was due yesterday
   *[other] the next step was due { $days } days ago
}
priority-next-today = the next step is due today
priority-next-in = { $days ->
    [one] the next step is due tomorrow
   *[other] the next step is due in { $days } days
}
priority-no-next = no next step
priority-won = won before: { $parts }
priority-won-customer = { $n } with this customer
priority-won-solution = { $n } with a solution on it
priority-won-country = { $n } in { $country }
priority-won-nothing = nothing like it was won before
command-why = Why a deal stands where it does by “what to do next”: each reason with its points
setting-priority-weights = What to do next
    .hint = It takes any of time, value, age, missing, follow-up and won-before, each once with a whole number from 0 to 100: time 10, value 6. What is not named keeps its default.
config-priority-weights = How much each reason counts in “what to do next”; 0 leaves one out, what is not named keeps its default

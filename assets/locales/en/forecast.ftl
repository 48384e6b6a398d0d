### What the quarter will come to: a chapter of the pipeline review.

forecast-title = What { $quarter } may come to
    .note = Learnt from our own deals: of those that were open as long, the share won in as many days says how many are won, and how far each sale is says which. Where few are alike, all count in. Close dates do not count. Past quarters are told by age alone, with the values of today; about eight of ten should lie within.
forecast-quarter = Q{ $number } { $year }
forecast-won = Won so far
forecast-open = Accepted and open
forecast-open-says = { $days ->
    [one] { $sums }; 1 day is left
   *[other] { $sums }; { $days } days are left
}
forecast-low = Low
    .says = { $amount }; with one chance in ten it is less
forecast-middle = Middle
    .says = { $amount }; more is as likely as less
forecast-high = High
    .says = { $amount }; with one chance in ten it is more
forecast-weighted = By the stage weights
forecast-weighted-says = { $amount }: won so far, and the weighted value of what is to be closed by { $day }
forecast-later = Not accepted yet
forecast-later-says = as in one of the quarters before: { $amounts }
forecast-later-of = { $amount } ({ $quarter })
forecast-later-none = not counted: nothing is known of a quarter before
forecast-within = { $result }; on { $day } foreseen: { $low } to { $high }
forecast-below = { $result }, less than foreseen on { $day }: { $low } to { $high }
forecast-above = { $result }, more than foreseen on { $day }: { $low } to { $high }
forecast-past = Past quarters
forecast-past-says = { $count ->
    [one] { $within } of 1 came out within
   *[other] { $within } of { $count } came out within
}
forecast-past-none = none that could be compared
forecast-undated = Won or lost, days not known
forecast-undated-says = nothing is learnt from these
forecast-other = In other currencies
forecast-other-says = { $currencies }: without a rate they are not in it
forecast-few = Too few to tell
forecast-few-says = { $decided } won or lost on known days, { $won } of them won; it takes { $needed }, and { $needed-won } won
forecast-worthless = Nothing to tell
forecast-worthless-says = no deal that is open, or won in the quarter, has a value

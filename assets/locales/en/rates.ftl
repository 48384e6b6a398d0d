# Exchange rates and what deals come to in the home currency.

command-rates = What one currency is in another, by the day
command-rates-import = Take files of exchange rates over
command-rates-import-file = CSV or a workbook with date, from, to, rate; or eurofxref.csv, eurofxref-hist.csv or their .zip from the European Central Bank
command-rates-add = Tell one rate, or another one for its day
command-rates-remove = Remove the rate of a day, or all of one currency in another
command-rates-list = Show which currencies have rates, from when until when
command-rates-date = The day of the rate
command-rates-from = The currency of which there is one unit, for example EUR
command-rates-to = The currency in which that is told, for example USD
command-rates-rate = How many units that is, for example 1.0842
command-rates-remove-date = Only of this day

rates-added = One { $from } was { $rate } { $to } on { $on }.
rates-changed = One { $from } was { $rate } { $to } on { $on }, instead of what was known.
rates-removed = { $count ->
    [one] One rate of { $from } in { $to } was removed.
   *[other] { $count } rates of { $from } in { $to } were removed.
}
rates-not-there = There is no such rate of { $from } in { $to }.
    .hint = cosell rates lists those there are.
rates-none = There are no exchange rates.
    .hint = cosell rates import FILE takes them over, for example eurofxref-hist.zip of the European Central Bank.
rates-columns = A file of rates has the columns date, from, to and rate, or a date and a column for each currency in which one euro is told, without one for the euro itself.
rates-column-from = One
rates-column-to = In
rates-column-rate = Rate
rates-column-last = On
rates-column-first = Since

command-campaigns = What campaigns cost, for the review
command-campaigns-cost = Tell what a campaign cost, or another amount for it
command-campaigns-forget = Forget what a campaign cost
command-campaigns-list = Show what campaigns cost
command-campaigns-id = The ID of the campaign, as deals name it
command-campaigns-amount = What it cost, for example 5000 or 5k
command-campaigns-currency = The currency of that, for example USD
campaign-costs = The campaign { $id } cost { $cost }.
campaign-forgotten = What the campaign { $id } cost is forgotten.
campaign-no-cost = What the campaign { $id } cost was not told.
    .hint = cosell campaigns lists what was.
campaign-none = What campaigns cost was not told.
    .hint = cosell campaigns cost Spring 5000 USD tells it.
campaign-column-id = Campaign
campaign-column-cost = Cost

sums-home = { $amount } (rates of { $day })
sums-no-rate = no rate for { $currencies }

sort-value-in = value in { $currency }
sorted-in-home = Sorted by what values come to in { $currency }, by the rates of { $day }; what has no rate stands behind that, by currency.
sorted-in-home-reversed = Sorted by what values come to in { $currency }, the smallest first, by the rates of { $day }; what has no rate stands before that, by currency.
sorted-in-home-alone-reversed = Sorted by value in { $currency }, the smallest first; no other currency has a rate, and what has none stands before that, by currency.
sorted-in-home-alone = Sorted by value in { $currency }; no other currency has a rate, and what has none stands behind that, by currency.
rates-ahead = { $count ->
    [one] One rate is dated ahead of today; it counts from its day on.
   *[other] { $count } rates are dated ahead of today; each counts from its day on.
}
campaign-unnamed = No deal names this campaign yet.

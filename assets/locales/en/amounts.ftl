### Amounts of a filter, and the currencies that they are in.

filter-many-currencies = “{ $value }” can mean several currencies: { $codes }.
    .hint = Write the code for the sign, or name it beside it, for example currency:{ $code }.
filter-two-currencies = “{ $value }” names two currencies.
    .hint = One amount is in one, for example value:USD10k..50k.
filter-other-currency = “{ $value }” is in { $currency }, and currency: does not ask for that.
    .hint = Leave one of them out, or write currency:{ $currency }.

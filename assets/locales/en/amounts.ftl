### Amounts of a filter, and the currencies that they are in.

filter-many-currencies = “{ $value }” can mean several currencies: { $codes }.
    .hint = Write the code for the sign, or name it beside it, for example currency:{ $code }.
filter-two-currencies = “{ $value }” names two currencies.
    .hint = One amount is in one, for example value:USD10k..50k.
filter-other-currency = “{ $value }” is in { $currency }, and currency: does not ask for that.
    .hint = Leave one of them out, or write currency:{ $currency }.
filter-no-rates = value: compares each deal in its own currency: there are no exchange rates for { $currency } yet. cosell rates import FILE takes them over.
    .desk = value: compares each deal in its own currency: there are no exchange rates for { $currency } yet. { $key } takes a file of them over.
filter-told-home = { $filter } (amounts in { $currency }, by the rates of { $day })
filter-told-home-alone = { $filter } (amounts in { $currency })
filter-told-own = { $filter } (each amount in its own currency)

# The room of customers: whom the directory knows, with the deals there are with each.

action-customers = Customers
palette-also-customers = companies, accounts, clients, directory, who, address book, 고객, 고객사, 거래처, 회사, 顧客, 取引先, 得意先, 会社, 客户, 客戶, 公司, 厂商
keys-where-customers = customers
customers-room-title = Customers
customers-room-none = No customer is known yet: a deal makes its customer known, and { $key } takes over a list of companies.
customers-room-none-fits = No customer fits. { $key } shows those used last.
customers-room-last = Used last. { $key } finds every other: by name, initials (ㅎㅂ) or D-U-N-S number.
customers-room-found = { $count ->
    [one] One fits.
   *[other] { $count } fit.
}
customers-room-first = The first { $count } that fit: type on to find others.
column-deals = Deals
customers-no-deals = no deals
customers-deals = { $count ->
    [one] { $deals } deal, none open
   *[other] { $deals } deals, none open
}
customers-open = { $count ->
    [one] { $open } open of { $deals } deal
   *[other] { $open } open of { $deals } deals
}
customers-room-duns = D-U-N-S { $number }
customers-room-no-deals-yet = There is no deal with { $name } yet: { $key } makes one.
customers-room-listed = Deals with { $name }.
customers-room-copied = Copied: { $name }
customers-room-not-chosen = No customer is chosen.
footer-customers-deals = deals
footer-customers-new = new deal with it
footer-customers-brief = page before a call

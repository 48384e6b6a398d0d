### Words of the trade. The same word everywhere: screens, commands, files, documentation.

inbound = Inbound
outbound = Outbound
favorites = Favorites
tab-all = All

view-open = Open
view-received = Received
view-accepted = Accepted
view-archived = Archived
view-all = All

stage-received = Received
stage-accepted = Accepted
stage-archived = Archived

outcome-won = Won
outcome-lost = Lost
outcome-declined = Declined
outcome-expired = Expired
outcome-error = Closed as error

type-co-sell = Co-sell
type-private-pipeline = Private pipeline
type-partner-led = Partner-led
type-partner-to-partner = Partner to partner
type-solution-assessment = Solution assessment

sender-microsoft = Microsoft seller
sender-partner = Partner

owner-mine = ours
owner-microsoft = Microsoft
owner-third-party = third party
owner-unknown = owner not known

reason-budget = Project budget not adequate
reason-no-response = Customer did not respond
reason-other-vendor = Customer chose another vendor
reason-requirement = Customer requirement not met
reason-not-a-customer = Not a customer
reason-timeline = Proposed timeline too short
reason-abuse = Report as abuse, spam or phishing
reason-other = Other

error-reason-1 = Duplicate, made by bulk upload
error-reason-2 = Duplicate, made in Partner Center
error-reason-3 = Duplicate, sent by Microsoft
error-reason-4 = Connector data sync issue
error-reason-5 = Customer matching issue
error-reason-6 = Solution issue
error-reason-7 = Test referral
error-reason-8 = Data error
error-reason-9 = Other

help-workload = Workload-specific value proposition
help-architecture = Customer technical architecture
help-proof = Proof of concept or demo
help-quotes = Quotes and licensing
help-post-sales = Post-sales customer success
help-general = General or other

field-stage = Stage
field-name = Deal name
field-value = Value
field-close-date = Close date
field-sales-stage = Sales stage
field-crm-id = CRM ID
field-campaign-id = Campaign ID
field-notes = Notes
field-customer-name = Customer
field-duns = D-U-N-S number
field-address = Address
field-contact = Contact
field-employees = Employees
field-solutions = Solutions
field-help = Help request
field-microsoft-status = Microsoft status
field-type = Type
field-origin = Sender
field-created-at = Created
field-referral-id = Referral ID
field-engagement-id = Engagement ID
field-favorite = Favorite
word-input = The input
field-currency = Currency
field-reason = Reason
field-note = Note

verb-accept = Accept
verb-decline = Decline
verb-win = Won
verb-lose = Lost

sort-time-left = time left
sort-changed = last change
sort-newest = newest
sort-deal = deal
sort-customer = customer
sort-value = value
sort-close = close date
sort-stage = stage
sort-favorite = favorites first
sort-sales-stage = stage percent
sort-country = country
sort-archived = day archived
sort-reversed = { $sort }, reversed

yes = yes
no = no
none = none

## Amounts in short: $ 1.2M

amount-thousand = { $number }K
amount-million = { $number }M
amount-billion = { $number }B
amount-trillion = { $number }T

## Time

time-left-hours = { $hours }h
time-left-days = { $days }d { $hours }h
# A day that something happened on at the latest.
day-at-most = ≤ { $day }
time-left-at-most = ≤ { $days }d
time-left-minutes = { $minutes } min
time-left-over = over
soon = soon
today = today
tomorrow = tomorrow
closes-in = closes in { $days }d
closes-today = closes today
closes-tomorrow = closes tomorrow
# Where a heading says what it is about.
close-in = in { $days }d
close-over = { $days }d over
# How long something has been in its stage.
age-days = { $days ->
    [0] for less than a day
    [one] for { $days } day
   *[other] for { $days } days
}
age-days-at-least = { $days ->
    [one] for { $days } day or longer
   *[other] for { $days } days or longer
}
age-since-at-latest = since { $when } at the latest
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
day-month = { $day } { $month }
day-month-year = { $day } { $month } { $year }
day-time = { $date } { $time }
weekdays = Mon Tue Wed Thu Fri Sat Sun
weekday-date = { $weekday } { $date }
date-end-of = { $day }, the end of { $span }
date-end-of-week = { $day }, the end of that week
date-or = { $day } (can mean { $other })

# What files of Partner Center tell and no field holds.
kept-contacts = Further contacts
kept-of-contact = Contact { $number }, { $what }
kept-of-employee = Employee { $number }, { $what }
kept-of-solution = Solution { $number }, { $what }
kept-language = language
kept-notifications-off = notifications switched off
kept-size = Company size
kept-size-band = { $from } to { $to } employees
kept-size-more = more than { $from } employees
kept-size-from = { $from } employees or more
kept-visible = Visible to
kept-visible-shared = all who take part
kept-visible-independent = one side only
kept-qualified = Qualified by
kept-qualified-direct = the customer
kept-qualified-marketing = Microsoft marketing
kept-qualified-sales = a Microsoft seller
kept-help = Help wanted
kept-help-none = none
kept-target = Sent to
kept-contact = May be contacted
kept-share = May be shared
kept-sellers = Microsoft sees it
kept-industries = Industries
kept-products = Products
kept-services = Services
kept-program = Program
kept-source = Lead source
kept-asked = Customer asked
kept-spam = Marked as spam
kept-registration = Registration
kept-partner-id = Partner ID
kept-expires = Expires
kept-accepted = Accepted on
kept-closed = Closed on

# The co-sell programme: offers, what they are, what that brings.

## Steps and errors
step-offer = { $count ->
    [one] Changed the offer “{ $name }”
   *[other] Changed { $count } offers
}
step-offer-added = Added the offer “{ $name }”
step-offer-removed = Removed the offer “{ $name }”
step-organisation = Told facts about the organisation
record-changed = It cannot be undone: “{ $name }” was changed after it, on { $date }.
    .hint = cosell history shows by what.
record-stale = “{ $name }” was changed in another window since you looked at it.
    .hint = Look at it again, then repeat the step.
record-exists = There is another “{ $name }” already.
    .hint = Two of one kind cannot have the same name, however it is written.

## Files of rules
setting-programme = Rules of the programme
    .hint = A file whose rules are laid over those that come with the program, such as rules.toml beside the configuration.
config-programme = A file of rules of the co-sell programme that is laid over those that come with the program
rule-in-line = { $path }, line { $line }: { $what }
rule-file-hint = Check the file, or name another one: cosell config set { $setting } FILE.
rule-syntax = { $detail }.
    .hint = Rules are [[status]], [[requirement]], [[benefit]], [[registration]], [[limit]] and [[end]] in TOML; the README says what each has.
rule-not-a-term = “{ $word }” is no condition.
    .hint = A condition is key:value, as in a filter, such as published:yes or acr-ttm-usd:>=100000.
rule-open-quote = A quotation mark is left open.
rule-unknown-key = Conditions know no “{ $key }”.
    .hint = They ask for { $known }.
rule-not-a-value = “{ $key }” cannot be “{ $value }”.
rule-not-a-number-hint = It takes a number, such as >50, >=100000 or 10..20.
rule-not-a-day = “{ $text }” is no day.
    .hint = Days are written 2027-07-01; until is the first day on which a rule is no longer in force.
rule-ends-before = The rule ends on { $until }, before it begins on { $from }.
rule-twice = Two rules are called “{ $rule }”.
    .hint = Give one of them another name.
rule-unknown-status = There is no status “{ $status }”.
    .hint = A status is made by [[status]] with its id; “above” names the one below it.
rule-unknown-rule = There is no rule “{ $rule }” to end.
    .hint = cosell offers rules lists them by name.
rule-out-of-range = { $what } cannot be { $is }
    .hint = A whole number from 0 to { $most }.
rule-circle = “{ $status }” stands above itself.

## Parts of offers
offer-part-name = Offer
offer-part-type = Type
offer-part-nature = IP or service
offer-part-published = Published in the marketplace
offer-part-transactable = Bought in the marketplace
offer-part-csp = Open to CSP resellers
offer-part-countries = Eligible countries
offer-part-contacts = Sales contacts
offer-part-one-pager = Customer one-pager
offer-part-presentation = Customer presentation
offer-part-landing-page = Landing page
offer-part-social-or-case-study = Social media or case study
offer-part-built-on-azure = Built on Azure
offer-part-ip-share = Repeatable IP, percent
offer-part-reference-architecture = Reference architecture
offer-part-solution = Solution ID
offer-type-azure-application = Azure Application
offer-type-azure-container = Azure Container
offer-type-azure-vm = Azure Virtual Machine
offer-type-iot-edge = IoT Edge module
offer-type-saas = SaaS
offer-type-dynamics-customer-engagement = Dynamics 365 for Customer Engagement and Power Apps
offer-type-dynamics-operations = Dynamics 365 for Operations
offer-type-service = Service
offer-nature-ip = IP
offer-nature-service = Service
submission-draft = Draft
submission-published = Sent to Microsoft
submission-qualified = Qualifies, says Microsoft
submission-not-qualified = Does not qualify yet, says Microsoft
fact-business-profile = Business profile complete
fact-gold-competency = Gold competency
fact-acr-ttm-usd = Azure consumed revenue, twelve months, USD
fact-billed-revenue-usd = Billed revenue, USD
fact-isv-connect = ISV Connect

## The command
command-offers = Offers of the co-sell programme: what status each has, what it lacks, what it brings
command-offers-list = Show every offer with its status
command-offers-show = Show one offer: its way to each status, what is missing, what it brings
command-offers-add = Add an offer
command-offers-set = Change what is told of an offer
command-offers-remove = Remove an offer
command-offers-import = Take offers over from a file (CSV or XLSX)
command-offers-export = Write offers into a file (CSV or XLSX)
command-offers-contacts = Take the sales contacts of an offer over from Partner Center's list, or write them as one
command-offers-contacts-file = The list: { "Name, Email, Job title, Role, Countries, States" }; OOO stands for every country, also for those told later. Without it they are written
command-offers-contacts-output = The CSV file to write; without it, standard output
command-offers-organisation = Show or tell facts about your organisation
command-offers-rules = Show the rules of the programme, with the days on which they are in force
command-offers-worth = What the status of an offer means for an amount, with the arithmetic
command-offers-submission = Say how far an offer is: draft, published, qualified or not-qualified
command-offers-name = The name of the offer
command-offers-values = { $keys }, each with =
command-offers-file = A file with a column “name”; the others by name: { $columns }
command-offers-facts = { $keys }, each with =; nothing takes one back
command-offers-from = The day from which it is so; without one, from the beginning
command-offers-output = The file to write, .csv or .xlsx; without it, CSV on standard output
command-offers-state = How far it is
command-offers-amount = An amount, for example 50000 or 50k
command-offers-currency = Its currency, for example USD
offers-none = No offer is known yet.
    .hint = cosell offers add "Name" type=saas adds one, cosell offers import FILE takes them over.
offers-no-such = There is no offer “{ $name }”.
    .hint = cosell offers lists them.
    .did-you-mean = Did you mean “{ $meant }”?
offers-column-status = Status
offers-column-missing = Missing for the next
offers-column-submission = Submission
offers-added = Added the offer “{ $name }”: { $status }.
offers-changed = Changed the offer “{ $name }”: { $status }.
offers-changed-status = Changed the offer “{ $name }”: { $before } → { $status }.
offers-same-solution = “{ $other }” tells the same solution ID: a deal with it has the status of one of the two.
offers-unchanged = The offer “{ $name }” was so already: { $status }.
offers-removed = Removed the offer “{ $name }”. cosell undo brings it back.
offers-exists = There is an offer “{ $name }” already.
    .hint = cosell offers set changes it.
offers-not-a-pair = “{ $given }” is no KEY=VALUE.
    .hint = Keys are { $keys }.
offers-unknown-key = There is no “{ $key }”.
    .hint = Keys are { $keys }.
    .did-you-mean = Did you mean “{ $meant }”?
offers-submission-done = “{ $name }”: { $state }.
offers-submission-refused = “{ $name }” stands at “{ $is }”, and “{ $state }” does not follow from that.
    .hint = A draft is published, what is published is decided by Microsoft, and either becomes a draft again.
offers-submission-missing = “{ $name }” lacks what its next status asks for: { $missing }.
    .hint = cosell offers show says what to do. It is published all the same once everything is there.
offers-contacts-gone = No longer among them, as the list does not have them: { $contacts }.
offers-contacts-none-taken = Nothing of the list was taken: it takes the place of what is told, and somebody would be missing.
offers-contacts-nobody = Nobody is named yet for: { $countries }.
offers-contacts-written = { $count ->
        [one] One contact written to { $file }.
       *[other] { $count } contacts written to { $file }.
    }
offers-said-organisation = Facts about the organisation
offers-organisation-none = Nothing is told about the organisation yet.
    .hint = cosell offers organisation business-profile=yes acr-ttm-usd=120000 --from 2026-07-01 tells something.
offers-organisation-told = Told: { $facts }.
offers-organisation-same = It was told so already.
offers-organisation-column-fact = Fact
offers-organisation-column-value = Value
offers-organisation-column-from = From
offers-from-the-beginning = the beginning
offers-head = { $name } · { $kind } · { $nature }
offers-status-since = { $status }, since { $day }
offers-no-rules = No document of the programme was in force on { $day }; the first is of 2020-05-19.
offers-on-day = By the rules in force on { $day }.
offers-rung-held = { $status }: reached
offers-rung-next = { $status }: { $count ->
    [0] nothing more is missing, but what stands below it is
    [one] one thing is missing
   *[other] { $count } things are missing
}
offers-check-met = has      { $say } ({ $source })
offers-check-missing = missing  { $say } ({ $source })
offers-check-optional = optional { $say } ({ $source })
offers-check-next = → { $next }
offers-brings = Brings
offers-contacts-missing = Nobody is named for { $countries }.
offers-brings-nothing = Brings nothing yet.
offers-denied = Microsoft has said that the offer does not qualify.
offers-brings-denied = Would bring, by the rules; Microsoft has said that the offer does not qualify
offers-benefit = { $say } ({ $source }, since { $day })
offers-benefit-expected = Expected by { $day }.
offers-benefit-expected-undated = Expected up to { $days } days after the status was reached; that day is not known here.
offers-benefit-customer = To a customer: { $say }.
offers-benefit-needs-marketplace = Only what is bought in the marketplace counts, and this offer is not yet.
offers-benefit-needs-csp = Only where it is open to CSP resellers, which this offer is not yet.
offers-ended = No longer
offers-benefit-ended = { $say } (until { $day }, { $source })
offers-worth-head = { $name }, { $amount }: { $status }
offers-worth-fee = Fee of the marketplace: { $percent } % of { $amount } is { $fee } ({ $source }).
offers-worth-instead = At { $instead } % it would be { $other }: { $difference } less.
offers-worth-incentive = Incentive of the CSP channel: { $percent } % of { $amount } is { $incentive } ({ $source }).
offers-worth-denied = Microsoft has said that the offer does not qualify: until it does, nothing of this counts.
offers-worth-none = Nothing that its status brings is counted in money on { $day }.
offers-worth-ended = Ended on { $day }: { $say } ({ $source }).
offers-rules-column-rule = Rule
offers-rules-column-says = Says
offers-rules-column-days = In force
offers-rules-column-source = Source
offers-written = Wrote { $count ->
    [one] one offer
   *[other] { $count } offers
} to { $file }.
offers-columns-hint = It wants the columns { $columns }; only “name” is needed, and “type” of a new one.

## The status of a deal's solutions
show-offer-status = Offer status
offer-status-solution = { $line } · { $status }
offer-status-solution-unknown = no offer is told for it
offer-status-unknown = No offer is told for any of its solutions.
offer-status-brings = { $status }, by “{ $name }”: { $brings }.
offer-status-denied = Microsoft has said that “{ $name }” does not qualify: it brings nothing yet.
offer-status-brings-nothing = { $status }, by “{ $name }”: that brings nothing yet.
offer-status-lacks-ready = No solution here is co-sell ready, and co-selling builds on one (MG-22).
    .hint = cosell offers says what each of yours lacks.
    .named = cosell offers show "{ $name }" says what is missing.
    .room = { $key } in the lists says what each of yours lacks.
    .page = { $key } in the lists and the page of “{ $name }” say what is missing.
check-lacks-ready = { $count ->
    [one] One of these deals is co-sold without a solution that is co-sell ready (MG-22).
   *[other] { $number } of these deals are co-sold without a solution that is co-sell ready (MG-22).
}
    .hint = cosell list type:coSell offer-status:not-ready,unknown lists such deals, cosell offers says what each offer lacks.
form-offer-no-id = “{ $name }” has no solution ID yet, and a deal names its solutions by theirs.
    .hint = Tell it in the form of the offer: { $key } on the desk shows your offers.
command-offers-deal = A deal, for its value and each of its solutions that is an offer
offers-worth-deal-none = No solution of #{ $id } is an offer that is told.
    .hint = cosell offers set NAME solution=ID says which solution an offer is.
offers-worth-deal-no-value = #{ $id } has no value yet.
    .hint = Set it first: cosell edit { $id } value=50000 currency=USD.

## On the desk
action-offers = Offers of the programme
action-facts = Facts about the organisation
action-submit = How far its submission is
action-remove-offer = Remove the offer
palette-also-offers = co-sell ready, incentivized, programme, program, products, marketplace, eligibility, status, 오퍼, 제품, オファー, 製品, 产品, 优惠, 상품, 제안, 솔루션, 商品, 提供, ソリューション, 商品, 方案, 解决方案, 报价
palette-also-facts = competency, acr, azure consumed revenue, isv connect, business profile, organization, 조직, 組織, 组织
keys-where-offers = offers
footer-facts = facts
footer-submit = submission
footer-remove-offer = remove
offers-room-title = Offers
offers-room-none = No offers. { $new } adds one, { $import } takes them over from a file.
offers-room-count = { $count ->
    [one] 1 offer: { $statuses }.
   *[other] { $count } offers: { $statuses }.
}
offers-room-begun = An offer is begun: { $key } goes on with it.
offers-room-narrowed = { $count ->
    [one] 1 of them is shown; { $key } shows all.
   *[other] { $count } of them are shown; { $key } shows all.
}
offers-room-none-fits = None of them fits; { $key } shows all.
offers-room-whole = Nothing is missing.
offers-room-missing = Missing for { $status }: { $missing }
offers-room-next = Nothing is missing for { $status }, but what stands below it is.
offers-room-told = The facts about the organisation are told.
offers-room-removed = Removed the offer “{ $name }”.
offers-room-stands = { $name }: { $submission }
offers-room-export = cosell offers export -o offers.xlsx writes all of them to a file.
offer-not-chosen = There is no offer here.
ask-remove-offer = Remove the offer “{ $name }”? Undo brings it back.
looks-offers = offers
file-offers = { $file } is a list of offers, not of deals. Nothing of the file was imported.
    .hint = cosell offers import { $file } takes it over; so does the import box of the desk.
sheet-new-offer = New offer
sheet-from = From the day
sheet-isv-none = none
sheet-button = Keep it
sheet-choose-type = Choose what kind of offer it is: 1 to 8.
sheet-like-countries = e.g. KR;US
sheet-like-contacts = KR=First;Last;phone;e-mail|US=…
sheet-like-document = a name, an address, or yes
sheet-like-page = e.g. https://hanbit.example/erp
sheet-like-share = e.g. 60
sheet-like-solution = e.g. SOL-34104-EBB
sheet-like-from = from the beginning; or e.g. 2026-07-01
sheet-not-told = not told
footer-keep-sheet = keep
footer-new-offer = new offer

### The words of `--help`, of the man page and of the completions.

about = The co-sell desk in your terminal: triage what Microsoft and partners send you, offline.
heading-usage = Usage:
heading-commands = Commands
heading-options = Options
heading-everywhere = Options of every command
heading-arguments = Arguments

flag-db = The database file (also COSELL_DB)
flag-config = The configuration file (also COSELL_CONFIG)
flag-lang = The language: { $languages }
flag-read-only = Look only: neither deals nor settings are changed
flag-json = JSON on standard output, errors as JSON on standard error
flag-help = Show this help
flag-version = Show the version

command-help = Show the help of a command
command-demo = Open the desk on a throw-away copy of a sample pipeline
command-import = Take over files of Partner Center: deal download and insights download (CSV or a workbook), Referrals API JSON
    .file = A file, or - for standard input; its format is found from its content
    .tab = The tab it was downloaded from: inbound or outbound
    .dry-run = Say for every row what would happen, and change nothing
    .refused = Write refused rows to this new file, or none to write none; else they stand beside the file, or in cosell's state folder where that is not yours
    .encoding = The encoding it is in, where it is not found rightly: UTF-8, CP949, CP932, EUC-JP, GB18030, Big5, windows-1252 …
    .newest = Take what it says for Partner Center's newest word, though it was imported before
command-list = List opportunities
    .filter = Words and key:value; -key:value excludes; cosell list --help-filter explains. Keys: { $keys }
    .tab = inbound, outbound, favorites or all (all is the default)
    .sort = { $keys }; a leading - reverses
    .limit = At most so many
    .csv = CSV on standard output
    .help-filter = Explain the filter language
command-show = Show everything about one opportunity
command-as-of = As it stood at the end of that day: 2026-11-01, yesterday, last-week, 2026-10; relative days count from there
command-id = The local number, a referral id, or the beginning of one
command-accept = Accept a received opportunity; what is not given stays as it came in
    .name = Deal name
    .value = Estimated value: 120000, 84m, 1.2k
    .currency = Currency: USD, KRW, JPY …
    .close = Estimated close date: 2026-12-31, 12/31, 31.12., +30d, next friday, 2026-12, Q1
    .notes = What the customer wants
    .crm-id = Your own CRM's id
    .campaign-id = Marketing campaign id
    .employee = A colleague who joins: First;Last;phone;email (can be repeated)
command-decline = Decline a received opportunity
    .reason = budget, no-response, other-vendor, requirement, not-a-customer, timeline, abuse, other; or 1 to 8
    .notes = A note; “other” needs one
command-win = Report an accepted opportunity as won
command-lose = Report an accepted opportunity as lost
command-favorite = Mark favorites; works in every stage
    .off = Take it off the favorites
command-undo = Take the last step back
command-redo = Make the step again that was undone last
command-history = What was done, to one opportunity or to all
    .limit = At most so many steps (50)
command-keys = The keys of the desk
command-config = Every setting with its present value, as a configuration file
command-doctor = Check database, configuration and terminal
command-completions = Completions for a shell
    .shell = bash, elvish, fish, powershell or zsh
command-man = The manual page

filter-help =
    Words are searched in deals, customers, notes (ours too), next steps, ids,
    people and solutions, from the beginning of a word; in Korean, Japanese and
    Chinese anywhere. All must be found. Quotation marks keep words together;
    a leading - excludes.

      key:value                   examples
      tab, stage, outcome, type   stage:received,accepted   outcome:lost   -type:coSell
      country, city, state        country:KR,JP   country:한국   city:Seoul
      value, currency             value:>50000   value:10k..50k   currency:USD
      customer, sender            customer:contoso   sender:"Ana Reyes"
      owner, employee             owner:me,none   employee:me,"Ana Reyes"
      next                        next:today   next:<3d   next:overdue   next:no
      solution, offer-status      solution:SOL-34104   offer-status:not-ready
      sales-stage, reason, help   sales-stage:>=40   reason:budget   help:yes
      close, due                  close:this-quarter   close:overdue   due:<=3d
      created, received, changed  created:2026-12   received:<7d   changed:today
      accepted, archived          archived:last-month   accepted:"Q1 2027"
      conflict, new, id, uid      conflict:yes   new:yes   id:7,42   uid:7204e52d
      favorite, waiting           favorite:yes   waiting:no
      campaign, crm, view         campaign:spring   view:mine

    With a home currency and exchange rates an amount is meant in it, and what
    has no rate is left out; currency:USD or value:>₩100m names another one.

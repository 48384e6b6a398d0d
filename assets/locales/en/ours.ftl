### What stays ours: the owner, the next step, dated notes, and the agenda made of them.

field-owner = Owner
field-next = Next step
field-log = Our notes
note-nothing-typed = Nothing is typed yet: write the note, or Esc.
field-next-on = Day of the next step
sort-owner = owner
sort-next = next step
change-added = { $field }: { $value }
change-taken = { $field }: taken back: { $value }
next-line = { $day } { $text }
log-line = { $when }, { $who }: { $text }
log-line-nobody = { $when }: { $text }

done-owner = { $title } belongs to { $owner } now.
done-next = Next step of { $title } on { $day }: { $text }.
done-next-none = No next step any more: { $title }.
done-next-none-before = There was no next step: { $title }.
done-note = Noted, for us alone: { $title }.
step-next = Set the next step of { $what }
step-note = Noted something about { $what }

invalid-not-an-employee = { $field }: “{ $given }” is no employee on it.
    .hint = One of { $known }; cosell edit ID employee+=… adds a colleague first. Nothing (owner=) means the first employee.
    .nobody = No employee on it has an e-mail address: cosell edit ID employee+=… adds a colleague first.
filter-no-me = { $word }: nothing says who you are.
    .hint = Set email (or first-name and last-name) under [me] in the configuration; cosell config shows where it is.
    .desk = { $word }: nothing says who you are. { $enter } asks for it and keeps it; in the settings it is “My e-mail” ({ $key }).

command-next = Set what is to be done next and on which day; it stays ours
    .text = What is to be done
    .on = The day: tomorrow is +1d, or 2026-12-31, 31.12., +2w, end of quarter
    .done = It is done: there is no next step any more
command-note = Add a dated note that stays ours
    .text = The note, or - to read it from standard input

note-not-text = What came on standard input is no text in UTF-8. Nothing was changed.
    .hint = Save it as UTF-8, or give it as TEXT.
command-agenda = What is to be done: answers that are due, next steps and close dates, by day
    .filter = Words and key:value, as for cosell list: owner:me
    .days = So many days ahead (30); what is overdue always stands there
    .ics = Write it as an iCalendar file, for Outlook and other calendars
agenda-column-day = Day
agenda-column-what = What
agenda-today = { $day } today
agenda-overdue = { $day } overdue
agenda-respond = Answer by { $time }
agenda-respond-day = Answer
agenda-respond-at-most = Answer, { $time } at the latest
agenda-close = Close date
agenda-empty = Nothing is to be done { $days ->
    [0] today
    [one] today or tomorrow
   *[other] in the next { $days } days
}, and nothing is overdue.
agenda-empty-filtered = Nothing that passes the filter is to be done { $days ->
    [0] today
    [one] today or tomorrow
   *[other] in the next { $days } days
}, and nothing of it is overdue.
# A calendar entry: what, and of which deal.
agenda-event = { $what }: { $title }
agenda-written = { $path }: { $count ->
    [0] nothing is to be done
    [one] one entry
   *[other] { $count } entries
}.
agenda-file-exists = { $path } is there already, and is no calendar of cosell in a plain file. It was not touched.
    .hint = Name another file, or put that one aside.
agenda-file-failed = { $path } could not be written ({ $detail }).
    .hint = Check its folder, or name another file.

# Our notes and what was done, in the detail.
timeline-head = What happened
timeline-all = newest first; { $key } shows the whole history
timeline-note = { $who }: { $text }
timeline-note-nobody = Note: { $text }

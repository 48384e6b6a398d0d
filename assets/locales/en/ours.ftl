### What stays ours: the owner, the next step, dated notes, and the agenda made of them.

field-owner = Owner
field-next = Next step
field-log = Our notes
field-next-on = Day of the next step
sort-owner = owner
sort-next = next step
change-added = { $field }: { $value }
change-taken = { $field }: taken back: { $value }
next-line = { $day } { $text }
log-line = { $when }, { $who }: { $text }
log-line-nobody = { $when }: { $text }

done-next = Next step of { $title } ({ $id }) on { $day }: { $text }.
done-next-none = No next step any more: { $title } ({ $id }).
done-next-none-before = There was no next step: { $title } ({ $id }).
done-note = Noted, for us alone: { $title } ({ $id }).
step-next = Set the next step of { $what }
step-note = Noted something about { $what }

invalid-not-an-employee = { $field }: “{ $given }” is no employee on it.
    .hint = One of { $known }; cosell edit ID employee+=… adds a colleague first. Nothing (owner=) means the first employee.
    .nobody = No employee on it has an e-mail address: cosell edit ID employee+=… adds a colleague first.
filter-no-me = owner:me: nothing says who you are.
    .hint = Set email (or first-name and last-name) under [me] in the configuration; cosell config shows where it is.

command-next = Set what is to be done next and on which day; it stays ours
    .text = What is to be done
    .on = The day: tomorrow is +1d, or 2026-12-31, 31.12., +2w, end of quarter
    .done = It is done: there is no next step any more
command-note = Add a dated note that stays ours
    .text = The note, or - to read it from standard input

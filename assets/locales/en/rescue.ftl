### Copies of the database, putting one in its place, and mending what can be made anew.

setting-backups = Days of copies
    .hint = Copies of how many days are kept in the folder backups beside the database: 0 … 365; 0 makes none.
config-backups = How many days of copies are kept in the folder backups beside the database; 0 makes none
backup-day-failed = Today's copy of the database was not made: { $why }

store-same-file = { $path } is the database itself.
    .hint = Name another file.
store-in-use = { $path } is in use: another program has it open, or has left a log beside it (-wal).
    .hint = Close that program, or open the file with it once more and close it; or name another file.

command-backup = Save everything in a file, while desks go on, and check it
    .file = The new file
    .force = Put it in the place of a file that is there
    .list = List the copies that were made by themselves
command-restore = Put a saved copy in the place of the database; what stood there is kept beside
    .file = The copy: a file of cosell backup, or one of cosell backup --list
    .yes = Do not ask

size-kilobytes = { $number } KB
size-megabytes = { $number } MB

holds = { $deals ->
    [one] one deal
   *[other] { $deals-written } deals
}, { $steps ->
    [0] no steps
    [one] one step, of { $last }
   *[other] { $steps-written } steps, the last of { $last }
}
holds-nothing = nothing yet
holds-broken = cannot be read: { $why }

backup-done = Saved and checked: { $path }
backup-holds = It has { $size } and holds { $holds }.
backup-nothing = There is no database { $path } yet, and so nothing to save.
    .hint = The first import or the first deal makes it; --db names another one.
backup-list-none = No copy was made by itself yet.
    .hint = One is made on each day on which cosell is used; { $days } are kept. cosell backup FILE makes one now.
backup-list-off = Copies are off.
    .hint = cosell config set backups 7 keeps those of seven days. cosell backup FILE makes one now.
backup-column-day = Day
backup-column-before = Made
backup-column-size = Size
backup-column-file = File
backup-before-day = on that day
backup-before-schema = before it was brought on from schema { $schema }
backup-before-mending = before mending

restore-copy = The copy:     { $holds }, { $size }
restore-stands = Stands now:   { $holds }
restore-earlier = The copy is of an earlier version and is brought on when it is opened.
restore-ask = Put the copy in its place? What stands now is kept beside. (y/N)
restore-not-done = Nothing was changed.
    .hint = cosell restore FILE --yes does it without asking.
restore-done = { $path } is the copy now.
restore-kept = What stood there is kept: { $path }

doctor-facts = Figures
doctor-sorting = Order of lists
doctor-journal = Journal
doctor-journal-torn = { $count ->
    [one] one deal does not follow from it: { $named }
   *[other] { $count } deals do not follow from it: { $named }
}
doctor-torn-step = { $id } (step { $step }: { $what })
doctor-torn-making = { $id } (nothing tells how it came to be)
doctor-copies = Copies
doctor-copies-last = { $count ->
    [one] one, of { $day }
   *[other] { $count }, the last of { $day }
} ({ $path })
doctor-copies-none = none yet
doctor-copies-off = off
doctor-hint-mend = cosell doctor --mend makes it anew.
doctor-hint-integrity = Keep a copy of the file. If only an index is meant, cosell doctor --mend makes it anew; else cosell restore puts a copy back.
doctor-hint-unreadable = cosell restore puts a copy back in which it could be read.
doctor-hint-restore = The last copy: cosell restore { $path }
doctor-hint-journal = What is held now stands and is not changed. Undo and past days of these deals are not to be relied on; an earlier copy has them.
command-doctor-mend = Make anew what follows from something else (search, figures, counts, order, indexes), after a copy was made
mending = Making anew what follows from something else … { $rows }
mend-copy = As it was before: { $path }
mend-done = Made anew: { $what }.
mend-nothing = Nothing of that had been wrong; all of it was made anew.
mend-not = It could not be mended.
    .hint = Nothing was changed.

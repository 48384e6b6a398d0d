### The palette: its own entries, and the other words that find an action, with commas between them.

palette-go-to = Go to opportunity { $id }
palette-no-such = There is no opportunity { $id }.
palette-view = Stage view: { $view }
palette-sort = Sort by { $sort }

palette-setting = Settings: { $setting }

messages-none = Nothing has been said yet.

palette-also-views = show, stages
palette-also-orders = order, by column
palette-also-tab = tab, go to
palette-also-open = details, show, look at
palette-also-filter = search, find, look for, narrow
palette-also-sort = order by
palette-also-beside = pane, preview, side, split, panel, wide
palette-also-columns = col, fields, hide
palette-also-view = stages, show
palette-also-copy = clipboard, yank
palette-also-history = log, journal, changes
palette-also-mark = select, tick
palette-also-accept = take, yes
palette-also-decline = reject, refuse, no, delete, remove
palette-also-win = win, close won, signed
palette-also-lose = lose, close lost, delete, remove
palette-also-favorite = star, heart, bookmark
palette-also-new = create, add, enter, draft, drafts, go on with a draft
palette-also-edit = change, correct, modify
palette-also-ask-help = support, co-sell
palette-also-clone = clone, duplicate, copy
palette-also-resolve = conflicts, both sides
palette-also-next-step = follow-up, reminder, task, to do, todo
palette-also-note = comment, remark
palette-also-reopen = reopen, refused
palette-also-give-to-me = owner, assign, take over
palette-also-mine = owner, my deals, assigned to me
palette-also-undo = undo, take back
palette-also-redo = redo, do again
palette-also-brief = brief, briefing, summary, prepare, preparation, call, meeting
palette-also-review = pipeline, report, dashboard, figures, forecast, meeting, statistics, charts, won, lost
palette-also-last-import = results, refused, new deals, what came
palette-also-import = open file, download, load, read in
palette-also-demo = demo, example, examples
palette-also-help = keys, keyboard, shortcuts, manual
palette-also-reload = reload, redraw, repaint
palette-also-messages = log, notifications, what was said
palette-also-mouse = settings, configuration, click, wheel
palette-also-looks = theme, colors, color, appearance, dark, light
palette-also-settings = configuration, preferences, options, set
palette-also-suspend = suspend, background
palette-also-close = close, quit, exit, leave
palette-also-leave = leave, quit, exit

palette-copy-email = Copy the e-mail
palette-copy-phone = Copy the phone
palette-copy-address = Copy the address
palette-copy-referral-id = Copy the referral ID

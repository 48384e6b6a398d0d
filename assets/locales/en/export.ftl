# Exporting deals: the command, the box of the desk, and the columns that only an export has.

command-export = Write deals to a file: CSV, TSV, Excel, JSON or Markdown
command-export-filter = Which ones: words and { $keys }, as list takes them
command-export-format = What it is to be: { $formats }. Without it the ending of the file decides; CSV where there is none
command-export-columns = Columns, with commas between them, or all: { $columns }
command-export-output = The file; without it to standard output
command-export-plain = For scripts: English names as heads, codes, times in RFC 3339 UTC, commas and points
command-export-force = Write over a file that is there

export-private = Private pipeline
export-respond-by-known = Respond by is known
export-first-seen = First seen
export-waiting = Waits for Partner Center
export-conflict = Changed on both sides
export-closing-note = Closing note
export-sender-person = Sent by
export-owner-email = Owner's e-mail
export-contact-phone = Contact's phone
export-contact-email = Contact's e-mail
export-help-asked = Help asked on

export-format-open = The name of the file does not say what it is to be.
    .hint = End it in .xlsx or .csv, or say which: --format xlsx
export-ending = Nothing here writes .{ $ending }: let the name end in .{ $format }, or choose another format below.
export-needs-file = A workbook is not written to standard output.
    .hint = Say where to: -o deals.xlsx
export-for-csv = A CRM takes CSV, and the file ends in .{ $format }.
    .hint = Let its name end in .csv.
export-whole = { $format } holds all of each deal: it has no columns to choose.
    .hint = Leave --columns away, or ask for csv, tsv, xlsx or md.
export-exists = { $path } is there already. It was not touched.
    .hint = Choose another name, or give --force to write over it.
export-no-file = { $path } is no file that can be written over.
    .hint = Choose another name.
export-nothing = No deal is in it: nothing passes what was asked for.
export-done = { $deals ->
    [one] 1 deal written to { $path }.
   *[other] { $deals } deals written to { $path }.
}

action-export = Export what is shown or marked
palette-also-export = write, excel, xlsx, csv, tsv, json, markdown, file, spreadsheet, 내보내기, 엑셀, エクスポート, 書き出し, エクセル, 导出, 汇出, 파일로 저장, 저장, 출력, 파일, 保存, ファイル, 出力, 输出, 另存为, 文件, 表格

export-title = Export deals
export-title-of = { $deals ->
    [one] Export 1 deal
   *[other] Export { $deals } deals
}
export-format = Format:
export-columns = Columns:
export-columns-shown = those that are shown
export-columns-all = all there are
export-columns-whole = all of each deal
export-csv = CSV, for a spreadsheet
export-tsv = TSV, parted by tabs
export-json = JSON, all of each deal
export-jsonl = JSON, a line for each deal
export-xlsx = Excel workbook
export-md = Markdown table
export-hint = Enter writes it. Tab goes on, ← → change what it is to be.
export-writing = Deals are being written to { $path }.
export-over = { $path } is there already. Write over it?
export-nothing-here = Nothing is shown that could be exported.
answer-write-over = Write over it

command-export-all = Everything that is kept, in one JSON file: history, notes, drafts, directory. cosell import makes it anew in an empty database
whole-json = Everything goes into one JSON file.
    .hint = End its name in .json: cosell export --all -o everything.json
whole-written = { $deals ->
    [one] Everything is in { $path }: 1 deal with its history, and all that is kept beside it.
   *[other] Everything is in { $path }: { $deals } deals with their history, and all that is kept beside them.
}
whole-restored = { $deals ->
    [one] Everything is here again: 1 deal with its history, and all that was kept beside it.
   *[other] Everything is here again: { $deals } deals with their history, and all that was kept beside them.
}
whole-would-restore = { $deals ->
    [one] 1 deal would be here again with its history, and all that was kept beside it.
   *[other] { $deals } deals would be here again with their history, and all that was kept beside them.
}
whole-not-empty = { $path } holds something already. Nothing was changed.
    .hint = Everything is made anew only in an empty database: name one with --db
whole-newer = { $path } was written by a newer version of cosell. Nothing was changed.
    .hint = Import it with that version.
whole-broken = { $path } is not whole, or was changed ({ $detail }). Nothing was changed here.
    .hint = Export it again with cosell export --all.
whole-unread = { $path } could not be read ({ $detail }).
    .hint = Look whether it is there, and at its permissions.

place-is-file = { $path } is a file, not a folder.
    .hint = Nothing was written: name a folder.
place-missing = There is no folder { $path }.
    .hint = Nothing was written: make it, or name one that is there.
place-closed = The folder { $path } takes no files from you.
    .hint = Nothing was written: look at its permissions, or name another folder.
place-other = { $path } cannot be written into ({ $detail }).
    .hint = Nothing was written: name another folder.
place-which = Name a folder to write into.
place-made = Made the folder { $path }.
place-will-be-made = The folder is not there yet: it is made.
export-will-be = Will be { $path }

# What is said of workbooks of spreadsheet programs that are imported.

import-sheet = Read from the sheet “{ $name }”; not read: { $others }.
import-sheet-more = Read from the sheet “{ $name }”; not read: { $others } and { $more } more.
import-sheet-name = “{ $name }”
import-cell-errors = { $count ->
        [one] 1 cell holds an error such as #N/A and counts as empty.
       *[other] { $count } cells hold an error such as #N/A and count as empty.
    }
import-formulas = { $count ->
        [one] 1 formula has no value and counts as empty: open the workbook in a spreadsheet program and save it there.
       *[other] { $count } formulas have no value and count as empty: open the workbook in a spreadsheet program and save it there.
    }
import-bare-codes = { $count ->
        [one] 1 postal code is a number in the workbook: if it began with a zero, that is lost.
       *[other] { $count } postal codes are numbers in the workbook: zeros that they began with are lost.
    }
looks-rows = { $rows ->
        [one] { $looks }, 1 row
       *[other] { $looks }, { $rows } rows
    }

workbook-locked = { $file } is protected by a password. Nothing of it was imported.
    .hint = Save it without a password, and import that.
workbook-damaged = { $file } is a workbook or an archive that is damaged or not whole. Nothing of it was imported.
    .hint = Open it in a spreadsheet program and save it anew, or save the sheet as “CSV UTF-8”.
workbook-swollen = { $file } unpacks to more than { $mib } MiB, or to a cell of more than one. Nothing of it was imported.
    .hint = No workbook of Partner Center holds so much. Save the sheet with the table as “CSV UTF-8”, and import that.
workbook-cells = { $file } has a sheet of more than { $max } cells. Nothing of it was imported.
workbook-texts = { $file } holds more than { $mib } MiB of text. Nothing of it was imported.
workbook-large = { $file } is larger than { $mib } MiB, the most that is read of an .xls, .xlsb or .ods file. Nothing of it was imported.
    .hint = Save it as .xlsx, or the sheet as “CSV UTF-8”, and import that.

file-flow-table = { $file } is a table that a flow made of records of the Referrals API, not a download of deals. Nothing of the file was imported.
    .hint = Import what the flow got as JSON: in the table the customers, values and dates of the deals are missing or packed into one cell.

# The outbox: what waits for Partner Center, upload files, and what it answers.

command-outbox = What Partner Center does not know yet; writes upload files and takes its answers
command-outbox-list = Lists what waits, deal by deal
command-outbox-write = Writes upload files of it: at most 1,000 rows each, for Upload in Partner Center
command-outbox-write-folder = Where the files are written
command-outbox-layout = The template that Partner Center asks for: 2021, 2023 or 2026
command-outbox-format = csv or xlsx
command-outbox-dry-run = Only shows what would be written
command-outbox-private = Writes private pipeline deals as well
command-outbox-confirm = Takes the file that Partner Center gave back, with its column Errors
command-outbox-confirm-file = The answered file
command-outbox-confirm-newest = Take it though an answer before it says otherwise: what was refused becomes what this one says
command-outbox-match = Says which deal a row is, where that is unclear: its line and the deal, as in 12=42
command-outbox-files = Lists the upload files that were written
command-outbox-forget = Says that a file was never uploaded: what stands in it waits again
command-outbox-forget-file = The name of the file
command-outbox-hold = Holds deals back from upload files
command-outbox-release = Lets deals go: those held back, and private ones
command-outbox-told = Says that the sender of a deal has been told

outbox-none = Nothing waits for Partner Center.
outbox-count = { $count ->
    [one] One deal waits for Partner Center.
   *[other] { $count } deals wait for Partner Center.
}
outbox-hint = cosell outbox write FOLDER writes an upload file of what is ready.
outbox-sent-hint = Upload what was written; cosell outbox confirm FILE reads Partner Center's answer, cosell outbox forget FILE takes back a file that was never uploaded.
outbox-new-refused = new: Partner Center has not made it
outbox-new = new: Partner Center has never heard of it
outbox-pending-new = { $field }: { $ours }
outbox-never = { $change } · { $why }
outbox-never-after-creation = stays here: Partner Center reads it when the deal is made, and never again
outbox-never-read-only = stays here: Partner Center lets nobody change it now
outbox-never-no-place = stays here: no file has a place for it
outbox-never-ours = stays here: it is ours
outbox-standing-ready = waits to be written
outbox-standing-again = waits to be written again
outbox-standing-faulty = Partner Center would refuse it
outbox-standing-written = in { $file } of { $when }, unconfirmed
outbox-standing-taken = taken from { $file }; its ID comes with the next download
outbox-standing-conflict = both sides changed { $fields }: decide that first
outbox-standing-held = held back
outbox-standing-private = private: stays here until you release it
outbox-standing-stuck = cannot be sent; cosell resolve ID --theirs takes theirs
    .desk = cannot be sent; { $key } takes theirs
outbox-standing-notice = only its sender is to be told
outbox-refused = Partner Center refused it in { $file }: { $message }
outbox-refused-field = It names: { $field }
outbox-refused-unchanged = It still says what was refused: correct it first, else the next file has the same again.
outbox-refused-corrected = It was corrected since: the next file has it as it is now.
outbox-notice-declined = { $organization } is to be told that you declined: Partner Center does it once it has taken the file.
outbox-notice-declined-known = { $organization } is to be told that you declined, if Partner Center has not done it.
outbox-notice-expired = { $organization } is to be told that it expired: Partner Center does that itself.
outbox-note-stays = Your note on it stays here, as no column takes it; write it on the deal’s page in Partner Center: { $note }
outbox-help-asked = Microsoft is asked for help by it.

outbox-write-nothing = Nothing is ready to be written.
outbox-written = { $rows ->
    [one] Wrote one deal to { $file }.
   *[other] Wrote { $rows } deals to { $file }.
}
outbox-would-write = { $rows ->
    [one] Would write one deal to { $file }.
   *[other] Would write { $rows } deals to { $file }.
}
outbox-written-hint = Upload it in Partner Center (Co-sell opportunities, Upload). Then take its answer: cosell outbox confirm FILE.
outbox-final = What stands in it is final here. If you do not upload it: cosell outbox forget { $file }.
outbox-left = { $count ->
    [one] One deal stays here:
   *[other] { $count } deals stay here:
}
outbox-more = … and { $count } more: --json names them all.
outbox-left-deal = { $deal }: { $why }
outbox-unwritable-fields = no column can say its { $fields } as it stands
outbox-unwritable-row = the row could not be read again: { $reasons }
outbox-file-failed = The upload file could not be written ({ $detail }).
    .hint = Nothing was written and nothing counts as sent. Look whether the folder takes files, and try again.
outbox-stale = “{ $title }” was changed while the file was being written, so nothing was written.
    .hint = Write again.
outbox-no-upload = No upload file is called { $file }.
    .hint = cosell outbox files lists them.
outbox-forgotten = { $count ->
    [0] Nothing was open in { $file }: every row is answered, or was let wait again already.
    [one] { $file } counts as never uploaded: one deal waits again.
   *[other] { $file } counts as never uploaded: { $count } deals wait again.
}
outbox-files-none = No upload file was written yet.
outbox-file = { $file }  { $when }  { $rows ->
    [one] one row
   *[other] { $rows } rows
}: { $taken } taken, { $refused } refused, { $open } without an answer
outbox-held = { $deal } is held back.
outbox-released = { $deal }: { $standing }.
outbox-told = { $organization } counts as told about { $deal }.
outbox-told-final = { $said } That is not undone.
outbox-told-final-but = { $said } That is not undone: { $key } would undo “{ $step }”.
outbox-told-already = Nobody is to be told about { $deal }.
outbox-match-bad = “{ $given }” does not say which deal a row is.
    .hint = Give the line and the deal: --match 12=42.

import-answer-done = { $file }: { $taken } taken · { $refused } refused.
import-answer-done-dry = { $file }: would be { $taken } taken · { $refused } refused. Nothing was changed.
import-answer-done-here = { $file }: { $taken } taken · { $refused } refused; { $key } shows why.
import-refused-where = cosell outbox tells of each what is wrong and how it is corrected.
import-confirmed = { $count ->
    [one] Partner Center has taken one row that you wrote.
   *[other] Partner Center has taken { $count } rows that you wrote.
}
import-refused-there = { $count ->
    [one] It refused one row; the deal waits again, with the reason.
   *[other] It refused { $count } rows; the deals wait again, each with its reason.
}
import-contradicted = { $deal } stands twice in the answer: row { $line } says that it was refused ({ $message }), row { $taken } that it was taken. What was taken once Partner Center has, so that counts; the next download shows it.
import-answered-before = { $count ->
    [one] One row was answered before: nothing changed.
   *[other] { $count } rows were answered before: nothing changed.
}
import-beside = { $count ->
    [one] One row answers nothing that was written here: it was taken as an import takes it.
   *[other] { $count } rows answer nothing that was written here: they were taken as an import takes them.
}
outbox-no-answer = { $file } is no answer to an upload file that was written here: it reads like a download of Partner Center. Nothing of it was taken.
    .hint = cosell import { $file } takes a download; the answer to an upload is the file that Partner Center gives back for it, with what it refused in the column Errors.
import-ambiguous = { $count ->
    [one] Of one row it is unclear which deal it is: it was left out until it is said.
   *[other] Of { $count } rows it is unclear which deal each is: they were left out until it is said.
}
menu-matches = Which deal is it?
match-place = Row { $place } of { $of }: unclear which deal
match-row = Line { $line } says: { $title }
match-deal = { $title } · { $value }
match-made = made { $day }
match-none = None of these: leave the row out
match-left = The rows of which it is unclear which deal is meant were left out. Import the file again to choose.
import-ambiguous-more = { $ids } and { $count } more
import-ambiguous-row = line { $line }, { $title }: { $ids } · say which with --match { $line }=ID
import-refused-there-row = { $deal }: { $message }
verdict-confirmed = taken
verdict-refused-there = refused by Partner Center
verdict-contradicted = refused here, taken in another row
verdict-answered-before = answered before
verdict-ambiguous = unclear which deal
step-write = Wrote { $what } to { $files }
history-refused = Partner Center refused it: { $message }
store-not-undone-sent = What was written to an upload file is final. If it is never uploaded, cosell outbox forget FILE lets it wait again.
    .desk = What was written to an upload file is final. If it is never uploaded, { $key } in the outbox ({ $outbox }) lets it wait again.

outbox-title = What Partner Center does not know yet
outbox-let-go = released
outbox-old-data = What it knows is as of { $when }: a fresh download first shows what changed there.
outbox-part-count = { $head } · { $count }
outbox-cure-conflict = { $resolve } decides what both sides changed.
outbox-cure = { $edit } corrects it.
check-cure-there = { $open } corrects it here; on the deal’s page: { $cure }
outbox-cure-accept = { $edit } corrects it, { $accept } accepts it anew, { $decline } declines it.
outbox-cure-ended = { $edit } corrects it, { $again } tells it anew; { $palette } reopen takes back that it ended.
outbox-part-refused = Refused by Partner Center, waits to be written again
outbox-part-ready = Waits to be written
outbox-part-faulty = Partner Center would refuse these
outbox-part-conflict = Changed on both sides: decide first
outbox-part-held = Held back
outbox-part-private = Private pipeline: stays here until you release it
outbox-part-stuck = Cannot be sent: { $key } takes theirs
outbox-part-written = In a file, unconfirmed
outbox-part-notice = Only its sender is to be told
outbox-hold-not = This one is neither ready nor held back: there is nothing to hold or release.
outbox-write-sample = This is the sample: Partner Center is never to get it, so no upload file is written. Your own desk writes them.
outbox-strays = { $count ->
    [one] { $files } lies there too and looks like an upload file, but nothing of it is noted here: do not upload it, unless a colleague wrote it.
   *[other] { $files } lie there too and look like upload files, but nothing of them is noted here: do not upload them, unless a colleague wrote them.
}
outbox-ask-forget = { $count ->
    [one] Was { $file } never uploaded? Then one deal waits again; if it was, that deal goes twice.
   *[other] Was { $file } never uploaded? Then { $count } deals wait again; if it was, these deals go twice.
}
outbox-answer-forget = Never uploaded
outbox-forget-not = This one stands in no upload file that waits for its answer: there is nothing to forget.
outbox-ask-told = Has { $organization } been told about { $deal }? That is not undone.
outbox-theirs-not = This one is not among those that cannot be sent: nothing is taken. What both sides changed is decided with { $key }.
outbox-answer-told = Has been told
outbox-told-by-file = Its sender is told by Partner Center once it has taken { $file }: nothing is left to you.
outbox-folder-title = Write an upload file into
outbox-folder-hint = A folder. Upload the file in Partner Center, then import the file it gives back.
outbox-ask = { $count ->
    [one] Write one deal into { $folder }? What is written is final here.
   *[other] Write { $count } deals into { $folder }? What is written is final here.
}
outbox-ask-unchanged = { $ask } { $count ->
    [one] One of them still says what Partner Center refused.
   *[other] { $count } of them still say what Partner Center refused.
}
outbox-answer-write = Write it
outbox-write-nothing-left = { $count ->
    [0] Nothing is ready to be written.
    [one] Nothing was written: one deal stays here.
   *[other] Nothing was written: { $count } deals stay here.
}
outbox-written-many = Wrote { $rows } deals to { $files } files, the first is { $file }.
outbox-left-here = { $count ->
    [one] One stays here.
   *[other] { $count } stay here.
}
outbox-upload-it = Upload it in Partner Center, then import its answer.
action-outbox = What waits for Partner Center
action-hold = Hold back or release
action-upload-rows = What the next upload file says of each deal
menu-upload-rows = What the next upload file says
outbox-rows-more = { $count ->
    [one] One more deal follows.
   *[other] { $count } more deals follow.
}
action-write-upload = Write an upload file
action-forget-upload = The upload file was never uploaded: let its deals wait again
action-told = The sender has been told
palette-also-outbox = outbox, upload, send, waiting, Partner Center, write, confirm, answer, forget, never uploaded, told, 보낼 편지함, 발신함, 보내기, 업로드, 送信箱, 送信, アップロード, 待发, 发送, 上传, 보낼함, 보낸 편지함, 대기, 송신함, 送信トレイ, アウトボックス, 送信待ち, 发件箱, 待发箱, 寄件箱
keys-where-outbox = outbox
outbox-warned = { $count ->
    [one] One of them deserves a look before you upload it: cosell check.
   *[other] { $count } of them deserve a look before you upload them: cosell check.
}
footer-write-upload = write file
footer-hold = hold
footer-release = release
footer-forget-upload = not uploaded
footer-told = sender told
footer-upload-rows = rows
import-is-answer = { $file } is the upload file as it was written: it answers nothing. Is this its answer, with all of it taken? Else upload it in Partner Center, and import what that gives back.
import-own = This is the upload file as it was written: it answers nothing. Upload it in Partner Center, then import what that gives back. If this is its answer: cosell outbox confirm FILE.
import-answered-before-own = This is the upload file as it was written. It was answered already, imported { $at }: { $taken } taken, { $refused } refused{ $open ->
    [0] .
   *[other] , { $open } without an answer.
}
import-answered-file = { $upload } was answered already, imported { $at }: { $taken } taken, { $refused } refused{ $open ->
    [0] .
   *[other] , { $open } without an answer.
}
import-answered-kept = { $count ->
    [one] One row says otherwise now than that it was refused: it stays refused.
   *[other] { $count } rows say otherwise now than that they were refused: they stay refused.
}
import-stay-refused = { $count ->
    [one] One deal of which Partner Center had refused a row has changed there since: the row still counts as refused.
   *[other] { $count } deals of which Partner Center had refused rows have changed there since: the rows still count as refused.
}
import-stay-refused-newest = If this is the answer to an upload that was corrected in its file: cosell outbox confirm --newest FILE.
import-stay-refused-newest-here = If this is the answer to an upload that was corrected in its file, { $key } takes it.
outbox-let-go-refused = Nothing of it waits any more: what Partner Center refused of it ({ $message }) goes out no more.
import-answered-newest = If Partner Center has said so since: cosell outbox confirm --newest FILE.
import-answered-newest-here = If Partner Center has said so since, { $key } takes it.
import-answered-own-newest = If Partner Center has taken all of it since: cosell outbox confirm --newest FILE.
import-ask-answered-own = { $file } is the upload file as it was written, and was answered already, imported { $at }: { $taken } taken, { $refused } refused{ $open ->
    [0] .
   *[other] , { $open } without an answer.
} Has Partner Center taken all of it since?
import-ask-answered = Take { $file } for a later answer? What was refused becomes what it says. One undo takes that back.
outbox-not-that-deal = Row { $line } is not deal { $id }: one of both is known by another ID.
    .hint = cosell outbox confirm FILE says which deals the row could be.

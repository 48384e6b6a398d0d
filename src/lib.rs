//! The map of the house: what room holds what, and how a key press travels through them.
//!
//! ```text
//!  terminal ─event─> desk/term ─Key─> desk/keys ─Action─> desk/model (update) ─Effect─┐
//!     ▲                                                       ▲                       │
//!     └─one frame── desk/view (draw) <──── &Model             │ Reply         Request ▼
//!                                                             └──────── store/worker (a thread, owns Store)
//!  shell ─args─> cli ── the same Change and Query, the same Store, no thread ─────────┘
//!  files ─> exchange ─> intake ─> store (import)         every sentence: i18n, from assets/locales
//!  files <─ exchange <─ export <─ store (one by one)
//! ```
//!
//! | I want to … | room |
//! |---|---|
//! | know what an opportunity is, which steps it may take, until when, and how it ends | [`domain`], `domain/{stage,deadline,outcome}.rs` |
//! | know which values are right, and how text becomes one | `domain/{text,amount,amount_words,money,instant,date,typed,period,country,contact,sales}.rs`, `domain/draft`; in cells of files: `domain/cell_date.rs` |
//! | know every field: whose it is, who changes it, where Partner Center takes it | `domain/field.rs`; through which doors: `tests/fields.rs` |
//! | know what is typed by itself, and its path, flag and word | `domain/part.rs`, `i18n/entry.rs` |
//! | know what a new deal must have, and which field may change when | `domain/create.rs`, `domain/draft/{deal,accept,edit}.rs`, `domain/field.rs` |
//! | know what stays ours: owner, next step, dated notes, and the agenda of them | `domain/{ours,agenda}.rs`; as a calendar: `exchange/ical.rs` |
//! | know what a role may do, and what is barred | `domain/role.rs` (the one rule); asked before anything is written: `store/may.rs`; which deals are seen: `store/team.rs`; what each command and action does: `cli/bar.rs` with `cli/commands.rs`, `desk/keys/deed.rs`; on the desk: `desk/model/can.rs` |
//! | know what a list, a filter, a change is | `domain/{tab,query,filter,change}.rs` |
//! | know which columns an exported file has, and how a row of it is made | `export/column.rs`, `export.rs`; read one by one: `store/export.rs`; as text or workbook: `exchange/{rows,sheet,inert}.rs`; on the disk: `exchange/{new_file,unnamed}.rs`; by the command: `cli/export.rs`; on the desk: `desk/model/export.rs` (the box), `desk/exporting.rs` (both of pages too) |
//! | know how the file of a CRM becomes deals, or deals one | `assets/maps`, `exchange/crm.rs` (the maps), `exchange/crm/rows.rs` (rows as records), `store/crm.rs` (what becomes of them); `cli/map.rs`; out: `Manner::for_crm` in `export.rs` |
//! | know what is in the file that holds everything, and how a database is made of it | `store/whole.rs`, `cli/whole.rs` |
//! | see what is stored | `assets/schema`, [`store`]; what old databases become: `store/{schema,migrate,anew}.rs`, beside a copy: `store/beside.rs` |
//! | know how a copy of the database is made, which are made by themselves, how one is put back | `store/{backup,dated,restore}.rs`, `cli/{backup,restore}.rs` |
//! | know what is checked, and what can be made anew | `store/{health,replay,mend}.rs`; in words: `i18n/rescue.rs`, `cli/doctor.rs` |
//! | know that the file under an open desk is still the one that was opened, and its log with it | `store/place.rs` |
//! | know how a change is written: one door for all of them | `store/journal.rs`; what a step did: `store/{delta,did,grown}.rs` |
//! | know what happened, in order, and how everything stood after any step | `store/history.rs`; undo is a step: `store/undo.rs` |
//! | know what was held at any past moment, and what figures of it are made of | `store/past.rs`, of figures alone, laid over present ones: `store/backdated.rs`; by the commands: `cli/past.rs` |
//! | know what waits for Partner Center, and why something stays here | `domain/held.rs` (it follows from what is held), `domain/outgoing.rs`, `store/outbox.rs` |
//! | know what may be corrected once Partner Center refused it | `domain/refused.rs`; on the desk: `FormKind::Correct` |
//! | write an upload file, or know what was written and answered | `dispatch.rs`, `exchange/upload.rs`, `exchange/bulk/{layout,write}.rs`; kept, with the answers before: `store/sent.rs`; which row answers what: `store/answers.rs`, where several fit: `desk/model/matching.rs`; on the desk: `desk/model/outbox.rs` |
//! | know what Partner Center refuses of an upload, and what a deal still lacks for one | `domain/preflight.rs`, the rules: `domain/preflight/table.rs`; in words: `i18n/preflight.rs`; `cli/{check,check_fix}.rs`, `desk/room/check.rs` |
//! | know what an import does with a row | `domain/merge.rs` (which value stays), `domain/told.rs` (which is older), `domain/unsaid.rs` (parts without a column), `store/import.rs`; a download that comes again: `store/imported.rs`, in part: `store/copied.rs`, its rows: `exchange/bulk/mark.rs`; what it only confirmed, and how that is taken back: `store/confirmed.rs`; how far it is: `store/progress.rs`; that it changed nothing: `store/quiet.rs`; what is told of it: `store/verdict.rs` |
//! | know what an import brought, and which deals bear the mark of what is new | `store/{brought,fresh}.rs`, `desk/room/brought.rs` |
//! | know what is the same when it is compared: folds, companies, Hangul | `domain/{fold,company,hangul,spellings}.rs` |
//! | know how customers and solutions are found while somebody types | `domain/suggest.rs` (which words), `store/suggest.rs` (in which order) |
//! | know what the desk may ask of the store, and what it is told | `store/protocol.rs` |
//! | know what a filter may say | `domain/filter/{read,joined,amounts,spans,whom,keys,called,complete}.rs`: language, values that go on behind a blank, amounts and their currencies, days, people, keys and values, what people call them, completion; what deals hold is offered first: `store/held_values.rs` |
//! | know what a saved view is, and what a filter makes of one | `domain/saved_view.rs`, `domain/filter/views.rs`; kept: `store/kept.rs`; in words: `i18n/views.rs` |
//! | know how a filter is answered | `store/conditions.rs` (as SQL), `store/scan.rs` (what no index lists), `store/plan.rs` (which way is quickest) |
//! | know what a filter by dates leaves out because a date is unknown | `domain/filter/undated.rs`, counted in `store/undated.rs` |
//! | know what a list or all that is marked comes to | `domain/sums.rs`, `store/sums.rs` (when nobody waits: `store/worker.rs`), `desk/model/sums.rs` |
//! | know what an amount is in another currency, and what a range of them is | `domain/rate.rs`, `domain/rate/home.rs`; how amounts of several compare: `domain/rate/scale.rs`, in lists: `store/currencies.rs`; kept: `store/rates.rs`; files of rates: `exchange/rates.rs` |
//! | read or write a file of Partner Center | [`exchange`]; the columns of its bulk CSV: `exchange/bulk/columns.rs`; the refused rows: [`intake`] |
//! | know which columns a list has, how wide they are, what they say | `desk/column.rs` (names, the choice as text), `desk/model/{columns,chooser}.rs` |
//! | know what a review figures, and what is known of when something happened | [`insight`]; read for it: `store/figures.rs`, out of `store/facts.rs` (told one after the other by `store/facts/standing.rs`, while another thread adds up: `store/abreast.rs`), and of single deals `store/single.rs`; weeks and what would improve most: `insight/{weeks,improve}.rs`; the filter of each figure: `insight/drill.rs`; in words and drawn: `i18n/{review,changes,charts,drawn,improve}.rs`; as a page to send: `export/page.rs`, written by `exchange/{report,pictures}.rs`, by the command: `cli/review_file.rs`, on the desk: `desk/model/export.rs`; as a workbook: `export/book.rs`, written by `exchange/sheet.rs`, by the command: `cli/review_sheet.rs`; the week of each owner: `insight/digest.rs`, read for it: `store/digest.rs`, in words: `i18n/digest.rs`, copied on the desk: `desk/model/digest.rs` |
//! | know what campaigns cost | `domain/campaign.rs`; kept: `store/kept.rs` |
//! | know what the quarter may come to, and what that is learnt from | `insight/{forecast,odds,draws,quarter}.rs`; in words: `i18n/forecast.rs` |
//! | know what is to be done next, and why | weights: `domain/priority.rs`; points: `insight/priority.rs`; the order: `store/rank.rs`; in words: `i18n/priority.rs`; on the desk: `desk/model/priority.rs` |
//! | know what the page before a call says, and what is open about a deal | `i18n/brief.rs`, `domain/brief.rs`; read for it: `store/brief.rs` |
//! | know what an offer of the programme is, by which rules it has a status, and what that brings | `domain/programme/{offer,organisation,sales_contact}.rs` (facts), `assets/programme/rules.toml` (the rules, each with its days), `domain/programme/{condition,dated,rules,ruling}.rs` (how they are read), `domain/programme/{status,since,worth}.rs` (what follows); kept: `store/offers.rs`; their files: `exchange/{offers,offer_contacts}.rs`, taken by `intake/offers.rs`; by the command: `cli/{offers,offers_show,offers_file,offers_contacts}.rs`; on the desk: `desk/model/offers.rs`; in words: `i18n/{programme,offer_page}.rs`; rules of the user: `config/rules.rs` |
//! | know which offers the solutions of a deal are, and what that means for it | `domain/programme/deal.rs`; as a filter: `domain/filter/offers.rs`, in SQL: `store/scan.rs`; in the review: `insight/readiness.rs`; in words: `i18n/offer_status.rs`; on the desk: `desk/model/offer_status.rs` |
//! | keep something beside deals that stands in the journal: undone, made again, read as of a past day | `store/record.rs` |
//! | know what the documents of the programme say, of what, from when until when | `assets/programme` (documents, topics, statements), `domain/programme/{statement,topic,explain}.rs`; in words: `i18n/explain.rs`; by the command: `cli/explain.rs`; on the desk: `desk/model/explain.rs` |
//! | know which won deals can be registered, what a contract lacks, and where a registration stands | `assets/programme/registration.toml` (the rules, read by `domain/programme/ruling.rs`), `domain/programme/registration/{rules,contract,check,state,exception}.rs`, held against one deal: `judge.rs`, what an answer does: `registration.rs`; kept: `store/registrations.rs`; its file: `exchange/registrations.rs`, out and in: `dispatch/registrations.rs`; `cli/{register,registrations,exception}.rs`; on the desk: `desk/form/contract.rs`, `desk/model/register.rs`, exceptions: `desk/form/sheet.rs`; in the review: `insight/to_register.rs` |
//! | know what a lead is, what may be done with it when, and what a later download says of one | `domain/lead.rs`, `domain/lead/{part,told,deal}.rs`; files of them: `exchange/leads.rs`, taken by `intake/leads.rs`; kept: `store/leads.rs`; written: `dispatch/leads.rs`; in words: `i18n/leads.rs`; `cli/{leads,leads_import,leads_out}.rs`, `desk/model/leads.rs`, its form: `desk/form/sheet.rs` |
//! | add a setting, or change one in the file | a row in `config/setting.rs`, `config/write.rs`; on the desk: `desk/model/settings.rs`; written by others meanwhile: `config/watched.rs` |
//! | know what is a link in the detail, and where it is clicked in the terminal | `desk/links.rs`, `Scrolling::link` in `desk/term/scroll.rs` |
//! | know what the desk remembers from one start to the next | `desk/model/remember.rs`, `store/kept.rs` |
//! | know what leads into the sample and back | `desk/model/sandbox.rs`, `sample.rs` |
//! | know what the import box offers | `desk/files.rs`, `desk/model/picker.rs`; what a file looks like: `exchange/appearance.rs` |
//! | know how bytes become rows | opened and looked through: `exchange/{input,scout}.rs`; their encoding: `exchange/{encoding,plausible}.rs`; lines, quotation marks and where a broken row ends: `exchange/{lines,records,table}.rs`; JSON record by record: `exchange/document.rs`, what is in one twice: `exchange/twice.rs` |
//! | know how a workbook becomes rows, and what of it is too much | `exchange/workbook`: which sheet: `mod.rs`; what a cell says: `cell.rs`; `.xlsx` in bounded memory: `{package,xml,strings,xlsx,spool}.rs`; other kinds, by a library: `other.rs` |
//! | change a sentence, write a number or a date | `assets/locales`, [`i18n`] |
//! | add a field or a page to a form | `desk/form/spec.rs`; what is typed becomes a deal in `domain/draft/texts.rs` |
//! | add a form of something that is kept beside deals | `desk/form/sheet.rs` (its fields), `desk/form/sheet/made.rs` (what it makes), its words in `desk/form/sheet/words.rs`; on the desk: `desk/model/sheets.rs` |
//! | know in which order fields stand, by the customer's country | `desk/form/order.rs` |
//! | know what a form fills in by itself, and what takes its place | `desk/form/offer.rs`, learnt in `store/create.rs` |
//! | know what a key does, or give one to an action | `desk/keys/defaults.rs` (the rows), `desk/keys/table.rs` (how they are read), or `cosell keys` |
//! | know what a room or a form does by itself, and why the rest is not done from there | `desk/model/here.rs` |
//! | know what finds an entry of the palette | `assets/locales/en/palette.ftl` (other words), `desk/model/{palette,rank}.rs` |
//! | know what a click does, and where one does something | `desk/zones.rs`, `desk/model/mouse.rs`; `Canvas::click` where it is painted |
//! | know which texts lead out of the terminal | `desk/links.rs`; `Canvas::link` where they are painted, written by `desk/term/scroll.rs` |
//! | know what a file told that no field holds, in words | `i18n/kept.rs` |
//! | know which answers a question offers, and what each does | `desk/model/question.rs` |
//! | know what is shown of deals that are begun, and where one was left | `desk/model/drafts.rs`, `LEFT_AT` in `domain/draft/texts.rs` |
//! | know what stays of a line that was typed and left with Esc | `desk/model/unsaid.rs` |
//! | know how what was typed in a field is taken back | `desk/form/past.rs`, `desk/model/take_back.rs` |
//! | know what comes to the desk from outside, and what it asks to be done there | `desk/model/outside.rs` |
//! | know how files for Partner Center are asked for and written from the desk | `desk/model/leaving.rs` |
//! | know which customers are listed, and with how many deals | `store/customers.rs`, found by `store/directory.rs`; on the desk: `desk/model/customers.rs`; narrowing a room by typing: `desk/model/narrowing.rs` |
//! | see what happens on a key, and how it is painted | `desk/model/…`, `desk/view/…` of the same name |
//! | open another room over the lists | a file in `desk/room/` and in `desk/view/`, a row in `Room`, in `keys::Scope` and in the key table |
//! | know why the terminal is left clean | `desk/term/{guard,signals}.rs` |
//! | report a file that was taken over whole | `cli/taken.rs` |
//! | add a command | one file in [`cli`], one row in `cli/commands.rs` |
//! | know how wide a text is | [`width`], nowhere else |
//! | know what time it is, what is set, what went wrong | [`clock`], [`config`], [`log`] |
//! | know what is run on what happens, and how far it was told | `config/hooks.rs` (which command), [`hooks`] (the running), `store/hooked.rs` (the mark); after a command: `cli/mod.rs`; beside the desk: `hooks/beside.rs` |
//! | make a file or folder that only its owner can look into | [`private`], nowhere else |
//! | know whether files can be written into a folder, and why not | [`private`]; in words: `i18n/place.rs` |
//!
//! Rules that every change keeps: what is in the journal is never altered, a step is taken back by a later one; what has left the
//! machine is final; the clock tells and does not decide, so expiry is derived and never told; whether something waits is derived
//! from what is held; a field is named once, in `domain/field.rs`; a value that exists is valid.
//!
//! [`domain`] and [`private`] import no other room, [`insight`] only [`domain`]; [`store`], [`exchange`] and [`i18n`] import them, the last two [`width`] as well; [`desk`] and [`cli`] import
//! those, and nobody imports these (but `cli` opens the desk and prints its keys). `tests/architecture.rs` keeps these rules.

pub mod cli;
pub mod clock;
pub mod config;
pub mod desk;
pub mod dispatch;
pub mod domain;
pub mod exchange;
pub mod export;
pub mod hooks;
pub mod i18n;
pub mod insight;
pub mod intake;
pub mod log;
pub mod private;
pub mod sample;
pub mod store;
pub mod width;

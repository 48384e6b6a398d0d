-- The journal: names that hold beyond this machine, steps that are only appended to, and what is derived instead of told.

-- What these columns may hold is checked by the table that the next step makes: a check that is added to one reads it through.
-- NULL: the referral id is its name. So a million imported rows cost no second index.
ALTER TABLE opportunity ADD COLUMN uid TEXT;
-- Made here: Partner Center knows nothing of it until it has given it a referral id.
ALTER TABLE opportunity ADD COLUMN made_here INTEGER NOT NULL DEFAULT 0;
-- What the deadline was counted from, of one that our clock alone shows as expired; it was at `archived_at`.
ALTER TABLE opportunity ADD COLUMN lapsed_basis TEXT;
-- As of when Partner Center told what it told (domain/told.rs): one moment, a bit for each name it holds for, and JSON of the others.
ALTER TABLE opportunity ADD COLUMN told_at INTEGER;
ALTER TABLE opportunity ADD COLUMN told_keys INTEGER;
ALTER TABLE opportunity ADD COLUMN told TEXT;
UPDATE opportunity SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
    || substr('89ab', 1 + (abs(random()) % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
  WHERE referral_id IS NULL OR length(referral_id) <> 36 OR referral_id GLOB '*[^0-9a-f-]*'
     OR substr(referral_id, 9, 1) || substr(referral_id, 14, 1) || substr(referral_id, 19, 1) || substr(referral_id, 24, 1) <> '----'
     OR length(replace(referral_id, '-', '')) <> 32;

-- When an opportunity was first seen that was taken back: its deadline is counted from then when it comes again.
CREATE TABLE first_seen (
  referral_id TEXT NOT NULL PRIMARY KEY,
  at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A step is told by its name, who made it, where, and what it takes back. Undoing is a step; `undone_at` stays for what earlier
-- versions undid in place, and is written no more.
ALTER TABLE step ADD COLUMN uid TEXT;
ALTER TABLE step ADD COLUMN origin TEXT NOT NULL DEFAULT 'rep' CHECK (origin = 'rep' OR origin = 'clock' OR origin = 'file' OR origin = 'center' OR origin = 'team');
ALTER TABLE step ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE step ADD COLUMN replica TEXT;
ALTER TABLE step ADD COLUMN reverts INTEGER REFERENCES step (id);
INSERT OR IGNORE INTO meta (key, value) VALUES ('replica', lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4'
    || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))));
UPDATE step SET
  uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a'
    || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
  origin = CASE kind WHEN 'import' THEN 'file' WHEN 'expire' THEN 'clock' ELSE 'rep' END,
  replica = (SELECT value FROM meta WHERE key = 'replica');
DROP INDEX step_undoable;
CREATE INDEX step_stack ON step (id) WHERE (origin = 'rep' OR origin = 'file') AND undone_at IS NULL;
CREATE INDEX step_reverts ON step (reverts) WHERE reverts IS NOT NULL;

-- Indexes and counts of what is new are made by the next step, which makes the table anew.

-- The outbox holds notices, and what was written to files. That an update waits follows from what is held; `waiting` is 1 while
-- anything of an opportunity waits, and the tally counts opportunities.
DROP TRIGGER outbox_in;
DROP TRIGGER outbox_out;
DROP TRIGGER outbox_moves;

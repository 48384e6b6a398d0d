-- The first schema. Append-only: a later change is a new file, this one stays as it is.
-- Words of more than two are checked by OR: for IN, SQLite makes a table for each row that is written.
-- Enum words are those of JSON; times are microseconds since 1970 in UTC; dates are YYYY-MM-DD.

CREATE TABLE opportunity (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  version           INTEGER NOT NULL,
  referral_id       TEXT UNIQUE,
  engagement_id     TEXT,
  kind              TEXT NOT NULL CHECK (kind = 'coSell' OR kind = 'privatePipeline' OR kind = 'partnerLed' OR kind = 'partnerToPartner' OR kind = 'solutionAssessment'),
  direction         TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
  sender_kind       TEXT CHECK (sender_kind IN ('microsoft', 'partner')),
  sender_name       TEXT,
  sender_note       TEXT,
  stage             TEXT NOT NULL CHECK (stage = 'received' OR stage = 'accepted' OR stage = 'archived'),
  respond_by        INTEGER,
  respond_basis     TEXT CHECK (respond_basis = 'given' OR respond_basis = 'created' OR respond_basis = 'firstSeen'),
  accepted_at       INTEGER,
  archived_at       INTEGER,
  outcome           TEXT CHECK (outcome = 'won' OR outcome = 'lost' OR outcome = 'declined' OR outcome = 'expired' OR outcome = 'error'),
  reason            TEXT,
  closing_note      TEXT,
  favorite          INTEGER NOT NULL CHECK (favorite IN (0, 1)),
  created_at        INTEGER,
  first_seen_at     INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL,
  deal_name         TEXT,
  value_minor       INTEGER,
  currency          TEXT,
  close_date        TEXT,
  sales_stage       INTEGER,
  crm_id            TEXT,
  campaign_id       TEXT,
  notes             TEXT,
  customer_name     TEXT NOT NULL,
  duns              TEXT,
  address_line1     TEXT,
  address_line2     TEXT,
  city              TEXT,
  state             TEXT,
  postal_code       TEXT,
  country           TEXT,
  help_asked        INTEGER NOT NULL CHECK (help_asked IN (0, 1)),
  help_kind         TEXT,
  help_note         TEXT,
  help_requested_at INTEGER,
  microsoft_status  TEXT,
  -- How many entries of the outbox wait for it; kept by triggers.
  waiting           INTEGER NOT NULL DEFAULT 0,
  -- JSON by field: values as last imported where ours differ, theirs where both changed, and what is not modelled.
  base              TEXT,
  conflicts         TEXT,
  extra             TEXT,
  -- What lists sort by.
  deal_key          TEXT NOT NULL,
  customer_key      TEXT NOT NULL,
  value_key         INTEGER NOT NULL,
  newest            INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(created_at, first_seen_at)) VIRTUAL,
  close_key         TEXT NOT NULL GENERATED ALWAYS AS (coalesce(close_date, '~')) VIRTUAL,
  urgency           INTEGER NOT NULL GENERATED ALWAYS AS
                      (CASE stage WHEN 'received' THEN respond_by ELSE 4611686018427387904 - coalesce(created_at, first_seen_at) END) VIRTUAL,
  -- 0 to 2: inbound received, accepted, archived; 3 to 5: outbound.
  shelf             INTEGER NOT NULL GENERATED ALWAYS AS
                      ((CASE direction WHEN 'inbound' THEN 0 ELSE 3 END) + (CASE stage WHEN 'received' THEN 0 WHEN 'accepted' THEN 1 ELSE 2 END)) VIRTUAL,
  CHECK ((direction = 'inbound') = (sender_kind IS NOT NULL)),
  CHECK ((sender_kind IS NULL) = (sender_name IS NULL)),
  CHECK (stage <> 'received' OR direction = 'inbound'),
  CHECK ((stage = 'received') = (respond_by IS NOT NULL)),
  CHECK ((respond_by IS NULL) = (respond_basis IS NULL)),
  CHECK ((stage = 'archived') = (outcome IS NOT NULL)),
  CHECK ((value_minor IS NULL) = (currency IS NULL)),
  CHECK (outcome = 'lost' OR outcome = 'declined' OR outcome = 'error' OR reason IS NULL)
) STRICT;

-- Every order of every list is an index, so that a page costs the same whatever the size.
CREATE INDEX by_time_left ON opportunity (shelf, urgency);
CREATE INDEX by_changed   ON opportunity (shelf, updated_at);
CREATE INDEX by_newest    ON opportunity (shelf, newest);
CREATE INDEX by_deal      ON opportunity (shelf, deal_key);
CREATE INDEX by_customer  ON opportunity (shelf, customer_key);
CREATE INDEX by_value     ON opportunity (shelf, value_key);
CREATE INDEX by_close     ON opportunity (shelf, close_key);
CREATE INDEX favorite_by_time_left ON opportunity (shelf, urgency)      WHERE favorite = 1;
CREATE INDEX favorite_by_changed   ON opportunity (shelf, updated_at)   WHERE favorite = 1;
CREATE INDEX favorite_by_newest    ON opportunity (shelf, newest)       WHERE favorite = 1;
CREATE INDEX favorite_by_deal      ON opportunity (shelf, deal_key)     WHERE favorite = 1;
CREATE INDEX favorite_by_customer  ON opportunity (shelf, customer_key) WHERE favorite = 1;
CREATE INDEX favorite_by_value     ON opportunity (shelf, value_key)    WHERE favorite = 1;
CREATE INDEX favorite_by_close     ON opportunity (shelf, close_key)    WHERE favorite = 1;
CREATE INDEX waiting_now           ON opportunity (id)                  WHERE waiting > 0;

CREATE TABLE person (
  opportunity_id INTEGER NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  role           TEXT NOT NULL CHECK (role = 'contact' OR role = 'employee' OR role = 'sender'),
  position       INTEGER NOT NULL,
  first_name     TEXT NOT NULL,
  last_name      TEXT NOT NULL,
  phone          TEXT NOT NULL,
  email          TEXT NOT NULL,
  PRIMARY KEY (opportunity_id, role, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE solution (
  opportunity_id INTEGER NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  solution_id    TEXT NOT NULL,
  name           TEXT,
  owner          TEXT NOT NULL CHECK (owner = 'mine' OR owner = 'microsoft' OR owner = 'thirdParty' OR owner = 'unknown'),
  currency       TEXT,
  price          TEXT,
  quantity       INTEGER,
  PRIMARY KEY (opportunity_id, position)
) STRICT, WITHOUT ROWID;

-- One step is one user action, one transaction and one undo.
CREATE TABLE step (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  at        INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  -- JSON: what the sentence about the step needs.
  detail    TEXT NOT NULL,
  -- 0 for steps of the clock, which no one can undo, and for undone ones that a later step has cut off from redo.
  undoable  INTEGER NOT NULL CHECK (undoable IN (0, 1)),
  undone_at INTEGER
) STRICT;
CREATE INDEX step_undoable ON step (id) WHERE undoable = 1;

-- What a step did to one opportunity. `delta` is JSON, old and new by field; NULL for one that an import made.
CREATE TABLE history (
  step_id        INTEGER NOT NULL REFERENCES step (id),
  opportunity_id INTEGER NOT NULL,
  what           TEXT NOT NULL,
  delta          TEXT,
  PRIMARY KEY (step_id, opportunity_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX history_of_one ON history (opportunity_id, step_id);

-- What Partner Center, or a sender, is to be told.
-- An entry that is undone outlives its opportunity while that is undone too, so that redo finds it.
CREATE TABLE outbox (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  opportunity_id INTEGER NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('update', 'notice')),
  step_id        INTEGER NOT NULL REFERENCES step (id),
  at             INTEGER NOT NULL,
  detail         TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (state = 'waiting' OR state = 'written' OR state = 'settled' OR state = 'undone'),
  -- The import that made it needless.
  settled_by     INTEGER REFERENCES step (id)
) STRICT;
CREATE INDEX outbox_of_one     ON outbox (opportunity_id);
CREATE INDEX outbox_of_step    ON outbox (step_id);
CREATE INDEX outbox_settled_by ON outbox (settled_by) WHERE settled_by IS NOT NULL;
CREATE INDEX outbox_waiting    ON outbox (id) WHERE state = 'waiting';

-- What was typed into a form that is not saved yet.
CREATE TABLE draft (
  form           TEXT NOT NULL,
  opportunity_id INTEGER NOT NULL,
  content        TEXT NOT NULL,
  at             INTEGER NOT NULL,
  PRIMARY KEY (form, opportunity_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Words by column, made by the program: runs of letters, runs of digits, pairs of neighbouring CJK characters.
CREATE VIRTUAL TABLE search USING fts5 (
  deal, customer, contact, employees, sender, solutions, notes, crm, campaign, place, ids, initials, facets,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- Counts for tabs, so that no screen counts rows. The triggers know no upsert: it can fail half-way, for which
-- SQLite prepares at each row, and the search index then writes itself out at each row of an import.
CREATE TABLE tally (
  kind  TEXT NOT NULL CHECK (kind = 'shelf' OR kind = 'favorite' OR kind = 'outbox'),
  shelf INTEGER NOT NULL,
  n     INTEGER NOT NULL,
  PRIMARY KEY (kind, shelf)
) STRICT, WITHOUT ROWID;
INSERT INTO tally VALUES
  ('shelf', 0, 0), ('shelf', 1, 0), ('shelf', 2, 0), ('shelf', 3, 0), ('shelf', 4, 0), ('shelf', 5, 0),
  ('favorite', 0, 0), ('favorite', 1, 0), ('favorite', 2, 0), ('favorite', 3, 0), ('favorite', 4, 0), ('favorite', 5, 0),
  ('outbox', 0, 0);

-- How many received ones expire in which minute.
CREATE TABLE due (
  minute INTEGER NOT NULL PRIMARY KEY,
  n      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER deadline_comes BEFORE INSERT ON opportunity
  WHEN NEW.respond_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM due WHERE minute = NEW.respond_by / 60000000) BEGIN
  INSERT INTO due VALUES (NEW.respond_by / 60000000, 0);
END;
CREATE TRIGGER deadline_is_moved BEFORE UPDATE OF respond_by ON opportunity
  WHEN NEW.respond_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM due WHERE minute = NEW.respond_by / 60000000) BEGIN
  INSERT INTO due VALUES (NEW.respond_by / 60000000, 0);
END;
CREATE TRIGGER opportunity_in AFTER INSERT ON opportunity BEGIN
  UPDATE tally SET n = n + 1 WHERE kind = 'shelf' AND shelf = NEW.shelf;
  UPDATE tally SET n = n + 1 WHERE kind = 'favorite' AND shelf = NEW.shelf AND NEW.favorite = 1;
  UPDATE due SET n = n + 1 WHERE minute = NEW.respond_by / 60000000;
END;
CREATE TRIGGER opportunity_out AFTER DELETE ON opportunity BEGIN
  UPDATE tally SET n = n - 1 WHERE kind = 'shelf' AND shelf = OLD.shelf;
  UPDATE tally SET n = n - 1 WHERE kind = 'favorite' AND shelf = OLD.shelf AND OLD.favorite = 1;
  UPDATE due SET n = n - 1 WHERE minute = OLD.respond_by / 60000000;
  DELETE FROM due WHERE minute = OLD.respond_by / 60000000 AND n = 0;
END;
CREATE TRIGGER opportunity_moves AFTER UPDATE OF direction, stage, favorite ON opportunity
  WHEN OLD.shelf <> NEW.shelf OR OLD.favorite <> NEW.favorite BEGIN
  UPDATE tally SET n = n - 1 WHERE kind = 'shelf' AND shelf = OLD.shelf;
  UPDATE tally SET n = n + 1 WHERE kind = 'shelf' AND shelf = NEW.shelf;
  UPDATE tally SET n = n - 1 WHERE kind = 'favorite' AND shelf = OLD.shelf AND OLD.favorite = 1;
  UPDATE tally SET n = n + 1 WHERE kind = 'favorite' AND shelf = NEW.shelf AND NEW.favorite = 1;
END;
CREATE TRIGGER deadline_moves AFTER UPDATE OF respond_by ON opportunity
  WHEN OLD.respond_by IS NOT NEW.respond_by BEGIN
  -- First the new one: it may be in the same minute.
  UPDATE due SET n = n + 1 WHERE minute = NEW.respond_by / 60000000;
  UPDATE due SET n = n - 1 WHERE minute = OLD.respond_by / 60000000;
  DELETE FROM due WHERE minute = OLD.respond_by / 60000000 AND n = 0;
END;
CREATE TRIGGER outbox_in AFTER INSERT ON outbox WHEN NEW.state = 'waiting' BEGIN
  UPDATE tally SET n = n + 1 WHERE kind = 'outbox';
  UPDATE opportunity SET waiting = waiting + 1 WHERE id = NEW.opportunity_id;
END;
CREATE TRIGGER outbox_out AFTER DELETE ON outbox WHEN OLD.state = 'waiting' BEGIN
  UPDATE tally SET n = n - 1 WHERE kind = 'outbox';
  UPDATE opportunity SET waiting = waiting - 1 WHERE id = OLD.opportunity_id;
END;
CREATE TRIGGER outbox_moves AFTER UPDATE OF state ON outbox WHEN (OLD.state = 'waiting') <> (NEW.state = 'waiting') BEGIN
  UPDATE tally SET n = n + (NEW.state = 'waiting') - (OLD.state = 'waiting') WHERE kind = 'outbox';
  UPDATE opportunity SET waiting = waiting + (NEW.state = 'waiting') - (OLD.state = 'waiting') WHERE id = NEW.opportunity_id;
END;

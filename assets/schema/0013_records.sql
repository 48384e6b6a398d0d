-- What is kept beside deals and stands in the journal like them, whole and as JSON: offers, facts of the organisation.
CREATE TABLE record (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  kind  TEXT NOT NULL,
  -- What it is found by among those of its kind.
  key   TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (kind, key)
) STRICT;

-- What a step did to one: what stood before it and after it, with NULL for nothing.
CREATE TABLE record_history (
  step_id   INTEGER NOT NULL REFERENCES step (id),
  record_id INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  -- What a rep knows it by.
  name      TEXT NOT NULL,
  key       TEXT NOT NULL,
  before    TEXT,
  after     TEXT,
  PRIMARY KEY (step_id, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_history_of_one ON record_history (record_id, step_id);
CREATE INDEX record_history_of_kind ON record_history (kind, step_id);

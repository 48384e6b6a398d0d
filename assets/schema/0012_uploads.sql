-- Upload files, what each row of them said and what Partner Center answered, and which deals of the outbox are held back or let go.
CREATE TABLE upload (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  uid     TEXT NOT NULL,
  at      INTEGER NOT NULL,
  -- Its name, without the folder.
  file    TEXT NOT NULL,
  layout  TEXT NOT NULL,
  -- What it is known by again, if somebody imports it as it was written.
  fingerprint INTEGER,
  -- The step by which it was written: neither that nor what came before it is taken back of what stands in it.
  step_id INTEGER NOT NULL REFERENCES step (id)
) STRICT;

CREATE TABLE sent (
  upload_id      INTEGER NOT NULL REFERENCES upload (id),
  line           INTEGER NOT NULL,
  opportunity_id INTEGER NOT NULL,
  -- JSON: what the row says, by field.
  said           TEXT NOT NULL,
  -- NULL: none yet; 'dropped': the file was never uploaded.
  answer         TEXT CHECK (answer = 'taken' OR answer = 'refused' OR answer = 'dropped'),
  -- Why Partner Center took nothing of the row.
  message        TEXT,
  -- The import that brought the answer; where that is undone, there is none.
  answered_by    INTEGER REFERENCES step (id),
  PRIMARY KEY (upload_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_of_one ON sent (opportunity_id, upload_id);

-- 'held' stays here; 'let' goes though it is of the private pipeline.
CREATE TABLE outgoing (
  opportunity_id INTEGER PRIMARY KEY,
  choice         TEXT NOT NULL CHECK (choice = 'held' OR choice = 'let')
) STRICT;

-- What Partner Center answered to a row before a later answer took its place: that stands again where the later one is taken back.
CREATE TABLE answer_before (
  upload_id      INTEGER NOT NULL,
  line           INTEGER NOT NULL,
  -- The import that brought the later one.
  until          INTEGER NOT NULL REFERENCES step (id),
  opportunity_id INTEGER NOT NULL,
  answer         TEXT NOT NULL,
  message        TEXT,
  answered_by    INTEGER REFERENCES step (id),
  PRIMARY KEY (upload_id, line, until)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_before_by ON answer_before (answered_by, opportunity_id);

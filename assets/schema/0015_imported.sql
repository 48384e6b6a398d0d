-- Downloads as they were taken over, each by what its rows say: the same again is known for what was said already, whatever the
-- copy's date.
CREATE TABLE imported (
  id      INTEGER PRIMARY KEY,
  -- The marks of its rows together, whatever their order.
  picture INTEGER NOT NULL,
  rows    INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  -- How old what it says was, as far as its first file told.
  as_of   INTEGER,
  -- Its name, without the folder.
  file    TEXT NOT NULL,
  -- The last step there was then: once an import up to it is taken back, it counts as never taken over.
  step_id INTEGER NOT NULL,
  -- JSON: the marks of rows that nothing was made of; they are news when they come again.
  left    TEXT
) STRICT;
CREATE INDEX imported_by_picture ON imported (picture);

-- Rows of downloads as they were taken over, cell by cell: a copy that has lost a row or a column is known by them. One that comes again
-- as it was stands here once.
CREATE TABLE imported_row (
  -- What all of it is known by.
  mark   INTEGER PRIMARY KEY,
  -- What the deal is known by that it speaks of.
  deal   INTEGER NOT NULL,
  -- For each cell that says something eight bytes: its column and what it says.
  pieces BLOB NOT NULL
) STRICT;
CREATE INDEX imported_row_of_deal ON imported_row (deal);
-- The marks of its rows, eight bytes each, in their order; NULL of downloads from before this version.
ALTER TABLE imported ADD COLUMN marks BLOB;

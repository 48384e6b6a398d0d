-- What one unit of a currency was in another on a day: told by files and people, no step of the journal. The latest of a pair on or
-- before a day is one look at the key.
CREATE TABLE rate (
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    rate TEXT NOT NULL,
    PRIMARY KEY ("from", "to", "on"),
    CHECK ("from" <> "to")
) STRICT, WITHOUT ROWID;

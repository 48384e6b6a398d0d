-- What figures are made of, some fifty bytes for each opportunity: a review reads these and no whole row. Derived from the rows, and
-- written by whoever writes those; how it is packed is `store/facts.rs`.
CREATE TABLE fact (
    id     INTEGER PRIMARY KEY,
    packed BLOB NOT NULL
) STRICT;

-- Owners, campaigns, solutions and reasons that facts speak of by number. What nothing speaks of any more stays.
CREATE TABLE fact_name (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

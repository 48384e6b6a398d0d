-- Customers and solutions that are known before a deal is made, and what finds them while somebody types.

CREATE TABLE customer (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL,
  duns          TEXT CHECK (length(duns) = 9),
  address_line1 TEXT,
  address_line2 TEXT,
  city          TEXT,
  state         TEXT,
  postal_code   TEXT,
  country       TEXT CHECK (length(country) = 2),
  -- When a deal had it last; NULL for never.
  used_at       INTEGER
) STRICT;
CREATE INDEX customer_used ON customer (country, used_at) WHERE used_at IS NOT NULL;

CREATE TABLE catalogue (
  id          INTEGER PRIMARY KEY,
  solution_id TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name        TEXT,
  owner       TEXT NOT NULL CHECK (owner = 'mine' OR owner = 'microsoft' OR owner = 'thirdParty' OR owner = 'unknown'),
  assessment  INTEGER NOT NULL CHECK (assessment IN (0, 1)),
  used_at     INTEGER
) STRICT;
CREATE INDEX catalogue_used ON catalogue (used_at) WHERE used_at IS NOT NULL;

-- Everything entries are looked up by, in one tree that a large import fills in order. A key is
--   shelf (the country's two letters, '..' without country, '#s' for solutions), '0' used or '1' not, place (domain/suggest.rs), word;
--   '#d' and a D-U-N-S number;
--   '#i', the number of name, country and city (domain/directory.rs), and the D-U-N-S number or '-'.
-- So each step of a search reads one range of it from its beginning, however many entries there are.
CREATE TABLE suggestion (
  key TEXT NOT NULL,
  id  INTEGER NOT NULL,
  PRIMARY KEY (key, id)
) STRICT, WITHOUT ROWID;

-- What stays ours: whose an opportunity is, what is to be done next and on which day, and dated notes. None of it is ever sent.

-- The e-mail of who was named owner; else it is the first employee.
ALTER TABLE opportunity ADD COLUMN owner TEXT;
ALTER TABLE opportunity ADD COLUMN next_text TEXT;
ALTER TABLE opportunity ADD COLUMN next_on TEXT;
-- JSON: a list of when, who, and what was noted.
ALTER TABLE opportunity ADD COLUMN log TEXT;
-- The owner's name as it is compared, NULL for nobody; made anew by the program for rows that are there.
ALTER TABLE opportunity ADD COLUMN owner_key TEXT;
-- Nobody sorts behind everybody: by the last character there is.
ALTER TABLE opportunity ADD COLUMN owner_sort TEXT GENERATED ALWAYS AS (coalesce(owner_key, CAST(x'F48FBFBF' AS TEXT))) VIRTUAL;

CREATE INDEX by_owner          ON opportunity (shelf, owner_sort);
CREATE INDEX favorite_by_owner ON opportunity (shelf, owner_sort) WHERE favorite = 1;
CREATE INDEX by_next           ON opportunity (shelf, next_on)    WHERE next_on IS NOT NULL;
CREATE INDEX favorite_by_next  ON opportunity (shelf, next_on)    WHERE favorite = 1 AND next_on IS NOT NULL;

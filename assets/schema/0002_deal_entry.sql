-- Deal entry: consent with a help request, the partner of a deal, and drafts by path and number.

ALTER TABLE opportunity ADD COLUMN help_consent INTEGER NOT NULL DEFAULT 0 CHECK (help_consent IN (0, 1));
ALTER TABLE opportunity ADD COLUMN partner_name TEXT;
ALTER TABLE opportunity ADD COLUMN partner_brings TEXT;

-- What was typed into a form that is not saved yet.
CREATE TABLE kept_draft (
  number         INTEGER PRIMARY KEY AUTOINCREMENT,
  form           TEXT NOT NULL,
  -- 0 for a form about several opportunities, NULL for one that makes a new one: of those there may be many.
  opportunity_id INTEGER,
  -- JSON: what stands in each field, by its path; empty until something is typed.
  content        TEXT NOT NULL,
  at             INTEGER NOT NULL,
  UNIQUE (form, opportunity_id)
) STRICT;
INSERT INTO kept_draft (form, opportunity_id, content, at)
  SELECT form, opportunity_id,
    CASE form
      WHEN 'accept' THEN json_object(
        'deal.name', content ->> 0, 'deal.value', content ->> 1, 'deal.currency', content ->> 2, 'deal.closeDate', content ->> 3,
        'deal.notes', content ->> 4, 'deal.crmId', content ->> 5, 'deal.campaignId', content ->> 6, 'employees', content ->> 7)
      ELSE json_object('reason', content ->> 0, 'notes', content ->> 1)
    END,
    at
  FROM draft WHERE json_valid(content);
DROP TABLE draft;
ALTER TABLE kept_draft RENAME TO draft;

-- A smaller file: people and solutions stand in the row they belong to, and what can be told from a row is not kept beside it.

-- Triggers of other tables speak of `opportunity` while there is none.
PRAGMA legacy_alter_table = ON;

CREATE TABLE smaller (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  version           INTEGER NOT NULL,
  referral_id       TEXT,
  engagement_id     TEXT,
  kind              TEXT NOT NULL CHECK (kind = 'coSell' OR kind = 'privatePipeline' OR kind = 'partnerLed' OR kind = 'partnerToPartner' OR kind = 'solutionAssessment'),
  direction         TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
  sender_kind       TEXT CHECK (sender_kind IN ('microsoft', 'partner')),
  sender_name       TEXT,
  sender_note       TEXT,
  stage             TEXT NOT NULL CHECK (stage = 'received' OR stage = 'accepted' OR stage = 'archived'),
  respond_by        INTEGER,
  respond_basis     TEXT CHECK (respond_basis = 'given' OR respond_basis = 'created' OR respond_basis = 'firstSeen'),
  accepted_at       INTEGER,
  archived_at       INTEGER,
  outcome           TEXT CHECK (outcome = 'won' OR outcome = 'lost' OR outcome = 'declined' OR outcome = 'expired' OR outcome = 'error'),
  reason            TEXT,
  closing_note      TEXT,
  favorite          INTEGER NOT NULL CHECK (favorite IN (0, 1)),
  created_at        INTEGER,
  first_seen_at     INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL,
  deal_name         TEXT,
  value_minor       INTEGER,
  currency          TEXT,
  close_date        TEXT,
  sales_stage       INTEGER,
  crm_id            TEXT,
  campaign_id       TEXT,
  notes             TEXT,
  customer_name     TEXT NOT NULL,
  duns              TEXT,
  address_line1     TEXT,
  address_line2     TEXT,
  city              TEXT,
  state             TEXT,
  postal_code       TEXT,
  country           TEXT,
  help_asked        INTEGER NOT NULL CHECK (help_asked IN (0, 1)),
  help_kind         TEXT,
  help_note         TEXT,
  help_requested_at INTEGER,
  microsoft_status  TEXT,
  -- 1 while anything of it waits for Partner Center or its sender; the tally counts them.
  waiting           INTEGER NOT NULL DEFAULT 0,
  help_consent      INTEGER NOT NULL DEFAULT 0 CHECK (help_consent IN (0, 1)),
  partner_name      TEXT,
  partner_brings    TEXT,
  -- JSON by field: values as last imported where ours differ, theirs where both changed, and what is not modelled.
  base              TEXT,
  conflicts         TEXT,
  extra             TEXT,
  -- Its name beyond this machine; NULL: the referral id is its name.
  uid               TEXT,
  -- Made here: Partner Center knows nothing of it until it has given it a referral id.
  made_here         INTEGER NOT NULL DEFAULT 0 CHECK (made_here IN (0, 1)),
  -- What the deadline was counted from, of one that our clock alone shows as expired; it was at `archived_at`.
  lapsed_basis      TEXT CHECK (lapsed_basis = 'given' OR lapsed_basis = 'created' OR lapsed_basis = 'firstSeen'),
  -- As of when Partner Center told what it told: one moment, a bit for each name it holds for, and JSON of the others.
  told_at           INTEGER,
  told_keys         INTEGER,
  told              TEXT,
  -- A line each: c, s or e for contact, sender or employee, first and last name, phone and e-mail address, with tabs between.
  people            TEXT,
  -- A line each: id, name, whose it is (nothing where that is not known), currency, price and quantity, with tabs between.
  solutions         TEXT,
  -- What lists sort by. Names as they are compared, NULL where that is what they are. No function may be called here: a statement
  -- that calls one can fail half-way, for which the search index would write itself out at each row.
  deal_folded       TEXT,
  customer_folded   TEXT,
  value_key         INTEGER NOT NULL,
  deal_key          TEXT NOT NULL GENERATED ALWAYS AS (coalesce(deal_folded, deal_name, customer_name)) VIRTUAL,
  customer_key      TEXT NOT NULL GENERATED ALWAYS AS (coalesce(customer_folded, customer_name)) VIRTUAL,
  newest            INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(created_at, first_seen_at)) VIRTUAL,
  close_key         TEXT NOT NULL GENERATED ALWAYS AS (coalesce(close_date, '~')) VIRTUAL,
  urgency           INTEGER NOT NULL GENERATED ALWAYS AS
                      (CASE stage WHEN 'received' THEN respond_by ELSE 4611686018427387904 - coalesce(created_at, first_seen_at) END) VIRTUAL,
  -- 0 to 2: inbound received, accepted, archived; 3 to 5: outbound.
  shelf             INTEGER NOT NULL GENERATED ALWAYS AS
                      ((CASE direction WHEN 'inbound' THEN 0 ELSE 3 END) + (CASE stage WHEN 'received' THEN 0 WHEN 'accepted' THEN 1 ELSE 2 END)) VIRTUAL,
  CHECK ((direction = 'inbound') = (sender_kind IS NOT NULL)),
  CHECK ((sender_kind IS NULL) = (sender_name IS NULL)),
  CHECK (stage <> 'received' OR direction = 'inbound'),
  CHECK ((stage = 'received') = (respond_by IS NOT NULL)),
  CHECK ((respond_by IS NULL) = (respond_basis IS NULL)),
  CHECK ((stage = 'archived') = (outcome IS NOT NULL)),
  CHECK ((value_minor IS NULL) = (currency IS NULL)),
  CHECK (outcome = 'lost' OR outcome = 'declined' OR outcome = 'error' OR reason IS NULL)
) STRICT;

-- What holds few rows is made before they come: afterwards each would look at all of them.
DROP INDEX favorite_by_time_left;
DROP INDEX favorite_by_changed;
DROP INDEX favorite_by_newest;
DROP INDEX favorite_by_deal;
DROP INDEX favorite_by_customer;
DROP INDEX favorite_by_value;
DROP INDEX favorite_by_close;
DROP INDEX waiting_now;
CREATE INDEX favorite_by_time_left ON smaller (shelf, urgency)      WHERE favorite = 1;
CREATE INDEX favorite_by_changed   ON smaller (shelf, updated_at)   WHERE favorite = 1;
CREATE INDEX favorite_by_newest    ON smaller (shelf, newest)       WHERE favorite = 1;
CREATE INDEX favorite_by_deal      ON smaller (shelf, deal_key)     WHERE favorite = 1;
CREATE INDEX favorite_by_customer  ON smaller (shelf, customer_key) WHERE favorite = 1;
CREATE INDEX favorite_by_value     ON smaller (shelf, value_key)    WHERE favorite = 1;
CREATE INDEX favorite_by_close     ON smaller (shelf, close_key)    WHERE favorite = 1;
CREATE INDEX waiting_now           ON smaller (id)                  WHERE waiting > 0;
CREATE INDEX conflicting           ON smaller (id)                  WHERE conflicts IS NOT NULL;
CREATE INDEX lapsed                ON smaller (archived_at)         WHERE lapsed_basis IS NOT NULL;
CREATE UNIQUE INDEX opportunity_uid ON smaller (uid)                WHERE uid IS NOT NULL;

INSERT INTO smaller
    (id, version, referral_id, engagement_id, kind, direction, sender_kind, sender_name, sender_note, stage, respond_by,
    respond_basis, accepted_at, archived_at, outcome, reason, closing_note, favorite, created_at, first_seen_at, updated_at,
    deal_name, value_minor, currency, close_date, sales_stage, crm_id, campaign_id, notes, customer_name, duns, address_line1,
    address_line2, city, state, postal_code, country, help_asked, help_kind, help_note, help_requested_at, microsoft_status,
    waiting, help_consent, partner_name, partner_brings, base, conflicts, extra, uid, made_here, lapsed_basis, told_at, told_keys, told, people, solutions, deal_folded,
    customer_folded, value_key)
  SELECT
    id, version, referral_id, engagement_id, kind, direction, sender_kind, sender_name, sender_note, stage, respond_by,
    respond_basis, accepted_at, archived_at, outcome, reason, closing_note, favorite, created_at, first_seen_at, updated_at,
    deal_name, value_minor, currency, close_date, sales_stage, crm_id, campaign_id, notes, customer_name, duns, address_line1,
    address_line2, city, state, postal_code, country, help_asked, help_kind, help_note, help_requested_at, microsoft_status,
    waiting, help_consent, partner_name, partner_brings, base, conflicts,
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(extra
      , '"Consent to share Customer/Partner contact":', '"~0":')
      , '"PartnerID (formerly MPN ID)":', '"~1":')
      , '"Marketplace Purchase Intent":', '"~2":')
      , '"Customer Domain Name":', '"~3":')
      , '"CLA Number":', '"~4":')
      , '"Device Category":', '"~5":')
      , '"Silicon Type":', '"~6":')
      , '"Azure Certified Device":', '"~7":')
      , '"Attach Services":', '"~8":')
      , '"Microsoft MSX ID":', '"~9":')
      , '"Migrated PSC Deal ID":', '"~10":')
      , '"Final Matched Customer Account":', '"~11":')
      , '"Managed Account 1 & 2":', '"~12":')
      , '"Unmanaged Account 1 & 2":', '"~13":')
      , '"DUNS Account":', '"~14":')
      , '"PartnerID":', '"~15":'),
    uid, made_here, lapsed_basis, told_at, told_keys, told,
    (SELECT group_concat(line, '') FROM
      (SELECT rtrim(substr(role, 1, 1) || char(9) || first_name || char(9) || last_name || char(9) || phone || char(9) || email, char(9)) || char(10) AS line
        FROM person WHERE opportunity_id = opportunity.id ORDER BY role, position)),
    (SELECT group_concat(line, '') FROM
      (SELECT rtrim(solution_id || char(9) || coalesce(name, '') || char(9) || iif(owner = 'unknown', '', owner) || char(9) || coalesce(currency, '') || char(9)
          || coalesce(price, '') || char(9) || coalesce(quantity, ''), char(9)) || char(10) AS line
        FROM solution WHERE opportunity_id = opportunity.id ORDER BY position)),
    nullif(deal_key, coalesce(deal_name, customer_name)), nullif(customer_key, customer_name), value_key
  FROM opportunity ORDER BY id;
-- Numbers are given once, even those of rows that are gone.
DELETE FROM sqlite_sequence WHERE name = 'smaller';
INSERT INTO sqlite_sequence (name, seq) SELECT 'smaller', seq FROM sqlite_sequence WHERE name = 'opportunity';

DROP TABLE person;
DROP TABLE solution;
DROP TABLE opportunity;
ALTER TABLE smaller RENAME TO opportunity;
PRAGMA legacy_alter_table = OFF;

-- Made when all rows are there: in order, which is quick.
CREATE UNIQUE INDEX by_referral ON opportunity (referral_id);

-- Every order of every list is an index, so that a page costs the same whatever the size.
CREATE INDEX by_time_left ON opportunity (shelf, urgency);
CREATE INDEX by_changed   ON opportunity (shelf, updated_at);
CREATE INDEX by_newest    ON opportunity (shelf, newest);
CREATE INDEX by_deal      ON opportunity (shelf, deal_key);
CREATE INDEX by_customer  ON opportunity (shelf, customer_key);
CREATE INDEX by_value     ON opportunity (shelf, value_key);
CREATE INDEX by_close     ON opportunity (shelf, close_key);

CREATE TRIGGER deadline_comes BEFORE INSERT ON opportunity
  WHEN NEW.respond_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM due WHERE minute = NEW.respond_by / 60000000) BEGIN
  INSERT INTO due VALUES (NEW.respond_by / 60000000, 0);
END;
CREATE TRIGGER deadline_is_moved BEFORE UPDATE OF respond_by ON opportunity
  WHEN NEW.respond_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM due WHERE minute = NEW.respond_by / 60000000) BEGIN
  INSERT INTO due VALUES (NEW.respond_by / 60000000, 0);
END;
CREATE TRIGGER opportunity_in AFTER INSERT ON opportunity BEGIN
  UPDATE tally SET n = n + 1 WHERE kind = 'shelf' AND shelf = NEW.shelf;
  UPDATE tally SET n = n + 1 WHERE kind = 'favorite' AND shelf = NEW.shelf AND NEW.favorite = 1;
  UPDATE due SET n = n + 1 WHERE minute = NEW.respond_by / 60000000;
END;
CREATE TRIGGER opportunity_out AFTER DELETE ON opportunity BEGIN
  UPDATE tally SET n = n - 1 WHERE kind = 'shelf' AND shelf = OLD.shelf;
  UPDATE tally SET n = n - 1 WHERE kind = 'favorite' AND shelf = OLD.shelf AND OLD.favorite = 1;
  UPDATE due SET n = n - 1 WHERE minute = OLD.respond_by / 60000000;
  DELETE FROM due WHERE minute = OLD.respond_by / 60000000 AND n = 0;
END;
CREATE TRIGGER opportunity_moves AFTER UPDATE OF direction, stage, favorite ON opportunity
  WHEN OLD.shelf <> NEW.shelf OR OLD.favorite <> NEW.favorite BEGIN
  UPDATE tally SET n = n - 1 WHERE kind = 'shelf' AND shelf = OLD.shelf;
  UPDATE tally SET n = n + 1 WHERE kind = 'shelf' AND shelf = NEW.shelf;
  UPDATE tally SET n = n - 1 WHERE kind = 'favorite' AND shelf = OLD.shelf AND OLD.favorite = 1;
  UPDATE tally SET n = n + 1 WHERE kind = 'favorite' AND shelf = NEW.shelf AND NEW.favorite = 1;
END;
CREATE TRIGGER deadline_moves AFTER UPDATE OF respond_by ON opportunity
  WHEN OLD.respond_by IS NOT NEW.respond_by BEGIN
  -- First the new one: it may be in the same minute.
  UPDATE due SET n = n + 1 WHERE minute = NEW.respond_by / 60000000;
  UPDATE due SET n = n - 1 WHERE minute = OLD.respond_by / 60000000;
  DELETE FROM due WHERE minute = OLD.respond_by / 60000000 AND n = 0;
END;
CREATE TRIGGER waiting_comes AFTER INSERT ON opportunity WHEN NEW.waiting > 0 BEGIN
  UPDATE tally SET n = n + 1 WHERE kind = 'outbox';
END;
CREATE TRIGGER waiting_goes AFTER DELETE ON opportunity WHEN OLD.waiting > 0 BEGIN
  UPDATE tally SET n = n - 1 WHERE kind = 'outbox';
END;
CREATE TRIGGER waiting_changes AFTER UPDATE OF waiting ON opportunity WHEN (OLD.waiting > 0) <> (NEW.waiting > 0) BEGIN
  UPDATE tally SET n = n + (NEW.waiting > 0) - (OLD.waiting > 0) WHERE kind = 'outbox';
END;

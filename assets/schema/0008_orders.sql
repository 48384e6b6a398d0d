-- Lists sort by sales stage, by country, and archived ones by when they were archived. What has none of it stands last.

ALTER TABLE opportunity ADD COLUMN sales_stage_key INTEGER GENERATED ALWAYS AS (coalesce(sales_stage, 0)) VIRTUAL;
ALTER TABLE opportunity ADD COLUMN country_key     TEXT    GENERATED ALWAYS AS (coalesce(country, '~')) VIRTUAL;
ALTER TABLE opportunity ADD COLUMN archived_key    INTEGER GENERATED ALWAYS AS (coalesce(archived_at, 0)) VIRTUAL;

CREATE INDEX by_sales_stage          ON opportunity (shelf, sales_stage_key);
CREATE INDEX favorite_by_sales_stage ON opportunity (shelf, sales_stage_key) WHERE favorite = 1;
CREATE INDEX by_country              ON opportunity (shelf, country_key);
CREATE INDEX favorite_by_country     ON opportunity (shelf, country_key)     WHERE favorite = 1;
CREATE INDEX by_archived             ON opportunity (shelf, archived_key)    WHERE stage = 'archived';
CREATE INDEX favorite_by_archived    ON opportunity (shelf, archived_key)    WHERE favorite = 1 AND stage = 'archived';

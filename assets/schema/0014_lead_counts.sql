-- How far leads are, so that they are counted without each being read: what of a lead tells no stage is received.
CREATE INDEX record_lead_stage ON record (coalesce(json_extract(value, '$.values.stage'), 'received')) WHERE kind = 'lead';

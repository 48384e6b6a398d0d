-- As of when what deals hold was known before a step, where the step told nothing else of them: most rows of a download say what is
-- held already, and a row of the history for each would be as large as what it brings.
CREATE TABLE confirmed (
  id      INTEGER PRIMARY KEY,
  -- NULL while the import is going on: one that changes nothing is no step, and leaves nothing.
  step_id INTEGER REFERENCES step (id),
  -- JSON: before, after, and the deals, each as the way from the one before it; of some thousand deals.
  told    TEXT NOT NULL
) STRICT;
CREATE INDEX confirmed_by_step ON confirmed (step_id);

-- Those imports that were taken back are looked for at every undo.
CREATE INDEX step_imports ON step (id) WHERE kind = 'import';

-- Which answers came by an import is asked whenever one is taken back or shown.
CREATE INDEX sent_by_answer ON sent (answered_by, opportunity_id) WHERE answered_by IS NOT NULL;

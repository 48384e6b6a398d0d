-- What the last import brought is new until it was seen: these were. Which import that was is `new_of` in meta; what it brought stands
-- in the history, so that an import writes nothing more, and one that is undone has brought nothing.
CREATE TABLE seen (id INTEGER PRIMARY KEY) STRICT;

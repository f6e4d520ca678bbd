-- The diary: rows are added and never changed. application_id says "mdst" to whoever looks at the file.
PRAGMA application_id = 1835299700;

CREATE TABLE diary_entry (
    seq    INTEGER PRIMARY KEY,                              -- order of writing
    id     TEXT NOT NULL UNIQUE,
    date   TEXT NOT NULL CHECK (length(date) = 10),          -- local date, 2026-11-30
    kind   TEXT NOT NULL,
    batch  TEXT NOT NULL,
    steers INTEGER NOT NULL CHECK (steers IN (0, 1)),        -- it changes which other entries are in force
    body   ANY NOT NULL                                      -- JSON as text; a long one deflated, as a blob
) STRICT;

CREATE INDEX diary_entry_by_date ON diary_entry (date, kind);
CREATE INDEX diary_entry_by_batch ON diary_entry (batch);
CREATE INDEX diary_entry_steers ON diary_entry (seq) WHERE steers = 1;

CREATE TRIGGER diary_entry_stays BEFORE UPDATE ON diary_entry
BEGIN SELECT RAISE(ABORT, 'a diary entry is never changed'); END;

CREATE TRIGGER diary_entry_is_kept BEFORE DELETE ON diary_entry
BEGIN SELECT RAISE(ABORT, 'a diary entry is never removed'); END;

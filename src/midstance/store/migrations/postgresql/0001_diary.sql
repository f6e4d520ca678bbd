-- The diary: rows are added and never changed.
CREATE TABLE diary_entry (
    seq    BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,  -- order of writing
    id     TEXT COLLATE "C" NOT NULL UNIQUE,
    date   TEXT COLLATE "C" NOT NULL CHECK (length(date) = 10),  -- local date, 2026-11-30
    kind   TEXT NOT NULL,
    batch  TEXT NOT NULL,
    steers INTEGER NOT NULL CHECK (steers IN (0, 1)),        -- it changes which other entries are in force
    body   TEXT NOT NULL                                     -- JSON
);

CREATE INDEX diary_entry_by_date ON diary_entry (date, kind);
CREATE INDEX diary_entry_by_batch ON diary_entry (batch);
CREATE INDEX diary_entry_steers ON diary_entry (seq) WHERE steers = 1;

CREATE FUNCTION diary_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a diary entry is never changed or removed'; END $$;

CREATE TRIGGER diary_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON diary_entry
FOR EACH STATEMENT EXECUTE FUNCTION diary_entry_stays();

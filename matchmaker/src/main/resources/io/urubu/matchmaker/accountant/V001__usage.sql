-- What each user used of the pool. The matchmaker keeps it in memory and writes it here every few
-- seconds; read once, when it starts. A new table: locks nothing.
CREATE TABLE usage (
    user_name     text             PRIMARY KEY CHECK (user_name <> ''),
    -- Slots in use, averaged with the pool's half-life, as of updated_at.
    real_priority double precision NOT NULL CHECK (real_priority >= 0),
    slot_seconds  double precision NOT NULL CHECK (slot_seconds >= 0),
    updated_at    timestamptz      NOT NULL
);

-- The queue of one or several schedds. New tables: nothing is locked.

CREATE TABLE schedd (
  name         text PRIMARY KEY,
  -- Grows by one when a schedd takes over: who holds an older number may write no more.
  epoch        bigint NOT NULL CHECK (epoch > 0),
  -- Number of the last transaction, read back when the answer to a COMMIT was lost.
  batch        bigint NOT NULL CHECK (batch >= 0),
  next_cluster integer NOT NULL CHECK (next_cluster > 0),
  next_event   bigint NOT NULL CHECK (next_event > 0)
);

-- What was answered to a submission, for a client that asks again.
CREATE TABLE submission (
  schedd       text NOT NULL REFERENCES schedd,
  owner        text NOT NULL,
  request_id   text NOT NULL,
  cluster      integer NOT NULL,
  jobs         integer NOT NULL CHECK (jobs > 0),
  submitted_at timestamptz NOT NULL,
  PRIMARY KEY (schedd, owner, request_id)
);

CREATE TABLE cluster (
  schedd       text NOT NULL REFERENCES schedd,
  cluster      integer NOT NULL,
  owner        text NOT NULL,
  jobs         integer NOT NULL CHECK (jobs > 0),
  ad           text NOT NULL,
  -- Attributes that differ from job to job, with $(Cluster) and $(Process) in their texts.
  template     text NOT NULL,
  submitted_at timestamptz NOT NULL,
  PRIMARY KEY (schedd, cluster)
);

CREATE TABLE job (
  schedd       text NOT NULL,
  cluster      integer NOT NULL,
  proc         integer NOT NULL CHECK (proc >= 0),
  state        text NOT NULL CHECK (state IN ('IDLE', 'STARTING', 'RUNNING', 'CLOSING', 'HELD')),
  runs         integer NOT NULL CHECK (runs >= 0),
  failures     integer NOT NULL CHECK (failures >= 0),
  closing      text CHECK (closing IN ('AGAIN', 'AGAIN_LATER', 'HOLD', 'REMOVE')),
  reason       text,
  hold_code    integer,
  hold_subcode integer,
  run_ticket   bytea CHECK (length(run_ticket) = 32),
  claim_sha256 bytea CHECK (length(claim_sha256) = 32),
  slot         text,
  executed     boolean NOT NULL,
  -- What differs from the cluster's ad and template.
  changes      text NOT NULL,
  entered_at   timestamptz NOT NULL,
  not_before   timestamptz NOT NULL,
  PRIMARY KEY (schedd, cluster, proc),
  FOREIGN KEY (schedd, cluster) REFERENCES cluster,
  CHECK ((state = 'CLOSING') = (closing IS NOT NULL)),
  CHECK ((state IN ('STARTING', 'RUNNING', 'CLOSING')) = (run_ticket IS NOT NULL)),
  CHECK ((run_ticket IS NULL) = (claim_sha256 IS NULL)),
  CHECK ((run_ticket IS NULL) = (slot IS NULL)),
  CHECK (state = 'IDLE' OR state = 'HELD' OR runs > 0)
);

CREATE TABLE job_event (
  schedd       text NOT NULL REFERENCES schedd,
  sequence     bigint NOT NULL,
  -- The transaction that wrote it: events of one transaction are appended to a log together.
  batch        bigint NOT NULL,
  cluster      integer NOT NULL,
  proc         integer NOT NULL,
  kind         integer NOT NULL,
  at           timestamptz NOT NULL,
  owner        text NOT NULL,
  log_path     text,
  text         text NOT NULL,
  PRIMARY KEY (schedd, sequence)
);

-- The next events to be written into a user's log.
CREATE INDEX job_event_by_log ON job_event (schedd, owner, log_path, sequence)
  WHERE log_path IS NOT NULL;

-- Old events that may be deleted.
CREATE INDEX job_event_by_time ON job_event (at);

-- How far each event log is written.
CREATE TABLE event_log (
  schedd       text NOT NULL REFERENCES schedd,
  owner        text NOT NULL,
  path         text NOT NULL,
  -- Every event up to this one is in the file.
  written      bigint NOT NULL,
  -- The file's size then; -1 before the first.
  size         bigint NOT NULL,
  -- Newest event that is meant for the file.
  last         bigint NOT NULL,
  PRIMARY KEY (schedd, owner, path),
  CHECK (written <= last)
);

-- Logs that are behind.
CREATE INDEX event_log_behind ON event_log (schedd, owner, path) WHERE written < last;

CREATE TABLE history (
  schedd       text NOT NULL,
  cluster      integer NOT NULL,
  proc         integer NOT NULL,
  owner        text NOT NULL,
  state        text NOT NULL CHECK (state IN ('COMPLETED', 'REMOVED')),
  ended_at     timestamptz NOT NULL,
  ad           text NOT NULL,
  PRIMARY KEY (schedd, cluster, proc, ended_at)
) PARTITION BY RANGE (ended_at);

-- Catches what no month's partition takes.
CREATE TABLE history_other PARTITION OF history DEFAULT;

-- Newest first, of everybody or of one owner.
CREATE INDEX history_by_time ON history (schedd, ended_at DESC);
CREATE INDEX history_by_owner ON history (schedd, owner, ended_at DESC);

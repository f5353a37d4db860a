-- A schedule from when on it is watched: what it misses from then on is a misfire. timing: what it was then; another
-- timing begins anew.
CREATE TABLE ray_schedule (
    name         VARCHAR(200)  PRIMARY KEY,
    timing       VARCHAR(2000) NOT NULL,
    watched_from BIGINT        NOT NULL
);

-- Each time that a schedule fires, once for all nodes: the first to write the row brings the firing, the others find it.
-- outcome: due until it is planned, then what became of it.
CREATE TABLE ray_firing (
    schedule    VARCHAR(200)  NOT NULL,
    fire_at     BIGINT        NOT NULL,
    recorded_at BIGINT        NOT NULL,
    outcome     VARCHAR(20)   NOT NULL,
    due_at      BIGINT        NOT NULL,
    lease_until BIGINT        NOT NULL DEFAULT 0,
    campaign    VARCHAR(63),
    revision    INT,
    detail      VARCHAR(2000) NOT NULL DEFAULT '',
    PRIMARY KEY (schedule, fire_at)
);
CREATE INDEX ray_firing_outcome ON ray_firing (outcome, due_at);

-- While a row is there, somebody wants events: without it none waits for anybody.
CREATE TABLE ray_event_channel (
    id INT PRIMARY KEY
);

-- Events that wait for the events channel; a row lives only as long as it waits. What a transaction adds becomes visible
-- with it, so that no event is passed over because a later one was there before it. subject: whose events keep their
-- order: a render's id, a campaign's negative id, or 0.
CREATE TABLE ray_event_waiting (
    event_id    BIGINT PRIMARY KEY,
    subject     BIGINT NOT NULL,
    due_at      BIGINT NOT NULL,
    lease_until BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX ray_event_waiting_subject ON ray_event_waiting (subject, event_id);

-- What PostgreSQL has partial indexes for, and how many numbers H2 takes at a time: it writes the file for each time.

-- Slots in use, and the next retry time of an account.
CREATE INDEX ray_render_state ON ray_render (state, account, due_at);
-- Attempts on the wire, and those that may still hold a slot.
CREATE INDEX ray_attempt_verdict ON ray_attempt (account, verdict, replied_at);
-- The render of a generation that a manifest names.
CREATE INDEX ray_render_chain ON ray_render (provider, chain_id);

ALTER SEQUENCE ray_render_ids CACHE 10000;
ALTER TABLE ray_output ALTER COLUMN id SET CACHE 10000;
ALTER TABLE ray_event ALTER COLUMN id SET CACHE 1000;

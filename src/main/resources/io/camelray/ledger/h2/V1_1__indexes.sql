-- What PostgreSQL has partial indexes for.

-- Slots in use, and the next retry time of an account.
CREATE INDEX ray_render_state ON ray_render (state, account, due_at);
-- Attempts on the wire, and those that may still hold a slot.
CREATE INDEX ray_attempt_verdict ON ray_attempt (account, verdict, replied_at);
-- The render of a generation that a manifest names.
CREATE INDEX ray_render_chain ON ray_render (provider, chain_id);

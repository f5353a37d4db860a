-- What has ended is not looked for: these stay as small as the work that is left.

-- Slots in use, and the next retry time of an account.
CREATE INDEX ray_render_state ON ray_render (state, account, due_at)
    WHERE state IN ('planned', 'held', 'submitting', 'unknown', 'rendering', 'rendered');
-- Attempts on the wire, and those that may still hold a slot.
CREATE INDEX ray_attempt_verdict ON ray_attempt (account, verdict, replied_at)
    WHERE verdict IN ('posting', 'unknown');
-- The render of a generation that a manifest names.
CREATE INDEX ray_render_chain ON ray_render (provider, chain_id) WHERE chain_id IS NOT NULL;

-- What operators ask for. paused_by_operator is apart from paused_for, the account's own fault: only a person ends it.
ALTER TABLE ray_account ADD COLUMN paused_by_operator BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE ray_account ADD COLUMN operator_reason VARCHAR(2000);
ALTER TABLE ray_campaign ADD COLUMN paused BOOLEAN DEFAULT FALSE NOT NULL;
-- When an operator wanted it cancelled though it was beyond the ledger's reach.
ALTER TABLE ray_render ADD COLUMN cancel_requested BIGINT;

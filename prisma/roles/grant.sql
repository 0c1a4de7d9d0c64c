-- Run as latchkey_owner, after every migration: what latchkey_server may do, and nothing else.

GRANT USAGE ON SCHEMA public TO latchkey_server;
-- Numbers are taken, and never set back.
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO latchkey_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO latchkey_server;

REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM latchkey_server;

-- What was recorded and signed stays. Archived events leave through a function of the owner's.
REVOKE UPDATE, DELETE ON audit_event, audit_leaf, audit_checkpoint, audit_key, audit_archive FROM latchkey_server;
-- Events stop waiting when they are sealed.
REVOKE UPDATE ON audit_pending FROM latchkey_server;
-- Heads and tiles grow.
REVOKE DELETE ON audit_log, audit_tile FROM latchkey_server;

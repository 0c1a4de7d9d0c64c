-- Run once, as a superuser, in the new and empty database of Latchkey. Then give both roles their passwords (\password).

-- Makes and owns the tables: `npm run migrate`, `npm run restore`.
CREATE ROLE latchkey_owner LOGIN;
-- Serves: it can add to the trail and neither change nor delete what is there.
CREATE ROLE latchkey_server LOGIN;

DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO latchkey_owner', current_database()); END $$;
ALTER SCHEMA public OWNER TO latchkey_owner;
-- Up to PostgreSQL 14 everybody may make tables there, and functions that others then call unknowingly.
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- A worker sees only their districts' conversations (F38). Staff transactions run as this role; it owns nothing.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'utvag_staff') THEN CREATE ROLE utvag_staff NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN
  EXECUTE format('GRANT utvag_staff TO %I', current_user);
EXCEPTION WHEN unique_violation THEN NULL; END $$;
GRANT USAGE ON SCHEMA public TO utvag_staff;
GRANT SELECT ON district, neighbourhood, worker, worker_district, card, delivery TO utvag_staff;
GRANT SELECT, INSERT, UPDATE ON conversation, read_mark TO utvag_staff;
GRANT SELECT, INSERT, UPDATE (handled_at) ON message TO utvag_staff;
GRANT SELECT, INSERT ON note, event, delivery TO utvag_staff;
GRANT SELECT (id, opted_out_at) ON phone TO utvag_staff;

CREATE FUNCTION my_districts() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT string_to_array(coalesce(current_setting('app.districts', true), ''), ',') $$;

ALTER TABLE conversation ENABLE ROW LEVEL SECURITY;
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
ALTER TABLE note ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE card ENABLE ROW LEVEL SECURITY;
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
ALTER TABLE read_mark ENABLE ROW LEVEL SECURITY;
ALTER TABLE phone ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_district ON conversation TO utvag_staff USING (district = ANY (my_districts()));
CREATE POLICY own_district ON event TO utvag_staff USING (district = ANY (my_districts()));
CREATE POLICY own_district ON card TO utvag_staff USING (district = ANY (my_districts()));
CREATE POLICY own_district ON message TO utvag_staff
  USING (EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id));
CREATE POLICY own_district ON note TO utvag_staff
  USING (EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id));
CREATE POLICY own_district ON delivery TO utvag_staff
  USING (EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id));
CREATE POLICY own_mark ON read_mark TO utvag_staff
  USING (worker_id = current_setting('app.worker', true) AND EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id));
CREATE POLICY own_district ON phone TO utvag_staff
  USING (EXISTS (SELECT FROM conversation c WHERE c.phone_id = phone.id));

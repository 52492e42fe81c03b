DROP INDEX "conversation_inbox";--> statement-breakpoint
DROP INDEX "conversation_holder";--> statement-breakpoint
DROP INDEX "conversation_closed";--> statement-breakpoint
CREATE INDEX "conversation_waiting" ON "conversation" USING btree ("district","rank","waiting_since","id","channel","language") WHERE owner = 'waiting';--> statement-breakpoint
CREATE INDEX "conversation_held" ON "conversation" USING btree ("district","rank","created_at","id","channel","language") WHERE owner = 'worker';--> statement-breakpoint
CREATE INDEX "conversation_closed_language" ON "conversation" USING btree ("district","language","closed_at","id","channel") WHERE owner = 'closed';--> statement-breakpoint
CREATE INDEX "conversation_phone" ON "conversation" USING btree ("phone_id") WHERE phone_id is not null;--> statement-breakpoint
CREATE INDEX "conversation_holder" ON "conversation" USING btree ("worker_id") WHERE owner = 'worker';--> statement-breakpoint
CREATE INDEX "conversation_closed" ON "conversation" USING btree ("district","closed_at","id","channel") WHERE owner = 'closed';
--> statement-breakpoint
-- What is the same for every row is asked once a statement: these were worked out again for each row of a list. CASE, because the
-- planner takes an OR here for one that leaves a row in two hundred, and then reads and sorts what it could have read in order.
ALTER POLICY own_district ON conversation USING (district = ANY ((SELECT my_districts())::text[]));
--> statement-breakpoint
ALTER POLICY own_district ON event USING (district = ANY ((SELECT my_districts())::text[]));
--> statement-breakpoint
ALTER POLICY only_this ON conversation USING (CASE (SELECT coalesce(current_setting('app.only', true), '')) WHEN '' THEN true
  ELSE id = (SELECT current_setting('app.only', true)) END);
--> statement-breakpoint
ALTER POLICY only_this ON event USING (CASE (SELECT coalesce(current_setting('app.only', true), '')) WHEN '' THEN true
  ELSE conversation_id = (SELECT current_setting('app.only', true)) END);
--> statement-breakpoint
-- OFFSET 0 keeps these a look-up by key for each row. Without it PostgreSQL may read every conversation of the districts into a
-- table of hashes first, to open one.
ALTER POLICY own_district ON message USING (EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id OFFSET 0));
--> statement-breakpoint
ALTER POLICY own_district ON note USING (EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id OFFSET 0));
--> statement-breakpoint
ALTER POLICY own_district ON delivery USING (EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id OFFSET 0));
--> statement-breakpoint
ALTER POLICY own_district ON reminder USING (EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id OFFSET 0));
--> statement-breakpoint
ALTER POLICY own_district ON translation USING (EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id OFFSET 0));
--> statement-breakpoint
ALTER POLICY own_mark ON read_mark USING (worker_id = (SELECT current_setting('app.worker', true))
  AND EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id OFFSET 0));
--> statement-breakpoint
ALTER POLICY own_district ON phone USING (EXISTS (SELECT FROM conversation c WHERE c.phone_id = phone.id OFFSET 0));

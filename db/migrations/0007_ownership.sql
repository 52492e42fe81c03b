ALTER TABLE "transfer" DROP CONSTRAINT "transfer_state";--> statement-breakpoint
CREATE INDEX "reminder_conversation" ON "reminder" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "transfer_conversation" ON "transfer" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "audit_conversation" ON "audit" USING btree ("conversation_id","id");--> statement-breakpoint
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_state" CHECK ("transfer"."state" in ('offered', 'accepted', 'declined', 'withdrawn', 'expired', 'taken'));--> statement-breakpoint
-- `app.only` binds every table that a district opens by itself; the others follow from the conversation.
CREATE POLICY only_this ON event AS RESTRICTIVE TO utvag_staff
  USING (coalesce(current_setting('app.only', true), '') IN ('', conversation_id));
--> statement-breakpoint
CREATE POLICY only_this ON card AS RESTRICTIVE TO utvag_staff
  USING (coalesce(current_setting('app.only', true), '') IN ('', conversation_id));
--> statement-breakpoint
CREATE POLICY only_this ON transfer AS RESTRICTIVE TO utvag_staff
  USING (coalesce(current_setting('app.only', true), '') IN ('', conversation_id));
--> statement-breakpoint
CREATE POLICY only_this ON break_glass AS RESTRICTIVE TO utvag_staff
  USING (coalesce(current_setting('app.only', true), '') IN ('', conversation_id));
--> statement-breakpoint
-- Whoever may read a conversation may read through whose hands it went, also before it was theirs.
CREATE POLICY whose_conversation ON transfer FOR SELECT TO utvag_staff
  USING (EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id));
--> statement-breakpoint
DROP POLICY who_and_whose ON break_glass;
--> statement-breakpoint
CREATE POLICY who_and_whose ON break_glass FOR SELECT TO utvag_staff
  USING (district = ANY (my_districts()) OR worker_id = current_setting('app.worker', true)
    OR EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id));
--> statement-breakpoint
-- Broken only in one's own name, and only for the conversation of the transaction.
CREATE POLICY own_name ON break_glass FOR INSERT TO utvag_staff
  WITH CHECK (worker_id = current_setting('app.worker', true) AND conversation_id = current_setting('app.only', true)
    AND EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id AND c.district = break_glass.district));
--> statement-breakpoint
GRANT INSERT ON break_glass TO utvag_staff;
--> statement-breakpoint
-- What the other side may know of an offer before it is accepted: no word, no name, no time of the person who writes.
CREATE FUNCTION offers_to_me() RETURNS TABLE (id text, channel text, language text, risk text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT t.id, c.channel, c.language, c.risk FROM transfer t JOIN conversation c ON c.id = t.conversation_id
    WHERE t.state = 'offered' AND t.to_district = ANY (my_districts()) AND t.from_worker <> current_setting('app.worker', true)
      AND coalesce(t.to_worker, current_setting('app.worker', true)) = current_setting('app.worker', true) $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION offers_to_me() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION offers_to_me() TO utvag_staff;
--> statement-breakpoint
-- An offer does not outlive the holding it was made from, whoever or whatever ends that.
CREATE FUNCTION withdraw_offer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
  AS $$ BEGIN
    UPDATE transfer SET state = 'withdrawn', decided_at = now() WHERE conversation_id = NEW.id AND state = 'offered';
    RETURN NULL;
  END $$;
--> statement-breakpoint
CREATE TRIGGER withdraw_offer AFTER UPDATE OF owner, worker_id ON conversation
  FOR EACH ROW WHEN (OLD.owner = 'worker' AND (NEW.owner <> 'worker' OR NEW.worker_id IS DISTINCT FROM OLD.worker_id))
  EXECUTE FUNCTION withdraw_offer();

CREATE TABLE "protected_field" (
	"conversation_id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"body" "bytea" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"master_key_id" text NOT NULL,
	"kept_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "protected_field_kind" CHECK ("protected_field"."kind" in ('phone', 'address'))
);
--> statement-breakpoint
CREATE TABLE "withdrawn_answer" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "protected_field" ADD CONSTRAINT "protected_field_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- The number or address goes with the conversation's end, whoever ends it.
CREATE FUNCTION destroy_protected_field() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
  AS $$ BEGIN DELETE FROM protected_field WHERE conversation_id = NEW.id; RETURN NULL; END $$;
--> statement-breakpoint
CREATE TRIGGER destroy_protected_field AFTER UPDATE OF owner ON conversation
  FOR EACH ROW WHEN (NEW.owner = 'closed') EXECUTE FUNCTION destroy_protected_field();
--> statement-breakpoint
GRANT SELECT, UPDATE (kept_at) ON protected_field TO utvag_staff;
--> statement-breakpoint
ALTER TABLE protected_field ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY holder ON protected_field TO utvag_staff
  USING (EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id AND c.worker_id = current_setting('app.worker', true)));

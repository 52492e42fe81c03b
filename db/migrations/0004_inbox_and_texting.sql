CREATE TABLE "break_glass" (
	"id" text PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"district" text NOT NULL,
	"worker_id" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "break_glass_reason" CHECK ("break_glass"."reason" in ('danger-to-life', 'same-person', 'on-call', 'supervision'))
);
--> statement-breakpoint
CREATE TABLE "reminder" (
	"id" text PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"worker_id" text NOT NULL,
	"seq" integer,
	"due_at" timestamp (3) with time zone NOT NULL,
	"body" "bytea" NOT NULL,
	"reminded_at" timestamp (3) with time zone,
	"done_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transfer" (
	"id" text PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"from_worker" text NOT NULL,
	"from_district" text NOT NULL,
	"to_district" text NOT NULL,
	"to_worker" text,
	"state" text DEFAULT 'offered' NOT NULL,
	"reason" text,
	"offered_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" text,
	CONSTRAINT "transfer_state" CHECK ("transfer"."state" in ('offered', 'accepted', 'declined', 'withdrawn', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "translation" (
	"conversation_id" text NOT NULL,
	"seq" integer NOT NULL,
	"language" text NOT NULL,
	"body" "bytea" NOT NULL,
	"model" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "translation_conversation_id_seq_language_pk" PRIMARY KEY("conversation_id","seq","language")
);
--> statement-breakpoint
CREATE TABLE "private_link" (
	"id" text PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"pin_hash" "bytea",
	"tries" smallint DEFAULT 0 NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "private_link_token" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "seen_text" (
	"print" "bytea" PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert" (
	"id" text PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"worker_id" text NOT NULL,
	"cause" text NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alert_once" UNIQUE("conversation_id","worker_id","cause")
);
--> statement-breakpoint
ALTER TABLE "phone" ALTER COLUMN "number" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "phone" ALTER COLUMN "wrapped_key" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "home_district" text;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "contact_no" integer;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "alarm_step" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "phone" ADD COLUMN "contact_no" integer NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "phone_contact_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "phone" ADD COLUMN "gate_asked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "phone" ADD COLUMN "open_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "phone" ADD COLUMN "any_hour" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "district" ADD COLUMN "hours" jsonb;--> statement-breakpoint
ALTER TABLE "worker" ADD COLUMN "teams" jsonb;--> statement-breakpoint
ALTER TABLE "worker" ADD COLUMN "alerts" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "worker" ADD COLUMN "alert_health" text DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE "worker" ADD COLUMN "on_duty_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "not_before" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "parts" smallint;--> statement-breakpoint
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_district_district_slug_fk" FOREIGN KEY ("district") REFERENCES "public"."district"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_worker_id_worker_id_fk" FOREIGN KEY ("worker_id") REFERENCES "public"."worker"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_worker_id_worker_id_fk" FOREIGN KEY ("worker_id") REFERENCES "public"."worker"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_from_worker_worker_id_fk" FOREIGN KEY ("from_worker") REFERENCES "public"."worker"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_from_district_district_slug_fk" FOREIGN KEY ("from_district") REFERENCES "public"."district"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_to_district_district_slug_fk" FOREIGN KEY ("to_district") REFERENCES "public"."district"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_to_worker_worker_id_fk" FOREIGN KEY ("to_worker") REFERENCES "public"."worker"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_decided_by_worker_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."worker"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "translation" ADD CONSTRAINT "translation_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "private_link" ADD CONSTRAINT "private_link_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seen_text" ADD CONSTRAINT "seen_text_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_worker_id_worker_id_fk" FOREIGN KEY ("worker_id") REFERENCES "public"."worker"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "break_glass_conversation" ON "break_glass" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "reminder_due" ON "reminder" USING btree ("due_at") WHERE done_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "transfer_open" ON "transfer" USING btree ("conversation_id") WHERE state = 'offered';--> statement-breakpoint
CREATE INDEX "transfer_offered" ON "transfer" USING btree ("to_district","offered_at") WHERE state = 'offered';--> statement-breakpoint
CREATE INDEX "seen_text_at" ON "seen_text" USING btree ("at");--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_home_district_district_slug_fk" FOREIGN KEY ("home_district") REFERENCES "public"."district"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worker" ADD CONSTRAINT "worker_alerts" CHECK ("worker"."alerts" in ('none', 'red', 'all'));--> statement-breakpoint
ALTER TABLE "worker" ADD CONSTRAINT "worker_alert_health" CHECK ("worker"."alert_health" in ('unknown', 'ok', 'blocked', 'missing'));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON transfer, reminder TO utvag_staff;
--> statement-breakpoint
GRANT SELECT, INSERT ON translation TO utvag_staff;
--> statement-breakpoint
GRANT SELECT ON break_glass TO utvag_staff;
--> statement-breakpoint
ALTER TABLE transfer ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE reminder ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE translation ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE break_glass ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Content-free: both sides of an offer see that it is there; the conversation itself stays the giver's until it is accepted.
CREATE POLICY either_side ON transfer TO utvag_staff
  USING (to_district = ANY (my_districts()) OR from_district = ANY (my_districts()));
--> statement-breakpoint
CREATE POLICY own_district ON reminder TO utvag_staff
  USING (EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id));
--> statement-breakpoint
CREATE POLICY own_district ON translation TO utvag_staff
  USING (EXISTS (SELECT FROM conversation c WHERE c.id = conversation_id));
--> statement-breakpoint
CREATE POLICY who_and_whose ON break_glass TO utvag_staff
  USING (district = ANY (my_districts()) OR worker_id = current_setting('app.worker', true));
--> statement-breakpoint
-- A verb that must see across districts (accepting an offer, breaking the glass) sees that one conversation and no other.
CREATE POLICY only_this ON conversation AS RESTRICTIVE TO utvag_staff
  USING (coalesce(current_setting('app.only', true), '') IN ('', id));

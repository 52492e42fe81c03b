CREATE TABLE "conversation" (
	"id" text PRIMARY KEY NOT NULL,
	"thread_id" text NOT NULL,
	"episode" integer DEFAULT 1 NOT NULL,
	"previous_id" text,
	"channel" text NOT NULL,
	"phone_id" text,
	"language" text DEFAULT 'sv' NOT NULL,
	"district" text DEFAULT 'staden' NOT NULL,
	"owner" text DEFAULT 'bot' NOT NULL,
	"owner_epoch" integer DEFAULT 0 NOT NULL,
	"worker_id" text,
	"claim_token" text,
	"held_since" timestamp (3) with time zone,
	"previous_worker_id" text,
	"risk" text DEFAULT 'none' NOT NULL,
	"rank" smallint GENERATED ALWAYS AS (case risk when 'emergency' then 0 when 'urgent' then 1 when 'elevated' then 2 else 3 end) STORED NOT NULL,
	"reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"state" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"master_key_id" text NOT NULL,
	"token_epoch" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"waiting_since" timestamp (3) with time zone,
	"last_visitor_at" timestamp (3) with time zone,
	"last_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"outcome" text,
	"retention_class" text DEFAULT 'advice' NOT NULL,
	"legal_hold" boolean DEFAULT false NOT NULL,
	"turn_since" timestamp (3) with time zone,
	"turn_due_at" timestamp (3) with time zone,
	"turn_token" text,
	"turn_lease_until" timestamp (3) with time zone,
	"turn_attempts" integer DEFAULT 0 NOT NULL,
	"alarmed_at" timestamp (3) with time zone,
	CONSTRAINT "conversation_episode" UNIQUE("thread_id","episode"),
	CONSTRAINT "conversation_owner" CHECK ("conversation"."owner" in ('bot', 'waiting', 'worker', 'closed')),
	CONSTRAINT "conversation_channel" CHECK ("conversation"."channel" in ('web', 'sms')),
	CONSTRAINT "conversation_risk" CHECK ("conversation"."risk" in ('none', 'elevated', 'urgent', 'emergency')),
	CONSTRAINT "conversation_worker" CHECK (("conversation"."owner" = 'worker') = ("conversation"."worker_id" is not null and "conversation"."claim_token" is not null)),
	CONSTRAINT "conversation_waiting" CHECK (("conversation"."owner" = 'waiting') <= ("conversation"."waiting_since" is not null)),
	CONSTRAINT "conversation_closing" CHECK (("conversation"."owner" = 'closed') = ("conversation"."closed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "message" (
	"conversation_id" text NOT NULL,
	"seq" integer NOT NULL,
	"author" text NOT NULL,
	"body" "bytea" NOT NULL,
	"language" text NOT NULL,
	"channel" text NOT NULL,
	"external_id" text,
	"client_id" text,
	"worker_id" text,
	"answers" jsonb,
	"meta" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"handled_at" timestamp (3) with time zone,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_conversation_id_seq_pk" PRIMARY KEY("conversation_id","seq"),
	CONSTRAINT "message_external" UNIQUE("channel","external_id"),
	CONSTRAINT "message_client" UNIQUE("conversation_id","client_id"),
	CONSTRAINT "message_author" CHECK ("message"."author" in ('visitor', 'bot', 'worker', 'system'))
);
--> statement-breakpoint
CREATE TABLE "note" (
	"id" text PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"worker_id" text NOT NULL,
	"client_id" text NOT NULL,
	"body" "bytea" NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "note_client" UNIQUE("conversation_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "phone" (
	"id" text PRIMARY KEY NOT NULL,
	"lookup" "bytea" NOT NULL,
	"number" "bytea" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"master_key_id" text NOT NULL,
	"opted_out_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "phone_lookup" UNIQUE("lookup")
);
--> statement-breakpoint
CREATE TABLE "read_mark" (
	"worker_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"seq" integer NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "read_mark_worker_id_conversation_id_pk" PRIMARY KEY("worker_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "district" (
	"slug" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"aliases" text[] DEFAULT '{}' NOT NULL,
	"teams" jsonb
);
--> statement-breakpoint
CREATE TABLE "neighbourhood" (
	"name" text NOT NULL,
	"district" text NOT NULL,
	"informal" boolean DEFAULT false NOT NULL,
	CONSTRAINT "neighbourhood_name_district_pk" PRIMARY KEY("name","district")
);
--> statement-breakpoint
CREATE TABLE "postcode_prefix" (
	"prefix" text PRIMARY KEY NOT NULL,
	"district" text
);
--> statement-breakpoint
CREATE TABLE "worker" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "worker_identity" UNIQUE("tenant_id","object_id"),
	CONSTRAINT "worker_role" CHECK ("worker"."role" in ('worker', 'coordinator', 'editor', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "worker_district" (
	"worker_id" text NOT NULL,
	"district" text NOT NULL,
	CONSTRAINT "worker_district_worker_id_district_pk" PRIMARY KEY("worker_id","district")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"conversation_id" text,
	"detail" jsonb NOT NULL,
	"previous" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "card" (
	"conversation_id" text PRIMARY KEY NOT NULL,
	"district" text NOT NULL,
	"service_url" text NOT NULL,
	"teams_conversation_id" text NOT NULL,
	"activity_id" text,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"error" text,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"id" text PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"seq" integer NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"provider" text,
	"provider_id" text,
	"error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delivery_message" UNIQUE("conversation_id","seq"),
	CONSTRAINT "delivery_status" CHECK ("delivery"."status" in ('queued', 'sending', 'sent', 'delivered', 'failed', 'refused', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"conversation_id" text NOT NULL,
	"district" text NOT NULL,
	"kind" text NOT NULL,
	"seq" integer,
	"version" integer NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "secret" (
	"name" text PRIMARY KEY NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"master_key_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spent_ticket" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_previous_id_conversation_id_fk" FOREIGN KEY ("previous_id") REFERENCES "public"."conversation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_phone_id_phone_id_fk" FOREIGN KEY ("phone_id") REFERENCES "public"."phone"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_district_district_slug_fk" FOREIGN KEY ("district") REFERENCES "public"."district"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_worker_id_worker_id_fk" FOREIGN KEY ("worker_id") REFERENCES "public"."worker"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_previous_worker_id_worker_id_fk" FOREIGN KEY ("previous_worker_id") REFERENCES "public"."worker"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_worker_id_worker_id_fk" FOREIGN KEY ("worker_id") REFERENCES "public"."worker"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note" ADD CONSTRAINT "note_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note" ADD CONSTRAINT "note_worker_id_worker_id_fk" FOREIGN KEY ("worker_id") REFERENCES "public"."worker"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_mark" ADD CONSTRAINT "read_mark_worker_id_worker_id_fk" FOREIGN KEY ("worker_id") REFERENCES "public"."worker"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_mark" ADD CONSTRAINT "read_mark_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "neighbourhood" ADD CONSTRAINT "neighbourhood_district_district_slug_fk" FOREIGN KEY ("district") REFERENCES "public"."district"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postcode_prefix" ADD CONSTRAINT "postcode_prefix_district_district_slug_fk" FOREIGN KEY ("district") REFERENCES "public"."district"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worker_district" ADD CONSTRAINT "worker_district_worker_id_worker_id_fk" FOREIGN KEY ("worker_id") REFERENCES "public"."worker"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worker_district" ADD CONSTRAINT "worker_district_district_district_slug_fk" FOREIGN KEY ("district") REFERENCES "public"."district"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card" ADD CONSTRAINT "card_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card" ADD CONSTRAINT "card_district_district_slug_fk" FOREIGN KEY ("district") REFERENCES "public"."district"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_conversation_id_seq_message_conversation_id_seq_fk" FOREIGN KEY ("conversation_id","seq") REFERENCES "public"."message"("conversation_id","seq") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_open_thread" ON "conversation" USING btree ("thread_id") WHERE owner <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_open_phone" ON "conversation" USING btree ("phone_id") WHERE owner <> 'closed';--> statement-breakpoint
CREATE INDEX "conversation_inbox" ON "conversation" USING btree ("district","owner","rank","waiting_since","id") WHERE owner <> 'closed';--> statement-breakpoint
CREATE INDEX "conversation_holder" ON "conversation" USING btree ("worker_id","owner") WHERE owner <> 'closed';--> statement-breakpoint
CREATE INDEX "conversation_closed" ON "conversation" USING btree ("district","closed_at","id") WHERE owner = 'closed';--> statement-breakpoint
CREATE INDEX "conversation_turn_due" ON "conversation" USING btree ("turn_due_at") WHERE turn_due_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_provider" ON "delivery" USING btree ("provider","provider_id") WHERE provider_id is not null;--> statement-breakpoint
CREATE INDEX "event_feed" ON "event" USING btree ("xid","id");--> statement-breakpoint
CREATE INDEX "event_conversation" ON "event" USING btree ("conversation_id");
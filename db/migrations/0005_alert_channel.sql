ALTER TABLE "alert" DROP CONSTRAINT "alert_once";--> statement-breakpoint
ALTER TABLE "alert" ALTER COLUMN "worker_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "alert" ADD COLUMN "district" text;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_district_district_slug_fk" FOREIGN KEY ("district") REFERENCES "public"."district"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_once" UNIQUE NULLS NOT DISTINCT("conversation_id","worker_id","district","cause");--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_to" CHECK (("alert"."worker_id" is null) <> ("alert"."district" is null));
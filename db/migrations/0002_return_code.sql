ALTER TABLE "conversation" ADD COLUMN "return_code_hash" "bytea";--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_return_code" UNIQUE("return_code_hash");
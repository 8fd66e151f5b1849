ALTER TABLE "portico"."document" ADD COLUMN "division" text;--> statement-breakpoint
ALTER TABLE "portico"."document" ADD COLUMN "location" text;--> statement-breakpoint
ALTER TABLE "portico"."order" ADD COLUMN "division" text;--> statement-breakpoint
ALTER TABLE "portico"."order" ADD COLUMN "location" text;--> statement-breakpoint
CREATE INDEX "document_division" ON "portico"."document" USING btree ("account_id","division","feed_position") WHERE "portico"."document"."division" is not null;
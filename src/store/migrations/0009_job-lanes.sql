ALTER TABLE "portico"."job" ADD COLUMN "account_id" text;--> statement-breakpoint
ALTER TABLE "portico"."job" ADD COLUMN "lane" text DEFAULT 'normal' NOT NULL;--> statement-breakpoint
ALTER TABLE "portico"."job" ADD COLUMN "rank" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "job_open_of_account" ON "portico"."job" USING btree ("account_id","run_at") WHERE "portico"."job"."state" = 'open';
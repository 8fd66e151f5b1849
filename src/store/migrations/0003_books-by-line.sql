ALTER TABLE "portico"."invoice_entry" ADD COLUMN "path" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "portico"."invoice_entry" ADD COLUMN "quantity" numeric;--> statement-breakpoint
ALTER TABLE "portico"."schedule_release" DROP COLUMN "cumulative_required";--> statement-breakpoint
ALTER TABLE "portico"."schedule_release" DROP COLUMN "cumulative_received";
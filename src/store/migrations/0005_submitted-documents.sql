CREATE TABLE "portico"."kept_answer" (
	"key" text NOT NULL,
	"line" integer NOT NULL,
	"request" text NOT NULL,
	"answer" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "kept_answer_key_line_pk" PRIMARY KEY("key","line")
);
--> statement-breakpoint
CREATE TABLE "portico"."webhook" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"types" text[] NOT NULL,
	"account_id" text,
	"usage" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "portico"."delivery" ADD COLUMN "webhook_id" uuid;--> statement-breakpoint
ALTER TABLE "portico"."document" ADD COLUMN "sequence" bigserial NOT NULL;--> statement-breakpoint
ALTER TABLE "portico"."document" ADD COLUMN "order_numbers" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "portico"."document" ADD COLUMN "submitted_by" text;--> statement-breakpoint
ALTER TABLE "portico"."document" ADD COLUMN "claim" text;--> statement-breakpoint
ALTER TABLE "portico"."document" ADD COLUMN "checks" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "portico"."document" ADD COLUMN "findings" json DEFAULT '[]'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "portico"."webhook" ADD CONSTRAINT "webhook_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "kept_answer_age" ON "portico"."kept_answer" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "document_sequence" ON "portico"."document" USING btree ("sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "document_claim" ON "portico"."document" USING btree ("claim");--> statement-breakpoint
CREATE INDEX "document_orders" ON "portico"."document" USING gin ("order_numbers");--> statement-breakpoint
CREATE INDEX "document_status" ON "portico"."document" USING btree ("status","sequence");
CREATE TABLE "portico"."alert_attempt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"notice_id" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" text NOT NULL,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "portico"."alert_notice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"alert_id" uuid NOT NULL,
	"step" integer NOT NULL,
	"channel" text NOT NULL,
	"holder_id" text,
	"holder_name" text,
	"address" text,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"trouble" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "portico"."alert" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"account_id" text NOT NULL,
	"division" text,
	"location" text,
	"plan" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"told_at" timestamp with time zone,
	"next_step" integer,
	"next_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "portico"."delivery" ADD COLUMN "notice_id" uuid;--> statement-breakpoint
ALTER TABLE "portico"."work_item" ADD COLUMN "roles" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "portico"."work_item" ADD COLUMN "alert_id" uuid;--> statement-breakpoint
ALTER TABLE "portico"."work_item" ADD COLUMN "acknowledged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "portico"."work_item" ADD COLUMN "acknowledged_by" text;--> statement-breakpoint
ALTER TABLE "portico"."alert_attempt" ADD CONSTRAINT "alert_attempt_notice_id_alert_notice_id_fk" FOREIGN KEY ("notice_id") REFERENCES "portico"."alert_notice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."alert_notice" ADD CONSTRAINT "alert_notice_alert_id_alert_id_fk" FOREIGN KEY ("alert_id") REFERENCES "portico"."alert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."alert" ADD CONSTRAINT "alert_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_attempt_of" ON "portico"."alert_attempt" USING btree ("notice_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "alert_notice_once" ON "portico"."alert_notice" USING btree ("alert_id","step","channel","holder_id");--> statement-breakpoint
CREATE UNIQUE INDEX "alert_sequence" ON "portico"."alert" USING btree ("sequence");--> statement-breakpoint
CREATE INDEX "alert_of_account" ON "portico"."alert" USING btree ("account_id","sequence");--> statement-breakpoint
CREATE INDEX "alert_gathering" ON "portico"."alert" USING btree ("account_id") WHERE "portico"."alert"."told_at" is null;--> statement-breakpoint
CREATE INDEX "delivery_notice" ON "portico"."delivery" USING btree ("notice_id") WHERE "portico"."delivery"."notice_id" is not null;--> statement-breakpoint
CREATE INDEX "work_item_alert" ON "portico"."work_item" USING btree ("alert_id");--> statement-breakpoint
CREATE INDEX "work_item_untold" ON "portico"."work_item" USING btree ("account_id") WHERE "portico"."work_item"."alert_id" is null and "portico"."work_item"."closed_at" is null;
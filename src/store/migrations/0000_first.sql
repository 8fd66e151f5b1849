CREATE SCHEMA IF NOT EXISTS "portico";
--> statement-breakpoint
CREATE TABLE "portico"."account" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"profile" jsonb NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."counter" (
	"name" text PRIMARY KEY NOT NULL,
	"next" bigint NOT NULL,
	CONSTRAINT "counter_positive" CHECK ("portico"."counter"."next" > 0)
);
--> statement-breakpoint
CREATE TABLE "portico"."delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"channel" text NOT NULL,
	"status" text NOT NULL,
	"account_id" text NOT NULL,
	"interchange_id" uuid,
	"document_id" uuid,
	"target" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "portico"."delivery_attempt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delivery_id" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" text NOT NULL,
	"http_status" integer,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "portico"."document" (
	"id" uuid PRIMARY KEY NOT NULL,
	"feed_position" bigint,
	"direction" text NOT NULL,
	"type" text NOT NULL,
	"number" text NOT NULL,
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"status" text NOT NULL,
	"business_key" text NOT NULL,
	"transaction_set_id" uuid,
	"responds_to_id" uuid,
	"body" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"interchange_id" uuid,
	"document_id" uuid,
	"kind" text NOT NULL,
	"message" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."file_piece" (
	"file_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "file_piece_file_id_ordinal_pk" PRIMARY KEY("file_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "portico"."file" (
	"id" uuid PRIMARY KEY NOT NULL,
	"submitter" text NOT NULL,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	"media_type" text,
	"name" text,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."functional_group" (
	"id" uuid PRIMARY KEY NOT NULL,
	"interchange_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"functional_id" text NOT NULL,
	"control" text NOT NULL,
	"sender_code" text NOT NULL,
	"receiver_code" text NOT NULL,
	"date" text NOT NULL,
	"time" text NOT NULL,
	"agency" text NOT NULL,
	"version" text NOT NULL,
	"verdict" text NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"included_count" integer,
	"offset" bigint,
	"length" bigint,
	"answer" text,
	"answered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "portico"."interchange" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"direction" text NOT NULL,
	"status" text NOT NULL,
	"account_id" text,
	"submitter_account_id" text,
	"file_id" uuid,
	"ordinal" integer DEFAULT 0 NOT NULL,
	"offset" bigint,
	"length" bigint,
	"verdict" text,
	"usage" text,
	"control" text,
	"sender_qualifier" text,
	"sender_id" text,
	"receiver_qualifier" text,
	"receiver_id" text,
	"version" text,
	"date" text,
	"time" text,
	"acknowledgment_requested" boolean DEFAULT false NOT NULL,
	"delimiters" jsonb,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"reason" jsonb,
	"open_sets" integer DEFAULT 0 NOT NULL,
	"replays" integer DEFAULT 0 NOT NULL,
	"purpose" text,
	"answers_id" uuid,
	"draft" jsonb,
	"received_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."job" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"ids" jsonb NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"run_at" timestamp with time zone DEFAULT now() NOT NULL,
	"handed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "portico"."token" (
	"hash" text PRIMARY KEY NOT NULL,
	"account_id" text,
	"label" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "portico"."transaction_set" (
	"id" uuid PRIMARY KEY NOT NULL,
	"interchange_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"type" text NOT NULL,
	"control" text NOT NULL,
	"implementation" text DEFAULT '' NOT NULL,
	"verdict" text NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"problems_omitted" integer DEFAULT 0 NOT NULL,
	"offset" bigint,
	"length" bigint,
	"segment_count" integer,
	"told" text,
	"answer" text,
	"answer_problems" jsonb,
	"document_id" uuid,
	"document_number" text
);
--> statement-breakpoint
CREATE TABLE "portico"."work_item" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"kind" text NOT NULL,
	"message" text NOT NULL,
	"account_id" text,
	"interchange_id" uuid,
	"document_id" uuid,
	"job_id" text,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_because" text
);
--> statement-breakpoint
ALTER TABLE "portico"."delivery" ADD CONSTRAINT "delivery_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."delivery" ADD CONSTRAINT "delivery_interchange_id_interchange_id_fk" FOREIGN KEY ("interchange_id") REFERENCES "portico"."interchange"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."delivery" ADD CONSTRAINT "delivery_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."delivery_attempt" ADD CONSTRAINT "delivery_attempt_delivery_id_delivery_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "portico"."delivery"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."document" ADD CONSTRAINT "document_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."document" ADD CONSTRAINT "document_transaction_set_id_transaction_set_id_fk" FOREIGN KEY ("transaction_set_id") REFERENCES "portico"."transaction_set"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."file_piece" ADD CONSTRAINT "file_piece_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "portico"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."functional_group" ADD CONSTRAINT "functional_group_interchange_id_interchange_id_fk" FOREIGN KEY ("interchange_id") REFERENCES "portico"."interchange"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."interchange" ADD CONSTRAINT "interchange_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."interchange" ADD CONSTRAINT "interchange_submitter_account_id_account_id_fk" FOREIGN KEY ("submitter_account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."interchange" ADD CONSTRAINT "interchange_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "portico"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."token" ADD CONSTRAINT "token_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."transaction_set" ADD CONSTRAINT "transaction_set_interchange_id_interchange_id_fk" FOREIGN KEY ("interchange_id") REFERENCES "portico"."interchange"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."transaction_set" ADD CONSTRAINT "transaction_set_group_id_functional_group_id_fk" FOREIGN KEY ("group_id") REFERENCES "portico"."functional_group"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_sequence" ON "portico"."delivery" USING btree ("sequence");--> statement-breakpoint
CREATE INDEX "delivery_mailbox" ON "portico"."delivery" USING btree ("account_id","sequence") WHERE "portico"."delivery"."channel" = 'mailbox' and "portico"."delivery"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX "delivery_interchange" ON "portico"."delivery" USING btree ("interchange_id");--> statement-breakpoint
CREATE INDEX "delivery_document" ON "portico"."delivery" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "delivery_attempt_of" ON "portico"."delivery_attempt" USING btree ("delivery_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "document_feed" ON "portico"."document" USING btree ("feed_position");--> statement-breakpoint
CREATE UNIQUE INDEX "document_of_set" ON "portico"."document" USING btree ("transaction_set_id");--> statement-breakpoint
CREATE UNIQUE INDEX "document_business_key" ON "portico"."document" USING btree ("account_id","usage","type","business_key") WHERE "portico"."document"."status" = 'accepted';--> statement-breakpoint
CREATE INDEX "document_number" ON "portico"."document" USING btree ("account_id","number");--> statement-breakpoint
CREATE INDEX "document_responds_to" ON "portico"."document" USING btree ("responds_to_id");--> statement-breakpoint
CREATE INDEX "event_interchange" ON "portico"."event" USING btree ("interchange_id","id");--> statement-breakpoint
CREATE INDEX "event_document" ON "portico"."event" USING btree ("document_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "file_same_bytes" ON "portico"."file" USING btree ("submitter","sha256") WHERE "portico"."file"."submitter" <> 'gateway';--> statement-breakpoint
CREATE UNIQUE INDEX "functional_group_in_interchange" ON "portico"."functional_group" USING btree ("interchange_id","ordinal");--> statement-breakpoint
CREATE INDEX "functional_group_control" ON "portico"."functional_group" USING btree ("control");--> statement-breakpoint
CREATE UNIQUE INDEX "interchange_sequence" ON "portico"."interchange" USING btree ("sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "interchange_in_file" ON "portico"."interchange" USING btree ("file_id","ordinal");--> statement-breakpoint
CREATE INDEX "interchange_account" ON "portico"."interchange" USING btree ("account_id","sequence");--> statement-breakpoint
CREATE INDEX "interchange_status" ON "portico"."interchange" USING btree ("status","sequence");--> statement-breakpoint
CREATE INDEX "interchange_control" ON "portico"."interchange" USING btree ("control");--> statement-breakpoint
CREATE INDEX "interchange_answers" ON "portico"."interchange" USING btree ("answers_id");--> statement-breakpoint
CREATE UNIQUE INDEX "interchange_sent_control" ON "portico"."interchange" USING btree ("account_id","usage","control") WHERE "portico"."interchange"."direction" = 'outbound' and "portico"."interchange"."control" is not null;--> statement-breakpoint
CREATE INDEX "job_open" ON "portico"."job" USING btree ("handed_at") WHERE "portico"."job"."state" = 'open';--> statement-breakpoint
CREATE INDEX "job_done" ON "portico"."job" USING btree ("finished_at") WHERE "portico"."job"."state" = 'done';--> statement-breakpoint
CREATE UNIQUE INDEX "transaction_set_in_group" ON "portico"."transaction_set" USING btree ("group_id","ordinal");--> statement-breakpoint
CREATE INDEX "transaction_set_interchange" ON "portico"."transaction_set" USING btree ("interchange_id");--> statement-breakpoint
CREATE INDEX "transaction_set_document_number" ON "portico"."transaction_set" USING btree ("document_number");--> statement-breakpoint
CREATE UNIQUE INDEX "work_item_sequence" ON "portico"."work_item" USING btree ("sequence");--> statement-breakpoint
CREATE INDEX "work_item_interchange" ON "portico"."work_item" USING btree ("interchange_id");--> statement-breakpoint
CREATE UNIQUE INDEX "work_item_open_once" ON "portico"."work_item" USING btree ("kind",coalesce("interchange_id"::text, "document_id"::text, "job_id")) WHERE "portico"."work_item"."closed_at" is null;
CREATE TABLE "portico"."container" (
	"usage" text NOT NULL,
	"sscc" text NOT NULL,
	"account_id" text NOT NULL,
	"document_id" uuid NOT NULL,
	"shipment" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "container_usage_sscc_pk" PRIMARY KEY("usage","sscc")
);
--> statement-breakpoint
CREATE TABLE "portico"."document_link" (
	"document_id" uuid NOT NULL,
	"speaks_of_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"found_by" text NOT NULL,
	CONSTRAINT "document_link_document_id_speaks_of_id_pk" PRIMARY KEY("document_id","speaks_of_id")
);
--> statement-breakpoint
CREATE TABLE "portico"."invoice_entry" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"invoice_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"kind" text NOT NULL,
	"amount" numeric NOT NULL,
	"code" text,
	"reason" text,
	"reference" text,
	"happened_on" date,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."invoice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"document_id" uuid NOT NULL,
	"corrects_id" uuid,
	"issued_on" date NOT NULL,
	"due_on" date,
	"currency" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."ledger_entry" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"order_line_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"kind" text NOT NULL,
	"quantity" numeric NOT NULL,
	"unit" text,
	"amount" numeric,
	"currency" text,
	"price" numeric,
	"acknowledged_as" text,
	"code" text,
	"reason" text,
	"reference" text,
	"path" text NOT NULL,
	"happened_on" date,
	"promised_on" date,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."order_line" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"key" text NOT NULL,
	"line" jsonb NOT NULL,
	"due_on" date
);
--> statement-breakpoint
CREATE TABLE "portico"."order_version" (
	"order_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"document_id" uuid NOT NULL,
	"body" json NOT NULL,
	"summary" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_version_order_id_version_pk" PRIMARY KEY("order_id","version")
);
--> statement-breakpoint
CREATE TABLE "portico"."order" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"number" text NOT NULL,
	"release" text DEFAULT '' NOT NULL,
	"ship_to" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"version" integer NOT NULL,
	"ordered_on" date NOT NULL,
	"currency" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."schedule_release" (
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"kind" text NOT NULL,
	"ship_to" text NOT NULL,
	"item" text NOT NULL,
	"document_id" uuid NOT NULL,
	"release" text NOT NULL,
	"released_on" date NOT NULL,
	"body" json NOT NULL,
	"cumulative_required" numeric,
	"cumulative_received" numeric,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "schedule_release_account_id_usage_kind_ship_to_item_pk" PRIMARY KEY("account_id","usage","kind","ship_to","item")
);
--> statement-breakpoint
ALTER TABLE "portico"."container" ADD CONSTRAINT "container_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."container" ADD CONSTRAINT "container_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."document_link" ADD CONSTRAINT "document_link_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."document_link" ADD CONSTRAINT "document_link_speaks_of_id_document_id_fk" FOREIGN KEY ("speaks_of_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."invoice_entry" ADD CONSTRAINT "invoice_entry_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "portico"."invoice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."invoice_entry" ADD CONSTRAINT "invoice_entry_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."invoice" ADD CONSTRAINT "invoice_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."invoice" ADD CONSTRAINT "invoice_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."ledger_entry" ADD CONSTRAINT "ledger_entry_order_id_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "portico"."order"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."ledger_entry" ADD CONSTRAINT "ledger_entry_order_line_id_order_line_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "portico"."order_line"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."ledger_entry" ADD CONSTRAINT "ledger_entry_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."order_line" ADD CONSTRAINT "order_line_order_id_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "portico"."order"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."order_version" ADD CONSTRAINT "order_version_order_id_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "portico"."order"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."order_version" ADD CONSTRAINT "order_version_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."order" ADD CONSTRAINT "order_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."schedule_release" ADD CONSTRAINT "schedule_release_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."schedule_release" ADD CONSTRAINT "schedule_release_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "container_document" ON "portico"."container" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "document_link_other" ON "portico"."document_link" USING btree ("speaks_of_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_entry_of_document" ON "portico"."invoice_entry" USING btree ("document_id","ordinal");--> statement-breakpoint
CREATE INDEX "invoice_entry_invoice" ON "portico"."invoice_entry" USING btree ("invoice_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_sequence" ON "portico"."invoice" USING btree ("sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_number" ON "portico"."invoice" USING btree ("usage","number");--> statement-breakpoint
CREATE INDEX "invoice_account" ON "portico"."invoice" USING btree ("account_id","sequence");--> statement-breakpoint
CREATE INDEX "invoice_document" ON "portico"."invoice" USING btree ("document_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entry_of_document" ON "portico"."ledger_entry" USING btree ("document_id","ordinal");--> statement-breakpoint
CREATE INDEX "ledger_entry_line" ON "portico"."ledger_entry" USING btree ("order_line_id","kind");--> statement-breakpoint
CREATE INDEX "ledger_entry_order" ON "portico"."ledger_entry" USING btree ("order_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "order_line_key" ON "portico"."order_line" USING btree ("order_id","key");--> statement-breakpoint
CREATE INDEX "order_line_due" ON "portico"."order_line" USING btree ("due_on") WHERE "portico"."order_line"."due_on" is not null;--> statement-breakpoint
CREATE INDEX "order_version_document" ON "portico"."order_version" USING btree ("document_id");--> statement-breakpoint
CREATE UNIQUE INDEX "order_sequence" ON "portico"."order" USING btree ("sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "order_number" ON "portico"."order" USING btree ("account_id","usage","number","release","ship_to");--> statement-breakpoint
CREATE INDEX "order_changed" ON "portico"."order" USING btree ("changed_at");
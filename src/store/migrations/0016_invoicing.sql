CREATE TABLE "portico"."billing_line" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"period_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"kind" text NOT NULL,
	"document_id" uuid NOT NULL,
	"shipment" text NOT NULL,
	"order_id" uuid NOT NULL,
	"order_ids" uuid[] DEFAULT '{}' NOT NULL,
	"order_line_id" uuid,
	"position" integer,
	"quantity" numeric,
	"unit" text,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"path" text,
	"charge" jsonb,
	"gives_back_id" bigint,
	"gives_back" text,
	"state" text DEFAULT 'open' NOT NULL,
	"invoice_id" uuid,
	"price" numeric,
	"price_basis" text,
	"reason" text,
	"mend" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "billing_line_on_invoice" CHECK (("portico"."billing_line"."state" = 'billed') = ("portico"."billing_line"."invoice_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "portico"."billing_period" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"basis" text NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"division" text,
	"location" text,
	"closed_at" timestamp with time zone,
	"retries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."made_invoice" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"period_id" uuid NOT NULL,
	"beside_id" uuid,
	"separate" text NOT NULL,
	"together" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "portico"."billing_line" ADD CONSTRAINT "billing_line_period_id_billing_period_id_fk" FOREIGN KEY ("period_id") REFERENCES "portico"."billing_period"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."billing_line" ADD CONSTRAINT "billing_line_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."billing_line" ADD CONSTRAINT "billing_line_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."billing_line" ADD CONSTRAINT "billing_line_order_id_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "portico"."order"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."billing_line" ADD CONSTRAINT "billing_line_order_line_id_order_line_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "portico"."order_line"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."billing_line" ADD CONSTRAINT "billing_line_invoice_id_document_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."billing_period" ADD CONSTRAINT "billing_period_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."made_invoice" ADD CONSTRAINT "made_invoice_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."made_invoice" ADD CONSTRAINT "made_invoice_period_id_billing_period_id_fk" FOREIGN KEY ("period_id") REFERENCES "portico"."billing_period"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."made_invoice" ADD CONSTRAINT "made_invoice_beside_id_document_id_fk" FOREIGN KEY ("beside_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "billing_line_open" ON "portico"."billing_line" USING btree ("account_id","usage","period_id","id") WHERE "portico"."billing_line"."state" = 'open';--> statement-breakpoint
CREATE INDEX "billing_line_invoice" ON "portico"."billing_line" USING btree ("invoice_id") WHERE "portico"."billing_line"."invoice_id" is not null;--> statement-breakpoint
CREATE INDEX "billing_line_shipment" ON "portico"."billing_line" USING btree ("account_id","usage","shipment");--> statement-breakpoint
CREATE UNIQUE INDEX "billing_line_of_order" ON "portico"."billing_line" USING btree ("order_id","path") WHERE "portico"."billing_line"."kind" = 'order-charge';--> statement-breakpoint
CREATE UNIQUE INDEX "billing_period_sequence" ON "portico"."billing_period" USING btree ("sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "billing_period_once" ON "portico"."billing_period" USING btree ("account_id","usage","basis","ends_at",coalesce("division", ''),coalesce("location", ''));--> statement-breakpoint
CREATE INDEX "billing_period_open" ON "portico"."billing_period" USING btree ("account_id","usage","ends_at") WHERE "portico"."billing_period"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "made_invoice_beside" ON "portico"."made_invoice" USING btree ("beside_id") WHERE "portico"."made_invoice"."beside_id" is not null;
CREATE TABLE "portico"."price_ladder_past" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"contract" text NOT NULL,
	"item" text NOT NULL,
	"qualifier" text NOT NULL,
	"unit" text NOT NULL,
	"price_basis" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"steps" jsonb NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"replaced_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."price_credit_line" (
	"credit_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"invoice_id" uuid NOT NULL,
	"path" text NOT NULL,
	"step_from" numeric NOT NULL,
	"step_price" numeric NOT NULL,
	"amount" numeric NOT NULL,
	CONSTRAINT "price_credit_line_credit_id_ordinal_pk" PRIMARY KEY("credit_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "portico"."price_credit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"contract" text NOT NULL,
	"division" text DEFAULT '' NOT NULL,
	"period_from" date NOT NULL,
	"period_to" date NOT NULL,
	"cause_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"amount" numeric NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."rebate_entry" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"rebate_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"document_id" uuid,
	"invoiced" numeric,
	"amount" numeric NOT NULL,
	"reference" text,
	"happened_on" date NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."rebate" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"contract" text NOT NULL,
	"division" text DEFAULT '' NOT NULL,
	"period_from" date NOT NULL,
	"period_to" date NOT NULL,
	"currency" text NOT NULL,
	"called" integer DEFAULT 0 NOT NULL,
	"settled" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "portico"."price_ladder_past" ADD CONSTRAINT "price_ladder_past_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."price_credit_line" ADD CONSTRAINT "price_credit_line_credit_id_price_credit_id_fk" FOREIGN KEY ("credit_id") REFERENCES "portico"."price_credit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."price_credit_line" ADD CONSTRAINT "price_credit_line_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "portico"."invoice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."price_credit" ADD CONSTRAINT "price_credit_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."price_credit" ADD CONSTRAINT "price_credit_cause_id_document_id_fk" FOREIGN KEY ("cause_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."price_credit" ADD CONSTRAINT "price_credit_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."rebate_entry" ADD CONSTRAINT "rebate_entry_rebate_id_rebate_id_fk" FOREIGN KEY ("rebate_id") REFERENCES "portico"."rebate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."rebate_entry" ADD CONSTRAINT "rebate_entry_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."rebate" ADD CONSTRAINT "rebate_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "price_ladder_past_item" ON "portico"."price_ladder_past" USING btree ("account_id","item","replaced_at");--> statement-breakpoint
CREATE INDEX "price_credit_line_invoice" ON "portico"."price_credit_line" USING btree ("invoice_id");--> statement-breakpoint
CREATE UNIQUE INDEX "price_credit_sequence" ON "portico"."price_credit" USING btree ("sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "price_credit_cause" ON "portico"."price_credit" USING btree ("cause_id","contract","division","period_from");--> statement-breakpoint
CREATE INDEX "price_credit_account" ON "portico"."price_credit" USING btree ("account_id","sequence");--> statement-breakpoint
CREATE INDEX "price_credit_document" ON "portico"."price_credit" USING btree ("document_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rebate_entry_of_document" ON "portico"."rebate_entry" USING btree ("document_id","rebate_id","kind");--> statement-breakpoint
CREATE INDEX "rebate_entry_rebate" ON "portico"."rebate_entry" USING btree ("rebate_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "rebate_sequence" ON "portico"."rebate" USING btree ("sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "rebate_period" ON "portico"."rebate" USING btree ("account_id","usage","contract","division","period_from");
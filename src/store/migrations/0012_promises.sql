CREATE TABLE "portico"."promise" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"order_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"qualifier" text NOT NULL,
	"promised_on" date NOT NULL,
	"warn_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"shipped_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "portico"."promise" ADD CONSTRAINT "promise_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."promise" ADD CONSTRAINT "promise_order_id_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "portico"."order"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."promise" ADD CONSTRAINT "promise_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "promise_of_order" ON "portico"."promise" USING btree ("order_id","qualifier");--> statement-breakpoint
CREATE UNIQUE INDEX "promise_sequence" ON "portico"."promise" USING btree ("sequence");--> statement-breakpoint
CREATE INDEX "promise_open" ON "portico"."promise" USING btree ("account_id","sequence") WHERE "portico"."promise"."state" = 'open';
CREATE TABLE "portico"."shipped_item" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"serial" text,
	"product_ids" jsonb NOT NULL,
	"order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"line" text NOT NULL,
	"document_id" uuid NOT NULL,
	"shipment" text NOT NULL,
	"shipped_on" date NOT NULL,
	"warranty" jsonb,
	"begins_on" date,
	"ends_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "portico"."shipped_item" ADD CONSTRAINT "shipped_item_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."shipped_item" ADD CONSTRAINT "shipped_item_order_id_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "portico"."order"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."shipped_item" ADD CONSTRAINT "shipped_item_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "shipped_item_serial" ON "portico"."shipped_item" USING btree ("serial","id") WHERE "portico"."shipped_item"."serial" is not null;--> statement-breakpoint
CREATE INDEX "shipped_item_order" ON "portico"."shipped_item" USING btree ("order_id","position");--> statement-breakpoint
CREATE INDEX "shipped_item_shipment" ON "portico"."shipped_item" USING btree ("account_id","usage","shipment");
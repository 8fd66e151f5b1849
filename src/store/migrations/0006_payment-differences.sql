CREATE TABLE "portico"."payment_difference" (
	"document_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"invoice_id" uuid,
	"code" text NOT NULL,
	"amount" numeric NOT NULL,
	"reason" text,
	"message" text NOT NULL,
	"path" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payment_difference_document_id_ordinal_pk" PRIMARY KEY("document_id","ordinal")
);
--> statement-breakpoint
ALTER TABLE "portico"."payment_difference" ADD CONSTRAINT "payment_difference_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."payment_difference" ADD CONSTRAINT "payment_difference_invoice_id_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "portico"."invoice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_difference_invoice" ON "portico"."payment_difference" USING btree ("invoice_id");
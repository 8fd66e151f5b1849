CREATE TABLE "portico"."price_ladder" (
	"account_id" text NOT NULL,
	"contract" text NOT NULL,
	"item" text NOT NULL,
	"qualifier" text NOT NULL,
	"unit" text NOT NULL,
	"price_basis" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"steps" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "price_ladder_pkey" PRIMARY KEY("account_id","contract","item","qualifier","unit","valid_from")
);
--> statement-breakpoint
ALTER TABLE "portico"."price_ladder" ADD CONSTRAINT "price_ladder_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "price_ladder_item" ON "portico"."price_ladder" USING btree ("account_id","item");--> statement-breakpoint
CREATE INDEX "order_line_products" ON "portico"."order_line" USING gin (("line"->'productIds') jsonb_path_ops);
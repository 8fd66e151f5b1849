CREATE TABLE "portico"."cross_reference" (
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"theirs" text NOT NULL,
	"ours" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cross_reference_account_id_kind_theirs_pk" PRIMARY KEY("account_id","kind","theirs")
);
--> statement-breakpoint
ALTER TABLE "portico"."cross_reference" ADD CONSTRAINT "cross_reference_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cross_reference_ours" ON "portico"."cross_reference" USING btree ("account_id","kind","ours");
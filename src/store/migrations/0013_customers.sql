CREATE TABLE "portico"."account_month" (
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"month" text NOT NULL,
	"currency" text DEFAULT '' NOT NULL,
	"invoices" integer DEFAULT 0 NOT NULL,
	"credit_memos" integer DEFAULT 0 NOT NULL,
	"amount" numeric DEFAULT '0' NOT NULL,
	"credited" numeric DEFAULT '0' NOT NULL,
	"disputes" integer DEFAULT 0 NOT NULL,
	"disputed" numeric DEFAULT '0' NOT NULL,
	CONSTRAINT "account_month_account_id_usage_month_currency_pk" PRIMARY KEY("account_id","usage","month","currency")
);
--> statement-breakpoint
CREATE TABLE "portico"."account_use" (
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"month" text NOT NULL,
	"use" text NOT NULL,
	"name" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "account_use_account_id_usage_month_use_name_pk" PRIMARY KEY("account_id","usage","month","use","name")
);
--> statement-breakpoint
CREATE TABLE "portico"."customer_month" (
	"customer_id" text NOT NULL,
	"month" text NOT NULL,
	"currency" text DEFAULT '' NOT NULL,
	"amount" numeric DEFAULT '0' NOT NULL,
	"profitable" numeric DEFAULT '0' NOT NULL,
	"profitable_of" numeric DEFAULT '0' NOT NULL,
	"disputed" numeric DEFAULT '0' NOT NULL,
	"disputes" integer DEFAULT 0 NOT NULL,
	"orders" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "customer_month_customer_id_month_currency_pk" PRIMARY KEY("customer_id","month","currency")
);
--> statement-breakpoint
CREATE TABLE "portico"."customer_sale" (
	"customer_id" text NOT NULL,
	"kind" text NOT NULL,
	"reference" text NOT NULL,
	"month" text NOT NULL,
	"currency" text DEFAULT '' NOT NULL,
	"amount" numeric NOT NULL,
	"profitable_amount" numeric,
	"disputed_amount" numeric DEFAULT '0' NOT NULL,
	"disputes" integer DEFAULT 0 NOT NULL,
	"orders" integer DEFAULT 0 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customer_sale_customer_id_kind_reference_currency_pk" PRIMARY KEY("customer_id","kind","reference","currency")
);
--> statement-breakpoint
CREATE TABLE "portico"."customer" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"account_id" text,
	"regions" text[] DEFAULT '{}' NOT NULL,
	"since" date,
	"agreement" text,
	"locations" integer,
	"central_buying" boolean,
	"service_level" text,
	"profitable_share" numeric,
	"margin" numeric,
	"note" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customer_account" UNIQUE("account_id")
);
--> statement-breakpoint
CREATE TABLE "portico"."scoring_version" (
	"number" integer PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"author" text NOT NULL,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "portico"."account_month" ADD CONSTRAINT "account_month_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."account_use" ADD CONSTRAINT "account_use_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."customer_month" ADD CONSTRAINT "customer_month_customer_id_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "portico"."customer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."customer_sale" ADD CONSTRAINT "customer_sale_customer_id_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "portico"."customer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."customer" ADD CONSTRAINT "customer_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;
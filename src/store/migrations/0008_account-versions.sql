CREATE TABLE "portico"."account_version" (
	"account_id" text NOT NULL,
	"number" integer NOT NULL,
	"profile" jsonb NOT NULL,
	"author" text NOT NULL,
	"author_token" text,
	"reason" text,
	"wanted_at" timestamp with time zone,
	"effective_at" timestamp with time zone,
	"approved_by" text,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" text,
	"restores" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_version_account_id_number_pk" PRIMARY KEY("account_id","number")
);
--> statement-breakpoint
ALTER TABLE "portico"."account" ADD COLUMN "in_force_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "portico"."account" ADD COLUMN "next_version_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "portico"."document" ADD COLUMN "rule_version" integer;--> statement-breakpoint
ALTER TABLE "portico"."account_version" ADD CONSTRAINT "account_version_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
INSERT INTO "portico"."account_version" ("account_id", "number", "profile", "author", "effective_at", "created_at")
	SELECT "id", "version", "profile", 'the gateway', 'epoch', "updated_at" FROM "portico"."account";--> statement-breakpoint
UPDATE "portico"."account" SET "in_force_since" = 'epoch';

CREATE TABLE "portico"."publication_plan" (
	"number" integer PRIMARY KEY NOT NULL,
	"plan" jsonb NOT NULL,
	"author" text NOT NULL,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "portico"."publication_receipt" (
	"publication_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"tier" text NOT NULL,
	"state" text NOT NULL,
	"edition" integer,
	"channel" text,
	"document_id" uuid,
	"interchange_id" uuid,
	"reason" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"collected_at" timestamp with time zone,
	CONSTRAINT "publication_receipt_publication_id_account_id_pk" PRIMARY KEY("publication_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "portico"."publication_release" (
	"publication_id" uuid NOT NULL,
	"tier" text NOT NULL,
	"rank" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"released_at" timestamp with time zone,
	CONSTRAINT "publication_release_publication_id_tier_pk" PRIMARY KEY("publication_id","tier"),
	CONSTRAINT "publication_release_not_early" CHECK ("portico"."publication_release"."released_at" is null or "portico"."publication_release"."released_at" >= "portico"."publication_release"."at"),
	CONSTRAINT "publication_release_done" CHECK (("portico"."publication_release"."state" = 'released') = ("portico"."publication_release"."released_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "portico"."publication_subscription" (
	"account_id" text NOT NULL,
	"topic" text NOT NULL,
	"usage" text NOT NULL,
	"tier" text NOT NULL,
	"rule" jsonb NOT NULL,
	"cleared" integer NOT NULL,
	"told" integer NOT NULL,
	"seen" integer NOT NULL,
	"editions" integer DEFAULT 0 NOT NULL,
	"turn" integer DEFAULT 0 NOT NULL,
	"turn_at" timestamp with time zone,
	"told_lines" json,
	"ended_at" timestamp with time zone,
	CONSTRAINT "publication_subscription_account_id_topic_usage_pk" PRIMARY KEY("account_id","topic","usage")
);
--> statement-breakpoint
CREATE TABLE "portico"."publication" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigserial NOT NULL,
	"topic" text NOT NULL,
	"usage" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"keeps" text NOT NULL,
	"title" text,
	"content" json NOT NULL,
	"plan_number" integer NOT NULL,
	"corrects_id" uuid,
	"by" text NOT NULL,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_because" text
);
--> statement-breakpoint
CREATE TABLE "portico"."stock_reservation" (
	"account_id" text NOT NULL,
	"item" text NOT NULL,
	"qualifier" text NOT NULL,
	"unit" text NOT NULL,
	"quantity" text NOT NULL,
	"until" date,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stock_reservation_pkey" PRIMARY KEY("account_id","item","qualifier","unit")
);
--> statement-breakpoint
ALTER TABLE "portico"."publication_receipt" ADD CONSTRAINT "publication_receipt_publication_id_publication_id_fk" FOREIGN KEY ("publication_id") REFERENCES "portico"."publication"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."publication_receipt" ADD CONSTRAINT "publication_receipt_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."publication_receipt" ADD CONSTRAINT "publication_receipt_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."publication_receipt" ADD CONSTRAINT "publication_receipt_interchange_id_interchange_id_fk" FOREIGN KEY ("interchange_id") REFERENCES "portico"."interchange"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."publication_release" ADD CONSTRAINT "publication_release_publication_id_publication_id_fk" FOREIGN KEY ("publication_id") REFERENCES "portico"."publication"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."publication_subscription" ADD CONSTRAINT "publication_subscription_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."publication" ADD CONSTRAINT "publication_plan_number_publication_plan_number_fk" FOREIGN KEY ("plan_number") REFERENCES "portico"."publication_plan"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."stock_reservation" ADD CONSTRAINT "stock_reservation_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "publication_receipt_account" ON "portico"."publication_receipt" USING btree ("account_id","publication_id");--> statement-breakpoint
CREATE UNIQUE INDEX "publication_receipt_document" ON "portico"."publication_receipt" USING btree ("document_id");--> statement-breakpoint
CREATE UNIQUE INDEX "publication_release_rank" ON "portico"."publication_release" USING btree ("publication_id","rank");--> statement-breakpoint
CREATE INDEX "publication_release_open" ON "portico"."publication_release" USING btree ("at") WHERE "portico"."publication_release"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "publication_subscription_stream" ON "portico"."publication_subscription" USING btree ("topic","usage");--> statement-breakpoint
CREATE UNIQUE INDEX "publication_sequence" ON "portico"."publication" USING btree ("sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "publication_place" ON "portico"."publication" USING btree ("topic","usage","number");--> statement-breakpoint
CREATE INDEX "publication_corrects" ON "portico"."publication" USING btree ("corrects_id");--> statement-breakpoint
CREATE FUNCTION "portico"."publication_receipt_in_order"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	own integer;
	place integer;
	stream text;
	stream_usage text;
BEGIN
	IF NEW.state <> 'served' THEN RETURN NEW; END IF;
	SELECT r.rank, p.number, p.topic, p.usage INTO own, place, stream, stream_usage
		FROM portico.publication_release r JOIN portico.publication p ON p.id = r.publication_id
		WHERE r.publication_id = NEW.publication_id AND r.tier = NEW.tier AND r.state = 'released';
	IF NOT FOUND THEN
		RAISE EXCEPTION 'publication % is embargoed to the tier %', NEW.publication_id, NEW.tier USING ERRCODE = 'check_violation';
	END IF;
	IF EXISTS (
		SELECT 1 FROM portico.publication_subscription s
			JOIN portico.publication_release r ON r.publication_id = NEW.publication_id AND r.tier = s.tier
			WHERE s.topic = stream AND s.usage = stream_usage AND s.ended_at IS NULL AND r.rank < own AND s.cleared < place
	) THEN
		RAISE EXCEPTION 'publication % has not been told to every account above the tier %', NEW.publication_id, NEW.tier USING ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "publication_receipt_in_order" BEFORE INSERT OR UPDATE OF "state" ON "portico"."publication_receipt"
	FOR EACH ROW EXECUTE FUNCTION "portico"."publication_receipt_in_order"();
--> statement-breakpoint
CREATE FUNCTION "portico"."publication_never_back"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.told < OLD.told OR NEW.cleared < OLD.cleared OR NEW.editions < OLD.editions THEN
		RAISE EXCEPTION 'account % would be told % out of sequence', NEW.account_id, NEW.topic USING ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "publication_never_back" BEFORE UPDATE ON "portico"."publication_subscription"
	FOR EACH ROW EXECUTE FUNCTION "portico"."publication_never_back"();

CREATE TABLE "portico"."shipment" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"usage" text NOT NULL,
	"number" text NOT NULL,
	"shipped_on" date NOT NULL,
	"shipped_at" text,
	"replaced_by" uuid
);
--> statement-breakpoint
ALTER TABLE "portico"."order_line" ADD COLUMN "counts_on" date;--> statement-breakpoint
ALTER TABLE "portico"."shipment" ADD CONSTRAINT "shipment_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."shipment" ADD CONSTRAINT "shipment_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "portico"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portico"."shipment" ADD CONSTRAINT "shipment_replaced_by_document_id_fk" FOREIGN KEY ("replaced_by") REFERENCES "portico"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "shipment_shipped" ON "portico"."shipment" USING btree ("account_id","usage","shipped_on");--> statement-breakpoint
CREATE INDEX "shipment_number" ON "portico"."shipment" USING btree ("account_id","usage","number");--> statement-breakpoint
CREATE INDEX "shipment_replaced" ON "portico"."shipment" USING btree ("replaced_by");--> statement-breakpoint
CREATE INDEX "document_created" ON "portico"."document" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "interchange_received" ON "portico"."interchange" USING btree ("account_id","received_at") WHERE "portico"."interchange"."received_at" is not null;--> statement-breakpoint
CREATE INDEX "interchange_sent" ON "portico"."interchange" USING btree ("account_id","sent_at") WHERE "portico"."interchange"."sent_at" is not null;--> statement-breakpoint
CREATE INDEX "transaction_set_document" ON "portico"."transaction_set" USING btree ("document_id") WHERE "portico"."transaction_set"."document_id" is not null;--> statement-breakpoint
UPDATE "portico"."order_line" line SET "counts_on" = coalesce((
  SELECT max(entry."promised_on") FROM "portico"."ledger_entry" entry
  WHERE entry."order_line_id" = line."id" AND entry."kind" = 'acknowledged'
    AND entry."acknowledged_as" NOT IN ('rejected', 'deleted', 'change-refused')
    AND entry."document_id" = (
      SELECT last."document_id" FROM "portico"."ledger_entry" last
      WHERE last."order_line_id" = line."id" AND last."kind" = 'acknowledged' AND last."acknowledged_as" <> 'change-refused'
      ORDER BY last."id" DESC LIMIT 1
    )
), (line."line"->>'requested')::date);--> statement-breakpoint
INSERT INTO "portico"."shipment" ("document_id", "account_id", "usage", "number", "shipped_on", "shipped_at", "replaced_by")
SELECT notice."id", notice."account_id", notice."usage", notice."number",
  coalesce(left_at."day", (notice."body"->>'date')::date), left_at."time", (
    SELECT later."id" FROM "portico"."document" later
    WHERE later."account_id" = notice."account_id" AND later."usage" = notice."usage" AND later."number" = notice."number"
      AND later."type" = 'shipment' AND later."status" = 'accepted' AND later."sequence" > notice."sequence"
    ORDER BY later."sequence" LIMIT 1
  )
FROM "portico"."document" notice
LEFT JOIN LATERAL (
  SELECT (said->>'date')::date AS "day", substr(said->>'time', 1, 2) || ':' || substr(said->>'time', 3, 2) AS "time"
  FROM json_array_elements(notice."body"->'dates') said
  WHERE said->>'qualifier' = '011' AND said->>'date' IS NOT NULL LIMIT 1
) left_at ON true
WHERE notice."type" = 'shipment' AND notice."status" = 'accepted' AND notice."body"->'purpose'->>'code' <> '01';--> statement-breakpoint
INSERT INTO "portico"."account_use" ("account_id", "usage", "month", "use", "name", "count")
SELECT entered."account_id", entered."usage", to_char(entered."ordered_on", 'YYYY-MM'), 'warranty',
  line->'warranty'->>'terms', count(*)::int
FROM "portico"."order_version" version JOIN "portico"."order" entered ON entered."id" = version."order_id"
CROSS JOIN LATERAL json_array_elements(version."body"->'lines') line
WHERE version."version" = 1 AND line->'warranty'->>'terms' IS NOT NULL
GROUP BY 1, 2, 3, 5;

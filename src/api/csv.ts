import type { FastifyReply, FastifyRequest } from "fastify";
import type { ApiServer } from "./services.ts";

/** Media type of tables that are imported and exported. */
export const csvMediaType = "text/csv";

/** Largest CSV file taken in, bytes: some 200,000 to 400,000 rows. */
export const largestFile = 16 * 1024 * 1024;

/** Bodies of this scope may be CSV: the handler gets the text. */
export function takeCsv(api: ApiServer): void {
  api.addContentTypeParser(csvMediaType, { parseAs: "string", bodyLimit: largestFile }, (_request, text, done) =>
    done(null, text),
  );
}

/** Whether a table is asked for as a file: by its media type, or in the address for those who can't set a header. */
export function wantsCsv({ headers }: FastifyRequest, format: "json" | "csv" | undefined): boolean {
  return format === "csv" || (format === undefined && headers.accept === csvMediaType);
}

/** Answers with a page of a table as a file. The route's schema is the JSON's; a file goes past it as the text that it is. */
export function sendCsv(
  reply: Pick<FastifyReply, "header" | "serializer" | "type" | "send">,
  csv: string,
  next: string | null,
) {
  if (next !== null) reply.header("x-next", next);
  return reply.serializer(String).type(csvMediaType).send(csv) as never;
}

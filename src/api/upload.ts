import multipart, { type MultipartFile } from "@fastify/multipart";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Refused } from "../errors.ts";
import type { Incoming, Receipt } from "../pipeline/receive.ts";
import { tooLarge } from "../pipeline/spool.ts";
import { subjectOf } from "./authentication.ts";
import { receipt } from "./contract/interchanges.ts";
import { failures } from "./contract/problem-details.ts";
import { type ApiServer, type ApiServices, apiPrefix } from "./services.ts";

/** Media types of a body that is the file itself. A body without a type is taken for one too. */
const rawTypes = ["application/edi-x12", "application/x12", "application/octet-stream", "text/plain"];
const formType = "multipart/form-data";
/** What a form may add to its file: boundaries and part headers, bytes. The file itself is measured as it comes. */
const formOverheadBytes = 64 * 1024;
/** A file in the OpenAPI document, and how one begins. */
const rawFile = {
  type: "string",
  format: "binary",
  examples: [
    "ISA*00*          *00*          *12*3125550142     *ZZ*CEDARRIVER     *250310*0612*U*00401*000004417*0*P*>~ ...",
  ],
};
/** Longest file name that is kept. */
const longestName = 255;

/** POST /interchanges: a file's bytes, straight from the connection to the archive. They are never held in memory whole. */
export async function takeUploads(api: ApiServer, services: ApiServices): Promise<void> {
  api.removeAllContentTypeParsers();
  // Whatever its type, the body stays where it is: the handler looks at the type and reads the stream.
  api.addContentTypeParser("*", (_request, _payload, done) => done(null, undefined));
  await api.register(multipart, {
    // Two, so that a second one is seen and refused.
    limits: { fileSize: Number.POSITIVE_INFINITY, files: 2, fields: 20, parts: 22, fieldSize: 4096, headerPairs: 50 },
  });

  api.route({
    method: "POST",
    url: "/interchanges",
    schema: {
      operationId: "sendInterchange",
      tags: ["Interchanges"],
      summary: "Send an X12 file",
      description:
        "The bytes are kept exactly as they come, and only then is the request answered; what is in them is found out afterwards and can be followed at `href`. A file may hold several interchanges. The same bytes again answer 200 with the first one's id, and nothing is done twice.",
      requestContent: {
        ...Object.fromEntries(rawTypes.map((type) => [type, { schema: rawFile }])),
        [formType]: {
          schema: {
            type: "object",
            required: ["file"],
            properties: { file: { type: "string", format: "binary", description: "Exactly one file." } },
          },
        },
      },
      response: {
        200: receipt.describe("The same bytes came before."),
        202: receipt.describe("The bytes are kept."),
        ...failures(400, 413, 415),
      },
    },
    handler: async (request, reply) => {
      const taken = await services.receiver.receive(await incomingFile(request, services.settings.maxInterchangeBytes));
      request.interchangeId = taken.id;
      return answer(reply, taken);
    },
  });
}

function answer(reply: FastifyReply, { id, sha256, size, receivedAt, status, duplicate }: Receipt) {
  const href = `${apiPrefix}/interchanges/${id}`;
  const body = { id, sha256, size, receivedAt: receivedAt.toISOString(), status, href };
  reply.header("location", href);
  return duplicate ? reply.code(200).send({ ...body, duplicate: true }) : reply.code(202).send(body);
}

/** The file in a request, its bytes not yet read. */
async function incomingFile(request: FastifyRequest, limit: number): Promise<Incoming> {
  const { headers } = request;
  const mediaType = headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase() || null;
  const isForm = mediaType === formType;
  if (mediaType !== null && !isForm && !rawTypes.includes(mediaType)) {
    throw new Refused(
      415,
      "interchange.media-type",
      `${mediaType} is not taken here. Send the file itself with content-type: application/edi-x12, or as the one file of a multipart/form-data.`,
    );
  }
  if ((headers["content-encoding"] ?? "identity").toLowerCase() !== "identity") {
    throw new Refused(415, "interchange.encoding", "Send the file as it is, without a content-encoding.");
  }
  if (Number(headers["content-length"] ?? 0) > limit + (isForm ? formOverheadBytes : 0)) {
    throw tooLarge(limit);
  }
  const from = subjectOf(request);
  if (isForm) return { from, ...(await onlyFile(request)) };
  return { from, mediaType, name: null, bytes: bytesOf(request) };
}

/**
 * The body as it comes. A reader that stops early leaves the connection open, for the answer that says why; a sender that
 * goes away is an error to the reader, so that half a file is never taken for a whole one.
 */
async function* bytesOf({ raw }: FastifyRequest): AsyncGenerator<Uint8Array> {
  try {
    yield* raw.iterator({ destroyOnReturn: false });
  } catch (error) {
    throw cutOff(error);
  }
}

/** The one file of a form. That it is the only one shows at the form's end, before which its bytes don't end either. */
async function onlyFile(request: FastifyRequest): Promise<Omit<Incoming, "from">> {
  const files = request.files();
  const first = await nextFile(files);
  if (!first) throw new Refused(400, "interchange.no-file", "There is no file in the form; send exactly one.");
  async function* bytes(file: MultipartFile): AsyncGenerator<Uint8Array> {
    try {
      yield* file.file;
    } catch (error) {
      throw cutOff(error);
    }
    const second = await nextFile(files);
    if (!second) return;
    second.file.resume();
    throw new Refused(400, "interchange.several-files", "There is more than one file in the form; send one at a time.");
  }
  return { bytes: bytes(first), mediaType: plain(first.mimetype), name: plain(first.filename) };
}

async function nextFile(files: AsyncIterableIterator<MultipartFile>): Promise<MultipartFile | null> {
  try {
    const { value, done } = await files.next();
    return done ? null : value;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "FST_MP_PREMATURE_CLOSE") throw cutOff(error);
    if (/^FST_\w+_LIMIT$/.test(code))
      throw new Refused(400, "interchange.several-files", "There is too much in the form; send one file.");
    throw new Refused(400, "interchange.bad-form", `The form can't be read: ${(error as Error).message}.`);
  }
}

/** What a sender wrote about its file, as it may be stored. */
function plain(text: string | undefined): string | null {
  return text?.replace(/\p{Cc}/gu, "").slice(0, longestName) || null;
}

function cutOff(error: unknown): Refused {
  return new Refused(
    400,
    "interchange.cut-off",
    `The file did not come to its end; nothing was kept (${(error as Error).message}).`,
  );
}

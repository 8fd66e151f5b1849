import { randomUUID } from "node:crypto";
import type { Order } from "../documents/order.ts";
import { NeedsHuman } from "../errors.ts";
import { documentFromSet } from "../mappings/index.ts";
import { findDocumentOfSet, keepDocument } from "../store/documents.ts";
import { tell } from "../store/events.ts";
import { readFileRange } from "../store/files.ts";
import { findGroup, findInterchange, findTransactionSet, updateTransactionSet } from "../store/interchanges.ts";
import { acceptedVersion, readTransactionSet } from "../x12/index.ts";
import { orderBusinessKey } from "./business-key.ts";
import type { Step } from "./step.ts";

/** Transaction set → document: one accepted set becomes one order, which the rules decide on next. */
export const translate: Step<"translate"> = {
  name: "translate",

  async run(context, { set: setId }) {
    const { session, library, log } = context;
    const set = await findTransactionSet(session, setId);
    const group = set && (await findGroup(session, set.groupId));
    const interchange = set && (await findInterchange(session, set.interchangeId));
    if (
      !set ||
      !group ||
      !interchange?.fileId ||
      !interchange.delimiters ||
      !interchange.accountId ||
      !interchange.usage
    ) {
      throw new NeedsHuman("set.missing", `There is no accepted transaction set ${setId}.`);
    }
    // A replay finds what succeeded before, and leaves it as it is.
    if (await findDocumentOfSet(session, setId)) return [];

    const bytes = await readFileRange(session, interchange.fileId, set.offset ?? 0, set.length ?? 0);
    const profile = (await context.directory.load(session)).profile(interchange.accountId);
    const version = acceptedVersion(library, group.version, profile?.acceptVersions);
    const schema = version === null ? null : library.set(version, set.type);
    const { accountId, usage } = interchange;
    const order = {
      ...(documentFromSet(readTransactionSet(bytes, interchange.delimiters, schema), {
        account: accountId,
        usage,
      }) as Order),
      origin: { interchange: interchange.control ?? "", group: group.control, set: set.control },
    };

    const id = randomUUID();
    await keepDocument(session, {
      id,
      direction: "inbound",
      type: order.documentType,
      number: order.number,
      accountId,
      usage,
      businessKey: orderBusinessKey(order),
      transactionSetId: setId,
      body: order,
    });
    await updateTransactionSet(session, setId, { documentId: id, documentNumber: order.number });
    const left = order.x12?.unmapped.length ?? 0;
    await tell(
      session,
      { interchangeId: interchange.id, documentId: id },
      "translated",
      `850 ${set.control} is order ${order.number} with ${order.lines.length} ${order.lines.length === 1 ? "line" : "lines"}${left > 0 ? `; ${left} values have no field of their own and are in its x12 part` : ""}.`,
    );
    log.info({ interchange: interchange.id, document: id, order: order.number }, "order translated");
    return [{ name: "apply-rules", ids: { document: id } }];
  },
};

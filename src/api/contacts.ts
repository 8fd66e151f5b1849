import { z } from "zod";
import { accountContact, asTheAccountSees, dutyRoster, effectiveProfile, type Holder } from "../accounts/index.ts";
import { contactRoles, wordOf } from "../documents/code-words.ts";
import { confinedTo } from "./authentication.ts";
import { dutyList, dutyQuery } from "./contract/contacts.ts";
import { failures } from "./contract/problem-details.ts";
import { existingPlace } from "./place-asked.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleAccount } from "./visibility.ts";

const params = z.object({ id: z.string().describe("Short name of the account.") });

/** Whom an account deals with. An account sees its own contacts by what is published of them, the supplier all. */
export function serveContacts(api: ApiServer, { database }: ApiServices): void {
  api.route({
    method: "GET",
    url: "/accounts/:id/contacts",
    schema: {
      operationId: "readContacts",
      tags: ["Accounts"],
      summary: "Who is on duty for the account in each role, who stands in, and when it changes next",
      params,
      querystring: dutyQuery,
      response: { 200: dutyList, ...failures(400, 404) },
    },
    handler: async (request) => {
      const only = confinedTo(request);
      const { division = null, location = null } = request.query;
      const { id, profile: whole } = await visibleAccount(database.session, only, request.params.id);
      const place = existingPlace(id, whole, { division, location });
      const profile = effectiveProfile(only === null ? whole : asTheAccountSees(whole), place);
      const { contact, contacts } = profile;
      const at = request.query.at === undefined ? new Date() : new Date(request.query.at);
      return {
        account: id,
        ...place,
        at: at.toISOString(),
        timeZone: profile.timeZone,
        contact: contact ? accountContact(contact) : null,
        roles: contacts ? dutyRoster({ ...profile, contacts }, at).map(dutyViewOf) : [],
      };
    },
  });
}

function dutyViewOf(duty: ReturnType<typeof dutyRoster>[number]) {
  const { role, who, insteadOf, reason, deputies, next, afterHours, documents } = duty;
  const word = wordOf(role, contactRoles);
  return {
    role,
    ...(word !== undefined && { word }),
    onDuty: who && reachableViewOf(who),
    insteadOf: insteadOf && namedViewOf(insteadOf),
    reason,
    deputies: deputies.map(namedViewOf),
    next: next && { at: next.at.toISOString(), onDuty: next.who && namedViewOf(next.who) },
    afterHours: afterHours && reachableViewOf(afterHours),
    documents: [...documents],
  };
}

const namedViewOf = ({ id, name }: Holder) => ({ id, name });

function reachableViewOf({ id, name, phone, mobile, email, fax }: Holder) {
  return {
    ...{ id, name },
    ...(phone !== undefined && { phone }),
    ...(mobile !== undefined && { mobile }),
    ...(email !== undefined && { email }),
    ...(fax !== undefined && { fax }),
  };
}

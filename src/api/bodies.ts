import { Refused } from "../errors.ts";
import type { ApiServer } from "./services.ts";

/**
 * Bodies of this scope are JSON, or empty. Clients put a content type on empty bodies too (`curl -d ''` says it is a
 * form): that is no reason to turn them away.
 */
export function takeJson(api: ApiServer): void {
  const parse = api.getDefaultJsonParser("error", "error");
  api.removeAllContentTypeParsers();
  api.addContentTypeParser("application/json", { parseAs: "string" }, (request, text, done) => {
    if (text === "") done(null, undefined);
    else parse(request, text.toString(), done);
  });
  api.addContentTypeParser("*", (request, _payload, done) => {
    if (request.headers["content-length"] === "0") done(null, undefined);
    else done(new Refused(415, "request.media-type", "The body has to be JSON: send content-type: application/json."));
  });
}

import type { Database } from "../store/database.ts";
import type { HttpTransport } from "../transports/transport.ts";
import { loadSchemaLibrary } from "../x12/index.ts";
import { AccountDirectory } from "./account-directory.ts";
import type { PipelineLog, PipelineServices, PipelineSettings } from "./step.ts";

/** What every step may use, from what the gateway opened and what the pipeline brings itself: the schemas and the accounts. */
export function openServices(opened: {
  database: Database;
  http: HttpTransport;
  settings: PipelineSettings;
  log: PipelineLog;
}): PipelineServices {
  return { ...opened, library: loadSchemaLibrary(), directory: new AccountDirectory() };
}

import type { Command } from "commander";
import { CannotDo, exitCodes } from "./exit.ts";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { print, printJson } from "./terminal.ts";

/** `portico replay`: an interchange's stored bytes once more, after a fix. */
export function addReplay(program: Command): void {
  const command = program
    .command("replay")
    .summary("process a stored interchange again")
    .description(
      "Asks a running gateway to process an interchange's stored bytes again, after a fix. What succeeded before is not done twice.",
    )
    .argument("<id>", "the interchange's id, as the gateway gave it")
    .option("--json", "what the gateway answered, for machines");
  withGatewayOptions(command)
    .addHelpText(
      "after",
      `
Examples:
  $ portico replay 2f5b3c1a-6f0e-4a57-9b62-6b1f1c0a7d10
  $ PORTICO_TOKEN=... portico replay 2f5b3c1a-6f0e-4a57-9b62-6b1f1c0a7d10 --url https://edi.example`,
    )
    .action(replay);
}

async function replay(id: string, { json, ...gateway }: GatewayOptions & { json?: true }): Promise<void> {
  if (!/^[\w-]{1,64}$/.test(id)) throw new CannotDo(`"${id}" is no id of an interchange.`, exitCodes.notDone);
  const client = new GatewayClient(gateway);
  const { body } = await client.request("POST", `/api/v1/interchanges/${id}/replay`);
  if (json) await printJson(body);
  else await print(`Interchange ${id} is being processed again. Its story: ${client.url}/api/v1/interchanges/${id}\n`);
}

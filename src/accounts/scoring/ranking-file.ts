import { writeTable } from "../customers/csv-file.ts";
import type { Proposal, RankedCustomer, Ranking } from "./ranking.ts";
import { scoreComponents } from "./settings.ts";

const columns = ["rank", "customer", "name", "account", "score", "sales", "share", "cumulative", "large"];

function cellsOf({ rank, customer, name, account, score, sales, pareto, components }: RankedCustomer) {
  const scores = new Map(components.map((one) => [one.component, one.score]));
  return [
    ...[rank, customer, name, account, score, sales, pareto.share, pareto.cumulative, pareto.large ? "yes" : "no"],
    ...scoreComponents.map((name) => scores.get(name) ?? null),
  ];
}

/** A ranking as a file, a line for each customer with the score of each component. */
export function writeRanking({ customers }: Pick<Ranking, "customers">): string {
  return writeTable([...columns, ...scoreComponents], customers.map(cellsOf));
}

/** What became of the review as a file, a line for each proposal. */
export function writeProposals(proposals: readonly (Proposal & { readonly proposal: string })[]): string {
  return writeTable(
    ["proposal", "because", ...columns, ...scoreComponents],
    proposals.map(({ proposal, because, customer }) => [proposal, because, ...cellsOf(customer)]),
  );
}

export {
  type Finding,
  type FindingActions,
  type FindingCode,
  type FindingSeverity,
  finding,
  findingCode,
  findingSeverities,
  findingSeverity,
  mustHold,
} from "./finding.ts";
export { type LedgerLine, type LedgerLocation, ledgerLine, ledgerLineKey, ledgerLocation } from "./line.ts";
export {
  type AcknowledgedAs,
  acknowledgedAs,
  type Movement,
  type MovementKind,
  movement,
  movementKind,
  type PlacedMovement,
  type PlacementRemark,
  type UnplacedMovement,
} from "./movement.ts";

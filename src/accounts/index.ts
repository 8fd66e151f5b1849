export {
  type AccountProfile,
  type AccountProfileInput,
  accountProfile,
  asTheAccountSees,
  hiddenSecret,
  webAddress,
  withoutSecrets,
} from "./account.ts";
export { AccountFileError, type AccountFileIssue, parseAccountFile, parseGuideFile } from "./account-file.ts";
export { Calendar, type CalendarRule, calendarOf } from "./calendar.ts";
export { type AlertedAccount, firstTelling, nextTelling, stepAt, type Telling } from "./contacts/alert-duty.ts";
export { contactFor, contactOf, hasContact, type NamedContact, priceContactFor } from "./contacts/document-contact.ts";
export { type Duty, nextChange, onCall, onDuty } from "./contacts/duty.ts";
export { type DutyInRole, dutyRoster } from "./contacts/duty-roster.ts";
export type { ContactsOfAccount, Holder } from "./contacts/presence.ts";
export { roleCode } from "./contacts/roles.ts";
export { GuideShelf, UnknownGuide } from "./guide-shelf.ts";
export { type Identity, outputFor } from "./identity.ts";
export {
  type AccountIdentity,
  type AccountMatch,
  type Envelope,
  identitiesOf,
  type MatchFailure,
  matchAccount,
} from "./matching.ts";
export { differenceLine, type ProfileDifference, profileDiff } from "./profile-diff.ts";
export { type AlertChannel, type AlertPlan, alertPlan, type EscalationTarget } from "./rules/alerts.ts";
export { accountContact, type ContactRule } from "./rules/contacts.ts";
export type { ContactsRule, Desk, DocumentWithContact, Person } from "./rules/dedicated-contacts.ts";
export type { AccountGuide } from "./rules/guide.ts";
export {
  decideOrderResponse,
  type OrderResponseDecision,
  type OrderResponseFacts,
  type OrderResponseRule,
} from "./rules/order-response.ts";
export { decidePriority, defaultPriorityRules, type PriorityRule } from "./rules/priority.ts";
export type { ServiceLevels, Within } from "./rules/service-levels.ts";
export { type EffectiveValue, effectiveProfile, effectiveValues, managersOf, type Origin } from "./tree/effective.ts";
export { nodesAt, type Place, type PlaceName, wholeAccount } from "./tree/place.ts";
export { outputDelimiters, type X12Output } from "./x12-output.ts";

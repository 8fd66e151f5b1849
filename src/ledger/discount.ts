/** A discount for paying early: how much, and until when. */
export interface EarnedDiscount {
  /** In the invoice's currency, above zero. */
  readonly amount: string;
  /** The last day; missing where it counts from a day that the invoice doesn't know, as that of delivery. */
  readonly until?: string;
}

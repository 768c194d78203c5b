// For how long can one choose to be kept?

/** Offered numbers of days. */
const offered = [7, 30, 90, 180, 365] as const;

/**
 * Days to choose from, in their order: those that the system allows, and what is chosen now. `null` (as long as the
 * system keeps records) is always there, last.
 */
export function retentionChoices(
  longestDays: number | null,
  currentDays: number | null,
): readonly (number | null)[] {
  const allowed = offered.filter((days) => longestDays === null || days < longestDays);
  const days = currentDays === null ? allowed : [...allowed, currentDays];
  return [...new Set<number | null>(days.toSorted((one, other) => one - other)), null];
}

// What has a user agreed to, and when? Without it nothing is recorded about them.
import { z } from 'zod';

/** Version of the privacy notice that the app shows; the date of its last change of meaning. */
export const consentPolicyVersion = '2026-11-21';

export const consentSchema = z.object({
  /** The notice that was agreed to. */
  policyVersion: z.iso.date(),
  /** ISO 8601, UTC, by the clock of the server. */
  acceptedAt: z.iso.datetime(),
});

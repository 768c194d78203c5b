// Has the user agreed to the privacy notice as it is now?
import { consentPolicyVersion } from '../../../../domain/consent.ts';
import { recall, remember } from '../../app/remembered.ts';

export const currentPolicyVersion: string = consentPolicyVersion;

/** Who agreed, and to what: another user of the same browser is asked too. */
const mark = (userId: string): string => `${userId} ${consentPolicyVersion}`;

export const hasConsent = (userId: string): boolean => recall('consent') === mark(userId);
export const giveConsent = (userId: string): void => remember('consent', mark(userId));

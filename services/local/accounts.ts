// Which accounts does this machine have to sign in with? None: its one user is who has the token.
import type { Accounts } from '../contracts.ts';

export const createAccounts = (): Accounts => ({ remove: () => Promise.resolve(false) });

// What does the app need to know about its host? One file beside it, `config.json`, and nothing else differs.
import { z } from 'zod';

export const siteConfigSchema = z.object({
  /** Where the API is, as the page sees it. */
  apiUrl: z.string().default('/api'),
  /** How a user shows who they are. */
  identity: z.discriminatedUnion('kind', [
    /** A token that the command `./greenroom start` hands over in the address’s fragment (`#token=…`). */
    z.object({ kind: z.literal('local-session') }),
    /** OpenID Connect, authorization code with PKCE. */
    z.object({
      kind: z.literal('openid'),
      /** Issuer of the tokens, whose discovery document says where to sign in. */
      issuer: z.url(),
      clientId: z.string().min(1),
      /** Where signing out happens; Amazon Cognito does not say it in its discovery document. */
      signOutUrl: z.url().nullable(),
    }),
  ]),
  /** The recorder stops by itself after so many seconds. */
  recordingLimitSeconds: z.int().positive().default(1800),
});
export type SiteConfig = z.infer<typeof siteConfigSchema>;

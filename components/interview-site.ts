// Where do candidates use the interview system? In the app on its site, as users of its pool.
import * as pulumi from '@pulumi/pulumi';
import type { SiteConfig } from '../domain/api/site-config.ts';
import type { ObjectStore } from './object-store.ts';
import { SignInClient } from './sign-in-client.ts';
import type { UserPool } from './user-pool.ts';
import { WebSite, type WebSiteArgs } from './web-site.ts';

export interface InterviewSiteArgs extends Pick<
  WebSiteArgs,
  'files' | 'domain' | 'api' | 'region' | 'accessLogs' | 'durability' | 'monitoring'
> {
  readonly users: UserPool;
  readonly media: ObjectStore;
  /** Origins beside the site's own whose pages users may sign in from. */
  readonly siteOrigins: readonly string[];
  /** The app's recorder stops by itself after so many seconds. */
  readonly recordingLimitSeconds: number;
}

/** The app with everything that it must know about its host: the same build runs against a laptop. */
export class InterviewSite extends pulumi.ComponentResource {
  /** Address of the app: `https://example.com/`. */
  readonly url: pulumi.Output<string>;
  /** What browsers send in the header Origin: `https://example.com`. */
  readonly origin: pulumi.Output<string>;
  /** App client that the users' tokens are for. */
  readonly clientId: pulumi.Output<string>;

  constructor(name: string, args: InterviewSiteArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:InterviewSite', name, {}, opts);
    const { users, media } = args;
    // The client names the site's pages, and the site's configuration the client.
    const [clientId, onClient] = pulumi.deferredOutput<string>();
    const config: pulumi.Output<SiteConfig> = pulumi.output({
      apiUrl: '/api',
      identity: {
        kind: 'openid',
        issuer: users.issuer,
        clientId,
        signOutUrl: pulumi.interpolate`${users.signInOrigin}/logout`,
      },
      recordingLimitSeconds: args.recordingLimitSeconds,
    });
    const site = new WebSite(
      name,
      {
        ...args,
        config,
        // Reports and uploads, the discovery document and keys, tokens.
        connectSources: [media.origin, users.issuerOrigin, users.signInOrigin],
        mediaSources: [media.origin],
      },
      { parent: this },
    );
    const client = new SignInClient(
      `${name}-sign-in`,
      { users, monitoring: args.monitoring, siteOrigins: [site.origin, ...args.siteOrigins] },
      { parent: this },
    );
    onClient(client.id);
    this.url = site.url;
    this.origin = site.origin;
    this.clientId = client.id;
    this.registerOutputs({ url: this.url, origin: this.origin, clientId: this.clientId });
  }
}

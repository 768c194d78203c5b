// How does a browser test get a deployed system? The program's own parts, over the server that stands in for AWS.
import { AdminCreateUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { PutBucketCorsCommand, S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { corsRule } from '../../../components/object-store.ts';
import { siteFilesIn } from '../../../components/site-files.ts';
import { signedInPath } from '../../../domain/api/sign-in.ts';
import { transcriptionKey, userIdSchema } from '../../../domain/ids.ts';
import { createUpload } from '../../../handlers/interview/create-upload.ts';
import { keepPreferences } from '../../../handlers/interview/keep-preferences.ts';
import { readHealth } from '../../../handlers/interview/read-health.ts';
import { readRecords } from '../../../handlers/interview/read-records.ts';
import { removeRecords } from '../../../handlers/interview/remove-records.ts';
import type { HttpAnswer } from '../../../handlers/support/http.ts';
import { hostHandler, type HostOptions, type LambdaFunction } from '../../../lambda/handler.ts';
import { builtSite } from '../../../scripts/built-site.ts';
import { createIdentity } from '../../../services/aws/identity.ts';
import { createLinks } from '../../../services/aws/links.ts';
import type { Services } from '../../../services/contracts.ts';
import { analysisMachine, mediaBucket, uploads } from '../../../systems/interview/names.ts';
import { media } from '../../../systems/interview/stores.ts';
import { openBucketHost, type BucketHost } from './bucket-host.ts';
import { known, makeCloud, type Cloud } from './cloud.ts';
import { pollOnce } from './deliveries.ts';
import { openGateway, type Gateway } from './gateway.ts';
import { openIssuer, type Issuer } from './issuer.ts';
import { createRanExecutions, type RanExecutions } from './ran-executions.ts';
import { region } from './server.ts';
import { contextOf, makeClients, servicesOf } from './services.ts';
import { amazonAnswer } from './spoken.ts';
import { clientId } from './tokens.ts';
import { createPoolTokens, type PoolTokens, type PoolUser } from './tokens-of-pool.ts';

export interface Deployment {
  readonly cloud: Cloud;
  readonly site: Gateway;
  readonly issuer: Issuer;
  readonly bucket: BucketHost;
  readonly users: { readonly ada: PoolUser; readonly grace: PoolUser };
  /** Waits for an upload's event, delivers it, and runs the execution that it starts to its end; gives its status. */
  readonly analyseNextUpload: () => Promise<string>;
  readonly close: () => Promise<void>;
}

type Host = HostOptions<keyof Services>;

/** The functions behind the API, made as the entries of the bundles make them. */
const functions: { readonly [stage: string]: (host: Host) => LambdaFunction } = {
  'read-health': (host) => hostHandler(readHealth, host),
  'create-upload': (host) => hostHandler(createUpload, host),
  'read-records': (host) => hostHandler(readRecords, host),
  'keep-preferences': (host) => hostHandler(keepPreferences, host),
  'remove-records': (host) => hostHandler(removeRecords, host),
};

async function makeUser({ userPoolId }: Cloud, name: string): Promise<PoolUser> {
  const email = `${name}@example.com`;
  const command = new AdminCreateUserCommand({ UserPoolId: userPoolId, Username: email });
  const { User } = await makeClients().cognito.send(command);
  const sub = userIdSchema.parse(User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value);
  return { email, password: `${name}-likes-long-passwords`, sub };
}

/** The bucket's rule for browsers, as the program sets it for the site. */
async function allowSite(Bucket: string, siteOrigin: string): Promise<void> {
  const rule = corsRule(media, [siteOrigin]);
  const CORSRules = [
    {
      AllowedOrigins: rule.allowedOrigins,
      AllowedMethods: rule.allowedMethods,
      AllowedHeaders: rule.allowedHeaders,
      ExposeHeaders: rule.exposeHeaders,
      MaxAgeSeconds: rule.maxAgeSeconds,
    },
  ];
  await makeClients().s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
}

interface Parts {
  readonly cloud: Cloud;
  readonly tokens: PoolTokens;
  readonly bucketOrigin: string;
  readonly stepFunctions: SFNClient;
}

/** What the functions get on Lambda; keys come from where Cognito publishes them, and from nowhere else. */
function deployedServices({ cloud, tokens, bucketOrigin, stepFunctions }: Parts): Services {
  const { userPoolId } = cloud;
  const signer = new S3Client({
    endpoint: bucketOrigin,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const keysAddress = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}/.well-known/jwks.json`;
  const fetchKeys = (address: string): Promise<ArrayBuffer> =>
    address === keysAddress
      ? new Response(JSON.stringify(tokens.keys)).arrayBuffer()
      : Promise.reject(new Error(`nobody publishes keys at ${address}`));
  return {
    ...servicesOf(cloud, { ...makeClients(), stepFunctions }),
    links: createLinks({ bucketName: known(cloud.buckets, mediaBucket), client: signer }),
    identity: createIdentity({ userPoolId, clientId, fetchKeys }),
  };
}

/** Each call runs in a sandbox of its own. */
function createInvoke(services: Services, folder: string) {
  const { media: tools } = contextOf(services, folder);
  let count = 0;
  return async (stage: string, event: object): Promise<HttpAnswer> => {
    count += 1;
    const host = functions[stage];
    if (!host) throw new Error(`no function answers for ${stage}`);
    const scratchFolder = join(folder, `call-${String(count)}`);
    const run = host({ stage, services, media: tools, scratchFolder, write: () => undefined });
    const context = { awsRequestId: String(count), getRemainingTimeInMillis: () => 29_000 };
    return (await run(event, context)) as HttpAnswer;
  };
}

/** Milliseconds until an upload must have come. */
const uploadMs = 60_000;

/** As Lambda's poller and Step Functions would; Amazon Transcribe has its answer ready. */
const analyser =
  (
    cloud: Cloud,
    services: Services,
    { ran, folder }: { readonly ran: RanExecutions; readonly folder: string },
  ) =>
  async (): Promise<string> => {
    const context = contextOf(services, folder);
    const { queueUrl } = known(cloud.queues, uploads);
    const end = Date.now() + uploadMs;
    while ((await pollOnce(queueUrl, 'start-analysis', context)) === 0) {
      if (Date.now() > end) throw new Error('no upload came');
      await delay(200);
    }
    const execution = await ran.next(known(cloud.machines, analysisMachine));
    await services.objects.writeJson(transcriptionKey(execution.name), amazonAnswer);
    return ran.run(execution, context);
  };

/** An empty system with two users. The app is the build that every host serves; only `config.json` is its own. */
export async function deploy(folder: string): Promise<Deployment> {
  const cloud = await makeCloud();
  const users = { ada: await makeUser(cloud, 'ada'), grace: await makeUser(cloud, 'grace') };
  const tokens = await createPoolTokens({ userPoolId: cloud.userPoolId, clientId });
  const bucket = await openBucketHost(known(cloud.buckets, mediaBucket));
  const ran = createRanExecutions();
  const services = deployedServices({
    cloud,
    tokens,
    bucketOrigin: bucket.origin,
    stepFunctions: ran.client,
  });
  const site = await openGateway({
    files: siteFilesIn(await builtSite()),
    isAuthorized: tokens.isAuthorized,
    invoke: createInvoke(services, folder),
  });
  const issuer = await openIssuer({
    tokens,
    clientId,
    users: Object.values(users),
    callbackUrls: [site.origin + signedInPath],
    logoutUrls: [`${site.origin}/`],
  });
  const { issuerUrl, signInOrigin } = issuer;
  site.configure({
    config: {
      apiUrl: '/api',
      identity: { kind: 'openid', issuer: issuerUrl, clientId, signOutUrl: `${signInOrigin}/logout` },
      recordingLimitSeconds: 1800,
    },
    // As components/interview-site.ts names them.
    places: {
      connect: [bucket.origin, new URL(issuerUrl).origin, signInOrigin],
      media: [bucket.origin],
      form: [],
    },
  });
  await allowSite(known(cloud.buckets, mediaBucket), site.origin);
  return {
    cloud,
    site,
    issuer,
    bucket,
    users,
    analyseNextUpload: analyser(cloud, services, { ran, folder }),
    close: async () => void (await Promise.all([site.close(), issuer.close(), bucket.close()])),
  };
}

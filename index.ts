// What does a stack deploy? What all systems share, the systems that its settings name, and what it tells about them.
import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { resolve } from 'node:path';
import { modelPlacesOf } from './components/bedrock-model.ts';
import { Foundation } from './components/foundation.ts';
import { InterviewSimulator } from './components/interview-simulator.ts';
import { type SiteFile, siteFilesIn } from './components/site-files.ts';
import type { Watched } from './components/operations/monitoring.ts';
import { StackOperations, type StackOperationsArgs } from './components/stack-operations.ts';
import type { StageImagesArgs } from './components/stage-images.ts';
import { deployableSystems, readSettings, type Settings, type SystemName } from './settings.ts';
import type { StackOutput } from './systems/outputs.ts';
import { reservedConcurrency } from './systems/reserved-concurrency.ts';

/** Value of the tag by which AWS counts what a stack costs, also of what its functions make (B54). */
const deploymentOf = ({ project, stack }: Settings): string => `${project}-${stack}`;

/** Everything that has tags gets these. */
const providerOf = (system: string, settings: Settings): aws.Provider => {
  const { project, stack, region } = settings;
  return new aws.Provider(system, {
    region: region as aws.Region,
    defaultTags: {
      tags: { project, stack, deployment: deploymentOf(settings), system, 'managed-by': 'pulumi' },
    },
  });
};

/** Pinned images need neither the sources nor Docker; others are bundled before anything is deployed. */
async function imageSourceOf({
  images,
  systems,
  architecture,
}: Settings): Promise<StageImagesArgs['source']> {
  if (images.mode === 'pinned') return images;
  // Loaded only here, because it brings the bundler.
  const [{ bundleStages }, { imageOrders }] = await Promise.all([
    import('./images/bundle/bundle-stages.ts'),
    import('./images/release.ts'),
  ]);
  const deployed = systems.map((name) => deployableSystems[name]);
  await bundleStages(deployed, { architecture });
  const stages = deployed.flatMap((system) => system.stages);
  return { mode: 'build', orders: await imageOrders(stages, architecture) };
}

/** The app's files; it is built before anything is deployed unless the stack names a folder. */
async function siteFilesOf({ systems, siteFolder }: Settings): Promise<readonly SiteFile[]> {
  if (!systems.includes('interview')) return [];
  if (siteFolder !== '') return siteFilesIn(resolve(import.meta.dirname, siteFolder));
  const { builtSite } = await import('./scripts/built-site.ts');
  return siteFilesIn(await builtSite());
}

type Outputs = Partial<Record<StackOutput, pulumi.Input<unknown>>>;

/** What a system tells about itself, and what is looked after for the stack as a whole. */
interface Deployed {
  readonly outputs: Outputs;
  readonly buckets: StackOperationsArgs['buckets'];
}

type Deployment = (
  settings: Settings,
  foundation: Foundation,
  more: {
    readonly accountId: pulumi.Output<string>;
    readonly siteFiles: readonly SiteFile[];
    readonly onWatched: (watched: Watched) => void;
  },
) => Deployed;

const siteDomainOf = ({ siteDomain, siteCertificateArn }: Settings) =>
  siteDomain === '' ? null : { name: siteDomain, certificateArn: siteCertificateArn };

/** The interview system with the stack's settings. */
const deployInterview: Deployment = (
  settings,
  { key, images, accessLogs, loggingAccount, alarmTopic },
  { accountId, siteFiles, onWatched },
) => {
  const interview = new InterviewSimulator(
    'interview',
    {
      ...settings,
      accountId,
      images,
      accessLogs,
      loggingAccount,
      keyArn: key.arn,
      durability: settings.protectData ? 'kept' : 'disposable',
      oldVersionDays: settings.oldVersionsRetentionDays,
      logs: { retentionDays: settings.logRetentionDays, keyArn: key.arn },
      monitoring: { alarmTopicArn: alarmTopic.arn, onWatched },
      userIndexName: settings.recordsTableSecondaryIndex,
      files: siteFiles,
      domain: siteDomainOf(settings),
      throttle: { rate: settings.throttleRate, burst: settings.throttleBurst },
      model: modelPlacesOf(settings, accountId),
      labelsPictures: settings.pictureLabels === 'rekognition',
      choices: {
        MODEL_ID: settings.modelId,
        GUARDRAIL_ID: settings.guardrailId,
        GUARDRAIL_VERSION: settings.guardrailVersion,
        PICTURE_LABELS: settings.pictureLabels,
        TRANSCRIBE_LANGUAGES: settings.transcribeLanguages.join(','),
        DEPLOYMENT: deploymentOf(settings),
      },
      memoryMiB: settings.stageMemoryMiB,
      reservedConcurrency: (stage) => reservedConcurrency(stage, settings.reservedConcurrencyPercent),
    },
    { providers: [providerOf('interview', settings)] },
  );
  return {
    buckets: [interview.stores.media],
    outputs: {
      SiteUrl: interview.site.url,
      UserPoolId: interview.users.id,
      ApiGatewayEndpoint: interview.api.endpoint,
      MediaBucketName: interview.stores.media.bucketName,
      StateMachineArn: interview.analysis.arn,
      RecordsTableName: interview.stores.records.tableName,
      UploadQueueUrl: interview.uploads.queue.url,
      UploadDeadLetterQueueUrl: interview.uploads.queue.deadLetterUrl,
      ExecutionEndsQueueUrl: interview.executionEnds.queue.url,
      ExecutionEndsDeadLetterQueueUrl: interview.executionEnds.queue.deadLetterUrl,
    },
  };
};

/** How each system that can be deployed is deployed; the stack's settings say which of them are. */
const deployments: { readonly [Name in SystemName]: Deployment } = { interview: deployInterview };

export default async function deploy(): Promise<Outputs> {
  const settings = readSettings();
  const imageSource = await imageSourceOf(settings);
  const siteFiles = await siteFilesOf(settings);
  const provider = providerOf('foundation', settings);
  const { accountId } = aws.getCallerIdentityOutput({}, { provider });
  const durability = settings.protectData ? 'kept' : 'disposable';
  const stages = settings.systems.flatMap((name) => deployableSystems[name].stages);

  const foundation = new Foundation(
    'foundation',
    {
      ...settings,
      accountId,
      durability,
      imageSource,
      imageNames: ['media', ...stages.map(({ name }) => name)],
    },
    { providers: [provider] },
  );
  const watched: Watched[] = [];
  const onWatched = (one: Watched) => watched.push(one);
  const deployed = settings.systems.map((name) =>
    deployments[name](settings, foundation, { accountId, siteFiles, onWatched }),
  );
  const alarmTopicArn = foundation.alarmTopic.arn;
  const operations = new StackOperations(
    'operations',
    {
      ...settings,
      accountId,
      durability,
      alarmTopicArn,
      watched,
      keyArn: foundation.key.arn,
      monitoring: { alarmTopicArn, onWatched },
      buckets: deployed.flatMap(({ buckets }) => buckets),
      accessLogs: foundation.accessLogs,
    },
    { providers: [provider] },
  );

  return {
    ...Object.fromEntries(deployed.flatMap(({ outputs }) => Object.entries(outputs))),
    AlarmTopicArn: alarmTopicArn,
    DashboardUrl: operations.dashboardUrl,
    ImageRepositoryUrl: foundation.repository.url,
    ImageDigests: foundation.images.digests,
    EncryptionKeyArn: foundation.key.arn,
    Region: settings.region,
  };
}

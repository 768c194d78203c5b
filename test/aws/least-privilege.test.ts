// May every stage do what it does in the cloud, and nothing else (A52)?
import { output } from '@pulumi/pulumi';
import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statementsOf, type Places } from '../../components/places.ts';
import { servicesOf } from '../../images/bundle/entry.ts';
import { analysisMachine, mediaBucket, recordsTable } from '../../systems/interview/names.ts';
import { interviewStages } from '../../systems/interview/stages.ts';
import type { Grant, StageSettings } from '../../systems/stage.ts';
import { known, type Cloud } from './support/cloud.ts';
import * as iam from './support/iam.ts';
import type { RecordedCall } from './support/recorder.ts';
import { accountId, region } from './support/server.ts';
import { callsOfEveryStage, callsOfFailedUpload } from './support/whole-analysis.ts';

const dataKeys = {
  'kms:GenerateDataKey':
    'DynamoDB’s guide names it among what users of a customer key need, without saying for which calls',
};

/** What no recorded call shows, by the grant that allows it, and who needs it. */
const notRecorded: { readonly [Action in Grant['action']]?: Readonly<Record<string, string>> } = {
  'messages:receive': {
    'sqs:ReceiveMessage': 'Lambda polls the queue in the function’s name',
    'sqs:DeleteMessage': 'Lambda deletes what the function took',
    'sqs:GetQueueAttributes': 'Lambda looks at the length of the queue',
  },
  'objects:write': {
    's3:AbortMultipartUpload': 'only a large upload that fails is given up; a test below shows that call',
  },
  'records:update': dataKeys,
  'records:delete': dataKeys,
  'preferences:write': dataKeys,
  'preferences:delete': dataKeys,
};

const isUnseen = (grants: readonly Grant[], action: string): boolean =>
  grants.some((grant) => action in (notRecorded[grant.action] ?? {}));

const placesOf = (cloud: Cloud): Places => ({
  accountId,
  region,
  keyArn: cloud.keyArn,
  userPoolArn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${cloud.userPoolId}`,
  bucketArn: (name) => `arn:aws:s3:::${known(cloud.buckets, name)}`,
  tableArn: (name) => `arn:aws:dynamodb:${region}:${accountId}:table/${known(cloud.tables, name)}`,
  machineArn: (name) => known(cloud.machines, name),
  queueArn: (name) =>
    `arn:aws:sqs:${region}:${accountId}:${known(cloud.queues, name).queueUrl.split('/').at(-1) ?? ''}`,
  model: { modelArns: [iam.modelArn(iam.modelId)], guardrailArn: iam.guardrailArn(iam.guardrailId) },
  labelsPictures: true,
});

/** The statements that are deployed for these grants, with the names of the test server. */
async function policyOf(grants: readonly Grant[], cloud: Cloud): Promise<readonly iam.PlainStatement[]> {
  const statements = output(statementsOf(grants, placesOf(cloud)));
  return new Promise((resolve) => {
    statements.apply((resolved) => {
      resolve(
        resolved.map(({ Action, Resource, Condition = {} }) => ({
          actions: Action,
          resources: [Resource].flat(),
          conditions: Condition,
        })),
      );
    });
  });
}

function stageNamed(name: string): StageSettings {
  const stage = interviewStages.find((one) => one.name === name);
  if (!stage) throw new Error(`there is no stage ${name}`);
  return stage;
}

describe('the rights of a stage', () => {
  let cloud: Cloud;
  let calls: RecordedCall[];
  let folder: string;

  before(async function useEverything() {
    this.timeout(180_000);
    folder = await mkdtemp(join(tmpdir(), 'greenroom-rights-'));
    ({ cloud, calls } = await callsOfEveryStage(folder));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const needsOf = (call: RecordedCall): readonly iam.Need[] => iam.needsOf(call, cloud.keyArn);
  const needsOfStage = (name: string): readonly iam.Need[] =>
    calls.filter(({ stage }) => stage === name).flatMap(needsOf);
  const deniedOf = async ({ name, grants }: StageSettings) =>
    iam.deniedOf(needsOfStage(name), await policyOf(grants, cloud));
  const unusedOf = async ({ name, grants }: StageSettings) =>
    iam
      .unusedOf(needsOfStage(name), await policyOf(grants, cloud))
      .filter(({ action }) => !isUnseen(grants, action));
  for (const stage of interviewStages) {
    it(`allow ${stage.name} every call that it makes`, async () => {
      expect(needsOfStage(stage.name)).not.to.have.length(0);
      expect(await deniedOf(stage)).to.deep.equal([]);
    });

    it(`allow ${stage.name} nothing that it does not use`, async () => {
      expect(await unusedOf(stage)).to.deep.equal([]);
    });

    it(`are too few for ${stage.name} without any one of its grants`, async () => {
      for (const grant of stage.grants) {
        if (grant.action === 'messages:receive') continue;
        const grants = stage.grants.filter((other) => other !== grant);
        const without = { ...stage, grants };
        // Checking tokens needs no right, and signing none that reading would not: without them there is no service.
        const isWhole = servicesOf(without).length === servicesOf(stage).length;
        if (isWhole) expect(await deniedOf(without), JSON.stringify(grant)).not.to.deep.equal([]);
      }
    });
  }

  const superfluous: readonly (readonly [string, Grant])[] = [
    ['probe-recording', { action: 'objects:read', on: mediaBucket, prefix: 'analyses/' }],
    ['probe-recording', { action: 'objects:write', on: mediaBucket, prefix: 'uploads/' }],
    ['read-health', { action: 'records:update', on: recordsTable }],
    ['close-record', { action: 'records:read', on: recordsTable }],
    ['finalize-record', { action: 'speech:read' }],
    ['measure-text', { action: 'pictures:label' }],
    ['convert-video', { action: 'model:invoke' }],
    ['read-records', { action: 'records:scan', on: recordsTable }],
    ['read-records', { action: 'executions:stop', on: analysisMachine }],
    ['read-records', { action: 'links:download', on: mediaBucket, prefix: 'uploads/' }],
    ['create-upload', { action: 'links:upload', on: mediaBucket, prefix: 'analyses/' }],
    ['keep-preferences', { action: 'texts:seal' }],
    ['expire-records', { action: 'accounts:delete' }],
    ['remove-records', { action: 'objects:delete', on: mediaBucket, prefix: 'reports/' }],
  ];
  for (const [name, grant] of superfluous) {
    it(`are found to be too many when ${name} gets ${JSON.stringify(grant)}`, async () => {
      const stage = stageNamed(name);
      expect(await unusedOf({ ...stage, grants: [...stage.grants, grant] })).not.to.deep.equal([]);
    });
  }

  it('are found to be too many by what they allow on the key, too', async () => {
    const stage = stageNamed('probe-recording');
    const grants: readonly Grant[] = [
      ...stage.grants,
      { action: 'objects:write', on: mediaBucket, prefix: 'uploads/' },
    ];
    const unused = await unusedOf({ ...stage, grants });
    expect(unused).to.deep.include({ action: 'kms:GenerateDataKey', resource: cloud.keyArn });
  });

  const foreign: readonly (readonly [string, string, object])[] = [
    ['probe-recording', 'GetObjectCommand', { Key: 'analyses/user-1/report.json' }],
    ['probe-recording', 'PutObjectCommand', { Key: 'uploads/user-1/a.webm' }],
    ['convert-video', 'PutObjectCommand', { Key: 'uploads/user-1/a.webm' }],
    ['convert-video', 'PutObjectCommand', { Key: 'analyses/user-1/a', ACL: 'public-read' }],
    ['convert-video', 'GetObjectCommand', { Key: 'uploads/user-1/a.webm', VersionId: '1' }],
    ['read-transcription', 'PutObjectCommand', { Key: 'transcriptions/a.json' }],
    ['create-upload', 'PostObject', { Key: 'analyses/user-1/report.json' }],
    ['read-records', 'GetObjectCommand', { Key: 'uploads/user-1/a.webm' }],
    ['remove-records', 'ListObjectVersionsCommand', { Prefix: '' }],
    ['remove-records', 'ListObjectVersionsCommand', { Prefix: 'transcription' }],
    ['read-health', 'DeleteItemCommand', { TableName: 'records' }],
  ];
  for (const [name, command, input] of foreign) {
    it(`do not reach as far as ${command} of ${JSON.stringify(input)} by ${name}`, async () => {
      const call = { stage: name, command, input: { Bucket: known(cloud.buckets, mediaBucket), ...input } };
      const policy = await policyOf(stageNamed(name).grants, cloud);
      const denied = iam.deniedOf(needsOf(call), policy).filter(({ action }) => !action.startsWith('kms:'));
      expect(denied).to.have.length(1);
    });
  }

  it('end at the system’s own bucket, table and state machine', async () => {
    const policy = await policyOf(
      interviewStages.flatMap(({ grants }) => grants),
      cloud,
    );
    const strangers = [
      ['GetObjectCommand', { Bucket: `${known(cloud.buckets, mediaBucket)}-2`, Key: 'uploads/a' }],
      ['GetItemCommand', { TableName: `${known(cloud.tables, recordsTable)}-2` }],
      ['StartExecutionCommand', { stateMachineArn: `arn:aws:states:${region}:${accountId}:stateMachine:x` }],
    ] as const;
    for (const [command, input] of strangers) {
      const needs = needsOf({ stage: '', command, input });
      expect(
        iam.deniedOf(needs, policy).map(({ action }) => action),
        command,
      ).to.have.length(1);
    }
  });

  it('name one resource each or what belongs to one, but for the jobs of Transcribe and the pictures of Rekognition', async () => {
    const policy = await policyOf(
      interviewStages.flatMap(({ grants }) => grants),
      cloud,
    );
    const wide = policy.filter(({ resources }) => resources.some((arn) => arn.includes('*')));
    const ofOneBucket = `arn:aws:s3:::${known(cloud.buckets, mediaBucket)}/`;
    const ofOneTable = `arn:aws:dynamodb:${region}:${accountId}:table/${known(cloud.tables, recordsTable)}/index/`;
    const ofOneMachine = `${known(cloud.machines, analysisMachine).replace(':stateMachine:', ':execution:')}:`;
    const narrow = [ofOneBucket, ofOneTable, ofOneMachine];
    const others = wide.filter(
      ({ resources }) => !resources.every((arn) => narrow.some((start) => arn.startsWith(start))),
    );
    expect(others.flatMap(({ actions }) => actions)).to.have.members([
      'rekognition:DetectLabels',
      'transcribe:DeleteTranscriptionJob',
      'transcribe:GetTranscriptionJob',
      'transcribe:StartTranscriptionJob',
      'transcribe:TagResource',
    ]);
    expect(policy.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).to.deep.equal(
      [],
    );
  });

  it('let a large upload that failed be given up, and only that', async () => {
    const failed = await callsOfFailedUpload(folder, cloud, 'analyses/user-1/large.mp4');
    expect(failed.map(({ command }) => command)).to.include('AbortMultipartUploadCommand');
    const policy = await policyOf(stageNamed('convert-video').grants, cloud);
    expect(iam.deniedOf(failed.flatMap(needsOf), policy)).to.deep.equal([]);
  });

  it('leave out of the proof only what is granted and what no call shows', async () => {
    for (const [kind, unseen] of Object.entries(notRecorded)) {
      const stages = interviewStages.filter(({ grants }) => grants.some(({ action }) => action === kind));
      const unused = await Promise.all(
        stages.map(async ({ name, grants }) =>
          iam.unusedOf(needsOfStage(name), await policyOf(grants, cloud)).map(({ action }) => action),
        ),
      );
      expect(unused.flat(), kind).to.include.members(Object.keys(unseen));
    }
  });

  it('let a transcription start only with the stack’s own key', async () => {
    const policy = await policyOf(stageNamed('start-transcription').grants, cloud);
    const call = calls.find(({ command }) => command === 'StartTranscriptionJobCommand');
    const { OutputEncryptionKMSKeyId, ...without } = call?.input ?? {};
    expect(OutputEncryptionKMSKeyId).to.equal(cloud.keyArn);
    for (const input of [without, { ...without, OutputEncryptionKMSKeyId: `${cloud.keyArn}-other` }]) {
      const needs = needsOf({ stage: '', command: 'StartTranscriptionJobCommand', input });
      const denied = iam.deniedOf(needs, policy).map(({ action }) => action);
      expect(denied).to.include('transcribe:StartTranscriptionJob');
    }
  });

  it('open no text but sealed ones where only sealing is granted', async () => {
    const policy = await policyOf([{ action: 'texts:seal' }], cloud);
    const call = calls.find(({ command }) => command === 'DecryptCommand');
    if (!call) throw new Error('no text was opened');
    expect(iam.deniedOf(needsOf(call), policy)).to.deep.equal([]);
    const stored = { ...call.input, EncryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::media' } };
    expect(iam.deniedOf(needsOf({ ...call, input: stored }), policy)).to.have.length(1);
  });

  it('cannot be judged under a condition that nobody has described', () => {
    const conditions = { ArnLike: { 'aws:PrincipalArn': '*' } };
    const need = { action: 's3:GetObject', resource: '*' };
    expect(() => iam.deniedOf([need], [{ actions: ['*'], resources: ['*'], conditions }])).to.throw(
      /ArnLike/,
    );
  });

  it('cannot be judged for a call that nobody has described', () => {
    expect(() => needsOf({ stage: '', command: 'DeleteObjectCommand', input: {} })).to.throw(/DeleteObject/);
  });
});

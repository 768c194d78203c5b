// Does a function get the room, the name and the rights that its stage specifies, and no more?
import { expect } from 'chai';
import { PipelineStage, type PipelineStageArgs } from '../../components/pipeline-stage.ts';
import { only as lookUp, type Places } from '../../components/places.ts';
import {
  convertVideo,
  finalizeRecord,
  readHealth,
  startTranscription,
} from '../../systems/interview/stages.ts';
import { capture, type CapturedStack, only, statementsIn } from './captured-stack.ts';

const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/1';
const variables = {
  BUCKET_NAME: 'media',
  TABLE_NAME: 'records',
  PICTURE_LABELS: 'off',
  TRANSCRIBE_LANGUAGES: 'en-US,pt-BR',
  ENCRYPTION_KEY_ARN: keyArn,
  RECORD_RETENTION_DAYS: '365',
  DEPLOYMENT: 'greenroom-dev',
};

const places: Places = {
  accountId: '123456789012',
  region: 'us-east-1',
  keyArn,
  model: null,
  labelsPictures: true,
  bucketArn: lookUp({ media: 'arn:aws:s3:::media' }),
  tableArn: lookUp({ records: 'arn:aws:dynamodb:us-east-1:123456789012:table/records' }),
  machineArn: lookUp({}),
  queueArn: lookUp({}),
  userPoolArn: 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc',
};

const stageWith = (changes: Partial<PipelineStageArgs>): Promise<CapturedStack> =>
  capture(() => {
    new PipelineStage('stage', {
      stage: convertVideo,
      imageUri: 'repository@sha256:1',
      architecture: 'arm64',
      reservedConcurrency: null,
      places,
      variable: lookUp(variables),
      logs: { retentionDays: 7, keyArn },
      monitoring: { declined: 'a test' },
      ...changes,
    });
  });

const functionIn = (stack: CapturedStack) => only(stack, 'aws:lambda/function:Function');
const environmentOf = async (stage: PipelineStageArgs['stage']): Promise<unknown> =>
  functionIn(await stageWith({ stage })).inputs['environment'];
const policyIn = (stack: CapturedStack) =>
  statementsIn(only(stack, 'aws:iam/rolePolicy:RolePolicy').inputs['policy']);

describe('a stage of a pipeline', () => {
  it('runs its image by digest, on the stack’s processor, with the room it specifies (A22, A24, B3)', async () => {
    const { inputs } = functionIn(await stageWith({}));
    expect(inputs).to.deep.include({
      packageType: 'Image',
      imageUri: 'repository@sha256:1',
      architectures: ['arm64'],
      memorySize: 5308,
      timeout: 900,
      ephemeralStorage: { size: 6144 },
      tracingConfig: { mode: 'Active' },
    });
    expect(inputs).to.not.have.any.keys('reservedConcurrentExecutions', 'vpcConfig', 'layers');
  });

  it('takes another memory and a reservation from the stack (A24, A58)', async () => {
    const { inputs } = functionIn(await stageWith({ memoryMiB: 3008, reservedConcurrency: 5 }));
    expect(inputs).to.include({ memorySize: 3008, reservedConcurrentExecutions: 5 });
  });

  it('finds in its environment only what it is granted (A29–A31)', async () => {
    const own = { NODE_OPTIONS: '--enable-source-maps' };
    expect(await environmentOf(convertVideo)).to.deep.equal({
      variables: { BUCKET_NAME: 'media', PICTURE_LABELS: 'off', ...own },
    });
    expect(await environmentOf(finalizeRecord)).to.deep.equal({
      variables: { BUCKET_NAME: 'media', TABLE_NAME: 'records', RECORD_RETENTION_DAYS: '365', ...own },
    });
  });

  it('writes JSON to a log group that was there before it, encrypted and not for ever (A46, A47, B55)', async () => {
    const stack = await stageWith({});
    expect(only(stack, 'aws:cloudwatch/logGroup:LogGroup').inputs).to.deep.equal({
      name: '/aws/lambda/greenroom-dev-stage',
      retentionInDays: 7,
      kmsKeyId: keyArn,
    });
    const { inputs, dependencies } = functionIn(stack);
    expect(inputs['loggingConfig']).to.deep.equal({
      logFormat: 'JSON',
      logGroup: '/aws/lambda/greenroom-dev-stage',
      applicationLogLevel: 'INFO',
      systemLogLevel: 'INFO',
    });
    expect(dependencies.join())
      .to.match(/logGroup:LogGroup/)
      .and.to.match(/rolePolicy:RolePolicy/);
  });

  it('may do what its grants say on the things they name (A52)', async () => {
    const statements = policyIn(await stageWith({}));
    expect(statements.map(({ Action, Resource }) => [Action, Resource])).to.deep.equal([
      [['s3:GetObject'], 'arn:aws:s3:::media/uploads/*'],
      [['kms:Decrypt', 'kms:GenerateDataKey'], keyArn],
      [['s3:PutObject', 's3:AbortMultipartUpload'], 'arn:aws:s3:::media/analyses/*'],
      [['rekognition:DetectLabels'], '*'],
      [
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
        'arn:aws:cloudwatch:us-east-1:123456789012:stage:log-stream:*',
      ],
      [['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'],
    ]);
  });

  it('may not send pictures away where the stack does not want it (A52)', async () => {
    const statements = policyIn(await stageWith({ places: { ...places, labelsPictures: false } }));
    expect(statements.flatMap(({ Action }) => Action)).to.include('s3:GetObject');
    expect(JSON.stringify(statements)).to.not.include('rekognition');
  });

  it('without grants may only write its log and its traces', async () => {
    const statements = policyIn(await stageWith({ stage: { ...readHealth, grants: [] } }));
    expect(statements.flatMap(({ Action }) => Action)).to.deep.equal([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
    ]);
  });

  it('starts transcriptions only into the stack’s own key, and reads only jobs of the account (A21)', async () => {
    const statements = policyIn(await stageWith({ stage: startTranscription })).filter(({ Action }) =>
      String(Action).startsWith('transcribe:'),
    );
    expect(statements).to.deep.equal([
      {
        Effect: 'Allow',
        Action: ['transcribe:StartTranscriptionJob'],
        Resource: '*',
        Condition: { StringEquals: { 'transcribe:OutputEncryptionKMSKeyId': keyArn } },
      },
      {
        Effect: 'Allow',
        Action: ['transcribe:GetTranscriptionJob', 'transcribe:TagResource'],
        Resource: 'arn:aws:transcribe:us-east-1:123456789012:transcription-job/*',
      },
    ]);
  });

  it('can be taken by Lambda and by nobody else', async () => {
    const role = only(await stageWith({}), 'aws:iam/role:Role');
    expect(statementsIn(role.inputs['assumeRolePolicy'])).to.deep.equal([
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
  });

  it('runs in a network only where it is given one, and may then have interfaces there (A53)', async () => {
    const vpc = { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
    const stack = await stageWith({ vpc });
    expect(functionIn(stack).inputs['vpcConfig']).to.deep.equal(vpc);
    expect(JSON.stringify(policyIn(stack))).to.include('ec2:CreateNetworkInterface');
    expect(JSON.stringify(policyIn(await stageWith({})))).to.not.include('ec2:');
  });

  it('cannot be made when a grant names what is not there', async () => {
    const stage = { ...convertVideo, grants: [{ action: 'objects:read', on: 'attic', prefix: '' } as const] };
    let failure: unknown;
    await stageWith({ stage }).catch((error: unknown) => {
      failure = error;
    });
    expect(String(failure)).to.include('attic is none of: media');
  });
});

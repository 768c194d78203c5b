// Are the variables of a function checked all at once, and are the optional ones optional?
import { expect } from 'chai';
import { InternalError } from '../../domain/errors.ts';
import { readEnvironment } from '../../lambda/environment.ts';
import { functionVariables, type FunctionVariable } from '../../systems/environment.ts';

const all = Object.keys(functionVariables) as FunctionVariable[];
const whole = {
  BUCKET_NAME: 'greenroom-dev-media-1a2b3c4',
  TABLE_NAME: 'greenroom-dev-records-1a2b3c4',
  TABLE_INDEX_NAME: 'byUser',
  PREFERENCES_TABLE_NAME: 'greenroom-dev-preferences-1a2b3c4',
  USER_POOL_ID: 'us-east-1_Ab1Cd2Ef3',
  USER_POOL_CLIENT_ID: '1example23456789abcdefghij',
  STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:123456789012:stateMachine:analyse',
  MODEL_ID: 'eu.amazon.nova-lite-v1:0',
  GUARDRAIL_ID: 'abc123',
  GUARDRAIL_VERSION: '1',
  PICTURE_LABELS: 'rekognition',
  TRANSCRIBE_LANGUAGES: 'en-US, pt-BR',
  ENCRYPTION_KEY_ARN: 'arn:aws:kms:us-east-1:123456789012:key/1',
  RECORD_RETENTION_DAYS: '365',
  DEPLOYMENT: 'greenroom-prod',
};

function mistakesIn(env: NodeJS.ProcessEnv): string {
  try {
    readEnvironment(all, env);
  } catch (error) {
    expect(error).to.be.instanceOf(InternalError);
    return error instanceof Error ? error.message : '';
  }
  throw new Error('it was accepted');
}

describe('the environment of a function', () => {
  it('gives every variable its type, and the host its defaults (A31)', () => {
    expect(readEnvironment(all, { ...whole, HOME: '/root' })).to.deep.equal({
      ...whole,
      TRANSCRIBE_LANGUAGES: ['en-US', 'pt-BR'],
      RECORD_RETENTION_DAYS: 365,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: 1769,
      GREENROOM_FFMPEG: 'ffmpeg',
      GREENROOM_FFPROBE: 'ffprobe',
      GREENROOM_STORE: null,
    });
  });

  const optional = [
    'MODEL_ID',
    'GUARDRAIL_ID',
    'GUARDRAIL_VERSION',
    'ENCRYPTION_KEY_ARN',
    'DEPLOYMENT',
  ] as const;
  for (const kind of ['empty', 'absent'] as const)
    it(`takes ${kind} optional variables for null`, () => {
      const env: NodeJS.ProcessEnv = { ...whole };
      for (const name of optional) env[name] = kind === 'empty' ? '' : undefined;
      const read = readEnvironment(all, env);
      expect(optional.map((name) => read[name])).to.deep.equal(optional.map(() => null));
    });

  it('asks for nothing that the stage is not granted (A29)', () => {
    expect(readEnvironment(['TABLE_NAME'], { TABLE_NAME: 'records' })).to.have.property('TABLE_NAME');
    expect(readEnvironment([], {})).not.to.have.property('BUCKET_NAME');
  });

  it('tells all mistakes at once, each by the name of its variable', () => {
    const sentence = mistakesIn({
      ...whole,
      BUCKET_NAME: 'Not_A_Bucket',
      TABLE_NAME: '',
      PICTURE_LABELS: 'on',
    });
    for (const name of ['BUCKET_NAME is no name of a bucket', 'TABLE_NAME', 'PICTURE_LABELS'])
      expect(sentence).to.include(name);
    expect(sentence).not.to.include('STATE_MACHINE_ARN');
  });

  const wrong: readonly [mistake: NodeJS.ProcessEnv, sentence: RegExp][] = [
    [{ STATE_MACHINE_ARN: 'arn:aws:lambda:x' }, /STATE_MACHINE_ARN is no ARN of states/],
    [{ ENCRYPTION_KEY_ARN: 'alias/key' }, /ENCRYPTION_KEY_ARN/],
    [{ RECORD_RETENTION_DAYS: '' }, /RECORD_RETENTION_DAYS is no whole number/],
    [{ RECORD_RETENTION_DAYS: '0' }, /RECORD_RETENTION_DAYS is no whole number/],
    [{ USER_POOL_ID: 'pool' }, /USER_POOL_ID is no id of a user pool/],
    [{ USER_POOL_CLIENT_ID: '' }, /USER_POOL_CLIENT_ID is no id of an app client/],
    [{ TABLE_INDEX_NAME: 'by user' }, /TABLE_INDEX_NAME is no name of an index/],
    [{ PREFERENCES_TABLE_NAME: '' }, /PREFERENCES_TABLE_NAME is no name of a table/],
    [{ DEPLOYMENT: 'a,b' }, /DEPLOYMENT is no value of a tag/],
    [{ GUARDRAIL_VERSION: '' }, /GUARDRAIL_ID and GUARDRAIL_VERSION go together/],
    [{ MODEL_ID: '' }, /GUARDRAIL_ID needs MODEL_ID/],
    [{ TRANSCRIBE_LANGUAGES: 'English' }, /TRANSCRIBE_LANGUAGES.*en-US,pt-BR/],
    [{ GREENROOM_STORE: 'here' }, /GREENROOM_STORE/],
    [{ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: 'much' }, /AWS_LAMBDA_FUNCTION_MEMORY_SIZE/],
  ];
  for (const [mistake, sentence] of wrong)
    it(`refuses ${Object.entries(mistake).join('').replace(',', '=')}`, () => {
      expect(mistakesIn({ ...whole, ...mistake })).to.match(sentence);
    });
});

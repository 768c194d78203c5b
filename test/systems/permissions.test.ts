// Does a grant become exactly the actions it means, and does a function find exactly the variables it needs?
import { expect } from 'chai';
import { functionVariables, variablesOf } from '../../systems/environment.ts';
import { interviewStages } from '../../systems/interview/stages.ts';
import { permissionsFor } from '../../systems/permissions.ts';
import type { Grant } from '../../systems/stage.ts';

const read: Grant = { action: 'objects:read', on: 'media', prefix: 'uploads/' };
const write: Grant = { action: 'objects:write', on: 'media', prefix: 'analyses/' };
const actionsOf = (grants: readonly Grant[]): string[] =>
  permissionsFor(grants).flatMap(({ actions }) => actions);

describe('the permissions of a stage', () => {
  it('never name a wildcard action', () => {
    const wild = interviewStages
      .flatMap(({ grants }) => actionsOf(grants))
      .filter((action) => action.includes('*'));
    expect(wild).to.deep.equal([]);
  });

  it('let a reader read and nothing more (A52)', () => {
    expect(actionsOf([read])).to.deep.equal(['s3:GetObject', 'kms:Decrypt']);
  });

  it('stay with their prefix', () => {
    const [uploads, , analyses] = permissionsFor([read, write]);
    expect(uploads?.target).to.deep.equal({ kind: 'objects', on: 'media', prefix: 'uploads/' });
    expect(analyses).to.deep.equal({
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      target: { kind: 'objects', on: 'media', prefix: 'analyses/' },
    });
  });

  it('name each target once, with each action once', () => {
    const permissions = permissionsFor([read, write, read]);
    expect(permissions.map(({ target }) => target.kind)).to.deep.equal(['objects', 'key', 'objects']);
    const key = permissions.find(({ target }) => target.kind === 'key');
    expect(key?.actions).to.deep.equal(['kms:Decrypt', 'kms:GenerateDataKey']);
  });

  it('let whoever signs a form do what one request of a browser does, and no more (A52)', () => {
    expect(actionsOf([{ action: 'links:upload', on: 'media', prefix: 'uploads/' }])).to.deep.equal([
      's3:PutObject',
      'kms:GenerateDataKey',
    ]);
  });

  it('keep what is sealed apart from what is stored with the same key (A52)', () => {
    const permissions = permissionsFor([read, { action: 'texts:seal' }]);
    expect(permissions.map(({ target }) => target.kind)).to.deep.equal(['objects', 'key', 'sealing-key']);
  });

  it('are none for checking tokens', () => {
    expect(actionsOf([{ action: 'identity:verify' }])).to.deep.equal([]);
  });

  it('are about nothing in particular only where the service knows no resources', () => {
    const anything = interviewStages
      .flatMap(({ grants }) => permissionsFor(grants))
      .filter(({ target }) => target.kind === 'anything')
      .flatMap(({ actions }) => actions);
    expect(anything).to.have.members(['rekognition:DetectLabels', 'transcribe:StartTranscriptionJob']);
  });
});

describe('the environment of a function', () => {
  it('holds only what its grants need (A29, A31)', () => {
    const variables = Object.fromEntries(interviewStages.map((stage) => [stage.name, variablesOf(stage)]));
    expect(variables).to.deep.include({
      'probe-recording': ['BUCKET_NAME'],
      'start-analysis': ['TABLE_NAME', 'STATE_MACHINE_ARN', 'RECORD_RETENTION_DAYS'],
      'close-record': ['TABLE_NAME', 'RECORD_RETENTION_DAYS'],
      'read-health': ['TABLE_NAME'],
      'create-upload': [
        'BUCKET_NAME',
        'TABLE_NAME',
        'PREFERENCES_TABLE_NAME',
        'USER_POOL_ID',
        'USER_POOL_CLIENT_ID',
        'RECORD_RETENTION_DAYS',
      ],
      'expire-records': ['BUCKET_NAME', 'TABLE_NAME', 'STATE_MACHINE_ARN'],
      'convert-video': ['BUCKET_NAME', 'PICTURE_LABELS'],
    });
  });

  it('knows no variable that no stage gets', () => {
    const used = new Set(interviewStages.flatMap((stage) => variablesOf(stage)));
    expect(Object.keys(functionVariables).filter((name) => !used.has(name as never))).to.deep.equal([]);
  });
});

// Do the bundles of the stages hold what Lambda needs and nothing else, and do they run away from this checkout?
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import ts from 'typescript';
import { bundleStages } from '../../images/bundle/bundle-stages.ts';
import { entryOf, looksForFaces } from '../../images/bundle/entry.ts';
import type { StageBundle } from '../../images/bundle/stage-bundle.ts';
import { readFolder } from '../../images/bundle/write-changed.ts';
import { interview } from '../../systems/interview/system.ts';
import type { RouteSpecification } from '../../systems/system.ts';
import { speakingClip } from '../interview/support/recordings.ts';
import { convertHere, storedResults, storeUpload } from './support/local-conversion.ts';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Bytes of `index.mjs`, read and compiled at each cold start; about a tenth above what was measured. */
const mostCode = { plain: 900_000, media: 850_000 } as const;
/** A stage that makes pictures carries libvips (18 MB); the others carry maps and licences. */
const mostBytes = (stage: string): number => (stage === 'convert-video' ? 30_000_000 : 2_500_000);

/** What is large in the SDK. Its small packages name each other by exact versions, which differ from client to client. */
const once = /^@aws-sdk\/(?:client-|core$|nested-clients$|middleware-|lib-)|^@smithy\//;

const isBuiltIn = (name: string): boolean =>
  [name, name.replace(/^node:/, '')].some((one) => builtinModules.includes(one));

/** Every variable that a function may have, as it could be. */
const functionValues = {
  TABLE_NAME: 'records',
  TABLE_INDEX_NAME: 'byUser',
  PREFERENCES_TABLE_NAME: 'preferences',
  STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:123456789012:stateMachine:analyse',
  USER_POOL_ID: 'us-east-1_Ab1Cd2Ef3',
  USER_POOL_CLIENT_ID: '1example23456789abcdefghij',
  ENCRYPTION_KEY_ARN: 'arn:aws:kms:us-east-1:123456789012:key/1',
  RECORD_RETENTION_DAYS: '90',
};

/** What the compiler says about the generated entries, as if they stood in the root. */
function mistakesOf(entries: ReadonlyMap<string, string>): readonly string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile: read, getSourceFile } = host;
  host.fileExists = (path) => entries.has(path) || fileExists(path);
  host.readFile = (path) => entries.get(path) ?? read(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = entries.get(path);
    return text === undefined
      ? getSourceFile(path, version, ...rest)
      : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([...entries.keys()], options, host);
  return [...entries.keys()].flatMap((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
  );
}

/** Handlers tell the commands that they ran, each in a folder of its own. */
const withoutFolders = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/\/[\w./-]*\/greenroom-\w{6}\//g, '/')) as unknown;

describe('the bundles of the stages', function () {
  this.timeout(120_000);
  let folder: string;
  let bundles: readonly StageBundle[];
  const out = (): string => join(folder, 'out');
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-bundles-'));
    bundles = await bundleStages([interview], { outFolder: out() });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const clientsOf = (stage: string): readonly string[] =>
    bundles
      .find((bundle) => bundle.stage === stage)
      ?.packages.flatMap(({ name }) => (name.startsWith('@aws-sdk/client-') ? [name.slice(16)] : [])) ?? [];

  it('are made from entries that compile: every handler is granted what it asks for (A52)', () => {
    const poor = interview.stages.find(({ name }) => name === 'finalize-record');
    if (!poor) throw new Error('there is no such stage');
    const grants = poor.grants.filter((grant) => !grant.action.startsWith('records:'));
    const stages = [...interview.stages, { ...poor, name: 'poor', grants }];
    const mistakes = mistakesOf(
      new Map(stages.map((stage) => [join(root, `entry-${stage.name}.ts`), entryOf(stage)])),
    );
    expect(mistakes.filter((mistake) => !mistake.includes('entry-poor.ts'))).to.deep.equal([]);
    expect(mistakes.join()).to.match(/entry-poor\.ts: .*'records' is missing/s);
  });

  it('are there for every stage of the system', () => {
    expect(bundles.map(({ stage }) => stage)).to.deep.equal(interview.stages.map(({ name }) => name));
  });

  it('are the same bytes when made again', async () => {
    const again = join(folder, 'again');
    await bundleStages([interview], { outFolder: again });
    const [first, second] = await Promise.all([readFolder(out()), readFolder(again)]);
    expect([...second.keys()]).to.deep.equal([...first.keys()]);
    const different = [...first].filter(([name, content]) =>
      Buffer.compare(content, second.get(name) ?? Buffer.of()),
    );
    expect(different.map(([name]) => name)).to.deep.equal([]);
  });

  it('tell nothing of the machine that made them', async () => {
    for (const [name, content] of await readFolder(out()))
      if (/\.(?:mjs|map|txt|json)$/.test(name)) {
        expect(Buffer.from(content).includes(root), name).to.equal(false);
        expect(Buffer.from(content).includes(folder), name).to.equal(false);
      }
  });

  it('stay within their size', () => {
    const large = bundles.filter(
      ({ stage, image, codeBytes, folderBytes }) =>
        codeBytes > mostCode[image] || folderBytes > mostBytes(stage),
    );
    expect(large.map(({ stage, codeBytes, folderBytes }) => [stage, codeBytes, folderBytes])).to.deep.equal(
      [],
    );
  });

  it('import nothing but Node itself, and sharp where pictures are made', () => {
    for (const { stage, imports } of bundles) {
      expect(imports, stage).to.include('node:fs/promises');
      const foreign = imports.filter((name) => !isBuiltIn(name));
      expect(foreign, stage).to.deep.equal(stage === 'convert-video' ? ['sharp'] : []);
    }
  });

  it('hold each package of the SDK once, and only clients of services that the stage is granted', () => {
    for (const { stage, packages } of bundles) {
      const names = packages.map(({ name }) => name).filter((name) => once.test(name));
      expect(new Set(names).size, stage).to.equal(names.length);
    }
    expect(clientsOf('close-record')).to.deep.equal(['dynamodb']);
    expect(clientsOf('start-analysis')).to.deep.equal(['dynamodb', 'sfn']);
    expect(clientsOf('convert-video')).to.deep.equal(['rekognition', 's3']);
    expect(clientsOf('measure-text')).to.deep.equal(['bedrock-runtime', 's3']);
    expect(clientsOf('create-upload')).to.deep.equal(['dynamodb', 's3']);
    expect(clientsOf('read-records')).to.deep.equal(['dynamodb', 'kms', 's3', 'sfn']);
    expect(clientsOf('keep-preferences')).to.deep.equal(['dynamodb']);
    expect(clientsOf('remove-records')).to.deep.equal([
      'cognito-identity-provider',
      'dynamodb',
      's3',
      'sfn',
      'transcribe',
    ]);
    expect(clientsOf('expire-records')).to.deep.equal(['dynamodb', 's3', 'sfn', 'transcribe']);
  });

  it('carry the vision models exactly where a handler can look for faces', async () => {
    for (const stage of interview.stages) {
      const map = JSON.parse(await readFile(join(out(), stage.name, 'index.mjs.map'), 'utf8')) as {
        sources: string[];
      };
      const watches = map.sources.some((source) => source.endsWith('media/pass.ts'));
      const files = [...(await readFolder(join(out(), stage.name))).keys()];
      expect(looksForFaces(stage), stage.name).to.equal(watches);
      expect(files.includes('vision/worker.cjs'), stage.name).to.equal(watches);
    }
  });

  it('go with the licences of everything in them', async () => {
    for (const { stage, packages } of bundles) {
      const text = await readFile(join(out(), stage, 'LICENSES.txt'), 'utf8');
      for (const { name, version } of packages) expect(text, stage).to.include(`${name} ${version} (`);
    }
  });

  /** Calls a bundle in a process of its own, whose `node_modules` are only those that came along. */
  async function call(stage: string, event: unknown, environment: NodeJS.ProcessEnv) {
    const answerFile = join(folder, `${stage}.answer.json`);
    const script = join(import.meta.dirname, 'support/call-bundle.ts');
    const { PATH } = process.env;
    const env = {
      PATH,
      EVENT: JSON.stringify(event),
      BUCKET_NAME: 'local',
      PICTURE_LABELS: 'off',
      ...environment,
    };
    await run(process.execPath, [script, join(out(), stage, 'index.mjs'), answerFile], { env });
    return JSON.parse(await readFile(answerFile, 'utf8')) as {
      answer?: Record<string, unknown>;
      message?: string;
    };
  }

  it('convert a recording to the same bytes and measurements as this machine does', async () => {
    const clip = await speakingClip(folder);
    const here = await convertHere(join(folder, 'here'), clip, {
      ffmpeg: 'ffmpeg',
      ffprobe: 'ffprobe',
      threads: 2,
    });
    const store = join(folder, 'there');
    const { objects, owner, objectKey } = await storeUpload(store, clip);
    const environment = { GREENROOM_STORE: store, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '3538' };
    const probed = await call('probe-recording', { objectKey, sha256: null }, environment);
    expect(withoutFolders(probed.answer)).to.deep.equal(withoutFolders(here.probed));
    const event = { owner, objectKey, recording: probed.answer?.['recording'] };
    const converted = await call('convert-video', event, environment);
    expect(withoutFolders(converted.answer)).to.deep.equal(withoutFolders(here.converted));
    const there = await storedResults(objects, owner, join(store, 'files'));
    expect(there).to.deep.equal({ measurements: here.measurements, hashes: here.hashes });
  });

  /** Nobody listens there, so no answer depends on AWS. */
  const ofNobody: NodeJS.ProcessEnv = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    ...functionValues,
  };
  const userRoutes = interview.routes.filter(({ operation }) => operation.access === 'user');
  const mustSignIn = async (route: RouteSpecification, headers: object): Promise<void> => {
    const { method, path } = route.operation;
    const { answer } = await call(
      route.stage.name,
      { httpMethod: method, resource: path, headers },
      ofNobody,
    );
    expect(answer).to.include({ statusCode: 401 });
    expect(JSON.parse(String(answer?.['body']))).to.include({ code: 'UNAUTHENTICATED' });
  };
  for (const route of userRoutes)
    it(`answer ${route.operation.method} ${route.operation.path} by asking to sign in (A59)`, () =>
      mustSignIn(route, {}));

  it('answer nobody who brings a token of another issuer (A59)', async () => {
    const parts = ['{"alg":"none"}', '{"iss":"https://example.com"}', 'x'];
    const token = parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
    const ofEachStage = new Map(userRoutes.map((route) => [route.stage.name, route]));
    for (const route of ofEachStage.values()) await mustSignIn(route, { Authorization: `Bearer ${token}` });
  });

  it('answer for health without a table, and say that they cannot work', async () => {
    const event = { httpMethod: 'GET', resource: '/health', headers: {} };
    const { answer } = await call('read-health', event, ofNobody);
    expect(answer).to.include({ statusCode: 503 });
  });

  const broken: readonly [title: string, environment: NodeJS.ProcessEnv, sentence: RegExp][] = [
    [
      'FFmpeg is not there',
      { GREENROOM_FFMPEG: '/opt/bin/absent' },
      /This image does not work: .*\/opt\/bin\/absent/,
    ],
    [
      'ffprobe is another program',
      { GREENROOM_FFPROBE: '/bin/true' },
      /This image does not work: \/bin\/true -version/,
    ],
    ['a variable is missing', { BUCKET_NAME: '' }, /The environment of the function is wrong: BUCKET_NAME/],
  ];
  for (const [title, environment, sentence] of broken)
    it(`do not start when ${title}, and say so (A30)`, async () => {
      const { answer, message } = await call('probe-recording', {}, environment);
      expect(answer).to.equal(undefined);
      expect(message).to.match(sentence);
    });

  it('do not start without the vision models, and say so (A30)', async () => {
    await rm(join(out(), 'convert-video/vision/models/iris.bin'));
    const { message } = await call('convert-video', {}, {});
    expect(message).to.match(/This image does not work: .*vision/i);
  });
});

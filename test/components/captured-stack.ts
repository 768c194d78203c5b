// Which resources does a program register? Pulumi's own runtime with an engine that answers from memory.
import * as pulumi from '@pulumi/pulumi';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { interview } from '../../systems/interview/system.ts';

/** A resource as the program asked for it. */
export interface Captured {
  readonly type: string;
  readonly name: string;
  /** URN of the parent. */
  readonly parent: string;
  readonly urn: string;
  /** Plain values; what is unknown in a preview is missing. */
  readonly inputs: { readonly [property: string]: unknown };
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** URN and id of the explicit provider; empty for the default one. */
  readonly provider: string;
  readonly dependencies: readonly string[];
}

export interface CapturedStack {
  readonly resources: readonly Captured[];
  readonly outputs: { readonly [name: string]: unknown };
}

const root = join(import.meta.dirname, '../..');

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const read = (file: string): unknown => parse(readFileSync(join(root, file), 'utf8'));

/**
 * Configuration of a stack as the CLI merges it: defaults of Pulumi.yaml, then the stack's own file. The app is one of
 * two files, so that no test of the program waits for a build.
 */
export function configOf(stack: string): Record<string, string> {
  const project = read('Pulumi.yaml') as { config: Record<string, unknown> };
  const own = read(`Pulumi.${stack}.yaml`) as { config: Record<string, unknown> };
  const defaults = Object.entries(project.config).flatMap(([key, declared]) => {
    const value =
      typeof declared === 'object' && declared !== null && 'default' in declared
        ? declared.default
        : declared;
    return [[key.includes(':') ? key : `greenroom:${key}`, text(value)] as const];
  });
  return {
    ...Object.fromEntries(defaults),
    ...Object.fromEntries(Object.entries(own.config).map(([key, value]) => [key, text(value)])),
    'greenroom:siteFolder': 'plan/site',
  };
}

/** The same with images that exist already: nothing is bundled. */
export const pinnedConfigOf = (stack: string): Record<string, string> => ({
  ...configOf(stack),
  'greenroom:imageMode': 'pinned',
  'greenroom:imageDigests': JSON.stringify(
    Object.fromEntries(interview.stages.map(({ name }) => [name, `sha256:${'1'.repeat(64)}`])),
  ),
});

const digest = `sha256:${'0'.repeat(64)}`;

/** Outputs that AWS would make up and that a program reads. */
function outputsOf(type: string, name: string): Record<string, unknown> {
  const arn = `arn:aws:${type.split(':')[1]?.split('/')[0] ?? ''}:us-east-1:123456789012:${name}`;
  switch (type) {
    case 'aws:s3/bucket:Bucket':
      return {
        bucket: name,
        arn: `arn:aws:s3:::${name}`,
        bucketRegionalDomainName: `${name}.s3.us-east-1.amazonaws.com`,
      };
    case 'aws:cloudfront/distribution:Distribution':
      return {
        arn: `arn:aws:cloudfront::123456789012:distribution/${name}`,
        domainName: 'd111111abcdef8.cloudfront.net',
      };
    case 'docker-build:index:Image':
      return { digest, ref: `repository:tag@${digest}` };
    case 'awsx:ecr:Repository':
      return { url: `123456789012.dkr.ecr.us-east-1.amazonaws.com/${name}` };
    case 'aws:apigateway/stage:Stage':
      return { arn, invokeUrl: 'https://api.example.com/Prod' };
    case 'aws:apigateway/restApi:RestApi':
      return {
        arn,
        name,
        rootResourceId: 'root',
        executionArn: `arn:aws:execute-api:us-east-1:123456789012:${name}`,
      };
    default:
      return { arn, name, url: `https://example.com/${name}`, invokeArn: `${arn}/invocations` };
  }
}

const invoked: { readonly [token: string]: Record<string, unknown> } = {
  'aws:index/getCallerIdentity:getCallerIdentity': { accountId: '123456789012' },
  'aws:ecr/getAuthorizationToken:getAuthorizationToken': { userName: 'AWS', password: 'secret' },
};

type Reply = (error: unknown, response: { getUrn: () => string }) => void;
/** The part of the engine's connection that is listened to; its types are not exported. */
interface Monitor {
  registerResource: (request: Registration, reply: Reply) => void;
}
interface Registration {
  getType: () => string;
  getName: () => string;
  getParent: () => string;
  getProvider: () => string;
  getProtect: () => boolean;
  getRetainondelete: () => boolean;
  getDependenciesList: () => readonly string[];
  getObject: () => Parameters<typeof pulumi.runtime.deserializeProperties>[0];
}

/** Pulumi's runtime is one for the whole process: a capture that a test gave up would write into the next one. */
let isCapturing = false;

/** Runs a program as an update, or as a preview in which outputs are unknown; never answers with an empty list. */
export async function capture(
  program: () => unknown,
  { stack = 'dev', preview = false, config = configOf('dev') } = {},
): Promise<CapturedStack> {
  if (isCapturing) throw new Error('another capture has not ended yet');
  isCapturing = true;
  try {
    return await captureAlone(program, { stack, preview, config });
  } finally {
    isCapturing = false;
  }
}

async function captureAlone(
  program: () => unknown,
  { stack, preview, config }: { stack: string; preview: boolean; config: Record<string, string> },
): Promise<CapturedStack> {
  const resources: Captured[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => ({
        id: `${name}-id`,
        state: preview ? inputs : { ...outputsOf(type, name), ...inputs },
      }),
      call: ({ token }) => {
        const answer = invoked[token];
        if (!answer) throw new Error(`the program called ${token}`);
        return answer;
      },
    },
    'greenroom',
    stack,
    preview,
  );
  pulumi.runtime.setAllConfig(config, []);
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, reply) => {
    register(request, (error, response) => {
      if (!error) resources.push(captured(request, response.getUrn()));
      reply(error, response);
    });
  };
  const outputs: unknown = await pulumi.runtime.runInPulumiStack(async () => program());
  await pulumi.runtime.disconnect();
  if (resources.length < 2) throw new Error('the program registered nothing');
  return { resources, outputs: outputs as CapturedStack['outputs'] };
}

const captured = (request: Registration, urn: string): Captured => ({
  urn,
  type: request.getType(),
  name: request.getName(),
  parent: request.getParent(),
  provider: request.getProvider(),
  protect: request.getProtect(),
  retainOnDelete: request.getRetainondelete(),
  dependencies: request.getDependenciesList(),
  inputs: pulumi.runtime.deserializeProperties(request.getObject()),
});

/** The only resource of a type, or the one of that name among several. */
export function only({ resources }: CapturedStack, type: string, name?: string): Captured {
  const [first, ...others] = resources.filter(
    (resource) => resource.type === type && (name === undefined || resource.name === name),
  );
  if (!first || others.length > 0) {
    throw new Error(`${String(first ? others.length + 1 : 0)} resources ${type} ${name ?? ''}`);
  }
  return first;
}

/** Resources of a type, in the order of their names. */
export const ofType = ({ resources }: CapturedStack, type: string): readonly Captured[] =>
  resources.filter((resource) => resource.type === type).toSorted((a, b) => a.name.localeCompare(b.name));

/** Statements of a policy that was given as JSON. */
export const statementsIn = (policy: unknown): readonly Record<string, unknown>[] =>
  (JSON.parse(String(policy)) as { Statement: Record<string, unknown>[] }).Statement;

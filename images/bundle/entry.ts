// What is the first module of a stage's function? Generated from its grants, so that nothing else comes along.
import { InternalError } from '../../domain/errors.ts';
import { variablesOf } from '../../systems/environment.ts';
import type { GrantAction, StageSettings } from '../../systems/stage.ts';

/** A service as the entry of a bundle opens it. */
interface Service {
  /** Name in the handler's `services`. */
  readonly name: string;
  /** Module of `lambda/services/` and the function in it that opens the service. */
  readonly module: string;
  readonly open: string;
  /** What the function takes beside the environment: services that were opened before it. */
  readonly after: readonly string[];
}

/** A service that is made from the environment alone; the function is called after its name. */
const service = (name: string, module = name): Service => ({
  name,
  module,
  open: `open${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  after: [],
});

const objects = service('objects');
const records = service('records');
const catalogue = service('catalogue');
const links = service('links');
const preferences = service('preferences');
const runs = service('runs');
const transcriber: Service = { ...service('transcriber'), after: ['objects'] };

/** Which services a grant is for; taking messages off a queue is Lambda's own work. */
const servicesOfGrant: { readonly [Action in GrantAction]: readonly Service[] } = {
  'objects:read': [objects],
  'objects:write': [objects],
  'objects:delete': [service('eraser')],
  'links:upload': [links],
  'links:download': [links],
  'records:create': [records],
  'records:read': [records],
  'records:update': [records],
  'records:list': [catalogue],
  'records:scan': [catalogue],
  'records:delete': [catalogue],
  // What a user wants of retention has a meaning only beside what the system allows.
  'preferences:read': [preferences, service('keeping')],
  'preferences:write': [preferences],
  'preferences:delete': [preferences],
  'executions:start': [service('executions')],
  'executions:read': [runs],
  'executions:stop': [runs],
  'messages:receive': [],
  'speech:transcribe': [transcriber],
  'speech:read': [transcriber],
  'speech:delete': [service('transcriptionJobs', 'transcription-jobs')],
  'pictures:label': [service('pictureLabels', 'picture-labels')],
  'identity:verify': [service('identity')],
  'accounts:delete': [service('accounts')],
  'texts:seal': [service('sealer')],
  'model:invoke': [service('assessor')],
};

/** Each service once; one that another is made from comes before it. */
export function servicesOf({ grants }: Pick<StageSettings, 'grants'>): readonly Service[] {
  const wanted = grants.flatMap(({ action }) => servicesOfGrant[action]);
  return [...new Map(wanted.map((one) => [one.name, one])).values()].toSorted(
    (a, b) => a.after.length - b.after.length,
  );
}

/** Stages whose handler looks for faces; the others need no models and no time to load them. */
const stagesWithVision: ReadonlySet<string> = new Set(['convert-video']);
export const looksForFaces = ({ name }: StageSettings): boolean => stagesWithVision.has(name);

const handlerPattern = /^handlers\/[a-z-]+\/([a-z-]+)\.ts$/;

const camelCase = (kebab: string): string =>
  kebab.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function mediaOf(stage: StageSettings): { readonly imports: string; readonly value: string } {
  if (stage.image === 'plain')
    return { imports: "import { noMedia } from './lambda/no-media.ts';", value: 'noMedia' };
  const vision = looksForFaces(stage) ? "join(import.meta.dirname, 'vision')" : 'null';
  return {
    imports: [
      ...(looksForFaces(stage) ? ["import { join } from 'node:path';"] : []),
      "import { openMedia } from './lambda/media.ts';",
    ].join('\n'),
    value: `await openMedia(environment, ${vision})`,
  };
}

/**
 * TypeScript that exports `handler`, as if it stood in the root of the project. Whatever is wrong with the function's
 * environment or image is thrown while it loads.
 * @throws InternalError for a handler's path that names no handler
 */
export function entryOf(stage: StageSettings): string {
  const [, file] = handlerPattern.exec(stage.handler) ?? [];
  if (file === undefined) throw new InternalError(`${stage.handler} is no path of a handler`);
  const handler = camelCase(file);
  const services = servicesOf(stage);
  const media = mediaOf(stage);
  const variables = variablesOf(stage).map((name) => `'${name}'`);
  return `${[
    `// What does Lambda load for ${stage.name}?`,
    `import { ${handler} } from './${stage.handler}';`,
    "import { readEnvironment } from './lambda/environment.ts';",
    "import { hostHandler } from './lambda/handler.ts';",
    media.imports,
    ...services.map(({ open, module }) => `import { ${open} } from './lambda/services/${module}.ts';`),
    '',
    `const environment = readEnvironment([${variables.join(', ')}], process.env);`,
    `const media = ${media.value};`,
    ...services.map(
      ({ name, open, after }) => `const ${name} = ${open}(${['environment', ...after].join(', ')});`,
    ),
    `const services = { ${services.map(({ name }) => name).join(', ')} };`,
    `export const handler = hostHandler(${handler}, { stage: '${stage.name}', services, media });`,
  ].join('\n')}\n`;
}

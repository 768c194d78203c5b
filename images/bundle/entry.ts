// What is the first module of a stage's function? Generated from its grants, so that nothing else comes along.
import { InternalError } from '../../domain/errors.ts';
import { variablesOf } from '../../systems/environment.ts';
import type { GrantAction, StageSettings } from '../../systems/stage.ts';

interface Service {
  /** Name in the handler's `services`. */
  readonly name: string;
  /** Module of `lambda/services/` and the function in it that opens the service. */
  readonly module: string;
  readonly open: string;
  /** What the function takes beside the environment: services that were opened before it. */
  readonly after: readonly string[];
}

const objects: Service = { name: 'objects', module: 'objects', open: 'openObjects', after: [] };
const records: Service = { name: 'records', module: 'records', open: 'openRecords', after: [] };
const transcriber: Service = {
  name: 'transcriber',
  module: 'transcriber',
  open: 'openTranscriber',
  after: ['objects'],
};

/** Which service a grant is for; taking messages off a queue is Lambda's own work. */
const serviceOf: { readonly [Action in GrantAction]: Service | null } = {
  'objects:read': objects,
  'objects:write': objects,
  'records:read': records,
  'records:update': records,
  'executions:start': { name: 'executions', module: 'executions', open: 'openExecutions', after: [] },
  'messages:receive': null,
  'speech:transcribe': transcriber,
  'speech:read': transcriber,
  'pictures:label': { name: 'pictureLabels', module: 'picture-labels', open: 'openPictureLabels', after: [] },
  'model:invoke': { name: 'assessor', module: 'assessor', open: 'openAssessor', after: [] },
};

/** Each service once; one that another is made from comes before it. */
function servicesOf({ grants }: StageSettings): readonly Service[] {
  const wanted = grants.flatMap(({ action }) => serviceOf[action] ?? []);
  return [...new Set(wanted)].toSorted((a, b) => a.after.length - b.after.length);
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

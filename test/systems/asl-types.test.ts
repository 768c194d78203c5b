// Does the compiler refuse every fault of unsound-machines.ts, at its place and in the words that stand there?
import { expect } from 'chai';
import { join } from 'node:path';
import ts from 'typescript';
import { boundNames, everyKind, rawTask } from './sound-machines.ts';
import { unsoundMachines } from './unsound-machines.ts';
import { compile } from '../../systems/machine.ts';

const directive = /\/\/ @ts-expect-error (.+)$/;
const fixture = (name: string): string => join(import.meta.dirname, `${name}.ts`);

interface Fault {
  readonly fact: string;
  /** Number of the line that is at fault, from 0. */
  readonly line: number;
  readonly sentence: string;
}

function faultsOf(source: string): readonly Fault[] {
  const lines = source.split('\n');
  const facts = lines.flatMap((text, line) => {
    const fact = /^ {2}(?:'(.+)'|(\w+)): /.exec(text);
    return fact ? [{ fact: fact[1] ?? fact[2] ?? '', line }] : [];
  });
  return lines.flatMap((text, line) => {
    const sentence = directive.exec(text)?.[1];
    if (sentence === undefined) return [];
    return [{ fact: facts.findLast((fact) => fact.line < line)?.fact ?? '', line: line + 1, sentence }];
  });
}

/** Checks the file as the project is checked, but with its directives made plain comments. */
function diagnose(path: string): readonly ts.Diagnostic[] {
  const configPath = join(import.meta.dirname, '../../tsconfig.json');
  const config = ts.readConfigFile(configPath, (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, join(configPath, '..'));
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([path], options, {
    ...host,
    getSourceFile: (name, version) =>
      name === path
        ? ts.createSourceFile(name, readWithoutDirectives(name), version, true)
        : host.getSourceFile(name, version),
  });
  return program.getSemanticDiagnostics(program.getSourceFile(path));
}

const readWithoutDirectives = (path: string): string =>
  (ts.sys.readFile(path) ?? '').replaceAll('@ts-expect-error', 'ts-expected-error');

const lineOf = (diagnostic: ts.Diagnostic): number =>
  ts.getLineAndCharacterOfPosition(diagnostic.file ?? expect.fail('no file'), diagnostic.start ?? 0).line;

const functionArn = (name: string): string => `arn:aws:lambda:local:000000000000:function:${name}`;

describe('the typed States Language', () => {
  const unsoundPath = fixture('unsound-machines');
  const faults = faultsOf(ts.sys.readFile(unsoundPath) ?? '');
  let diagnostics: readonly ts.Diagnostic[] = [];

  before(function () {
    this.timeout(60_000);
    diagnostics = diagnose(unsoundPath);
  });

  it('holds one fault per machine', () => {
    expect(faults.map(({ fact }) => fact)).to.deep.equal(Object.keys(unsoundMachines));
    expect(faults.length).to.be.at.least(15);
  });

  for (const { fact, line, sentence } of faults) {
    it(`${fact}, or it does not compile`, () => {
      const messages = diagnostics
        .filter((diagnostic) => lineOf(diagnostic) === line)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
      expect(messages).to.have.lengthOf(1);
      expect(messages[0]).to.contain(`"${sentence}"`);
    });
  }

  it('finds nothing else in the machines with a fault', () => {
    expect(diagnostics.map((diagnostic) => lineOf(diagnostic))).to.deep.equal(faults.map(({ line }) => line));
  });

  it('lets the sound machines through', function () {
    this.timeout(60_000);
    expect(diagnose(fixture('sound-machines'))).to.deep.equal([]);
  });
});

describe('compile', () => {
  it('puts the function of a stage into Resource and leaves the rest as it is written', () => {
    const { States } = compile(rawTask, { functionArn });
    expect(States['Probe']).to.deep.equal({
      Type: 'Task',
      Resource: 'arn:aws:lambda:local:000000000000:function:probe',
      Arguments: { key: '{% $states.input.key %}', hint: '{% "of size " & $string($size) %}' },
      TimeoutSeconds: 10,
      Retry: [
        {
          ErrorEquals: ['TemporaryFailure', 'Lambda.TooManyRequestsException'],
          IntervalSeconds: 2,
          MaxAttempts: 3,
        },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Stop' }],
      End: true,
    });
    expect(States['Head']).to.deep.equal(rawTask.definition.States['Head']);
  });

  it('resolves the stages in branches and in the processor of a Map', () => {
    const json = JSON.stringify(compile(everyKind, { functionArn }));
    for (const stage of ['probe', 'convert', 'measure', 'poll', 'finish']) {
      expect(json).to.contain(`"Resource":"${functionArn(stage)}"`);
    }
    expect(json).not.to.contain('"Stage"').and.not.to.contain('handlers/');
    expect(json).to.contain('"ProcessorConfig":{"Mode":"INLINE"}');
  });

  it('says that the definition is JSONata', () => {
    const definition = compile(boundNames, { functionArn });
    expect(definition).to.include({ QueryLanguage: 'JSONata', StartAt: 'Compute', TimeoutSeconds: 60 });
    expect(definition).not.to.have.property('Comment');
  });
});

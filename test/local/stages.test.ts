// Does every stage of the systems have a handler that runs here and can be deployed?
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { InternalError } from '../../domain/errors.ts';
import { functionArn, handlers, runStage, type LocalContext } from '../../local/stages.ts';
import { interviewStages } from '../../systems/interview/stages.ts';
import { analyseInterview } from '../../systems/interview/pipeline.ts';
import { interview } from '../../systems/interview/system.ts';
import { compile } from '../../systems/machine.ts';

const root = resolve(import.meta.dirname, '../..');

describe('the stages on this machine', () => {
  it('are exactly those of the systems', () => {
    expect(Object.keys(handlers)).to.have.members(interviewStages.map(({ name }) => name));
  });

  for (const { name, handler } of interviewStages)
    it(`find the handler of ${name} in a file of at most 80 lines that is named after it`, async () => {
      expect(handler).to.match(new RegExp(`^handlers/\\w+/${name}\\.ts$`));
      const text = await readFile(join(root, handler), 'utf8');
      expect(text.trimEnd().split('\n').length).to.be.at.most(80);
      const camel = name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      const module: { readonly [exported: string]: unknown } = await import(join(root, handler));
      expect(module[camel]).to.have.property('run').that.is.a('function');
    });

  it('answer to every ARN that the state machine calls', () => {
    const text = JSON.stringify(compile(analyseInterview, { functionArn }));
    const called = new Set([...text.matchAll(/"Resource":"([^"]+)"/g)].map(([, arn]) => arn));
    const known = new Set(Object.keys(handlers).map(functionArn));
    const elsewhere = new Set(
      [...interview.subscriptions, ...interview.routes].map(({ stage }) => stage.name),
    );
    expect(called.size).to.equal(interviewStages.length - elsewhere.size);
    for (const arn of called) expect(known).to.include(arn);
  });

  it('refuse an ARN that nobody answers to', async () => {
    const refusal = await runStage(functionArn('make-coffee'), {}, {} as LocalContext).catch(
      (error: unknown) => error,
    );
    expect(refusal).to.be.instanceOf(InternalError);
  });
});

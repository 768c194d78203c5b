// How does Lambda call a bundle? In a process of its own: `node call-bundle.ts BUNDLE ANSWER`, the event in EVENT.
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { LambdaFunction } from '../../../lambda/handler.ts';

const [, , bundle = '', answerFile = ''] = process.argv;
const say = (answer: object): Promise<void> => writeFile(answerFile, JSON.stringify(answer));

try {
  const { handler } = (await import(pathToFileURL(bundle).href)) as { readonly handler: LambdaFunction };
  const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 800_000 };
  await say({ answer: (await handler(JSON.parse(process.env['EVENT'] ?? '{}'), context)) ?? null });
} catch (error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  await say({ name, message });
}

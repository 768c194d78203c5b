// Which resources does a piece of program register, with which inputs?
import * as pulumi from '@pulumi/pulumi';
import type { MockResourceArgs } from '@pulumi/pulumi/runtime/index.js';

export interface Captured {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Every custom resource that the program registers, in order; never an empty list, so that no test is about nothing. */
export async function capture(program: () => unknown): Promise<readonly Captured[]> {
  const captured: Captured[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom }: MockResourceArgs) => {
        const known = inputs as Readonly<Record<string, unknown>>;
        if (custom) captured.push({ type, name, inputs: known });
        const arn = `arn:aws:mock:us-east-1:123456789012:${name}`;
        return { id: `${name}-id`, state: { arn, name, ...known } };
      },
      call: () => ({}),
    },
    'greenroom',
    'dev',
    false,
  );
  program();
  await pulumi.runtime.disconnect();
  if (captured.length === 0) throw new Error('the program registered no resource');
  return captured;
}

/** The only resource of a type. */
export function only(captured: readonly Captured[], type: string): Captured {
  const [first, ...others] = captured.filter((resource) => resource.type === type);
  if (!first || others.length > 0) throw new Error(`${String(others.length + 1)} resources of type ${type}`);
  return first;
}

// Who plays AWS? A model that answers with names, ids and ARNs in the form that AWS gives them.
import { PlanFailed } from '../plan-failed.ts';
import type { ProviderModel } from '../engine/provider.ts';
import type { WireObject } from '../engine/wire.ts';
import { autoname } from './autonaming.ts';
import { expandComponent } from './components.ts';
import { invokes } from './invokes.ts';
import { kindOf } from './kinds.ts';
import { text } from './making.ts';

/** AWS's documentation uses this account. */
export const planAccount = '123456789012';

export interface ModelOptions {
  readonly project: string;
  readonly stack: string;
  readonly region: string;
  /** `pulumi:autonaming`, as JSON. */
  readonly autonaming: string | undefined;
}

/** A model of the account 123456789012 in one region. The same questions always get the same answers. */
export function makeProviderModel(options: ModelOptions): ProviderModel {
  const place = { region: options.region, account: planAccount };
  const create: ProviderModel['create'] = ({ urn, type, name }, inputs) =>
    kindOf(type)({
      ...place,
      urn,
      name,
      inputs,
      named: (property, maxLength) => text(inputs, property) || autoname(options, { urn, name }, maxLength),
    });
  return {
    create,
    read: (resource, id, inputs) => readOutputs(create, resource, id, inputs),
    invoke: (token, args) => {
      const answer = invokes[token];
      if (!answer)
        throw new PlanFailed(
          `the offline plan does not know the provider function ${token}; add it to plan/provider/invokes.ts`,
        );
      return answer(args, place);
    },
    expand: expandComponent,
  };
}

/** What already exists keeps the id by which it is looked up, so that everything made of the name is right. */
const readOutputs = (
  create: ProviderModel['create'],
  resource: Parameters<ProviderModel['read']>[0],
  id: string,
  inputs: WireObject,
): WireObject => create(resource, { ...inputs, id, name: id, bucket: id }).outputs;

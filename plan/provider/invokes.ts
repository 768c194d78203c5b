// What would AWS say when a program asks it something?
import type { WireObject } from '../engine/wire.ts';

export interface Place {
  readonly region: string;
  readonly account: string;
}

type Invoke = (args: WireObject, place: Place) => WireObject;

/** By token. What is not here ends the plan with a sentence that names the token. */
export const invokes: { readonly [token: string]: Invoke } = {
  'aws:index/getCallerIdentity:getCallerIdentity': (_, { account }) => ({
    accountId: account,
    arn: `arn:aws:iam::${account}:user/plan`,
    id: account,
    userId: 'AIDAEXAMPLEEXAMPLE000',
  }),
  'aws:index/getRegion:getRegion': (args, { region }) => {
    const name = typeof args['region'] === 'string' ? args['region'] : region;
    return { id: name, name, region: name, description: name, endpoint: `ec2.${name}.amazonaws.com` };
  },
  'aws:index/getPartition:getPartition': () => ({
    id: 'aws',
    partition: 'aws',
    dnsSuffix: 'amazonaws.com',
    reverseDnsPrefix: 'com.amazonaws',
  }),
  // A password that opens nothing; the program must treat it as the secret that it stands for.
  'aws:ecr/getAuthorizationToken:getAuthorizationToken': (_, { account, region }) => ({
    id: region,
    authorizationToken: Buffer.from('AWS:plan').toString('base64'),
    expiresAt: '2000-01-01T12:00:00Z',
    proxyEndpoint: `https://${account}.dkr.ecr.${region}.amazonaws.com`,
    userName: 'AWS',
    password: 'plan',
  }),
};

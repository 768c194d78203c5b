// What would AWS say after making a store, a key, a repository or a log group?
import { arnOf, text, type Kind } from '../making.ts';
import { pseudoDigest, pseudoUuid } from '../pseudo-random.ts';

const bucket: Kind = (making) => {
  const name = making.named('bucket', 63).toLowerCase();
  const { region } = making;
  return {
    id: name,
    outputs: {
      bucket: name,
      arn: `arn:aws:s3:::${name}`,
      bucketDomainName: `${name}.s3.amazonaws.com`,
      bucketRegion: region,
      bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      region,
    },
  };
};

const table: Kind = (making) => {
  const name = making.named('name', 255);
  const indexes = making.inputs['globalSecondaryIndexes'];
  return {
    id: name,
    outputs: {
      name,
      arn: arnOf(making, 'dynamodb', `table/${name}`),
      ...(indexes === undefined ? {} : { globalSecondaryIndexes: indexes }),
    },
  };
};

const key: Kind = (making) => {
  const keyId = pseudoUuid(making.urn);
  return { id: keyId, outputs: { keyId, arn: arnOf(making, 'kms', `key/${keyId}`) } };
};

const keyAlias: Kind = (making) => {
  const given = making.named('name', 250);
  const name = given.startsWith('alias/') ? given : `alias/${given}`;
  const target = text(making.inputs, 'targetKeyId');
  const targetKeyArn = target.startsWith('arn:') ? target : arnOf(making, 'kms', `key/${target}`);
  return { id: name, outputs: { name, arn: arnOf(making, 'kms', name), targetKeyArn } };
};

const repository: Kind = (making) => {
  const name = making.named('name', 256).toLowerCase();
  const registry = `${making.account}.dkr.ecr.${making.region}.amazonaws.com`;
  return {
    id: name,
    outputs: {
      name,
      arn: arnOf(making, 'ecr', `repository/${name}`),
      registryId: making.account,
      repositoryUrl: `${registry}/${name}`,
    },
  };
};

/** Digest and reference depend on the tags: another content has another tag. */
const image: Kind = (making) => {
  const tags = making.inputs['tags'];
  const tag = Array.isArray(tags) && typeof tags[0] === 'string' ? tags[0] : `${making.name}:latest`;
  const digest = pseudoDigest(tag);
  return { id: digest, outputs: { digest, contextHash: digest.slice(7), ref: `${tag}@${digest}` } };
};

const logGroup: Kind = (making) => {
  const name = making.named('name', 512);
  return { id: name, outputs: { name, arn: arnOf(making, 'logs', `log-group:${name}`) } };
};

const provider: Kind = (making) => ({ id: pseudoUuid(making.urn), outputs: {} });

export const stores: { readonly [type: string]: Kind } = {
  'aws:cloudwatch/logGroup:LogGroup': logGroup,
  'aws:dynamodb/table:Table': table,
  'aws:ecr/repository:Repository': repository,
  'aws:kms/alias:Alias': keyAlias,
  'aws:kms/key:Key': key,
  'aws:s3/bucket:Bucket': bucket,
  'docker-build:index:Image': image,
  'pulumi:providers:aws': provider,
};

// How does a table of the specification exist in AWS?
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { TableSpecification } from '../systems/system.ts';
import { type Durability, durable } from './durability.ts';
import type { Monitoring } from './operations/monitoring.ts';
import { ResourceAlarms } from './operations/resource-alarms.ts';

export interface RecordTableArgs {
  readonly table: TableSpecification;
  /** Physical names of indexes, by their keys in the specification; default: the keys. */
  readonly indexNames?: Readonly<Record<string, string>>;
  readonly keyArn: pulumi.Input<string>;
  readonly durability: Durability;
  readonly monitoring: Monitoring;
}

/**
 * A table that is paid per request, can be set back to any second of 35 days, and forgets rows by itself where the
 * specification says so.
 */
export class RecordTable extends pulumi.ComponentResource {
  readonly tableName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: RecordTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:RecordTable', name, {}, opts);
    const { table: specification } = args;
    const table = new aws.dynamodb.Table(
      name,
      {
        billingMode: 'PAY_PER_REQUEST',
        hashKey: specification.partitionKey,
        attributes: keyAttributes(specification).map((attribute) => ({ name: attribute, type: 'S' })),
        globalSecondaryIndexes: specification.indexes.map((index) => ({
          name: args.indexNames?.[index.name] ?? index.name,
          hashKey: index.partitionKey,
          rangeKey: index.sortKey,
          projectionType: 'ALL',
        })),
        ...(specification.expiry !== null && {
          ttl: { attributeName: specification.expiry.attribute, enabled: true },
        }),
        pointInTimeRecovery: { enabled: true },
        serverSideEncryption: { enabled: true, kmsKeyArn: args.keyArn },
        deletionProtectionEnabled: args.durability === 'kept',
      },
      { parent: this, ...durable(args.durability) },
    );
    new ResourceAlarms(
      name,
      { kind: 'table', dimensions: { TableName: table.name }, monitoring: args.monitoring },
      { parent: this },
    );
    this.tableName = table.name;
    this.arn = table.arn;
    this.registerOutputs({ tableName: this.tableName, arn: this.arn });
  }
}

/** DynamoDB wants exactly the attributes that are part of a key, each once. */
const keyAttributes = ({ partitionKey, indexes }: TableSpecification): readonly string[] => [
  ...new Set([partitionKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])]),
];

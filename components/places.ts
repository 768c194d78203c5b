// Where in AWS are the things that a specification names, and what does a grant become there?
import * as pulumi from '@pulumi/pulumi';
import { permissionsFor, type PermissionTarget } from '../systems/permissions.ts';
import { sealingPurpose } from '../domain/sealing.ts';
import type { Grant } from '../systems/stage.ts';

/** Bedrock as configured; `null` leaves assessments to local rules, and no function may call a model. */
export type ModelPlaces = {
  readonly modelArns: readonly pulumi.Input<string>[];
  readonly guardrailArn: pulumi.Input<string> | null;
} | null;

/** The ARN of whatever a grant can be about; the functions throw for a name that the system does not have. */
export interface Places {
  readonly accountId: pulumi.Input<string>;
  readonly region: string;
  readonly keyArn: pulumi.Input<string>;
  readonly bucketArn: (name: string) => pulumi.Input<string>;
  readonly tableArn: (name: string) => pulumi.Input<string>;
  readonly machineArn: (name: string) => pulumi.Input<string>;
  readonly queueArn: (name: string) => pulumi.Input<string>;
  /** Where the system's users have their accounts. */
  readonly userPoolArn: pulumi.Input<string>;
  readonly model: ModelPlaces;
  /** Whether pictures may leave for Amazon Rekognition. */
  readonly labelsPictures: boolean;
}

/** Looks a name up among those that there are; a name that is not there is a mistake in the specification. */
export const only =
  (known: Readonly<Record<string, pulumi.Input<string>>>) =>
  (name: string): pulumi.Input<string> => {
    const value = known[name];
    if (value === undefined) throw new RangeError(`${name} is none of: ${Object.keys(known).join(', ')}`);
    return value;
  };

/** One statement of an IAM policy. */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: pulumi.Input<string> | readonly pulumi.Input<string>[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
}

/** The statements of a role that has these grants, and nothing beside them; none for a service that is switched off. */
export const statementsOf = (grants: readonly Grant[], places: Places): readonly Statement[] =>
  permissionsFor(grants.filter(({ action }) => action !== 'pictures:label' || places.labelsPictures)).flatMap(
    ({ actions, target }) => statementsAt(actions, target, places),
  );

const allow = (
  Action: readonly string[],
  Resource: Statement['Resource'],
  Condition?: Statement['Condition'],
): Statement => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });

/** `…:stateMachine:name` → `…:execution:name:*`. */
const executionsOf = (machineArn: pulumi.Input<string>): pulumi.Output<string> =>
  pulumi.output(machineArn).apply((arn) => `${arn.replace(':stateMachine:', ':execution:')}:*`);

function statementsAt(actions: readonly string[], target: PermissionTarget, places: Places): Statement[] {
  switch (target.kind) {
    case 'objects':
      return [allow(actions, pulumi.interpolate`${places.bucketArn(target.on)}/${target.prefix}*`)];
    case 'keys':
      return [
        allow(actions, places.bucketArn(target.on), { StringLike: { 's3:prefix': `${target.prefix}*` } }),
      ];
    case 'table':
      return [allow(actions, places.tableArn(target.on))];
    case 'indexes':
      return [allow(actions, pulumi.interpolate`${places.tableArn(target.on)}/index/*`)];
    case 'machine':
      return [allow(actions, places.machineArn(target.on))];
    case 'executions':
      return [allow(actions, executionsOf(places.machineArn(target.on)))];
    case 'queue':
      return [allow(actions, places.queueArn(target.on))];
    case 'key':
      return [allow(actions, places.keyArn)];
    case 'sealing-key':
      // S3 and DynamoDB put other words into the context, so what they keep cannot be opened with this right.
      return [
        allow(actions, places.keyArn, {
          StringEquals: { 'kms:EncryptionContext:purpose': sealingPurpose },
        }),
      ];
    case 'user-pool':
      return [allow(actions, places.userPoolArn)];
    case 'transcription-jobs':
      return [
        allow(
          actions,
          pulumi.interpolate`arn:aws:transcribe:${places.region}:${places.accountId}:transcription-job/*`,
        ),
      ];
    case 'model':
      return modelStatements(actions, places.model);
    case 'anything':
      return actions.map((action) => ({ ...allow([action], '*'), ...onlyWithOurKey(action, places) }));
  }
}

/** A transcription job is no resource before it exists, but it can be held to write with the stack's own key. */
const onlyWithOurKey = (action: string, { keyArn }: Places): Pick<Statement, 'Condition'> =>
  action === 'transcribe:StartTranscriptionJob'
    ? { Condition: { StringEquals: { 'transcribe:OutputEncryptionKMSKeyId': keyArn } } }
    : {};

/** A model is invoked and a guardrail applied; neither action has a meaning on the other's ARN. */
function modelStatements(actions: readonly string[], model: ModelPlaces): Statement[] {
  if (model === null) return [];
  const onGuardrail = actions.filter((action) => action === 'bedrock:ApplyGuardrail');
  const onModel = actions.filter((action) => action !== 'bedrock:ApplyGuardrail');
  return [
    allow(onModel, model.modelArns),
    ...(model.guardrailArn === null ? [] : [allow(onGuardrail, model.guardrailArn)]),
  ];
}

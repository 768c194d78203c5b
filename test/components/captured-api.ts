// How does a test get an API? With a function for each of its stages, and users to open it for.
import { ApiLoggingAccount } from '../../components/api-logging-account.ts';
import { HttpApi, type HttpApiArgs } from '../../components/http-api.ts';
import { PipelineStage } from '../../components/pipeline-stage.ts';
import { only as lookUp } from '../../components/places.ts';
import { operations } from '../../domain/api/operations.ts';
import { readHealth } from '../../systems/interview/stages.ts';
import type { RouteSpecification } from '../../systems/system.ts';
import { capture, type CapturedStack, only } from './captured-stack.ts';

export const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/1';
export const userPoolArn = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc';
const logs = { retentionDays: 7, keyArn };
const monitoring = { declined: 'a test' };
const nowhere = lookUp({});

export const health: RouteSpecification = { operation: operations.readHealth, stage: readHealth };

interface Options {
  /** Name of every function. */
  readonly functionName?: string;
  readonly preview?: boolean;
}

/** An API with the route `/health` unless told otherwise; functions have no rights. */
export const apiWith = (
  changes: Partial<HttpApiArgs> = {},
  { functionName = 'health', preview = false }: Options = {},
): Promise<CapturedStack> =>
  capture(
    () => {
      const { routes = [health] } = changes;
      const [first] = routes;
      const stage = new PipelineStage(functionName, {
        stage: { ...(first ?? health).stage, grants: [] },
        imageUri: 'repository@sha256:1',
        architecture: 'arm64',
        reservedConcurrency: null,
        places: {
          accountId: '123456789012',
          region: 'us-east-1',
          keyArn,
          userPoolArn,
          model: null,
          labelsPictures: false,
          bucketArn: nowhere,
          tableArn: nowhere,
          machineArn: nowhere,
          queueArn: nowhere,
        },
        variable: nowhere,
        logs,
        monitoring,
      });
      new HttpApi('api', {
        region: 'us-east-1',
        routes,
        stages: new Map(routes.map((route) => [route.stage.name, stage])),
        userPoolArn,
        siteOrigins: ['https://example.com', 'https://other.example.com'],
        throttle: { rate: 5, burst: 10 },
        loggingAccount: new ApiLoggingAccount('logging', {}),
        logs,
        monitoring,
        ...changes,
      });
    },
    { preview },
  );

/** `Method` is `aws:apigateway/method:Method`. */
export const gateway = (kind: string): string =>
  `aws:apigateway/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;

/** What a deployment of the API is a snapshot of. */
export const contentOf = (from: CapturedStack): string =>
  (only(from, gateway('Deployment')).inputs['triggers'] as { content: string }).content;

// Which variables does a function find in its environment? Those of what it is granted, and no others (A29, A31).
import type { GrantAction, StageSettings } from './stage.ts';

/** The meaning of every variable; the deployment sets them, `lambda/` reads them. */
export const functionVariables = {
  BUCKET_NAME: 'bucket of the uploads and of everything derived from them',
  TABLE_NAME: 'table of the records',
  TABLE_INDEX_NAME: 'index of that table by user and time',
  PREFERENCES_TABLE_NAME: 'table of what is remembered of users beside their records',
  USER_POOL_ID: 'Cognito user pool whose tokens are accepted',
  USER_POOL_CLIENT_ID: 'app client of that pool that the tokens must be for',
  STATE_MACHINE_ARN: 'state machine that analyses a recording',
  MODEL_ID: 'Bedrock model or inference profile that assesses the answers; empty: local rules do',
  GUARDRAIL_ID: 'Bedrock guardrail in front of the model; empty: none',
  GUARDRAIL_VERSION: 'version of that guardrail',
  PICTURE_LABELS:
    'rekognition names the objects in the picture; off leaves them out and says so in the report',
  TRANSCRIBE_LANGUAGES:
    'comma-separated BCP 47 tags that Transcribe chooses from when a record names no language',
  ENCRYPTION_KEY_ARN:
    'customer key for what Transcribe writes: without it Transcribe asks for SSE-S3, whatever the bucket’s default is',
  RECORD_RETENTION_DAYS: 'days from its claim until a record leaves the table',
  DEPLOYMENT:
    'value of the tag `deployment` on everything that a function makes, by which its costs are counted; empty: no tag',
} as const;
export type FunctionVariable = keyof typeof functionVariables;

const variablesOfGrant: { readonly [Action in GrantAction]: readonly FunctionVariable[] } = {
  'objects:read': ['BUCKET_NAME'],
  'objects:write': ['BUCKET_NAME'],
  'objects:delete': ['BUCKET_NAME'],
  'links:upload': ['BUCKET_NAME'],
  'links:download': ['BUCKET_NAME'],
  'records:create': ['TABLE_NAME', 'RECORD_RETENTION_DAYS'],
  'records:read': ['TABLE_NAME'],
  'records:list': ['TABLE_NAME', 'TABLE_INDEX_NAME'],
  'records:scan': ['TABLE_NAME'],
  'records:update': ['TABLE_NAME', 'RECORD_RETENTION_DAYS'],
  'records:delete': ['TABLE_NAME'],
  'preferences:read': ['PREFERENCES_TABLE_NAME', 'RECORD_RETENTION_DAYS'],
  'preferences:write': ['PREFERENCES_TABLE_NAME'],
  'preferences:delete': ['PREFERENCES_TABLE_NAME'],
  'executions:start': ['STATE_MACHINE_ARN'],
  'executions:read': ['STATE_MACHINE_ARN'],
  'executions:stop': ['STATE_MACHINE_ARN'],
  'messages:receive': [],
  'speech:transcribe': ['BUCKET_NAME', 'TRANSCRIBE_LANGUAGES', 'ENCRYPTION_KEY_ARN', 'DEPLOYMENT'],
  'speech:read': [],
  'speech:delete': [],
  'pictures:label': ['PICTURE_LABELS'],
  'identity:verify': ['USER_POOL_ID', 'USER_POOL_CLIENT_ID'],
  'accounts:delete': ['USER_POOL_ID'],
  'texts:seal': ['ENCRYPTION_KEY_ARN'],
  'model:invoke': ['MODEL_ID', 'GUARDRAIL_ID', 'GUARDRAIL_VERSION'],
};

/** The variables of a stage, each once, in the order of the table. */
export function variablesOf(stage: StageSettings): readonly FunctionVariable[] {
  const wanted = new Set(stage.grants.flatMap(({ action }) => variablesOfGrant[action]));
  return (Object.keys(functionVariables) as FunctionVariable[]).filter((name) => wanted.has(name));
}

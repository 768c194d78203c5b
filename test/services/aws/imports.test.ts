// Does every adapter bring only the calls that it makes into a bundle?
import { expect } from 'chai';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** The clients that carry every call of their service as a method. */
const wholeServices =
  /\b(?:S3|DynamoDB|DynamoDBDocument|SFN|SQS|EventBridge|CloudWatch|Transcribe|Rekognition|BedrockRuntime|KMS|CognitoIdentityProvider)\b/;

/** What is wrong with how a file imports the SDK. */
function faultsOf(text: string): string[] {
  const imports = text.matchAll(/import\s+(?<what>[^;]*?)\s+from\s+'(?<from>@aws-sdk\/[^']+)'/g);
  return [...imports].flatMap(({ groups }) => {
    const { what = '', from = '' } = groups ?? {};
    if (!what.startsWith('{') && !what.startsWith('type {')) return [`${from} as a whole`];
    const whole = what.split(/[\s{},]+/).find((name) => wholeServices.exec(name)?.[0] === name);
    return whole ? [`${whole} of ${from}`] : [];
  });
}

describe('the adapters of AWS', () => {
  const files = globSync('services/aws/**/*.ts', { cwd: root });

  it('import clients and calls by name', () => {
    expect(files).to.have.length.greaterThan(5);
    const faults = files.map((file) => [file, faultsOf(readFileSync(join(root, file), 'utf8'))]);
    expect(faults.filter(([, found]) => found?.length !== 0)).to.deep.equal([]);
  });

  for (const text of [
    "import { S3 } from '@aws-sdk/client-s3';",
    "import {\n  type Label,\n  DynamoDB,\n} from '@aws-sdk/client-dynamodb';",
    "import * as s3 from '@aws-sdk/client-s3';",
    "import sqs from '@aws-sdk/client-sqs';",
  ]) {
    it(`would be found out with ${JSON.stringify(text)}`, () => {
      expect(faultsOf(text)).to.have.length(1);
    });
  }
});

// Would CloudFormation take the values that a stack gives its resources?
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cloudformation from '@aws/cloudformation-validate';
import { expect } from 'chai';
import type { StackGraph } from '../../policy/resource.ts';
import { mapStack } from './cloudformation/template.ts';
import { graphOf, imageModes, planningMs, stacks } from './graphs.ts';
import { inputs, type Mutant, set } from './mutants/mutant.ts';

const { RegoEngine, SchemaValidator, TemplateFile } = cloudformation;

/** About templates for people: ours has the ARNs and names of one account because that is what is deployed. */
const aboutTemplates = new Set(['W9002', 'W9013']);

describe('CloudFormation’s schemas', () => {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-policy-'));
  let validator: InstanceType<typeof SchemaValidator>;

  before(async function load() {
    this.timeout(planningMs);
    validator = new SchemaValidator();
    for (const stack of stacks) for (const mode of imageModes) await graphOf(stack, mode);
  });
  after(() => {
    validator.free();
    rmSync(folder, { recursive: true });
  });

  const templateOf = (graph: StackGraph) => {
    const path = join(folder, 'template.json');
    writeFileSync(path, JSON.stringify(mapStack(graph).template));
    return new TemplateFile(path);
  };
  const problems = (graph: StackGraph): readonly string[] =>
    validator
      .validate(templateOf(graph), 'us-east-1')
      .filter(({ severity }) => severity !== 'INFO')
      .map(({ ruleId, message, propertyPath }) => `${ruleId} ${propertyPath ?? ''}: ${message}`);

  for (const stack of stacks) {
    for (const mode of imageModes) {
      it(`take every resource of ${stack} with images of the mode ${mode}`, async () => {
        expect(problems(await graphOf(stack, mode))).to.deep.equal([]);
      }).timeout(planningMs);
    }
  }

  it('are asked about every resource that CloudFormation has a word for', async () => {
    const graph = await graphOf('prod', 'build');
    const { template, merged, left, dropped } = mapStack(graph);
    const validated = Object.keys(template.Resources).length;
    expect(dropped.map(({ urn }) => urn)).to.deep.equal([]);
    expect(validated).to.be.greaterThan(200);
    expect(validated + merged.length + left.length).to.equal(graph.resources.length);
    expect([...new Set(left.map(({ type }) => type.split(':')[0]))]).to.have.members([
      // Files of the site: CloudFormation makes buckets, and puts nothing into them.
      'aws',
      'awsx',
      'docker-build',
      'greenroom',
      'pulumi',
    ]);
  });

  it('would notice a kind that is not mapped', async () => {
    const graph = await graphOf('prod', 'build');
    const stranger = {
      ...graph.resources[0],
      type: 'aws:ec2/instance:Instance',
      name: 'stranger',
      dependencies: [],
    };
    const { dropped } = mapStack({ ...graph, resources: [...graph.resources, stranger as never] });
    expect(dropped.map(({ name }) => name)).to.deep.equal(['stranger']);
  });

  const mistakes: readonly (Pick<Mutant, 'change' | 'mutate'> & { readonly property: string })[] = [
    {
      change: 'a wait that SQS does not know',
      mutate: set('Queue::interview-uploads', { visibilityTimeoutSeconds: 43_201 }),
      property: 'VisibilityTimeout',
    },
    {
      change: 'a retention that CloudWatch does not know',
      mutate: set('LogGroup', { retentionInDays: 8 }),
      property: 'RetentionInDays',
    },
    {
      change: 'a way of paying that DynamoDB does not know',
      mutate: set('Table', { billingMode: 'FREE' }),
      property: 'BillingMode',
    },
    {
      change: 'a misspelt property of a setting',
      mutate: inputs('BucketPublicAccessBlock::interview-media-access', () => ({ blockPublicAcl: true })),
      property: 'PublicAccessBlockConfiguration',
    },
    {
      change: 'text where a number must be',
      mutate: set('Function::interview-convert-video', { memorySize: 'a lot' }),
      property: 'MemorySize',
    },
    {
      change: 'edges that CloudFront does not have',
      mutate: set('Distribution::interview-site', { priceClass: 'PriceClass_7' }),
      property: 'PriceClass',
    },
    {
      change: 'a second factor now and then',
      mutate: set('UserPool', { mfaConfiguration: 'SOMETIMES' }),
      property: 'MfaConfiguration',
    },
    {
      change: 'a way back from signing in that Cognito does not know',
      mutate: set('UserPoolClient', { allowedOauthFlows: ['magic'] }),
      property: 'AllowedOAuthFlows',
    },
    {
      change: 'a referrer policy that browsers do not know',
      mutate: inputs('ResponseHeadersPolicy', ({ securityHeadersConfig }) => ({
        securityHeadersConfig: {
          ...(securityHeadersConfig as object),
          referrerPolicy: { override: true, referrerPolicy: 'none' },
        },
      })),
      property: 'ReferrerPolicy',
    },
  ];
  for (const { change, mutate, property } of mistakes) {
    it(`refuse ${change}`, async () => {
      const found = problems(mutate(await graphOf('prod', 'pinned')));
      expect(found).to.have.length(1);
      expect(found[0]).to.include(property);
    });
  }

  it('and AWS’s rules beside them have nothing against prod', async () => {
    const engine = new RegoEngine();
    const { diagnostics } = engine.validateStandard(templateOf(await graphOf('prod', 'pinned')));
    engine.free();
    const serious = diagnostics.filter(
      ({ severity, ruleId }) => severity !== 'INFO' && !aboutTemplates.has(ruleId),
    );
    expect(serious.map(({ ruleId, message }) => `${ruleId} ${message}`)).to.deep.equal([]);
  }).timeout(planningMs);
});

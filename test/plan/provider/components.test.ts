// Does the model make the children that awsx makes?
import { expect } from 'chai';
import type { ComponentHost } from '../../../plan/engine/provider.ts';
import type { WireObject } from '../../../plan/engine/wire.ts';
import { PlanFailed } from '../../../plan/plan-failed.ts';
import { expandComponent } from '../../../plan/provider/components.ts';

type Child = Parameters<ComponentHost['make']>[0];

function expand(
  inputs: WireObject,
  type = 'awsx:ecr:Repository',
): { children: Child[]; outputs: WireObject } {
  const children: Child[] = [];
  const outputs = expandComponent(type, 'Images', inputs, {
    urn: 'urn:images',
    make: (child) => {
      children.push(child);
      return {
        urn: `urn:${child.type}`,
        id: 'id',
        outputs: { name: 'images', repositoryUrl: 'registry/images' },
      };
    },
  });
  return { children, outputs };
}

const rulesOf = (children: readonly Child[]): unknown => {
  const policy = children[1]?.inputs['policy'];
  return typeof policy === 'string' ? (JSON.parse(policy) as { rules: unknown }).rules : null;
};

describe('awsx:ecr:Repository in the model', () => {
  it('makes a repository in lower case with the arguments that are not about lifecycle', () => {
    const { children, outputs } = expand({ forceDelete: true, lifecyclePolicy: { rules: [] } });
    expect(children[0]).to.deep.include({
      type: 'aws:ecr/repository:Repository',
      name: 'images',
      inputs: { forceDelete: true },
    });
    expect(outputs['url']).to.equal('registry/images');
  });

  it('writes rules in the words of ECR, those for any image last', () => {
    const { children } = expand({
      lifecyclePolicy: {
        rules: [
          { tagStatus: 'any', maximumAgeLimit: 9 },
          { description: 'media', tagStatus: 'tagged', tagPrefixList: ['media-'], maximumNumberOfImages: 3 },
        ],
      },
    });
    expect(rulesOf(children)).to.deep.equal([
      {
        rulePriority: 1,
        description: 'media',
        selection: {
          tagStatus: 'tagged',
          tagPrefixList: ['media-'],
          countType: 'imageCountMoreThan',
          countNumber: 3,
        },
        action: { type: 'expire' },
      },
      {
        rulePriority: 2,
        selection: { tagStatus: 'any', countType: 'sinceImagePushed', countNumber: 9, countUnit: 'days' },
        action: { type: 'expire' },
      },
    ]);
  });

  it('keeps one untagged image without rules, and makes no policy when it is to skip it', () => {
    expect(JSON.stringify(rulesOf(expand({}).children))).to.include('"tagStatus":"untagged"');
    expect(expand({ lifecyclePolicy: { skip: true } }).children).to.have.length(1);
  });

  it('is the only component that is known', () => {
    expect(() => expand({}, 'awsx:ec2:Vpc')).to.throw(PlanFailed, /awsx:ec2:Vpc/);
  });
});

// What runs when somebody says `pulumi up --policy-pack policy`?
import { PolicyPack } from '@pulumi/policy';
import { policies } from './pack.ts';

// The constructor serves the pack to the engine until the engine ends the process.
// oxlint-disable-next-line no-new
new PolicyPack('greenroom', { policies: [...policies], enforcementLevel: 'mandatory' });

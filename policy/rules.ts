// Which laws are there?
import type { Rule } from './rule.ts';
import { accessRules } from './rules/access.ts';
import { apiOperationRules } from './rules/api-operations.ts';
import { bucketRules } from './rules/buckets.ts';
import { computeRules } from './rules/compute.ts';
import { deliveryRules } from './rules/delivery.ts';
import { httpApiRules } from './rules/http-api.ts';
import { operationsRules } from './rules/operations.ts';
import { programRules } from './rules/program.ts';
import { siteAnswerRules } from './rules/site-answers.ts';
import { siteRules } from './rules/site.ts';
import { storeRules } from './rules/stores.ts';
import { userRules } from './rules/users.ts';

/** Laws by the chapter of docs/policy.md. */
export const ruleChapters: Readonly<Record<string, readonly Rule[]>> = {
  'Who may do what': accessRules,
  Buckets: bucketRules,
  'Tables, keys and images': storeRules,
  'Queues, events and topics': deliveryRules,
  'Functions, state machines and logs': computeRules,
  'HTTP API': [...httpApiRules, ...apiOperationRules],
  'The site': [...siteRules, ...siteAnswerRules],
  'Users and signing in': userRules,
  'Alarms, cost and audit': operationsRules,
  'The program itself': programRules,
};

/** Every law, in the order of the chapters. */
export const rules: readonly Rule[] = Object.values(ruleChapters).flat();

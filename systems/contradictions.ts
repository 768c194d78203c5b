// Which settings of a stack are allowed alone but not together?
import { alarmsOf } from './alarms.ts';
import { profileOf } from './model-profile.ts';
import { reservedConcurrency } from './reserved-concurrency.ts';
import type { StageSettings } from './stage.ts';

/** The settings that have to do with others; settings.ts says what each may be alone. */
interface Together {
  readonly stack: string;
  readonly region: string;
  /** Stages of the systems that are deployed. */
  readonly stages: readonly Pick<StageSettings, 'name' | 'reservedConcurrency'>[];
  readonly imageMode: 'build' | 'pinned';
  readonly imageDigests: Readonly<Partial<Record<string, string>>>;
  readonly reservedConcurrencyPercent: number;
  readonly accountConcurrency: number;
  readonly protectData: boolean;
  readonly siteOrigins: readonly string[];
  readonly siteDomain: string;
  readonly siteCertificateArn: string;
  readonly modelId: string;
  readonly modelRegions: readonly string[];
  readonly guardrailId: string;
  readonly guardrailVersion: string;
}

/** Regions whose ARNs begin otherwise than `arn:aws:`: China, GovCloud, the European sovereign cloud, isolated ones. */
const foreignRegion = /^(cn|us-gov|eusc|us-iso[a-z]?|eu-iso[a-z]?)-/;

/** CreateUserPoolDomain answers "Domain cannot contain reserved word". */
const reservedByCognito = ['aws', 'amazon', 'cognito'];

/** What is allowed alone but not together, a sentence each. */
export function contradictions(values: Together): readonly string[] {
  const { stack, region, stages } = values;
  const unpinned = stages.filter(({ name }) => !(name in values.imageDigests)).map(({ name }) => name);
  const reserved = stages
    .map((stage) => reservedConcurrency(stage, values.reservedConcurrencyPercent) ?? 0)
    .reduce((sum, count) => sum + count, 0);
  const alarming = Math.ceil(alarmingConcurrency(values.accountConcurrency));
  const foreign = [region, ...values.modelRegions].filter((name) => foreignRegion.test(name));
  const profile = profileOf(values.modelId);
  const rules: readonly (readonly [broken: boolean, sentence: string])[] = [
    // Physical names hold the stack's, and IAM takes 64 characters.
    [
      !/^[a-z][a-z0-9-]{0,11}$/.test(stack),
      'the stack must have a name of 1 to 12 lower-case letters, digits and hyphens',
    ],
    [
      // The address of the sign-in pages holds it (components/user-pool.ts).
      reservedByCognito.some((word) => stack.includes(word)),
      `the stack must have a name without ${reservedByCognito.join(', ')}, which Cognito takes in no address of its own`,
    ],
    [
      values.imageMode === 'pinned' && unpinned.length > 0,
      `imageDigests must name every image when imageMode is pinned; missing: ${unpinned.join(', ')}`,
    ],
    [
      // AWS keeps 100 for functions without a reservation.
      reserved > 0 && reserved > values.accountConcurrency - 100,
      `reservedConcurrencyPercent must leave 100 of accountConcurrency unreserved; it reserves ${String(reserved)} of ${String(values.accountConcurrency)}`,
    ],
    [
      // Reservations count as claimed while nothing runs.
      reserved > 0 && reserved >= alarming,
      `reservedConcurrencyPercent must reserve less than ${String(alarming)} of accountConcurrency, where the account's alarm goes off; it reserves ${String(reserved)}`,
    ],
    [
      foreign.length > 0,
      `aws:region and modelRegions must be of AWS's own partition (arn:aws:), the only one that Greenroom writes ARNs for; not so: ${foreign.join(', ')}`,
    ],
    [
      // A global profile asks for the model in the stack's region and in none.
      profile !== null && profile.geography !== 'global' && values.modelRegions.length === 0,
      `modelRegions must name the regions that the inference profile ${values.modelId} sends requests to`,
    ],
    [
      values.protectData && values.siteOrigins.some((site) => !site.startsWith('https://')),
      'siteOrigins must all be https:// where protectData is true',
    ],
    [
      // Cognito takes no address twice.
      values.siteDomain !== '' && values.siteOrigins.includes(`https://${values.siteDomain}`),
      'siteOrigins must not name the site’s own address, which siteDomain does',
    ],
    [
      (values.siteDomain === '') !== (values.siteCertificateArn === ''),
      'siteDomain and siteCertificateArn must be set together',
    ],
    [
      (values.guardrailId === '') !== (values.guardrailVersion === ''),
      'guardrailId and guardrailVersion must be set together',
    ],
    [values.guardrailId !== '' && values.modelId === '', 'guardrailId must be empty without a modelId'],
  ];
  return rules.filter(([broken]) => broken).map(([, sentence]) => sentence);
}

/** Claimed executions above which the alarm of the account goes off. */
const alarmingConcurrency = (accountConcurrency: number): number =>
  Math.min(...alarmsOf('account', { accountConcurrency }).map(({ threshold }) => threshold));

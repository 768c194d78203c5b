// What does the deployed site answer with?
import { behavioursOf, changesThings, distributionType, pathsOf, serversOf } from '../distribution.ts';
import { prerequisites } from '../neighbours.ts';
import { at, input, isGiven, listOf, numberOf, textOf } from '../read.ts';
import { type Rule, unless } from '../rule.ts';

const headersPolicy = 'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy';
const object = 'aws:s3/bucketObjectv2:BucketObjectv2';

/** Policy of CloudFront under which nothing is kept. */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

/** The directives of a content security policy, by name. */
const directivesIn = (policy: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    policy
      .split(';')
      .map((directive) => directive.trim().split(/\s+/))
      .map(([name = '', ...sources]) => [name, sources]),
  );

/** What makes a content security policy worthless, and what every one of ours has to forbid. */
function faultsOf(policy: string): readonly string[] {
  const directives = directivesIn(policy);
  const sources = [...directives.values()].flat();
  const scripts = directives.get('script-src') ?? [];
  return [
    ...sources.filter((source) => source.startsWith("'unsafe-")).map((source) => `allows ${source}`),
    ...unless(!sources.some((source) => /^(?:\*|https?:|https?:\/\/\*.*)$/.test(source)), 'allows any host'),
    ...unless(!scripts.some((source) => source.endsWith(':')), 'allows scripts from data'),
    ...['default-src', 'base-uri', 'frame-ancestors'].flatMap((name) =>
      unless(directives.get(name)?.join(' ') === "'none'", `does not close ${name}`),
    ),
  ];
}

export const siteAnswerRules: readonly Rule[] = [
  {
    name: 'site-has-headers',
    asks: 'Every answer of the site gets the headers of one policy.',
    why: 'A page without them runs whatever somebody manages to put into it.',
    sources: [],
    severity: 'high',
    scope: 'stack',
    types: [distributionType],
    check: (resource, graph) => [
      ...behavioursOf(resource).flatMap((behaviour) =>
        unless(
          at(behaviour, 'responseHeadersPolicyId') !== undefined,
          `answers ${pathsOf(behaviour)} without headers`,
        ),
      ),
      ...unless(prerequisites(graph, resource, headersPolicy).length > 0, 'has headers that are not ours'),
    ],
  },
  {
    name: 'site-headers-strict',
    asks: 'The headers allow nothing that the app does not need, no inline script or style and no eval, and cannot be weakened by what is in the bucket.',
    why: 'A transcript or a file name with markup would be a script with the user’s token.',
    sources: [],
    severity: 'high',
    scope: 'resource',
    types: [headersPolicy],
    check: (resource) => {
      const security = 'securityHeadersConfig';
      const overrides = ['contentSecurityPolicy', 'contentTypeOptions', 'strictTransportSecurity'];
      return [
        ...faultsOf(textOf(resource, `${security}.contentSecurityPolicy.contentSecurityPolicy`) ?? ''),
        ...overrides.flatMap((name) =>
          unless(input(resource, `${security}.${name}.override`) === true, `lets the bucket decide ${name}`),
        ),
        ...unless(
          (numberOf(resource, `${security}.strictTransportSecurity.accessControlMaxAgeSec`) ?? 0) >=
            31_536_000,
          'lets browsers forget HTTPS within a year',
        ),
      ];
    },
  },
  {
    name: 'site-answers-api-afresh',
    asks: 'What a server answers, or what may change something, is never kept by CloudFront.',
    why: 'One user would get the records of another.',
    sources: [],
    severity: 'critical',
    scope: 'resource',
    types: [distributionType],
    check: (resource) => {
      const servers = new Set(serversOf(resource).map((origin) => at(origin, 'originId')));
      return behavioursOf(resource)
        .filter((behaviour) => changesThings(behaviour) || servers.has(at(behaviour, 'targetOriginId')))
        .flatMap((behaviour) =>
          unless(
            at(behaviour, 'cachePolicyId') === cachingDisabled,
            `keeps answers to ${pathsOf(behaviour)}`,
          ),
        );
    },
  },
  {
    name: 'site-page-is-no-error-page',
    asks: 'The site answers `/` with its page, and paths of the app by a function, never by error pages.',
    why: 'An error page would turn the API’s 404 into a page with the status 200.',
    sources: ['FSBP CloudFront.1'],
    severity: 'medium',
    scope: 'resource',
    types: [distributionType],
    check: (resource) => [
      ...unless(textOf(resource, 'defaultRootObject') === 'index.html', 'has no page at its root'),
      ...unless(listOf(input(resource, 'customErrorResponses')).length === 0, 'has error pages'),
    ],
  },
  {
    name: 'site-page-is-asked-for-again',
    asks: 'Browsers keep only files of the site whose name changes with their contents.',
    why: 'They would show the old page, and ask it for files that are gone.',
    sources: [],
    severity: 'medium',
    scope: 'resource',
    types: [object],
    check: (resource) =>
      unless(
        textOf(resource, 'cacheControl') === 'no-cache' ||
          /^assets\/.+-[\w-]{8}(?:\.[a-z0-9]+)+$/.test(textOf(resource, 'key') ?? ''),
        'may be kept although its name stays',
      ),
  },
  {
    name: 'site-tells-its-files-types',
    asks: 'Every file of the site says what it is.',
    why: 'Browsers are told not to guess, and run no script whose type is unknown.',
    sources: [],
    severity: 'medium',
    scope: 'resource',
    types: [object],
    check: (resource) => unless(isGiven(resource, 'contentType'), 'does not say what it is'),
  },
];

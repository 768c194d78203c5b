// Which headers protect the app's pages? The same ones on this machine and on the deployed site.

/** Other origins that the app must reach, such as `https://bucket.s3.eu-west-1.amazonaws.com`; `'self'` is always there. */
export interface SitePlaces {
  /** Where it may send requests: the store that takes uploads, who signs users in. */
  readonly connect: readonly string[];
  /** Where pictures, videos and captions come from. */
  readonly media: readonly string[];
  /** Where a form may lead. */
  readonly form: readonly string[];
}

/** Nothing is allowed that is not named: no inline script or style, no `eval`, no third party, no frame around us. */
export const contentSecurityPolicy = ({ connect, media, form }: SitePlaces): string =>
  Object.entries({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:', 'blob:', ...media],
    'media-src': ["'self'", 'blob:', ...media],
    'connect-src': ["'self'", ...connect],
    'font-src': ["'self'"],
    'worker-src': ["'self'", 'blob:'],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'", ...form],
    'frame-ancestors': ["'none'"],
  })
    .map(([directive, sources]) => `${directive} ${[...new Set(sources)].join(' ')}`)
    .join('; ');

/** Camera and microphone for our own pages; what the app never asks for is off. */
const permissions = [
  'camera=(self)',
  'microphone=(self)',
  'fullscreen=(self)',
  'screen-wake-lock=(self)',
  ...['display-capture', 'geolocation', 'payment', 'usb', 'serial', 'midi'].map((name) => `${name}=()`),
].join(', ');

/** Two years; without `includeSubDomains`, because a site may stand at the top of a domain with other people's hosts. */
const strictTransport = 'max-age=63072000';

/** Headers of every page and file of the app, in lower case; `isEncrypted` says that the site is reached by HTTPS only. */
export const siteHeaders = (
  places: SitePlaces & { readonly isEncrypted: boolean },
): Readonly<{ [name: string]: string }> => ({
  'content-security-policy': contentSecurityPolicy(places),
  'permissions-policy': permissions,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  ...(places.isEncrypted ? { 'strict-transport-security': strictTransport } : {}),
});

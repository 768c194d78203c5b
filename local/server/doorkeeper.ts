// Which requests may come in at all? Only those that our own page, or a program of this machine, sends to this address.

/** Every value of every header; names in lower case. */
export type Headers = Readonly<{ [name: string]: readonly string[] | undefined }>;

export interface Doorkeeper {
  /** A sentence that says why not, or `null`. `isApi`: the request asks for or changes what is private. */
  readonly refusal: (headers: Headers, isApi: boolean) => string | null;
}

/** `undefined` when there is none, `null` when there are several. */
const onlyOne = (values: readonly string[] | undefined): string | null | undefined =>
  values === undefined || values.length === 1 ? values?.[0] : null;

/** A page of this machine on another port is of the same site, but not ours. */
const ownSites = new Set(['same-origin', 'none']);

/**
 * For a server on 127.0.0.1 at `port`. A name that was made to lead here (DNS rebinding) comes with its own `Host`, a
 * foreign page with its own `Origin`: both are refused, whatever they ask for.
 */
export function createDoorkeeper(port: number): Doorkeeper {
  const names = ['127.0.0.1', 'localhost'];
  // Browsers leave out the port that goes without saying.
  const hosts = new Set([...names.map((name) => `${name}:${String(port)}`), ...(port === 80 ? names : [])]);
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  return {
    refusal: (headers, isApi) => {
      const [host, origin, site] = ['host', 'origin', 'sec-fetch-site'].map((name) => onlyOne(headers[name]));
      if (!hosts.has(host?.toLowerCase() ?? '')) return 'This server answers only to its own name.';
      if (origin !== undefined && !origins.has(origin ?? ''))
        return 'Requests from other sites are not accepted.';
      if (isApi && site !== undefined && !ownSites.has(site ?? ''))
        return 'Requests from other sites are not accepted.';
      return null;
    },
  };
}

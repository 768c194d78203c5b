// Is a file shown or saved, and under which name (RFC 6266)? The same words from both hosts.

/** What a header may carry of a name as it is; quotes, backslashes and whatever is not ASCII become an underscore. */
const plainName = (name: string): string => name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');

/** RFC 5987: UTF-8 in per cents; `encodeURIComponent` leaves five characters that are not allowed there. */
const encodedName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** `inline` without a name, else `attachment` with it, once for every client and once in Unicode. */
export const contentDisposition = (fileName?: string): string =>
  fileName === undefined
    ? 'inline'
    : `attachment; filename="${plainName(fileName)}"; filename*=UTF-8''${encodedName(fileName)}`;

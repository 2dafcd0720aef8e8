/** An http or https address as two captures of one page share it, however they wrote it. */
export interface PageAddress {
  /** The same for all that are one address. */
  readonly key: string;
  /** What each way of writing it begins with: addresses that may be the same are found by these in an index. */
  readonly beginnings: readonly string[];
}

/**
 * The address without scheme, fragment, default port and a slash at the path's end; null where it is no http or https address (then
 * only the same text is the same address).
 */
export function pageAddress(written: string): PageAddress | null {
  const url = URL.parse(written.trim());
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  const path = url.pathname.replace(/\/+$/, '');
  // `host` leaves out a port that is the scheme's own.
  const place = `${url.host}${path}`;
  const hosts = url.port === '' ? [url.host, `${url.host}:80`, `${url.host}:443`] : [url.host];
  return {
    key: `${place}${url.search}`,
    beginnings: hosts.flatMap((host) => [`http://${host}${path}`, `https://${host}${path}`]),
  };
}

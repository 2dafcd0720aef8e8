/** An http or https address in a form that is equal for two captures of one page. */
export interface PageAddress {
  /** Equal for two addresses of one page. */
  readonly key: string;
  /** Prefixes of the ways to write it, to find candidates in an index. */
  readonly beginnings: readonly string[];
}

/**
 * The address without scheme, fragment, default port and trailing slash. Null for other addresses, which are compared as text.
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

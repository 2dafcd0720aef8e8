import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { TOKEN_HEADER } from '../../../shared/contract/http.ts';

const secret = (): string => randomBytes(32).toString('base64url');

/** Compares in constant time. */
function same(given: string | undefined, wanted: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return given !== undefined && timingSafeEqual(hash(given), hash(wanted));
}

export type Verdict = 'ok' | 'wrong-host' | 'wrong-origin' | 'no-session' | 'no-token';

/** Checks that a request comes from the browser that was let in, and from our page. */
export interface HttpSession {
  /** The first part of every path, `/<prefix>/`. */
  readonly prefix: string;
  readonly token: string;
  /** The address to print, with the one-time key. */
  address(port: number): string;
  /** The cookie to set if this is the key, which is valid once; else null. */
  takeKey(key: string): string | null;
  isEntered(): boolean;
  hasCookie(headers: IncomingHttpHeaders): boolean;
  /**
   * The checks of every request. `changing`: anything but GET and HEAD, which must also have an Origin header and the
   * token. `entering`: it has the one-time key, so it has no cookie yet.
   */
  judge(headers: IncomingHttpHeaders, port: number, how: { changing: boolean; entering: boolean }): Verdict;
}

/**
 * Access checks of the browser host. Any web page can make the browser send requests to 127.0.0.1: under another host name
 * that resolves to it (hence Host), and from any origin (hence Origin, Sec-Fetch-Site, SameSite). And cookies are sent to
 * every port of 127.0.0.1, also of other programs (hence the random prefix, which is the cookie's path, and the token).
 */
export function createHttpSession(): HttpSession {
  const prefix = randomBytes(12).toString('hex');
  const cookieName = `sourcebook-${prefix.slice(0, 8)}`;
  const cookie = secret();
  const token = secret();
  let key: string | null = secret();

  const hasCookie = (headers: IncomingHttpHeaders): boolean =>
    (headers.cookie ?? '').split(/; */).some((pair) => {
      const at = pair.indexOf('=');
      return pair.slice(0, at) === cookieName && same(pair.slice(at + 1), cookie);
    });

  return {
    prefix,
    token,
    address: (port) => `http://127.0.0.1:${port}/${prefix}/?key=${key ?? ''}`,
    takeKey(given) {
      if (key === null || !same(given, key)) return null;
      key = null;
      return `${cookieName}=${cookie}; Path=/${prefix}/; HttpOnly; SameSite=Strict`;
    },
    isEntered: () => key === null,
    hasCookie,
    judge(headers, port, { changing, entering }) {
      if (headers.host !== `127.0.0.1:${port}`) return 'wrong-host';
      const { origin } = headers;
      const home = `http://127.0.0.1:${port}`;
      if (origin !== undefined ? origin !== home : changing) return 'wrong-origin';
      const from = headers['sec-fetch-site'];
      // The printed address may be opened by a link from anywhere: it contains the key.
      if (!entering && (from === 'cross-site' || from === 'same-site')) return 'wrong-origin';
      if (!entering && !hasCookie(headers)) return 'no-session';
      if (!changing) return 'ok';
      const given = headers[TOKEN_HEADER];
      return same(Array.isArray(given) ? given[0] : given, token) ? 'ok' : 'no-token';
    },
  };
}

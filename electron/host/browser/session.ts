import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { TOKEN_HEADER } from '../../../shared/contract/http.ts';

const secret = (): string => randomBytes(32).toString('base64url');

/** Compares without telling by its time how much was right. */
function same(given: string | undefined, wanted: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return given !== undefined && timingSafeEqual(hash(given), hash(wanted));
}

export type Verdict = 'ok' | 'wrong-host' | 'wrong-origin' | 'no-session' | 'no-token';

/** Who may speak with the browser host, and how they prove it. */
export interface HttpSession {
  /** First part of every path, `/<room>/`. */
  readonly room: string;
  readonly token: string;
  /** What is printed: the page's address with its key. */
  address(port: number): string;
  /** The cookie to set when this is the key, for the first and only time; else null. */
  takeKey(key: string): string | null;
  hasCookie(headers: IncomingHttpHeaders): boolean;
  /**
   * The checks every request goes through. `changing`: it is more than a GET, so it must name its origin and carry the
   * token besides the cookie. `entering`: it brings the key, so it has no cookie yet.
   */
  judge(headers: IncomingHttpHeaders, port: number, how: { changing: boolean; entering: boolean }): Verdict;
}

/**
 * The walls of the browser host. A page elsewhere can make the browser send requests to 127.0.0.1, under any name that
 * resolves to it (hence Host), from any origin (hence Origin, Sec-Fetch-Site, SameSite), and other programs here have
 * ports of their own that get our cookies (hence the room, which is the cookie's path, and the token).
 */
export function createHttpSession(): HttpSession {
  const room = randomBytes(12).toString('hex');
  const cookieName = `sourcebook-${room.slice(0, 8)}`;
  const cookie = secret();
  const token = secret();
  let key: string | null = secret();

  const hasCookie = (headers: IncomingHttpHeaders): boolean =>
    (headers.cookie ?? '').split(/; */).some((pair) => {
      const at = pair.indexOf('=');
      return pair.slice(0, at) === cookieName && same(pair.slice(at + 1), cookie);
    });

  return {
    room,
    token,
    address: (port) => `http://127.0.0.1:${port}/${room}/?key=${key ?? ''}`,
    takeKey(given) {
      if (key === null || !same(given, key)) return null;
      key = null;
      return `${cookieName}=${cookie}; Path=/${room}/; HttpOnly; SameSite=Strict`;
    },
    hasCookie,
    judge(headers, port, { changing, entering }) {
      if (headers.host !== `127.0.0.1:${port}`) return 'wrong-host';
      const { origin } = headers;
      const home = `http://127.0.0.1:${port}`;
      if (origin !== undefined ? origin !== home : changing) return 'wrong-origin';
      const from = headers['sec-fetch-site'];
      // A link to the printed address may be followed from anywhere: whoever has it, has the key.
      if (!entering && (from === 'cross-site' || from === 'same-site')) return 'wrong-origin';
      if (!entering && !hasCookie(headers)) return 'no-session';
      if (!changing) return 'ok';
      const given = headers[TOKEN_HEADER];
      return same(Array.isArray(given) ? given[0] : given, token) ? 'ok' : 'no-token';
    },
  };
}

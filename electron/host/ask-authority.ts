import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { Fault } from '../../shared/errors.ts';
import { LARGEST_ANSWER } from '../../shared/model/index.ts';

const PATIENCE_MS = 30_000;
const QUERY = 'application/timestamp-query';
const REPLY = 'application/timestamp-reply';

/** The address of an authority. USAGE for anything but http and https, and for one with a password in it. */
export function authorityAt(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw new Fault(
      'USAGE',
      `“${address}” isn’t the address of a time-stamping authority: it begins with https:// or http://.`,
    );
  return url;
}

/**
 * Sends a request to an authority (RFC 3161, 3.4) and returns its answer, which is still to be verified. The only code of Sourcebook that
 * connects to another computer; nothing calls it but a person who names the address, on the command line or in a window. It follows no redirect and sends
 * nothing but the request. Faults: NOT_FOUND if it can’t be reached, TIMED_OUT, TOO_LARGE, BAD_INPUT for another answer.
 */
export function askAuthority(url: URL, query: Uint8Array, patience = PATIENCE_MS): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const send = url.protocol === 'https:' ? overHttps : overHttp;
  const asked = send(url, {
    method: 'POST',
    agent: false,
    headers: { 'Content-Type': QUERY, Accept: REPLY, 'Content-Length': query.length, 'User-Agent': 'Sourcebook' },
  });
  const fail = (fault: Fault): void => {
    reject(fault);
    asked.destroy();
  };
  const late = setTimeout(
    () =>
      fail(
        new Fault(
          'TIMED_OUT',
          `${url.host} didn’t answer in ${String(patience / 1000)} seconds. The request is kept: try again later.`,
        ),
      ),
    patience,
  );
  asked.on('error', () =>
    fail(new Fault('NOT_FOUND', `${url.host} couldn’t be reached. The request is kept: try again, or carry it there.`)),
  );
  asked.on('response', (answer) => {
    const type = answer.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (answer.statusCode !== 200 || type !== REPLY) {
      fail(
        new Fault(
          'BAD_INPUT',
          `${url.host} didn’t answer as a time-stamping authority does (status ${String(answer.statusCode)}).`,
          {
            status: answer.statusCode ?? 0,
          },
        ),
      );
      return;
    }
    const parts: Buffer[] = [];
    let bytes = 0;
    answer.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > LARGEST_ANSWER)
        fail(new Fault('TOO_LARGE', `${url.host} answered with more than any time stamp has.`));
      else parts.push(part);
    });
    answer.on('end', () => resolve(Buffer.concat(parts)));
  });
  asked.end(query);
  return promise.finally(() => clearTimeout(late));
}

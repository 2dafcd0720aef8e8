import type { Words } from '../strings/use-translation.ts';
import { errorDataOf } from '../../api/index.ts';
import { announce, notifyError } from '../notices/notices.ts';

/** How many characters of the end of a shortened address stay visible: enough for the file’s name or the query. */
const TAIL = 28;

/** An address in two parts: the first is cut where there is no room. Never splits a surrogate pair. */
export function inTwo(url: string): readonly [string, string] {
  const at = Math.max(0, url.length - TAIL);
  const cut = /[\udc00-\udfff]/.test(url.charAt(at)) ? at - 1 : at;
  return cut <= TAIL ? [url, ''] : [url.slice(0, cut), url.slice(cut)];
}

/** An address on one line, shortened in the middle, since pages differ at the end. The title has the whole. */
export function Address({ url }: { url: string }) {
  const [start, end] = inTwo(url);
  return (
    <bdi dir="ltr" className="address" title={url}>
      <span className="cut">{start}</span>
      {end === '' ? null : <span>{end}</span>}
    </bdi>
  );
}

/** Copies an address; nothing navigates to it. */
export function copyAddress(t: Words, address: string): void {
  navigator.clipboard.writeText(address).then(
    () => announce(t('reader.addressCopied')),
    (thrown: unknown) => notifyError(errorDataOf(thrown)),
  );
}

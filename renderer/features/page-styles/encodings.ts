import { useEffect, useState } from 'react';
import { originalPath } from '../../../shared/contract/bytes.ts';
import type { Source } from '../../../shared/model/index.ts';

/**
 * The encodings that can be selected, by their label in the Encoding standard; those frequent in our sources come
 * first.
 */
export const ENCODINGS = [
  'utf-8',
  'gb18030',
  'big5',
  'windows-1251',
  'windows-1256',
  'shift_jis',
  'euc-kr',
  'windows-1252',
  'koi8-r',
  'euc-jp',
  'windows-1254',
  'utf-16le',
  'utf-16be',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** How many bytes of the original are read for the preview. */
const BYTES = 64 * 1024;
const LENGTH = 240;

/** The beginning of an original in an encoding; null if none is selected, or the file is an archive or MHTML. */
export function useBeginning(source: Source, charset: Encoding | null): string | null {
  const [bytes, setBytes] = useState<Uint8Array | null>(null);
  const isPlain = source.archive === null && !/\.mht(?:ml)?$/i.test(source.fileName);
  const isWanted = isPlain && charset !== null;
  useEffect(() => {
    if (!isWanted) return undefined;
    const stop = new AbortController();
    fetch(originalPath(source.id), { headers: { range: `bytes=0-${BYTES - 1}` }, signal: stop.signal })
      .then(async (answer) => setBytes(answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null))
      .catch((thrown: unknown) => {
        if (!stop.signal.aborted) reportError(thrown);
      });
    return () => stop.abort();
  }, [isWanted, source.id]);
  if (!isWanted || bytes === null) return null;
  const decoded = new TextDecoder(charset).decode(bytes);
  return (source.kind === 'page' ? wordsOf(decoded) : decoded).replace(/\s+/g, ' ').trim().slice(0, LENGTH);
}

/** The text of a page, parsed without being shown, run or loaded. */
function wordsOf(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const silent of page.querySelectorAll('script, style, noscript, template')) silent.remove();
  return page.body.textContent;
}

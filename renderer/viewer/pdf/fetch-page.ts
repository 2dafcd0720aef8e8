import { contentPath, layerPagePath } from '../../../shared/contract/bytes.ts';
import { decodePagePayload, type PagePayload } from '../../../shared/text/page-payload.ts';

/** Where the bytes are that a source shows: its original, or what was taken out of an archive. */
export const contentAddress = (source: string): string => new URL(contentPath(source), document.baseURI).href;

/** One page of a text layer with its geometry, from our own host. Rejects where it cannot be read. */
export async function fetchPage(layer: string, page: number): Promise<PagePayload> {
  const answer = await fetch(new URL(layerPagePath(layer, page), document.baseURI));
  if (!answer.ok) throw new Error(`Couldn’t read the text of page ${page} (${answer.status}).`);
  return decodePagePayload(new Uint8Array(await answer.arrayBuffer()));
}

import { layerPagePath, originalPath } from '../../../shared/contract/bytes.ts';
import { decodePagePayload, type PagePayload } from '../../../shared/text/page-payload.ts';

/** Where the bytes of a source's original are. */
export const originalAddress = (source: string): string => new URL(originalPath(source), document.baseURI).href;

/** One page of a text layer with its geometry, from our own host. Rejects where it cannot be read. */
export async function fetchPage(layer: string, page: number): Promise<PagePayload> {
  const answer = await fetch(new URL(layerPagePath(layer, page), document.baseURI));
  if (!answer.ok) throw new Error(`The text of page ${page} could not be read (${answer.status}).`);
  return decodePagePayload(new Uint8Array(await answer.arrayBuffer()));
}

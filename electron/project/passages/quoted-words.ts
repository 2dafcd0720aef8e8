import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import type { TextAnchor } from '../../../shared/model/index.ts';
import { figureIdOf } from '../figures/cards.ts';

/** A record that has a place in a text and states the words there. */
export interface Quoting {
  readonly entity: 'passage' | 'figure';
  readonly id: string;
  readonly layer: string;
  readonly anchor: string;
  /** 1 if its text layer belongs to another source than the one it names. */
  readonly isElsewhere: 0 | 1;
}

/**
 * `unreadable`: its anchor can’t be read. `moved`: the figure is at another place than its id derives from. `words`: other words are there.
 * `elsewhere`: its text layer belongs to another source than the one it names, so the quotation would be attributed to a document that doesn’t
 * contain it. `anchor` is null for an area.
 */
export type QuoteProblem =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'moved' | 'words'; readonly anchor: TextAnchor }
  | { readonly kind: 'elsewhere'; readonly anchor: TextAnchor | null };

/**
 * Compares a record's words with those of its text layer. Returns null if they agree, or if it is an area. `text` returns the layer's text;
 * null if it can’t be read. `idsDerive`: false under pseudonyms, where ids don't derive from places.
 */
export function problemOfQuote(
  { entity, id, layer, anchor: json, isElsewhere }: Quoting,
  text: () => string | null,
  idsDerive: boolean,
): QuoteProblem | null {
  const anchor = readAnchor(json);
  if (anchor === null) return { kind: 'unreadable' };
  if (isElsewhere === 1) return { kind: 'elsewhere', anchor: anchor.kind === 'area' ? null : anchor };
  if (anchor.kind === 'area') return null;
  const words = text();
  if (words === null) return null;
  if (idsDerive && entity === 'figure' && figureIdOf(layer, anchor) !== id) return { kind: 'moved', anchor };
  return words.slice(anchor.start, anchor.end) === anchor.exact ? null : { kind: 'words', anchor };
}

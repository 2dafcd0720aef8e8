import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import type { TextAnchor } from '../../../shared/model/index.ts';
import { figureIdOf } from '../figures/cards.ts';

/** Something that stands at a place of a text and says its words. */
export interface Quoting {
  readonly entity: 'passage' | 'figure';
  readonly id: string;
  readonly layer: string;
  readonly anchor: string;
  /** 1 if its text is another source’s than the one it names. */
  readonly isElsewhere: 0 | 1;
}

/**
 * `unreadable`: its place can’t be read. `moved`: a figure is at another place than its id derives from. `words`: others stand there. `elsewhere`: its text is
 * another source’s than the one it names: what is quoted would be said of a document that doesn’t have it. `anchor`: null of an area.
 */
export type QuoteProblem =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'moved' | 'words'; readonly anchor: TextAnchor }
  | { readonly kind: 'elsewhere'; readonly anchor: TextAnchor | null };

/**
 * What is wrong with its words, beside those of its text layer; null: nothing, or it is an area.
 * `text`: of its layer; null if that can’t be read. `idsDerive`: false under pseudonyms, where ids derive from nothing.
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

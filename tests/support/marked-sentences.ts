import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A sentence with its places marked by hand. */
export interface MarkedSentence {
  readonly text: string;
  readonly marks: readonly Mark[];
  /** Every third sentence was kept back while the rules were written. */
  readonly heldBack: boolean;
}
export interface Mark {
  readonly start: number;
  readonly end: number;
  /** One place, or those a person has to choose from. */
  readonly places: readonly string[];
}

const FOLDER = join(import.meta.dirname, '../fixtures/places');

/**
 * Reads a file of sentences: `{于田县=yutian-co}` marks a place by its id in the gazetteer, where `xj-` may be left out, and
 * `{和田=?hotan-city,hotan-co,hotan-pref}` a name that nothing in the sentence decides. What is not marked is no place.
 */
export function markedSentences(name: string, ids: ReadonlySet<string>): MarkedSentence[] {
  const lines = readFileSync(join(FOLDER, `${name}.txt`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line, at) => {
    let text = '';
    let from = 0;
    const marks: Mark[] = [];
    for (const { 0: whole, 1: words = '', 2: meaning = '', index } of line.matchAll(/\{([^={}]*)=([^}]*)\}/g)) {
      text += line.slice(from, index);
      const places = meaning.replace('?', '').split(',');
      marks.push({
        start: text.length,
        end: text.length + words.length,
        places: places.map((id) => (ids.has(id) ? id : `xj-${id}`)).toSorted(),
      });
      text += words;
      from = index + whole.length;
    }
    return { text: text + line.slice(from), marks, heldBack: at % 3 === 2 };
  });
}

/** A category as far as it can be known again in another codebook. */
export interface Known {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly definition: string;
}

const LEAST_NAME = 0.6;
const LEAST_DEFINITION = 0.5;
const MOST = 3;

/**
 * The categories that one may be, best first: both its name and its definition must be alike (Dice's coefficient, names by
 * pairs of letters of at least 0.6, definitions by words, Han characters one by one, of at least 0.5). Without a definition
 * nothing is proposed: codebooks call different things by one name. Deterministic.
 */
export function proposals<K extends Known>(theirs: Known, mine: readonly K[]): K[] {
  const [name, definition] = [pairs(theirs.name), words(theirs.definition)];
  return mine
    .map((one) => ({ one, likeness: [dice(name, pairs(one.name)), dice(definition, words(one.definition))] as const }))
    .filter(({ likeness: [byName, byDefinition] }) => byName >= LEAST_NAME && byDefinition >= LEAST_DEFINITION)
    .sort((a, b) => score(b.likeness) - score(a.likeness) || (a.one.id < b.one.id ? -1 : 1))
    .slice(0, MOST)
    .map(({ one }) => one);
}

const score = ([byName, byDefinition]: readonly [number, number]): number => byName * byDefinition;

/** Case, width, marks and punctuation make no difference. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function pairs(text: string): Map<string, number> {
  const letters = [...folded(text).replaceAll(' ', '')];
  if (letters.length === 1) return counted(letters);
  return counted(letters.slice(1).map((letter, at) => (letters[at] ?? '') + letter));
}

const words = (text: string): Map<string, number> =>
  counted(folded(text).match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? []);

function counted(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/** Twice what both have over what there is; 0 where there is nothing. */
function dice(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const size = (of: ReadonlyMap<string, number>): number => [...of.values()].reduce((sum, one) => sum + one, 0);
  const all = size(a) + size(b);
  if (all === 0) return 0;
  let shared = 0;
  for (const [token, count] of a) shared += Math.min(count, b.get(token) ?? 0);
  return (2 * shared) / all;
}

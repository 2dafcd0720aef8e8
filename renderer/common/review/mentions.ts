import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { ROLES, type Comment, type Role } from '../../../shared/model/index.ts';

type People = ReviewDetail['people'];
type Mention = Comment['mentions'][number];

/** Somebody a comment can call: everybody of a role, or one person, as it is written after the @. */
export interface Callable {
  readonly mention: Mention;
  readonly name: string;
  readonly role: Role | null;
  /** Those who are called so: of one name that two people have, both are called (shared/review/mentions.ts). */
  readonly people: People;
}

/** Whom one can call: each role, then each name. */
export const callables = (people: People): readonly Callable[] => [
  ...ROLES.map((role) => ({ mention: role, name: role, role, people: [] })),
  ...[...Map.groupBy(people, ({ name }) => name.trim().toLocaleLowerCase()).values()].flatMap((called): Callable[] => {
    const [first] = called;
    return first === undefined ? [] : [{ mention: first.id, name: first.name, role: null, people: called }];
  }),
];

/** What stands after the last @ before the caret, where somebody is being called; null where not. */
export function beingCalled(text: string, caret: number): { readonly from: number; readonly query: string } | null {
  const at = text.lastIndexOf('@', caret - 1);
  if (at < 0 || caret <= at) return null;
  // An address like a@b is none.
  if (at > 0 && /[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return null;
  const query = text.slice(at + 1, caret);
  return query.length > 40 || /[\n@]/u.test(query) ? null : { from: at, query };
}

/** Those whose name, or a word of it, begins with what was typed. */
export function answersTo(all: readonly Callable[], query: string): readonly Callable[] {
  const wanted = query.trim().toLocaleLowerCase();
  // A space after nothing: one goes on writing.
  if (query !== '' && wanted === '') return [];
  return all.filter(({ name }) => {
    const lower = name.toLocaleLowerCase();
    return lower.startsWith(wanted) || lower.split(/[\s.]+/u).some((word) => word !== '' && word.startsWith(wanted));
  });
}

export interface Said {
  readonly text: string;
  readonly called: boolean;
}

/** A comment cut where it calls somebody: the longest name that fits, and only whole words. */
export function saidPieces(text: string, people: People): readonly Said[] {
  return cut(text, callables(people)).map(({ text: words, by }) => ({ text: words, called: by !== null }));
}

function cut(text: string, all: readonly Callable[]): { text: string; by: Callable | null }[] {
  const longest = [...all].sort((a, b) => b.name.length - a.name.length);
  const pieces: { text: string; by: Callable | null }[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at > 0 && /[\p{L}\p{N}]/u.test(text.charAt(at - 1))) continue;
    const rest = text.slice(at + 1).toLocaleLowerCase();
    const by = longest.find(
      ({ name }) =>
        name !== '' && rest.startsWith(name.toLocaleLowerCase()) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
    );
    if (by === undefined) continue;
    const end = at + 1 + by.name.length;
    if (at > from) pieces.push({ text: text.slice(from, at), by: null });
    pieces.push({ text: text.slice(at, end), by });
    from = end;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), by: null });
  return pieces;
}

import { ROLES, type Role } from '../model/index.ts';
import { foldText } from '../text/fold.ts';

/** Someone who can be mentioned by name. */
export interface Callable<Id extends string> {
  readonly id: Id;
  readonly name: string;
}

/**
 * Whom a text mentions: `@checker` everyone with a role, `@Ann` or `@Ann Lee` a person. Case, width and accents are ignored.
 * Of two matching names the longer is meant; a name shared by two people means both. The character before the @ must not be
 * part of a word, so that an e-mail address mentions no one.
 */
export function mentionsIn<Id extends string>(text: string, people: readonly Callable<Id>[]): (Role | Id)[] {
  const folded = foldText(text);
  const names = [
    ...ROLES.map((role) => ({ name: role, called: role })),
    ...people.map(({ id, name }) => ({ name: foldText(name).trim(), called: id })),
  ].filter(({ name }) => name !== '');
  const found = new Set<Role | Id>();
  for (const { index } of folded.matchAll(/(?<![\p{L}\p{N}])@/gu)) {
    const rest = folded.slice(index + 1);
    const fitting = names.filter(
      ({ name }) => rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
    );
    const longest = Math.max(...fitting.map(({ name }) => name.length));
    for (const { name, called } of fitting) if (name.length === longest) found.add(called);
  }
  return [...found];
}

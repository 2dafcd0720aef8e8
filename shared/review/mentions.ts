import { ROLES, type Role } from '../model/index.ts';
import { foldText } from '../text/fold.ts';

/** Somebody who can be called by name. */
export interface Callable<Id extends string> {
  readonly id: Id;
  readonly name: string;
}

/**
 * Whom a text calls: `@checker` everybody of a role, `@Ann` or `@Ann Lee` a person. Case, width and accents do not count; of two
 * names that fit the longer is meant, and of one name that two people have, both. What stands before the @ must not be part of
 * a word, so that an address of e-mail calls nobody.
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

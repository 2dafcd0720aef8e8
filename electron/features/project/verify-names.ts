import { parsed } from '../../../shared/changes/canonical.ts';
import type { VerifyReport } from '../../../shared/contract/project.ts';
import { query } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { type Unsigned, unsigned } from '../../project/people/attribution.ts';

const personName = query<{ id: string }, { name: string | null }>(
  'project.personName',
  `SELECT name FROM p_person WHERE id = $id`,
);
const labelOfCommit = query<{ hash: string }, { label: string | null }>(
  'project.labelOfCommit',
  `SELECT label FROM commit_ WHERE hash = unhex($hash)`,
);

/**
 * What names somebody who did not sign it, by the commit that wrote it. The log is whole where this says something: its
 * signatures say who wrote what, and the words in it name another. A program of ours does so where it brings sources of another
 * project, or settles a conflict about a comment or memo in words of its own; else some other program did.
 */
export function signedOtherwise(context: ReadContext): VerifyReport['remarks'] {
  const { db } = context;
  const nameOf = (id: string): string => db.get(personName, { id })?.name ?? id.slice(0, 8);
  const byCommit = Map.groupBy(
    unsigned(context, null),
    ({ commit, entity, person }) => `${commit} ${entity} ${person}`,
  );
  return [...byCommit.values()].flatMap(([one, ...others]) => {
    if (one === undefined) return [];
    const { entity, commit, by, person } = one;
    const label = parsed(db.get(labelOfCommit, { hash: commit })?.label ?? 'null');
    const what = others.length === 0 ? WORDS[entity][0] : `${String(others.length + 1)} ${WORDS[entity][1]}`;
    const did = typeof label === 'string' ? `, in “${label}”` : '';
    const is = others.length === 0 ? 'is' : 'are';
    return [
      {
        kind: entity,
        id: commit,
        message: `${what} in ${nameOf(person)}’s name ${is} signed by ${nameOf(by)}${did}.`,
      },
    ];
  });
}

const WORDS: Readonly<Record<Unsigned['entity'], readonly [one: string, many: string]>> = {
  tag: ['A tag', 'tags'],
  setting: ['A dimension setting', 'dimension settings'],
  memo: ['A memo', 'memos'],
  comment: ['A comment', 'comments'],
  translation: ['A translation', 'translations'],
  review: ['A review step', 'review steps'],
  adjudication: ['A decision', 'decisions'],
};

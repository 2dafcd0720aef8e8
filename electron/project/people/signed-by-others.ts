import type { CommitHash, PersonId } from '../../../shared/model/index.ts';
import { type Unsigned, unsigned } from './attribution.ts';
import { isIncoming, renamedByOthers, shownNames } from './names.ts';
import { labelOf, type LogOf, type UnsignedReason, ATTRIBUTED_KINDS, type AttributedKind } from './unsigned-reasons.ts';
import { idTextSql } from '../../db/ids.ts';
import { query } from '../../db/types.ts';
import { PERSON } from './attribution-queries.ts';

/**
 * What one commit wrote in the name of someone who did not sign it, or restored against the person it names: records of one kind, for
 * one reason.
 */
export interface SignedByOther {
  readonly kind: Unsigned['entity'] | 'person';
  readonly commit: CommitHash;
  /** Who signed it. */
  readonly by: PersonId;
  readonly reason: UnsignedReason | 'restored';
  readonly records: number;
  /** A sentence. */
  readonly message: string;
}

/** All in the project, or what the merge being judged brings. */
export function signedByOthers(reader: LogOf, which: 'all' | 'incoming'): SignedByOther[] {
  const names = shownNames(reader.db);
  const nameOf = (id: string): string => names.get(id) ?? id.slice(0, 8);
  const groups = Map.groupBy(
    unsigned(reader, which),
    ({ commit, entity, person, reason, takenFrom }) => `${commit} ${entity} ${person} ${reason} ${takenFrom ?? ''}`,
  );
  const records = [...groups.values()].flatMap((group): SignedByOther[] => {
    const [one] = group;
    if (one === undefined) return [];
    const { entity: kind, commit, by, person, reason, takenFrom } = one;
    const label = labelOf(reader, commit);
    const what = group.length === 1 ? WORDS[kind][0] : `${String(group.length)} ${WORDS[kind][1]}`;
    if (takenFrom !== null) {
      const [is, was] = group.length === 1 ? ['is', 'was'] : ['are', 'were'];
      const message = `${what} that ${is} ${nameOf(takenFrom)}’s by their signature ${was} put in ${nameOf(person)}’s name by ${nameOf(by)}${label === null ? '' : `, in “${label}”`}.`;
      return [{ kind, commit, by, reason: reason === 'retyped' ? reason : 'forged', records: group.length, message }];
    }
    const subject = `${what} in ${nameOf(person)}’s name ${group.length === 1 ? 'is' : 'are'} signed by ${nameOf(by)}${label === null ? '' : `, in “${label}”`}`;
    return [{ kind, commit, by, reason, records: group.length, message: `${subject}${WHY[reason]}` }];
  });
  const renamed = renamedByOthers(reader, which).map(({ commit, by, id, name }): SignedByOther => ({
    kind: 'person',
    commit,
    by,
    reason: 'forged',
    records: 1,
    message: `${nameOf(id)}’s name was changed to “${name}” by ${nameOf(by)}.`,
  }));
  return [...records, ...restored(reader, which, nameOf), ...renamed];
}

/** What its person removed and someone else restored. It may be right, and is not for the reader to guess. */
function restored(reader: LogOf, which: 'all' | 'incoming', nameOf: (id: string) => string): SignedByOther[] {
  const found = restoredByOthers(reader, which).filter(({ commit }) => which === 'all' || isIncoming(reader, commit));
  const groups = Map.groupBy(found, ({ commit, entity, person }) => `${commit} ${entity} ${person}`);
  return [...groups.values()].flatMap((group): SignedByOther[] => {
    const [one] = group;
    if (one === undefined) return [];
    const { entity: kind, commit, by, person } = one;
    const label = labelOf(reader, commit);
    const what = group.length === 1 ? WORDS[kind][0] : `${String(group.length)} ${WORDS[kind][1]}`;
    const message = `${what} that ${nameOf(person)} removed ${group.length === 1 ? 'was' : 'were'} restored by ${nameOf(by)}${label === null ? '' : `, in “${label}”`}.`;
    return [{ kind, commit, by, reason: 'restored', records: group.length, message }];
  });
}

const WHY: Readonly<Record<UnsignedReason, string>> = {
  forged: '.',
  added: ': it came from another project, where its own signature is.',
  resolved: ', who resolved a conflict with a new text.',
  unkeyed: ': a file of another program says so. That coder has no key, and signed nothing.',
  // Such a record has a sentence of its own.
  retyped: '.',
  withheld: ': what could explain it was left out of the project file.',
};

const WORDS: Readonly<Record<Unsigned['entity'], readonly [one: string, many: string]>> = {
  passage: ['A passage', 'passages'],
  tag: ['A tag', 'tags'],
  setting: ['A dimension setting', 'dimension settings'],
  memo: ['A memo', 'memos'],
  comment: ['A comment', 'comments'],
  translation: ['A translation', 'translations'],
  review: ['A review step', 'review steps'],
  adjudication: ['A decision', 'decisions'],
  assignment: ['An assignment', 'assignments'],
  snapshot: ['A snapshot', 'snapshots'],
  timestamp: ['A request for a time stamp', 'requests for time stamps'],
  claim: ['A claim', 'claims'],
  reference: ['A reference value', 'reference values'],
  placechoice: ['A choice of a place', 'choices of places'],
  suggestion: ['A decision on a suggestion', 'decisions on suggestions'],
  view: ['A view', 'views'],
  mask: ['A mask', 'masks'],
  notprivate: ['A statement that nobody is named', 'statements that nobody is named'],
  figurecheck: ['A decision on a figure', 'decisions on figures'],
  relationcheck: ['A decision on a relation', 'decisions on relations'],
  draftmark: ['A decision on a sentence of a draft', 'decisions on sentences of drafts'],
  draftrelease: ['A release of a draft', 'releases of drafts'],
};

/** A record that its person removed, and that someone else restored. */
interface Restored {
  readonly entity: AttributedKind;
  /** Who removed it. */
  readonly person: string;
  readonly by: PersonId;
  /** The commit that restored it. */
  readonly commit: CommitHash;
}

/**
 * Live records that their person removed, and that someone else restored since: by undoing a merge or resolving a conflict, out of the
 * trash, or with another program.
 */
function restoredByOthers({ db, project }: LogOf, which: 'all' | 'incoming'): Restored[] {
  const rows = db.all(which === 'all' ? removedAndLive : removedAndLiveIncoming, {});
  return [...Map.groupBy(rows, ({ entity }) => entity)].flatMap(([entity, some]) => {
    const ids = some.map(({ id }) => id);
    const changes = Map.groupBy(project.log.changes(entity, ids, ['deleted']), ({ id }) => id);
    return some.flatMap(({ id, person }): Restored[] => {
      const of = changes.get(id) ?? [];
      const [last, own] = [of.at(-1), of.findLast((one) => one.person === person)];
      if (last === undefined || own?.value !== true || last.value === true || last.person === person) return [];
      return [{ entity, person, by: last.person, commit: last.commit }];
    });
  });
}

/** One pass over an index: few records were ever removed. With 1,000,000 changes a pass over the log took 115 ms, this takes 66. */
export const removedAndLive = query<Record<string, never>, { entity: AttributedKind; id: string; person: string }>(
  'signed.removedAndLive',
  `WITH deletions AS MATERIALIZED (
     SELECT c, i FROM change_ INDEXED BY change_by_field WHERE field IN (
       SELECT field FROM field_ WHERE name = 'deleted' AND entity IN (${ATTRIBUTED_KINDS.map((kind) => `'${kind}'`).join(', ')}))),
   removed AS MATERIALIZED (
     SELECT DISTINCT h.ent FROM deletions d CROSS JOIN change_ h ON h.c = d.c AND h.i = d.i WHERE h.value = 'true')
   ${ATTRIBUTED_KINDS.map(
     (entity) =>
       `SELECT '${entity}' AS entity, r.id, ${PERSON[entity]} AS person FROM removed x
        CROSS JOIN entity_ e ON e.ent = x.ent AND e.kind = '${entity}' CROSS JOIN p_${entity} r ON r.id = ${idTextSql('e.id')}
        WHERE r.deleted IS NOT 1 AND ${PERSON[entity]} IS NOT NULL`,
   ).join(' UNION ALL ')}`,
);

/** The same of the records that the merge being judged adds or changes: the pass over the index was a fortieth of a large one. */
export const removedAndLiveIncoming = query<
  Record<string, never>,
  { entity: AttributedKind; id: string; person: string }
>(
  'signed.removedAndLiveIncoming',
  ATTRIBUTED_KINDS.map(
    (entity) =>
      `SELECT DISTINCT '${entity}' AS entity, r.id, ${PERSON[entity]} AS person FROM field_ f
       CROSS JOIN incoming_record i ON i.entity = '${entity}'
       CROSS JOIN change_ h ON h.ent = i.ent AND h.field = f.field AND h.value = 'true'
       CROSS JOIN p_${entity} r ON r.id = i.id
       WHERE f.entity = '${entity}' AND f.name = 'deleted' AND r.deleted IS NOT 1 AND ${PERSON[entity]} IS NOT NULL`,
  ).join(' UNION ALL '),
);

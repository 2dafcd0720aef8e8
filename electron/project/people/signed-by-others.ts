import type { CommitHash, PersonId } from '../../../shared/model/index.ts';
import { type Unsigned, unsigned } from './attribution.ts';
import { isIncoming, renamedByOthers, shownNames } from './names.ts';
import { restoredByOthers } from './restored-by-others.ts';
import { labelOf, type LogOf, type UnsignedReason } from './unsigned-reasons.ts';

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
    ({ commit, entity, person, reason }) => `${commit} ${entity} ${person} ${reason}`,
  );
  const records = [...groups.values()].flatMap((group): SignedByOther[] => {
    const [one] = group;
    if (one === undefined) return [];
    const { entity: kind, commit, by, person, reason } = one;
    const label = labelOf(reader, commit);
    const what = group.length === 1 ? WORDS[kind][0] : `${String(group.length)} ${WORDS[kind][1]}`;
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
  const found = restoredByOthers(reader).filter(({ commit }) => which === 'all' || isIncoming(reader, commit));
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

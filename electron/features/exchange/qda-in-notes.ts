import { isLanguage } from '../../../shared/model/language.ts';
import type { QdaBy, QdaNote, QdaSelection } from '../../formats/qda/model.ts';
import { derivedId, membershipIdOf, translationIdOf } from '../../project/ids.ts';
import { translationDraft } from '../../../shared/model/review.ts';
import { passageId, type SourceId } from '../../../shared/model/index.ts';
import type { PlacedSource, QdaImport } from './qda-in.ts';
import { DIMENSIONS } from './qda-codes.ts';
import { collectionByName } from './queries.ts';

/** What a memo is on. */
interface Target {
  readonly kind: 'passage' | 'source' | 'category' | 'project';
  readonly id: string;
}

export const quoted = (words: string): string => `“${words.replaceAll(/\s+/g, ' ').trim()}”`;

/**
 * Adds a memo of the importing person. `key` names what in the file it was made of: the same in the same place is one memo. It is a
 * memo of its own, so that nothing that a person wrote there is changed.
 */
export function addMemo({ importing, records }: QdaImport, key: string, target: Target, text: string): boolean {
  const { person } = importing.context;
  const id = derivedId('sourcebook imported memo', key, target.id, person.id);
  return records.add('memo', id, { targetKind: target.kind, target: target.id, text, person: person.id });
}

/** Brings notes in on what they are on. Those of Sourcebook’s that were translations or comments are that again. */
export function notesOn(all: QdaImport, guids: readonly string[], target: Target): void {
  for (const guid of new Set(guids)) {
    const note = all.notes.get(guid);
    if (note === undefined) {
      all.ledger.left.add('Note', 'It is not in the file, only a reference to it.');
      continue;
    }
    const isAdded = noteOn(all, note, target);
    if (isAdded || !all.noted.has(guid)) all.noted.set(guid, isAdded ? 'added' : 'here');
  }
}

const textOf = ({ text }: QdaNote): string => ('content' in text ? text.content : '');
const TRANSLATION = /^Translation \(([\w-]{2,35})\)$/;

function noteOn(all: QdaImport, note: QdaNote, target: Target): boolean {
  const { records, isOwn, importing } = all;
  const { person } = importing.context;
  const text = textOf(note);
  const language = TRANSLATION.exec(note.name ?? '')?.[1];
  const passage = passageId.safeParse(target.kind === 'passage' ? target.id : null).data;
  const draft = { text, person: person.id, method: 'human' } as const;
  const isWhole = translationDraft.safeParse(draft).success;
  if (isOwn && passage !== undefined && language !== undefined && isLanguage(language) && isWhole) {
    return records.add('translation', translationIdOf(passage, language), { passage, language, draft });
  }
  if (isOwn && passage !== undefined && note.name === 'Comment') {
    const id = records.idOf('comment', note.guid, passage, person.id);
    return records.add('comment', id, { passage, text, mentions: [], person: person.id });
  }
  if (records.state('memo', note.guid) === 'here') return false;
  // Sourcebook names each memo so; what others call a note belongs to it.
  const isNamed = note.name !== null && note.name.trim() !== '' && !(isOwn && note.name === 'Memo');
  return addMemo(all, note.guid, target, isNamed ? `${note.name ?? ''}\n\n${text}` : text);
}

/** Notes on categories and the project, and those that are on nothing, which come in on the project. Counts all notes. */
export function notesIn(all: QdaImport): void {
  const { read, codes, ledger, importing } = all;
  const walk = (list: QdaImport['read']['project']['codes']): void => {
    for (const code of list) {
      const to = codes.get(code.guid);
      if (to?.kind === 'category') notesOn(all, code.notes, { kind: 'category', id: to.id });
      else if (code.notes.length > 0)
        ledger.left.add('Note', 'It is on a dimension, which has no memos.', code.notes.length);
      walk(code.codes);
    }
  };
  walk(read.project.codes);
  const project: Target = { kind: 'project', id: importing.context.project.id };
  notesOn(all, read.project.onProject, project);
  const loose = read.project.notes.filter(({ guid }) => !all.noted.has(guid));
  notesOn(
    all,
    loose.map(({ guid }) => guid),
    project,
  );
  for (const { guid } of read.project.notes)
    ledger.count('Notes', 'memos', { found: 1, [all.noted.get(guid) ?? 'here']: 1 });
  if (loose.length > 0) ledger.say('Notes', 'memos', 'Those on nothing that comes in are memos on the project.');
}

/** What the file says of a source as a whole. Codes on it are kept as a memo: here, tags are on passages. */
export function sourceWordsIn(all: QdaImport, { filed, id }: Pick<PlacedSource, 'filed' | 'id'>): void {
  const { source } = filed;
  const names = source.codings.map(({ code }) => quoted(all.codes.get(code)?.name ?? 'a code that is not in the file'));
  if (names.length > 0) {
    all.ledger.count('Codings', 'tags', { found: names.length });
    all.ledger.left.add('Codings', 'They are on a source as a whole. They are kept as a memo on it.', names.length);
  }
  if (id === null) return;
  const by = source.codings.map((coding) => said(all, coding.by)).find((words) => words !== '') ?? '';
  if (names.length > 0)
    addMemo(all, `${source.guid} coded`, { kind: 'source', id }, `Coded as a whole: ${names.join(', ')}${by}.`);
  const notes = [...source.notes, ...source.codings.flatMap((coding) => coding.notes)];
  notesOn(all, notes, { kind: 'source', id });
}

/** ` by coder 2, 2023-02-11T14:03:00Z`, as far as the file says it. */
function said({ users }: QdaImport, { user, at }: QdaBy): string {
  const name = user === null ? null : (users.get(user) ?? 'somebody who is not in the file');
  return `${name === null ? '' : ` by ${quoted(name)}`}${at === null ? '' : `, ${at}`}`;
}

/**
 * Who marked and coded a selection, and when, as the file says it; null if it says nothing. Text, not signed by them: only the person
 * who imports signs.
 */
export function saidBy(all: QdaImport, { by, codings }: QdaSelection): string | null {
  const marked = said(all, by);
  const coded = codings.flatMap((coding) => {
    const words = said(all, coding.by);
    return words === ''
      ? []
      : [`tagged ${quoted(all.codes.get(coding.code)?.name ?? 'a code that is not in the file')}${words}`];
  });
  const parts = [...(marked === '' ? [] : [`marked${marked}`]), ...coded];
  return parts.length === 0
    ? null
    : `Imported from ${quoted(all.importing.file.name)}, which says: ${parts.join('; ')}.`;
}

/**
 * Sets of sources become collections; one that has the name of a collection here is that. `sources`: those that come in, by their
 * GUID; null while that is only counted.
 */
export function collectionsIn(all: QdaImport, sources: ReadonlyMap<string, SourceId | null>): void {
  const { read, records, ledger, importing } = all;
  for (const { guid, name, sources: members, codes } of read.project.sets) {
    if (name === DIMENSIONS) continue;
    if (codes.length > 0) ledger.left.add('Set of codes', 'Sourcebook has no sets of categories.');
    if (members.length === 0 && codes.length > 0) continue;
    if (!members.some((member) => sources.has(member))) {
      ledger.count('Sets', 'collections', { found: 1 });
      ledger.left.add('Sets', 'None of their sources comes in.');
      continue;
    }
    const own = records.state('collection', guid) === 'here' ? guid : null;
    const id = own ?? importing.context.db.get(collectionByName, { name })?.id ?? records.idOf('collection', guid);
    const isAdded = records.add('collection', id, { name, deleted: false });
    ledger.count('Sets', 'collections', { found: 1, [isAdded ? 'added' : 'here']: 1 });
    for (const member of members) {
      const source = sources.get(member) ?? null;
      if (source === null) continue;
      const membership = membershipIdOf(id, source);
      records.add('membership', membership, { collection: id, source, deleted: false });
    }
  }
}

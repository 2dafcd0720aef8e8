import { type Passage, edtfDate } from '../../../shared/model/index.ts';
import {
  aspectsChanged,
  redefinedIn,
  type Basis,
  citedChanges,
  type CitedField,
  type CitedRecord,
} from '../../../shared/review/basis.ts';
import type { Move } from '../../../shared/review/status.ts';
import { DEFINITION_FIELDS } from '../../project/codebook/digest.ts';
import type { ReadContext } from '../../project/context.ts';
import { categoryName } from '../../project/codebook/categories.ts';
import {
  decisionRecords,
  layerWords,
  settingRecords,
  sourceOfPassage,
  tagRecords,
  translationRecords,
  valueWords,
  documentTypeWords,
  memoRecords,
} from './queries.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import { fieldName } from '../../../shared/changes/fields.ts';
import type { Entity } from '../../../shared/changes/registry.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';

/**
 * What there was to look at when the move was made against what there is now, in words, each with who changed it last and
 * when. Where all is as it was, what its person themselves touched since.
 */
export function differencesOf(
  context: ReadContext,
  passage: Passage,
  move: Move & { readonly basis: Basis },
  now: Basis,
  nameOf: (person: string) => string,
): Difference[] {
  const teller = { context, id: passage.id, nameOf };
  const found = changes(teller, passage, move.basis, now);
  if (found.length > 0) return found;
  return [...move.contributedAfter].map((kind) => ({
    what: kind === 'decision' ? 'tags' : kind,
    before: '',
    after: `Edited and reverted by ${nameOf(move.person)}, whose review it rested on`,
    person: nameOf(move.person),
    at: null,
  }));
}

function changes(teller: Teller, passage: Passage, before: Basis, now: Basis): Difference[] {
  return aspectsChanged(before, now).flatMap((aspect): Difference[] => {
    switch (aspect) {
      case 'quote':
        return [
          {
            what: aspect,
            before: before.quote ?? '',
            after: now.quote ?? '',
            ...last(teller, 'passage', [passage.id], ['anchor']),
          },
        ];
      case 'place':
        return [
          {
            what: aspect,
            before: before.place.join('–'),
            after: now.place.join('–'),
            ...last(teller, 'passage', [passage.id], ['anchor']),
          },
        ];
      case 'layer':
        return layers(teller, before, now);
      case 'tags':
        return tags(teller, before, now);
      case 'settings':
        return settings(teller, before, now);
      case 'translation':
        return translations(teller, before, now);
      case 'memo':
        return memos(teller, before, now);
      case 'source':
        return record(teller, before, now);
    }
  });
}

/** The passage may have been moved to another text layer, or its source be read by another one. */
function layers(teller: Teller, before: Basis, now: Basis): Difference[] {
  const { db } = teller.context;
  const words = (id: string | null): string =>
    id === null ? '' : `${db.get(layerWords, { id })?.words ?? 'text layer'} (${id.slice(0, 8)})`;
  const source = db.get(sourceOfPassage, { id: teller.id });
  const moved = before.layer !== now.layer;
  return [
    ...(moved
      ? [
          {
            what: 'layer' as const,
            before: words(before.layer),
            after: words(now.layer),
            ...last(teller, 'passage', [teller.id], ['anchor', 'layer']),
          },
        ]
      : []),
    ...(before.current !== now.current
      ? [
          {
            what: 'layer' as const,
            before: words(before.current),
            after: words(now.current),
            ...last(teller, 'source', source === undefined ? [] : [source.source], ['layer']),
          },
        ]
      : []),
  ];
}

function tags(teller: Teller, before: Basis, now: Basis): Difference[] {
  const { db } = teller.context;
  const { nameOf } = teller;
  const name = (category: string): string => db.get(categoryName, { id: category })?.name ?? category.slice(0, 8);
  const records = db.all(tagRecords, { passage: teller.id });
  const who = (category: string, person: string): Who => {
    const ids = records.filter((one) => one.category === category && one.person === person).map(({ id }) => id);
    const byTag = last(teller, 'tag', ids, ['category', 'person', 'deleted']);
    // It may have gone with its whole category.
    const byCategory = last(teller, 'category', [category], ['deleted']);
    return (byCategory.at ?? 0) > (byTag.at ?? 0) ? byCategory : byTag;
  };
  const told = changedRows(plain(before), plain(now)).map(([[category, person], isNew]): Difference => {
    const words = `${name(category)} (${nameOf(person)})`;
    return { what: 'tags', before: isNew ? '' : words, after: isNew ? words : '', ...who(category, person) };
  });
  for (const category of redefinedIn(before, now))
    told.push({
      what: 'tags',
      before: '',
      after: `${name(category)}: ${redefined(category, before, now)}`,
      ...last(teller, 'category', [category], [...DEFINITION_FIELDS, 'archived']),
    });
  const decision = ({ decided }: Basis): string =>
    decided === null
      ? ''
      : `Decided by ${nameOf(decided.person)}: ${decided.categories.map(name).join(', ') || 'none'}`;
  if (decision(before) !== decision(now)) {
    const ids = db.all(decisionRecords, { passage: teller.id }).map(({ id }) => id);
    const by = last(teller, 'adjudication', ids, ['categories', 'person', 'deleted']);
    told.push({ what: 'tags', before: decision(before), after: decision(now), ...by });
  }
  if (before.person !== now.person)
    told.push({
      what: 'tags',
      before: `Highlighted by ${nameOf(before.person)}`,
      after: `Highlighted by ${nameOf(now.person)}`,
      ...last(teller, 'passage', [teller.id], ['person']),
    });
  return told;
}

function redefined(category: string, before: Basis, now: Basis): string {
  const [then = '', since = ''] = [before, now].map(
    ({ tags: all }) => all.find(([id, , definition]) => id === category && definition !== '')?.[2],
  );
  const [old, isOld] = then.split(' ');
  const [current, isArchived] = since.split(' ');
  const words = [
    ...(old === current ? [] : ['definition changed']),
    ...(isOld === isArchived ? [] : [isArchived === undefined ? 'no longer archived' : 'archived']),
  ];
  return words.join(', ');
}

const plain = ({ tags: all }: Basis) => all.map(([category, person]): [string, string] => [category, person]);

function settings(teller: Teller, before: Basis, now: Basis): Difference[] {
  const { db } = teller.context;
  const records = db.all(settingRecords, { passage: teller.id });
  return changedRows(before.settings, now.settings).map(([[, value, person], isNew]): Difference => {
    const words = `${db.get(valueWords, { id: value })?.words ?? value.slice(0, 8)} (${teller.nameOf(person)})`;
    const ids = records.filter((one) => one.value === value && one.person === person).map(({ id }) => id);
    const by = last(teller, 'setting', ids, ['value', 'person', 'deleted']);
    return { what: 'settings', before: isNew ? '' : words, after: isNew ? words : '', ...by };
  });
}

function translations(teller: Teller, before: Basis, now: Basis): Difference[] {
  const records = teller.context.db.all(translationRecords, { passage: teller.id });
  const textIn = (basis: Basis, language: string): string =>
    basis.translations
      .filter((one) => one.language === language)
      .map(({ text, person, method }) => `${text} (${teller.nameOf(person)}${method === 'machine' ? ', machine' : ''})`)
      .join('\n');
  const plainIn = (basis: Basis, language: string): string =>
    basis.translations
      .filter((one) => one.language === language)
      .map(({ text }) => text)
      .join('\n');
  const languages = [...new Set([...before.translations, ...now.translations].map(({ language }) => language))];
  return languages.flatMap((language): Difference[] => {
    if (textIn(before, language) === textIn(now, language)) return [];
    const ids = records.filter((one) => one.language === language).map(({ id }) => id);
    const by = last(teller, 'translation', ids, ['draft', 'deleted', 'language']);
    // The words alone, where they differ: a difference of words is shown word by word.
    const of = plainIn(before, language) === plainIn(now, language) ? textIn : plainIn;
    return [{ what: 'translation', before: of(before, language), after: of(now, language), ...by }];
  });
}

/** What was noted on the passage, person by person: each has one memo, unless two machines of theirs made two. */
function memos(teller: Teller, before: Basis, now: Basis): Difference[] {
  const { context, id, nameOf } = teller;
  const records = context.db.all(memoRecords, { passage: id });
  const wordsOf = ({ memos: all }: Basis, person: string): string =>
    (all ?? [])
      .filter(([by]) => by === person)
      .map(([, text]) => `${nameOf(person)}: ${text}`)
      .join('\n');
  const people = [...new Set([...(before.memos ?? []), ...(now.memos ?? [])].map(([person]) => person))];
  return people.flatMap((person): Difference[] => {
    const [old, current] = [wordsOf(before, person), wordsOf(now, person)];
    if (old === current) return [];
    const ids = records.filter((one) => one.person === person).map((one) => one.id);
    return [{ what: 'memo', before: old, after: current, ...last(teller, 'memo', ids, ['text', 'person', 'deleted']) }];
  });
}

/** What a citation would print otherwise: each field of the source's record with its name. */
function record(teller: Teller, before: Basis, now: Basis): Difference[] {
  const { db } = teller.context;
  const source = db.get(sourceOfPassage, { id: teller.id });
  const wordsOf = (cited: CitedRecord | null, field: CitedField): string => {
    const text = cited?.[field] ?? '';
    if (text === '') return '';
    const said = field === 'documentType' ? (db.get(documentTypeWords, { code: text })?.words ?? text) : dateOr(text);
    return `${fieldName('source', field)}: ${said}`;
  };
  return citedChanges(before, now).map((field) => ({
    what: 'source',
    before: wordsOf(before.source, field),
    after: wordsOf(now.source, field),
    ...last(teller, 'source', source === undefined ? [] : [source.source], [field]),
  }));
}

/** A date as it is known; one that was concluded says so. */
function dateOr(text: string): string {
  const date = edtfDate.safeParse(parsed(text));
  return date.success ? `${date.data.edtf}${date.data.implied ? ' (implied)' : ''}` : text;
}

type Difference = ReviewDetail['differences'][number];
interface Who {
  readonly person: string | null;
  readonly at: number | null;
}

/** Puts the differences of one passage into words. */
interface Teller {
  readonly context: ReadContext;
  readonly id: string;
  readonly nameOf: (person: string) => string;
}

/** Who was the last to say something of these fields of these records. */
function last({ context, nameOf }: Teller, entity: Entity, ids: readonly string[], fields: readonly string[]): Who {
  const said = ids.length === 0 ? undefined : context.project.log.said(entity, ids, fields).at(-1);
  return said === undefined ? { person: null, at: null } : { person: nameOf(said.person), at: said.at };
}

/** Rows that are gone, then those that are new. */
function changedRows<T extends readonly string[]>(before: readonly T[], now: readonly T[]): [row: T, isNew: boolean][] {
  const key = (row: T): string => row.join(' ');
  const [old, current] = [new Set(before.map(key)), new Set(now.map(key))];
  return [
    ...before.filter((row) => !current.has(key(row))).map((row): [T, boolean] => [row, false]),
    ...now.filter((row) => !old.has(key(row))).map((row): [T, boolean] => [row, true]),
  ];
}

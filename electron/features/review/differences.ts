import { type Passage, edtfDate } from '../../../shared/model/index.ts';
import {
  aspectsChanged,
  redefinedIn,
  type Basis,
  citedChanges,
  type CitedField,
  type CitedRecord,
} from '../../../shared/review/basis.ts';
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
import type { Entity } from '../../../shared/changes/kinds.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import type { Move } from '../../../shared/review/move.ts';

/**
 * What changed between the basis of a move and the passage as it is now, in words, each with who changed it last and when.
 * If nothing differs, the parts that the move's own person edited and reverted since.
 */
export function differencesOf(
  context: ReadContext,
  passage: Passage,
  move: Move & { readonly basis: Basis },
  now: Basis,
  nameOf: (person: string) => string,
): Difference[] {
  const comparison = { context, id: passage.id, nameOf };
  const found = changes(comparison, passage, move.basis, now);
  if (found.length > 0) return found;
  return [...move.contributedAfter].map((kind) => ({
    what: kind === 'decision' ? 'tags' : kind,
    before: '',
    after: `Edited and reverted by ${nameOf(move.person)}, whose review it rested on`,
    person: nameOf(move.person),
    at: null,
  }));
}

function changes(comparison: Comparison, passage: Passage, before: Basis, now: Basis): Difference[] {
  return aspectsChanged(before, now).flatMap((aspect): Difference[] => {
    switch (aspect) {
      case 'quote':
        return [
          {
            what: aspect,
            before: before.quote ?? '',
            after: now.quote ?? '',
            ...last(comparison, 'passage', [passage.id], ['anchor']),
          },
        ];
      case 'place':
        return [
          {
            what: aspect,
            before: before.place.join('–'),
            after: now.place.join('–'),
            ...last(comparison, 'passage', [passage.id], ['anchor']),
          },
        ];
      case 'layer':
        return layers(comparison, before, now);
      case 'tags':
        return tags(comparison, before, now);
      case 'settings':
        return settings(comparison, before, now);
      case 'translation':
        return translations(comparison, before, now);
      case 'memo':
        return memos(comparison, before, now);
      case 'source':
        return record(comparison, before, now);
    }
  });
}

/** The passage may have been moved to another text layer, or its source may have another current layer. */
function layers(comparison: Comparison, before: Basis, now: Basis): Difference[] {
  const { db } = comparison.context;
  const words = (id: string | null): string =>
    id === null ? '' : `${db.get(layerWords, { id })?.words ?? 'text layer'} (${id.slice(0, 8)})`;
  const source = db.get(sourceOfPassage, { id: comparison.id });
  const moved = before.layer !== now.layer;
  return [
    ...(moved
      ? [
          {
            what: 'layer' as const,
            before: words(before.layer),
            after: words(now.layer),
            ...last(comparison, 'passage', [comparison.id], ['anchor', 'layer']),
          },
        ]
      : []),
    ...(before.current !== now.current
      ? [
          {
            what: 'layer' as const,
            before: words(before.current),
            after: words(now.current),
            ...last(comparison, 'source', source === undefined ? [] : [source.source], ['layer']),
          },
        ]
      : []),
  ];
}

function tags(comparison: Comparison, before: Basis, now: Basis): Difference[] {
  const { db } = comparison.context;
  const { nameOf } = comparison;
  const name = (category: string): string => db.get(categoryName, { id: category })?.name ?? category.slice(0, 8);
  const records = db.all(tagRecords, { passage: comparison.id });
  const who = (category: string, person: string): ChangedBy => {
    const ids = records.filter((one) => one.category === category && one.person === person).map(({ id }) => id);
    const byTag = last(comparison, 'tag', ids, ['category', 'person', 'deleted']);
    // The tag may be gone because its category was removed.
    const byCategory = last(comparison, 'category', [category], ['deleted']);
    return (byCategory.at ?? 0) > (byTag.at ?? 0) ? byCategory : byTag;
  };
  const found = changedRows(plain(before), plain(now)).map(([[category, person], isNew]): Difference => {
    const words = `${name(category)} (${nameOf(person)})`;
    return { what: 'tags', before: isNew ? '' : words, after: isNew ? words : '', ...who(category, person) };
  });
  for (const category of redefinedIn(before, now))
    found.push({
      what: 'tags',
      before: '',
      after: `${name(category)}: ${redefined(category, before, now)}`,
      ...last(comparison, 'category', [category], [...DEFINITION_FIELDS, 'archived']),
    });
  const decision = ({ decided }: Basis): string =>
    decided === null
      ? ''
      : `Decided by ${nameOf(decided.person)}: ${decided.categories.map(name).join(', ') || 'none'}`;
  if (decision(before) !== decision(now)) {
    const ids = db.all(decisionRecords, { passage: comparison.id }).map(({ id }) => id);
    const by = last(comparison, 'adjudication', ids, ['categories', 'person', 'deleted']);
    found.push({ what: 'tags', before: decision(before), after: decision(now), ...by });
  }
  if (before.person !== now.person)
    found.push({
      what: 'tags',
      before: `Highlighted by ${nameOf(before.person)}`,
      after: `Highlighted by ${nameOf(now.person)}`,
      ...last(comparison, 'passage', [comparison.id], ['person']),
    });
  return found;
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

function settings(comparison: Comparison, before: Basis, now: Basis): Difference[] {
  const { db } = comparison.context;
  const records = db.all(settingRecords, { passage: comparison.id });
  return changedRows(before.settings, now.settings).map(([[, value, person], isNew]): Difference => {
    const words = `${db.get(valueWords, { id: value })?.words ?? value.slice(0, 8)} (${comparison.nameOf(person)})`;
    const ids = records.filter((one) => one.value === value && one.person === person).map(({ id }) => id);
    const by = last(comparison, 'setting', ids, ['value', 'person', 'deleted']);
    return { what: 'settings', before: isNew ? '' : words, after: isNew ? words : '', ...by };
  });
}

function translations(comparison: Comparison, before: Basis, now: Basis): Difference[] {
  const records = comparison.context.db.all(translationRecords, { passage: comparison.id });
  const textIn = (basis: Basis, language: string): string =>
    basis.translations
      .filter((one) => one.language === language)
      .map(
        ({ text, person, method }) =>
          `${text} (${comparison.nameOf(person)}${method === 'machine' ? ', machine' : ''})`,
      )
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
    const by = last(comparison, 'translation', ids, ['draft', 'deleted', 'language']);
    // Without names if the text itself differs, since text differences are shown word by word.
    const of = plainIn(before, language) === plainIn(now, language) ? textIn : plainIn;
    return [{ what: 'translation', before: of(before, language), after: of(now, language), ...by }];
  });
}

/** Memos by person. One person can have two memos on a passage, made on two computers. */
function memos(comparison: Comparison, before: Basis, now: Basis): Difference[] {
  const { context, id, nameOf } = comparison;
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
    return [
      { what: 'memo', before: old, after: current, ...last(comparison, 'memo', ids, ['text', 'person', 'deleted']) },
    ];
  });
}

/** The changed details of the source that a citation prints, each with its field name. */
function record(comparison: Comparison, before: Basis, now: Basis): Difference[] {
  const { db } = comparison.context;
  const source = db.get(sourceOfPassage, { id: comparison.id });
  const wordsOf = (cited: CitedRecord | null, field: CitedField): string => {
    const text = cited?.[field] ?? '';
    if (text === '') return '';
    const words = field === 'documentType' ? (db.get(documentTypeWords, { code: text })?.words ?? text) : dateOr(text);
    return `${fieldName('source', field)}: ${words}`;
  };
  return citedChanges(before, now).map((field) => ({
    what: 'source',
    before: wordsOf(before.source, field),
    after: wordsOf(now.source, field),
    ...last(comparison, 'source', source === undefined ? [] : [source.source], [field]),
  }));
}

/** A date, marked if it is implied. */
function dateOr(text: string): string {
  const date = edtfDate.safeParse(parsed(text));
  return date.success ? `${date.data.edtf}${date.data.implied ? ' (implied)' : ''}` : text;
}

type Difference = ReviewDetail['differences'][number];
interface ChangedBy {
  readonly person: string | null;
  readonly at: number | null;
}

/** What the comparison of one passage needs. */
interface Comparison {
  readonly context: ReadContext;
  readonly id: string;
  readonly nameOf: (person: string) => string;
}

/** Who last changed any of these fields of these records. */
function last(
  { context, nameOf }: Comparison,
  entity: Entity,
  ids: readonly string[],
  fields: readonly string[],
): ChangedBy {
  const change = ids.length === 0 ? undefined : context.project.log.changes(entity, ids, fields).at(-1);
  return change === undefined ? { person: null, at: null } : { person: nameOf(change.person), at: change.at };
}

/** Removed rows, then new ones. */
function changedRows<T extends readonly string[]>(before: readonly T[], now: readonly T[]): [row: T, isNew: boolean][] {
  const key = (row: T): string => row.join(' ');
  const [old, current] = [new Set(before.map(key)), new Set(now.map(key))];
  return [
    ...before.filter((row) => !current.has(key(row))).map((row): [T, boolean] => [row, false]),
    ...now.filter((row) => !old.has(key(row))).map((row): [T, boolean] => [row, true]),
  ];
}

import { useCallback, useMemo } from 'react';
import { isFixedField, MISSING, QUERY_FIELDS } from '../../../shared/query/fields.ts';
import { SOURCE_GRADES } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useCategoryChoices, usePersonChoices, useSourceChoices, type Choice } from '../choices/FilterChoice.tsx';
import { languageName } from '../review/languages.ts';
import { SHOWN_STATES } from '../review/state.ts';
import { useTranslation } from '../strings/use-translation.ts';

/** A value that can be chosen for a field. `id`: how the query writes it. */
export interface FieldChoice extends Choice<string> {
  /** Other spellings of the value. */
  readonly names: readonly string[];
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
/** The choice that a query’s value means; undefined for a part of a name, or a name not known in this project. */
export const choiceOf = (choices: readonly FieldChoice[], value: string): FieldChoice | undefined =>
  choices.find(({ id, names }) => isSame(id, value) || names.some((name) => isSame(name, value)));

export interface Fields {
  /** All fields, in the order of the form. */
  readonly all: readonly string[];
  readonly nameOf: (field: string) => string;
  /** The values to choose from; null for a field with free text. */
  readonly choicesOf: (field: string) => readonly FieldChoice[] | null;
}

/** Names of records for use in a query, each of them unique: records with the same name are written by id. */
function distinct<One extends Choice<string>>(all: readonly One[], wordOf: (one: One) => string): FieldChoice[] {
  const counts = new Map<string, number>();
  for (const one of all) {
    const word = wordOf(one).toLowerCase();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return all.map((one) => {
    const word = wordOf(one);
    const isOnly = counts.get(word.toLowerCase()) === 1;
    return { ...one, id: isOnly && word !== '' ? word : one.id, names: isOnly ? [one.id] : [] };
  });
}

/** The fields of a query: their names, and the values to choose from in this project. */
export function useFields(): Fields {
  const { t } = useTranslation();
  const book = useCall('codebook.get', {}).data;
  const sources = useCall('sources.list', {}).data?.sources;
  const collections = useCall('collections.list', {}).data?.collections;
  const places = useCall('places.list', {}).data?.places;
  const categories = useCategoryChoices();
  const people = usePersonChoices();
  const sourceChoices = useSourceChoices();
  const dimensions = useMemo(() => (book?.dimensions ?? []).filter(({ on }) => on === 'passage'), [book]);
  const choices = useMemo(() => {
    const codeOf = new Map(book?.categories.map(({ id, code }) => [id, code]));
    const titleOf = new Map(sources?.map(({ id, title, fileName }) => [id, title ?? fileName]));
    const codes = (all: readonly { code: string; label: string }[]): FieldChoice[] =>
      all.map(({ code, label }) => ({ id: code, name: label, also: code, names: [label] }));
    const languages = [...new Set(sources?.flatMap(({ language }) => language ?? []))].sort();
    const ofSources = distinct(sourceChoices, ({ id }) => titleOf.get(id) ?? '');
    const byField = new Map<string, readonly FieldChoice[]>([
      ['category', categories.map((one) => ({ ...one, id: codeOf.get(one.id) ?? one.id, names: [one.name, one.id] }))],
      ['person', distinct(people, ({ name }) => name)],
      ['source', ofSources],
      ['origin', ofSources],
      [
        'collection',
        distinct(
          (collections ?? []).map(({ id, name }) => ({ id: id as string, name, also: '' })),
          ({ name }) => name,
        ),
      ],
      [
        'place',
        distinct(
          (places ?? []).map(({ id, name, names }) => ({ id, name, also: names.join(' ') })),
          ({ name }) => name,
        ),
      ],
      ['type', codes(book?.dimensions.find(({ code }) => code === 'doctype')?.values ?? [])],
      ['lang', languages.map((id) => ({ id, name: languageName(id), also: id, names: [] }))],
      ['grade', SOURCE_GRADES.map((id) => ({ id, name: id, also: '', names: [] }))],
      ['state', SHOWN_STATES.map((id) => ({ id, name: t(`review.states.${id}`), also: id, names: [] }))],
      ['missing', MISSING.map((id) => ({ id, name: t(`queryForm.missing.${id}`), also: id, names: [] }))],
      ...dimensions.map(({ code, values }): [string, FieldChoice[]] => [code, codes(values)]),
    ]);
    return byField;
  }, [book, sources, collections, places, categories, people, sourceChoices, dimensions, t]);
  const fixed = useMemo(() => Object.keys(QUERY_FIELDS), []);
  const all = useMemo(() => [...fixed, ...dimensions.map(({ code }) => code)], [fixed, dimensions]);
  const nameOf = useCallback(
    (field: string): string =>
      isFixedField(field)
        ? t(`queryForm.fields.${field}`)
        : (dimensions.find(({ code }) => isSame(code, field))?.name ?? field),
    [dimensions, t],
  );
  return useMemo(() => ({ all, nameOf, choicesOf: (field) => choices.get(field) ?? null }), [all, nameOf, choices]);
}

import { dimensionOf } from '../../../shared/contract/evidence-facets.ts';
import type { EvidenceColumn, EvidenceRow } from '../../../shared/contract/evidence.ts';
import type { EvidencePlace } from '../../../shared/contract/evidence-places.ts';
import type { Cell } from '../../formats/report/csv-cells.ts';
import type { XlsxColumn } from '../../formats/xlsx/write.ts';
import type { Evidence } from '../../project/evidence/read-set.ts';

/** A column of a table that is exported: how it is called and what it means, and what it has of a row. */
export interface WrittenColumn extends XlsxColumn {
  readonly of: (row: EvidenceRow) => Cell;
}

const text = (name: string, means: string, of: WrittenColumn['of']): WrittenColumn => ({
  name,
  means,
  kind: 'text',
  of,
});
const date = (name: string, means: string, of: WrittenColumn['of']): WrittenColumn => ({
  name,
  means,
  kind: 'date',
  of,
});
const number = (name: string, means: string, of: WrittenColumn['of']): WrittenColumn => ({
  name,
  means,
  kind: 'number',
  of,
});

/** What every table has: whereby a row is found again in the project. */
export const IDS: readonly WrittenColumn[] = [
  text('passage id', 'The passage’s identity in the project. The same in every copy of it.', ({ passage }) => passage),
  text('source id', 'The source’s identity. It derives from the SHA-256 of its original.', ({ source }) => source),
];

/** Of two columns of the table, which each show it. */
const PAGE = number('page', 'The page it begins on, from 1.', ({ page }) => page);

/** The columns that a column of the table is written as. */
export function writtenColumns({ codebook, people }: Evidence, column: EvidenceColumn): WrittenColumn[] {
  const codeOf = (id: string): string => codebook.byId.get(id)?.code ?? id;
  const nameOf = (id: string): string => people.get(id) ?? id.slice(0, 8);
  switch (column) {
    case 'quote':
      return [
        text(
          'quote',
          'The words of the passage as they stand in the source’s text. Empty for an area.',
          ({ quote }) => quote,
        ),
      ];
    case 'translation':
      return [
        text(
          'translation',
          'Its translation: the English one if there is one, else the first by language.',
          ({ translation }) => translation?.text ?? null,
        ),
        text(
          'translation language',
          'The language of that translation (BCP 47).',
          ({ translation }) => translation?.language ?? null,
        ),
      ];
    case 'category':
      return [
        text(
          'categories',
          'The codes of the categories it is tagged with, in the codebook’s order.',
          ({ categories }) => categories.map(({ category }) => codeOf(category)).join('; '),
        ),
        text('tagged by', 'Who gave it these categories.', ({ categories }) =>
          [...new Set(categories.flatMap((one) => one.people))].map(nameOf).join('; '),
        ),
      ];
    case 'place':
      return [
        PAGE,
        number(
          'start',
          'Where it begins in the source’s text, in UTF-16 code units. Empty for an area.',
          ({ start }) => start,
        ),
      ];
    case 'places':
      return PLACES;
    case 'source':
    case 'origin':
    case 'publisher':
    case 'type':
    case 'language':
    case 'grade':
    case 'act':
    case 'document':
    case 'published':
    case 'captured':
      return ofSource(codebook, column);
    case 'state':
      return [text('state', 'How far its review has come.', ({ state }) => state)];
    case 'person':
      return [text('highlighted by', 'Who made the passage.', ({ person }) => nameOf(person))];
    case 'created':
      return [date('highlighted on', 'When it was made.', ({ createdAt }) => new Date(createdAt).toISOString())];
    case 'memo':
      return [text('memo', 'Whether somebody wrote a memo on it.', ({ memo }) => (memo ? 'yes' : null))];
    default: {
      const dimension = codebook.dimensions.find(({ code }) => code === dimensionOf(column));
      const labels = new Map(dimension?.values.map(({ id, label }) => [id, label]));
      return [
        text(dimension?.name ?? column, 'A dimension of the codebook: the values the passage has.', ({ settings }) =>
          settings.flatMap(({ value }) => labels.get(value) ?? []).join('; '),
        ),
      ];
    }
  }
}

const namesIn = (places: EvidenceRow['places'], kinds: readonly EvidencePlace['kind'][]): string =>
  (places ?? []).flatMap(({ name, kind }) => (kinds.includes(kind) ? [name] : [])).join('; ');

const PLACES: WrittenColumn[] = [
  text('places', 'The places that its words name, or likely name.', ({ places }) =>
    namesIn(places, ['sure', 'likely', 'among']),
  ),
  text(
    'place of the source',
    'Where its words name no place: the place of its source, by title or publisher.',
    ({ places }) => namesIn(places, ['source']),
  ),
  text('place ids', 'The same places by their IDs in the gazetteer.', ({ places }) =>
    (places ?? []).map(({ place }) => place).join('; '),
  ),
];

type OfSource = Extract<
  EvidenceColumn,
  'source' | 'origin' | 'publisher' | 'type' | 'language' | 'grade' | 'act' | 'document' | 'published' | 'captured'
>;

/** Columns that say something of the passage’s source. */
function ofSource({ types }: Evidence['codebook'], column: OfSource): WrittenColumn[] {
  switch (column) {
    case 'source':
      return [text('source title', 'The title of the source it is in.', ({ sourceTitle }) => sourceTitle), PAGE];
    case 'origin':
      return [
        text(
          'copy of',
          'The source that this one is a copy of, as somebody confirmed; empty for the origin itself.',
          ({ copies, source }) => (copies?.origin?.source === source ? null : (copies?.origin?.title ?? null)),
        ),
        number(
          'other copies',
          'How many other sources are copies of the same text.',
          ({ copies }) => copies?.others ?? null,
        ),
      ];
    case 'publisher':
      return [text('publisher', 'Who published the source.', ({ publisher }) => publisher)];
    case 'type':
      return [text('type', 'The type of document.', ({ type }) => (type === null ? null : (types.get(type) ?? type)))];
    case 'language':
      return [text('source language', 'The language of the source (BCP 47).', ({ language }) => language)];
    case 'grade':
      return [text('source grade', 'How much the team relies on the source.', ({ grade }) => grade)];
    case 'act':
      return [date('date of act', 'When what the source tells of was done.', ({ dates }) => dates.act)];
    case 'document':
      return [date('date of document', 'The date on the document.', ({ dates }) => dates.document)];
    case 'published':
      return [date('date of publication', 'When it was published.', ({ dates }) => dates.published)];
    case 'captured':
      return [date('date of capture', 'When the team captured it.', ({ dates }) => dates.captured)];
  }
}

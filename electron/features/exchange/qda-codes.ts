import type { QdaCode, QdaSet } from '../../formats/qda/model.ts';
import { descriptionOf } from '../../formats/qda/category-description.ts';
import { hexColour } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { type WholeCategory, wholeCategories } from '../../project/codebook/categories.ts';
import { termsFrom } from '../../project/codebook/terms.ts';
import { collectionsToExchange, dimensionsToExchange, type NoteRow, valuesToExchange } from './queries.ts';

/** The set that holds the codes made of dimensions, by which an import knows them again. */
export const DIMENSIONS = 'Dimensions (Sourcebook)';

const UNNAMED = 'unnamed';

/**
 * The codebook as codes: categories as they lie below one another, then each dimension as a code that only groups its values.
 * A category whose parent is in the trash stands at the top.
 */
export function codesOf(
  { db }: Pick<ReadContext, 'db'>,
  notes: ReadonlyMap<string, readonly NoteRow[]> = new Map(),
): { readonly codes: QdaCode[]; readonly categories: number } {
  const live = db.all(wholeCategories, {}).filter(({ deleted, mergedInto }) => deleted !== 1 && mergedInto === null);
  const ids = new Set(live.map(({ id }) => id));
  const below = Map.groupBy(live, ({ parent }) => (parent !== null && ids.has(parent) ? parent : null));
  // Categories that lie in a ring below each other have no top: each is then written once, where it is met first.
  const written = new Set<string>();
  const codeOf = (row: WholeCategory): QdaCode[] => {
    if (written.has(row.id)) return [];
    written.add(row.id);
    return [
      {
        guid: row.id,
        name: row.name ?? row.code ?? UNNAMED,
        isCodable: true,
        colour: hexColour.safeParse(row.colour).data ?? null,
        description: descriptionOf({
          code: row.code,
          definition: row.definition ?? '',
          include: row.include ?? '',
          exclude: row.exclude ?? '',
          terms: {
            Chinese: termsFrom(row.termsZh).map(({ term }) => term),
            English: termsFrom(row.termsEn).map(({ term }) => term),
          },
        }),
        notes: (notes.get(row.id) ?? []).map(({ id }) => id),
        codes: (below.get(row.id) ?? []).flatMap(codeOf),
      },
    ];
  };
  const tops = (below.get(null) ?? []).flatMap(codeOf);
  const codes = [...tops, ...live.flatMap(codeOf)];
  return { codes: [...codes, ...dimensionCodes(db)], categories: live.length };
}

function dimensionCodes(db: ReadContext['db']): QdaCode[] {
  const values = Map.groupBy(db.all(valuesToExchange, {}), ({ dimension }) => dimension);
  return db.all(dimensionsToExchange, {}).map(({ id, name, code, note }) => ({
    guid: id,
    name: name ?? code ?? UNNAMED,
    isCodable: false,
    colour: null,
    description: note === '' ? null : note,
    notes: [],
    codes: (values.get(id) ?? []).map((value) => ({
      guid: value.id,
      name: value.label ?? value.code ?? UNNAMED,
      isCodable: true,
      colour: null,
      description: value.note === '' ? null : value.note,
      notes: [],
      codes: [],
    })),
  }));
}

/** Collections with their sources, and the dimensions. `sources`: those that are written; null: only the dimensions. */
export function setsOf({ db }: ReadContext, id: string, sources: ReadonlySet<string> | null): QdaSet[] {
  const rows = sources === null ? [] : db.all(collectionsToExchange, {});
  const collections = Map.groupBy(rows, (row) => row.id);
  const sets = [...collections].map(([guid, members]) => ({
    guid,
    name: members[0]?.name ?? UNNAMED,
    description: null,
    codes: [],
    sources: members.flatMap(({ source }) => (source !== null && sources?.has(source) === true ? [source] : [])),
  }));
  const dimensions = db.all(dimensionsToExchange, {}).map((row) => row.id);
  if (dimensions.length === 0) return sets;
  const description = 'Their values say something of passages beside the categories, such as who speaks.';
  return [...sets, { guid: id, name: DIMENSIONS, description, codes: dimensions, sources: [] }];
}

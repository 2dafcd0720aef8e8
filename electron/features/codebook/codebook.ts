import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Edit, Json } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { readBook } from './category-tree.ts';
import { removedOf } from './queries.ts';
import { derivedId } from '../../project/ids.ts';
import { CODEBOOK_FORMAT, type CodebookFile, codebookFile } from '../../../shared/model/codebook.ts';
import builtIn from './xinjiang-labour.json' with { type: 'json' };

export function editTitle(context: WriteContext, { title, version }: CallArgs<'codebook.edit'>): Record<string, never> {
  const set = (field: 'codebookTitle' | 'codebookVersion', value: string): Edit => ({
    entity: 'project',
    id: context.project.id,
    field,
    value,
  });
  const label = title === undefined ? `Set codebook version to ${version ?? ''}` : `Rename codebook to “${title}”`;
  context.db.commit(label, [
    ...(title === undefined ? [] : [set('codebookTitle', title)]),
    ...(version === undefined ? [] : [set('codebookVersion', version)]),
  ]);
  return {};
}

/** The built-in codebook has the same ids in every project, so installing it again restores records that were undone or removed. */
export function installBuiltIn(context: WriteContext, _input: CallArgs<'codebook.install'>): Record<string, never> {
  if (readBook(context.db).byId.size > 0)
    throw new Fault(
      'EXISTS',
      'This project already has categories. To add a codebook, remove them or create a new project.',
      {},
    );
  const edits = codebookEdits(context.project.id, xinjiangLabour());
  const ids = JSON.stringify([...new Set(edits.map(({ id }) => id))]);
  const back = context.db
    .all(removedOf, { ids })
    .map(({ id, entity }): Edit => ({ entity, id, field: 'deleted', value: false }));
  context.db.commit('Add built-in codebook', [...edits, ...back]);
  return {};
}

/** The built-in codebook: 77 categories in 12 families, 12 dimensions. */
export const xinjiangLabour = (): CodebookFile => codebookFile.parse(builtIn);
/** A codebook without categories or dimensions. */
export const emptyCodebook = (): CodebookFile => ({
  format: CODEBOOK_FORMAT,
  id: 'empty',
  title: 'Own codebook',
  version: '0.1.0',
  language: 'en',
  rules: [],
  categories: [],
  dimensions: [],
});

export const categoryIdOf = (codebook: string, code: string): string => derivedId('category', codebook, code);
const dimensionIdOf = (codebook: string, code: string): string => derivedId('dimension', codebook, code);
const valueIdOf = (codebook: string, dimension: string, code: string): string =>
  derivedId('value', codebook, dimension, code);

/** The edits that add a codebook to a project. Positions follow the order of the file. */
export function codebookEdits(project: string, book: CodebookFile): Edit[] {
  const titles: Edit[] = [
    { entity: 'project', id: project, field: 'codebookTitle', value: book.title },
    { entity: 'project', id: project, field: 'codebookVersion', value: book.version },
  ];
  return [
    ...titles,
    ...book.categories.flatMap((category, at) => categoryEdits(book.id, category, at)),
    ...book.dimensions.flatMap((dimension, at) => dimensionEdits(book.id, dimension, at)),
  ];
}

function categoryEdits(book: string, category: CodebookFile['categories'][number], position: number): Edit[] {
  const id = categoryIdOf(book, category.code);
  const set = (field: Extract<Edit, { entity: 'category' }>['field'], value: Json): Edit => ({
    entity: 'category',
    id,
    field,
    value,
  });
  return [
    set('code', category.code),
    set('parent', category.parent === null ? null : categoryIdOf(book, category.parent)),
    set('name', category.name),
    set('definition', category.definition),
    set('include', category.include),
    set('exclude', category.exclude),
    set('termsZh', category.termsZh),
    set('termsEn', category.termsEn),
    set('colour', category.colour),
    set('position', position),
  ];
}

function dimensionEdits(book: string, dimension: CodebookFile['dimensions'][number], position: number): Edit[] {
  const id = dimensionIdOf(book, dimension.code);
  const set = (field: Extract<Edit, { entity: 'dimension' }>['field'], value: Json): Edit => ({
    entity: 'dimension',
    id,
    field,
    value,
  });
  const own = [
    set('code', dimension.code),
    set('name', dimension.name),
    set('single', dimension.single),
    set('on', dimension.on),
    set('note', dimension.note),
    set('position', position),
  ];
  return [...own, ...dimension.values.flatMap((value, at) => valueEdits(book, dimension.code, value, at))];
}

function valueEdits(
  book: string,
  dimension: string,
  value: CodebookFile['dimensions'][number]['values'][number],
  position: number,
): Edit[] {
  const id = valueIdOf(book, dimension, value.code);
  const set = (field: Extract<Edit, { entity: 'value' }>['field'], to: Json): Edit => ({
    entity: 'value',
    id,
    field,
    value: to,
  });
  return [
    set('dimension', dimensionIdOf(book, dimension)),
    set('code', value.code),
    set('label', value.label),
    set('note', value.note),
    set('names', value.names),
    set('parent', value.parent === null ? null : valueIdOf(book, dimension, value.parent)),
    set('position', position),
  ];
}

import { z } from 'zod';
import type { codebook } from '../../../shared/contract/codebook.ts';
import {
  category,
  dimension,
  dimensionId,
  NO_COLOUR,
  dimensionValue,
  valueId,
  type Category,
  type Dimension,
} from '../../../shared/model/index.ts';
import type { Handlers, ReadContext } from '../../project/context.ts';
import type { WholeCategory } from '../../project/codebook/categories.ts';
import { listFrom, termsFrom } from '../../project/codebook/terms.ts';
import { projectTitles } from '../../project/project-titles.ts';
import { archive, remove, add, edit, move } from './edit.ts';
import { inTreeOrder, readBook } from './category-tree.ts';
import { passagesOf, useOf, countAll, counts, type Counts } from './usage.ts';
import { merge, split } from './merge-split.ts';
import { allDimensions, allValues } from './queries.ts';
import { editTitle, installBuiltIn } from './codebook.ts';
import { addValue, editValue, removeValue } from './values.ts';

const names = z.array(z.string());

function toCategory(row: WholeCategory, position: number, { own, deep }: Counts): Category {
  return category.parse({
    id: row.id,
    code: row.code ?? row.id.slice(0, 8),
    parent: row.parent,
    name: row.name ?? row.code ?? row.id.slice(0, 8),
    definition: row.definition ?? '',
    include: row.include ?? '',
    exclude: row.exclude ?? '',
    termsZh: termsFrom(row.termsZh),
    termsEn: termsFrom(row.termsEn),
    colour: row.colour ?? NO_COLOUR,
    position,
    shortcut: row.shortcut,
    mergedInto: row.mergedInto,
    archived: row.archived === 1,
    deleted: row.deleted === 1,
    passages: own.get(row.id) ?? 0,
    deepPassages: deep.get(row.id) ?? own.get(row.id) ?? 0,
  });
}

function dimensions({ db }: ReadContext): Dimension[] {
  const values = Map.groupBy(db.all(allValues, {}), (value) => value.dimension);
  return db.all(allDimensions, {}).map((row) =>
    dimension.parse({
      id: dimensionId.parse(row.id),
      code: row.code ?? row.id.slice(0, 8),
      name: row.name ?? row.code ?? '',
      single: row.single === 1,
      on: row.on === 'source' ? 'source' : 'passage',
      note: row.note ?? '',
      values: (values.get(row.id) ?? []).map((value) =>
        dimensionValue.parse({
          id: valueId.parse(value.id),
          code: value.code ?? value.id.slice(0, 8),
          label: value.label ?? value.code ?? '',
          note: value.note ?? '',
          names: listFrom(names, value.names),
          parent: value.parent,
        }),
      ),
    }),
  );
}

export const codebookHandlers: Handlers<typeof codebook> = {
  'codebook.get': (context) => {
    const counted = counts(context);
    const title = context.db.get(projectTitles, { id: context.project.id });
    const book = readBook(context.db);
    return {
      title: title?.codebookTitle ?? '',
      version: title?.codebookVersion ?? '',
      categories: inTreeOrder(book).map((row, position) => toCategory(row, position, counted)),
      rings: [...book.rings],
      dimensions: dimensions(context),
    };
  },
  'codebook.counts': countAll,
  'codebook.edit': editTitle,
  'codebook.install': installBuiltIn,
  'categories.add': add,
  'categories.edit': edit,
  'categories.move': move,
  'categories.merge': merge,
  'categories.split': split,
  'categories.archive': archive,
  'categories.remove': remove,
  'categories.use': useOf,
  'categories.passages': passagesOf,
  'values.add': addValue,
  'values.edit': editValue,
  'values.remove': removeValue,
};

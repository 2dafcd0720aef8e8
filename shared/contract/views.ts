import { z } from 'zod';
import { personId, viewId } from '../model/index.ts';
import { call } from './define.ts';
import { searchScope } from './search.ts';
import { evidenceColumn, evidenceFacet, evidenceSort } from './evidence.ts';
import { viewFigures } from './view-figures.ts';

/** `search`: a saved search, listed by the search; `figures`: the table of figures; the others are shapes of the evidence. */
export const VIEW_SHAPES = ['table', 'matrix', 'timeline', 'places', 'coverage', 'search', 'figures'] as const;
export const viewShape = z.enum(VIEW_SHAPES);
export type ViewShape = z.infer<typeof viewShape>;

/** What a view keeps. The query is kept as written, also one that this version cannot read. */
const kept = z.object({
  query: z.string().max(100_000),
  shape: viewShape,
  /** Of the table, in order; empty for the usual ones. */
  columns: z.array(evidenceColumn).max(100),
  sort: z.array(evidenceSort).max(4),
  group: evidenceFacet.nullable(),
  /** Of a search: what is searched; empty for everything. */
  scopes: z.array(searchScope).max(100),
  /** What was set of each figure. */
  ...viewFigures.shape,
});

/** A saved filter of the evidence with its shape and columns, or a saved search. */
export const savedView = kept.extend({
  id: viewId,
  /** A merge can bring one that is longer than what is written here. */
  query: z.string(),
  name: z.string(),
  /** Who made it; null if the log does not say. */
  person: personId.nullable(),
  /** Epoch ms. */
  createdAt: z.number(),
  /**
   * What a newer version wrote that this one does not understand, by the names of its fields: the usual is shown instead, and what is
   * written stays until somebody changes that field.
   */
  unknown: z.array(kept.keyof()),
});
export type SavedView = z.infer<typeof savedView>;

const viewName = z.string().trim().min(1).max(200);

/** Saved views of the evidence, and saved searches. */
export const views = {
  /** By name. Two people may each have made one with the same name: both are listed. */
  'views.list': call('read', z.object({}), z.object({ views: z.array(savedView) })),
  /** Fault: EXISTS for a name that another view has. */
  'views.create': call(
    'write',
    kept.partial().extend({ query: kept.shape.query, name: viewName }),
    z.object({ id: viewId }),
  ),
  /** Only what is given is changed; of a figure only the settings that are given. Faults: NOT_FOUND; EXISTS for a name that another view has. */
  'views.change': call('write', kept.partial().extend({ id: viewId, name: viewName.optional() }), savedView),
  'views.remove': call('write', z.object({ id: viewId }), z.object({})),
};

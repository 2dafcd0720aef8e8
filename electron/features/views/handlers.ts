import { safeParse, z } from 'zod';
import { parsed, type Json } from '../../../shared/changes/canonical.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import { type SavedView, savedView, type views } from '../../../shared/contract/views.ts';
import { type ViewFigure, viewFigures } from '../../../shared/contract/view-figures.ts';
import { Fault } from '../../../shared/errors.ts';
import { personId, type ViewId, viewId } from '../../../shared/model/index.ts';
import { type Edit, query, type Readable } from '../../db/types.ts';
import type { Handlers, WriteContext } from '../../project/context.ts';

interface ViewRow {
  readonly id: string;
  readonly name: string | null;
  readonly query: string | null;
  readonly shape: string | null;
  readonly columns: string | null;
  readonly sort: string | null;
  readonly group: string | null;
  readonly scopes: string | null;
  readonly table: string | null;
  readonly matrix: string | null;
  readonly timeline: string | null;
  readonly places: string | null;
  readonly coverage: string | null;
  readonly search: string | null;
  readonly figures: string | null;
  readonly person: string | null;
  readonly createdAt: number;
}
const allViews = query<Record<string, never>, ViewRow>(
  'views.all',
  `SELECT id, name, query, shape, columns, sort, "group", scopes, "table", matrix, timeline, places, coverage, search, figures, person, createdAt FROM p_view
   WHERE deleted IS NOT 1 ORDER BY name COLLATE NOCASE, id`,
);

/** What is shown where nothing, or nothing that this version understands, is written. */
const USUAL = { shape: 'table', columns: [], sort: [], group: null, scopes: [] } as const;

const { shape: SHAPE, columns: COLUMNS, sort: SORT, group: GROUP, scopes: SCOPES } = savedView.shape;

const FIGURES = viewFigures.shape;
const FIGURE_NAMES: readonly ViewFigure[] = viewFigures.keyof().options;

function listViews(db: Readable): SavedView[] {
  return db.all(allViews, {}).flatMap((row): SavedView[] => {
    const id = viewId.safeParse(row.id).data;
    if (id === undefined) return [];
    const unknown: SavedView['unknown'] = [];
    /** A list is shown as far as it is understood: what this version does not know of it is left out. */
    const read = <T>(field: keyof typeof USUAL, schema: z.ZodType<T>, written: Json, usual: T): T => {
      if (written === null) return usual;
      const value = schema.safeParse(written);
      if (value.success) return value.data;
      unknown.push(field);
      const part = Array.isArray(written)
        ? schema.safeParse(written.filter((one) => schema.safeParse([one]).success))
        : null;
      return part?.data ?? usual;
    };
    /** Each setting of a figure is understood by itself. */
    const readFigure = <S extends z.ZodObject>(figure: ViewFigure, schema: S): z.output<S> => {
      const isObject = SETTINGS.nullable().safeParse(jsonOf(row[figure])).success;
      const written = Object.entries(settingsOf(row[figure]));
      const fields: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
      const known = written.filter(([name, value]) => {
        // What every object inherits (`constructor`) is no setting.
        const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
        return field !== undefined && safeParse(field, value).success;
      });
      if (!isObject || known.length < written.length) unknown.push(figure);
      return schema.parse(Object.fromEntries(known));
    };
    return [
      {
        id,
        name: row.name ?? '',
        query: row.query ?? '',
        shape: read('shape', SHAPE, row.shape, USUAL.shape),
        columns: read('columns', COLUMNS, jsonOf(row.columns), []),
        sort: read('sort', SORT, jsonOf(row.sort), []),
        group: read('group', GROUP, row.group, USUAL.group),
        scopes: read('scopes', SCOPES, jsonOf(row.scopes), []),
        table: readFigure('table', FIGURES.table),
        matrix: readFigure('matrix', FIGURES.matrix),
        timeline: readFigure('timeline', FIGURES.timeline),
        places: readFigure('places', FIGURES.places),
        coverage: readFigure('coverage', FIGURES.coverage),
        search: readFigure('search', FIGURES.search),
        figures: readFigure('figures', FIGURES.figures),
        person: personId.safeParse(row.person).data ?? null,
        createdAt: row.createdAt,
        unknown,
      },
    ];
  });
}
const jsonOf = (text: string | null): Json => (text === null ? null : (parsed(text) ?? null));
/** What is written of a figure; nothing if that is no object. */
const settingsOf = (text: string | null): Readonly<Record<string, Json>> => SETTINGS.safeParse(jsonOf(text)).data ?? {};
const SETTINGS = z.record(z.string(), z.json());

function find(db: Readable, id: ViewId): SavedView {
  const found = listViews(db).find((one) => one.id === id);
  if (found === undefined) throw new Fault('NOT_FOUND', 'No such view. Choose one from the list.', { id });
  return found;
}

const rowOf = (db: Readable, id: ViewId): ViewRow | undefined => db.all(allViews, {}).find((row) => row.id === id);

function assertFree(db: Readable, name: string, but: ViewId | null = null): void {
  if (listViews(db).some((one) => one.id !== but && one.name.toLowerCase() === name.toLowerCase()))
    throw new Fault('EXISTS', `A view called “${name}” already exists. Choose another name.`, { name });
}

type Kept = Omit<CallArgs<'views.change'>, 'id'>;

/** Only of the fields that are given: what a newer version wrote in another, or in another setting of a figure, stays as it is. */
function edits(
  id: ViewId,
  { name, query: text, shape, columns, sort, group, scopes, ...figures }: Kept,
  row?: ViewRow,
): Edit[] {
  const set = (field: Extract<Edit, { entity: 'view' }>['field'], value: Json | undefined): Edit[] =>
    value === undefined ? [] : [{ entity: 'view', id, field, value }];
  return [
    ...set('name', name),
    ...set('query', text),
    ...set('shape', shape),
    ...set('columns', columns),
    ...set(
      'sort',
      sort?.map((one) => ({ ...one })),
    ),
    ...set('group', group),
    ...set('scopes', scopes),
    ...FIGURE_NAMES.flatMap((figure) => {
      const given = figures[figure];
      return given === undefined ? [] : set(figure, { ...settingsOf(row?.[figure] ?? null), ...jsonSettings(given) });
    }),
  ];
}
/** Settings as JSON: one that is undefined is left out. */
const jsonSettings = (given: object): Readonly<Record<string, Json>> => settingsOf(JSON.stringify(given));

const wordOf = ({ shape }: { readonly shape?: SavedView['shape'] | undefined }): string =>
  shape === 'search' ? 'search' : 'view';

function create(context: WriteContext, { name, ...kept }: CallArgs<'views.create'>): { id: ViewId } {
  const { db, person } = context;
  assertFree(db, name);
  const id = viewId.parse(context.newId());
  db.commit(`Save ${wordOf(kept)} “${name}”`, [
    ...edits(id, { name, ...USUAL, columns: [], sort: [], scopes: [], ...kept }),
    { entity: 'view', id, field: 'person', value: person.id },
    { entity: 'view', id, field: 'deleted', value: false },
  ]);
  return { id };
}

function change({ db }: WriteContext, { id, ...given }: CallArgs<'views.change'>): SavedView {
  const before = find(db, id);
  const { name } = given;
  if (name !== undefined) assertFree(db, name, id);
  const renames = name !== undefined && name !== before.name;
  db.commit(`${renames ? 'Rename' : 'Change'} ${wordOf(before)} “${before.name}”`, edits(id, given, rowOf(db, id)));
  return find(db, id);
}

/** See shared/contract/views.ts. */
export const viewsHandlers: Handlers<typeof views> = {
  'views.list': ({ db }) => ({ views: listViews(db) }),
  'views.create': create,
  'views.change': change,
  'views.remove': ({ db }, { id }) => {
    const view = find(db, id);
    db.commit(`Remove ${wordOf(view)} “${view.name}”`, [{ entity: 'view', id, field: 'deleted', value: true }]);
    return {};
  },
};

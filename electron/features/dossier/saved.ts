import type { z } from 'zod';
import { parsed, type Json } from '../../../shared/changes/canonical.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import { type dossier as contract, type SavedDossier, savedDossier } from '../../../shared/contract/dossier.ts';
import { Fault } from '../../../shared/errors.ts';
import { type DossierId, dossierId, personId } from '../../../shared/model/index.ts';
import { type Edit, query, type Readable } from '../../db/types.ts';
import type { Handlers, WriteContext } from '../../project/context.ts';

interface DossierRow {
  readonly id: string;
  readonly title: string | null;
  readonly template: string | null;
  readonly chosen: string | null;
  readonly summary: string | null;
  readonly order: string | null;
  readonly leftOut: string | null;
  readonly shows: string | null;
  readonly person: string | null;
  readonly createdAt: number;
}
const allDossiers = query<Record<string, never>, DossierRow>(
  'dossiers.all',
  `SELECT id, title, template, chosen, summary, "order", leftOut, shows, person, createdAt FROM p_dossier
   WHERE deleted IS NOT 1 ORDER BY title COLLATE NOCASE, id`,
);

const { template: TEMPLATE, from: FROM, order: ORDER, leftOut: LEFT_OUT, shows: SHOWS } = savedDossier.shape;

/** The field of the log that keeps each field of the contract. */
const FIELDS = {
  title: 'title',
  template: 'template',
  from: 'chosen',
  summary: 'summary',
  order: 'order',
  leftOut: 'leftOut',
  shows: 'shows',
} as const;

function listDossiers(db: Readable): SavedDossier[] {
  return db.all(allDossiers, {}).flatMap((row): SavedDossier[] => {
    const id = dossierId.safeParse(row.id).data;
    if (id === undefined) return [];
    const unknown: SavedDossier['unknown'] = [];
    const read = <T>(field: SavedDossier['unknown'][number], schema: z.ZodType<T>, written: Json, usual: T): T => {
      if (written === null) return usual;
      const value = schema.safeParse(written);
      if (value.success) return value.data;
      unknown.push(field);
      return usual;
    };
    return [
      {
        id,
        title: row.title ?? '',
        template: read('template', TEMPLATE, row.template, 'editor'),
        from: read('from', FROM, jsonOf(row.chosen), { kind: 'claims', claims: [] }),
        summary: row.summary ?? '',
        order: read('order', ORDER, jsonOf(row.order), []),
        leftOut: read('leftOut', LEFT_OUT, jsonOf(row.leftOut), []),
        shows: read('shows', SHOWS, jsonOf(row.shows), {}),
        person: personId.safeParse(row.person).data ?? null,
        createdAt: row.createdAt,
        unknown,
      },
    ];
  });
}
const jsonOf = (text: string | null): Json => (text === null ? null : (parsed(text) ?? null));

function find(db: Readable, id: DossierId): SavedDossier {
  const found = listDossiers(db).find((one) => one.id === id);
  if (found === undefined) throw new Fault('NOT_FOUND', 'No such dossier. Choose one from the list.', { id });
  return found;
}

/** The edits for the given fields only, so that fields written by a newer version stay. */
function edits(id: DossierId, given: Omit<CallArgs<'dossiers.change'>, 'id'>): Edit[] {
  const set = (field: (typeof FIELDS)[keyof typeof FIELDS], value: unknown): Edit[] =>
    value === undefined ? [] : [{ entity: 'dossier', id, field, value: plain(value) }];
  return [
    ...set(FIELDS.title, given.title),
    ...set(FIELDS.template, given.template),
    ...set(FIELDS.from, given.from),
    ...set(FIELDS.summary, given.summary),
    ...set(FIELDS.order, given.order),
    ...set(FIELDS.leftOut, given.leftOut),
    ...set(FIELDS.shows, given.shows),
  ];
}
/** The value as JSON, without undefined fields. */
const plain = (value: unknown): Json => parsed(JSON.stringify(value)) ?? null;

function create({ db, person, newId }: WriteContext, given: CallArgs<'dossiers.create'>): { id: DossierId } {
  const id = dossierId.parse(newId());
  db.commit(`Make dossier “${given.title}”`, [
    ...edits(id, given),
    { entity: 'dossier', id, field: 'person', value: person.id },
    { entity: 'dossier', id, field: 'deleted', value: false },
  ]);
  return { id };
}

type SavedCalls = Pick<typeof contract, 'dossiers.list' | 'dossiers.create' | 'dossiers.change' | 'dossiers.remove'>;

/** See shared/contract/dossier.ts. */
export const savedDossiers: Handlers<SavedCalls> = {
  'dossiers.list': ({ db }) => ({ dossiers: listDossiers(db) }),
  'dossiers.create': create,
  'dossiers.change': ({ db }, { id, ...given }) => {
    const before = find(db, id);
    const renames = given.title !== undefined && given.title !== before.title;
    db.commit(`${renames ? 'Rename' : 'Change'} dossier “${before.title}”`, edits(id, given));
    return find(db, id);
  },
  'dossiers.remove': ({ db }, { id }) => {
    const { title } = find(db, id);
    db.commit(`Remove dossier “${title}”`, [{ entity: 'dossier', id, field: 'deleted', value: true }]);
    return {};
  },
};

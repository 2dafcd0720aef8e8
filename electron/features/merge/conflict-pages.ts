import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { type ProjectDb, query } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { conflictNames, type Named, worded } from './conflicts.ts';

type Context = Pick<ReadContext, 'db' | 'project' | 'person'>;

/** A page of what is open: the names of all are kept until something is written, and put into words is only what is asked for. */
export function conflictPage(context: Context, asked: CallArgs<'merge.conflicts'>): CallOutput<'merge.conflicts'> {
  const { limit, after = '', startsWith = '' } = asked;
  const all = namesOf(context);
  const fitting = startsWith === '' ? all : all.filter(({ id }) => id.startsWith(startsWith));
  const rest = after === '' ? fitting : fitting.slice(firstAfter(fitting, after));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    conflicts: worded(context, page),
    total: fitting.length,
    next: last === undefined || rest.length === page.length ? null : cursorOf(last),
  };
}

/** Where one is, also when that conflict is closed meanwhile. */
const cursorOf = ({ entity, id }: Named): string => `${entity} ${id}`;

/** They are in the order of their cursors: kinds of record are lower-case words. */
function firstAfter(names: readonly Named[], after: string): number {
  const [entity = '', id = ''] = after.split(' ');
  const at = names.findIndex((one) => one.entity > entity || (one.entity === entity && one.id > id));
  return at < 0 ? names.length : at;
}

/** Moves with whatever is written to the project, from here or from elsewhere. */
const written = query<Record<string, never>, { own: number; others: number }>(
  'merge.written',
  'SELECT total_changes() AS own, (SELECT data_version FROM pragma_data_version) AS others',
);
const kept = new WeakMap<ProjectDb, { readonly at: string; readonly names: readonly Named[] }>();

function namesOf(context: Context): readonly Named[] {
  const { db, project } = context;
  const { own = 0, others = 0 } = db.get(written, {}) ?? {};
  const at = `${own} ${others}`;
  const known = kept.get(project);
  if (known?.at === at) return known.names;
  const names = conflictNames(context);
  kept.set(project, { at, names });
  return names;
}

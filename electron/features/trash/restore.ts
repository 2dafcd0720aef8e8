import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Edit } from '../../db/types.ts';
import type { WriteContext } from '../../engine/feature.ts';
import { namesakes, records } from './queries.ts';

type Kind = keyof typeof records;
const isKind = (kind: string | null): kind is Kind => kind !== null && Object.hasOwn(records, kind);

/** Restores what is removed of the things asked for and of all they lie in. */
export function restore(context: WriteContext, { things }: CallArgs<'trash.restore'>): { restored: number } {
  const back = new Map<string, Kind>();
  for (const { kind, id } of things) {
    if (context.db.get(records[kind], { id }) === undefined)
      throw new Fault('NOT_FOUND', `This project has no such ${kind}.`, { id });
    comeBack(context, back, kind, id);
  }
  const asked = things.filter(({ id }) => back.has(id));
  const [only] = asked;
  const label = asked.length === 1 && only !== undefined ? `Restore ${only.kind}` : `Restore ${asked.length} things`;
  context.db.commit(
    label,
    [...back].flatMap(([id, kind]) => [
      setDeleted(kind, id),
      ...(kind === 'category' ? freedShortcut(context, id) : []),
    ]),
  );
  return { restored: asked.length };
}

/** Goes up from a thing, and notes what is removed there. Concurrent moves can close a ring of categories: each once. */
function comeBack(context: WriteContext, back: Map<string, Kind>, kind: Kind, from: string): void {
  const seen = new Set<string>();
  let next: { readonly kind: string | null; readonly id: string | null } = { kind, id: from };
  while (next.id !== null && isKind(next.kind) && !seen.has(next.id)) {
    seen.add(next.id);
    const row = context.db.get(records[next.kind], { id: next.id });
    if (row === undefined) return;
    if (row.deleted === 1) back.set(next.id, next.kind);
    next = { kind: row.upKind, id: row.up };
  }
}

const setDeleted = (entity: Kind, id: string): Edit => ({ entity, id, field: 'deleted', value: false });

/** EXISTS where its code is another's by now: a code names one category. A letter that is another's by now is let go. */
function freedShortcut(context: WriteContext, id: string): Edit[] {
  const row = context.db.get(namesakes, { id });
  if (row === undefined) return [];
  if (row.codeOf !== null)
    throw new Fault(
      'EXISTS',
      `The code ${row.code ?? ''} belongs to “${row.codeOf}” by now. Give that one another code, then restore this one.`,
      { id },
    );
  return row.shortcutTaken === 1 ? [{ entity: 'category', id, field: 'shortcut', value: null }] : [];
}

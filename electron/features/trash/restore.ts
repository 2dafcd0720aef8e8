import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { categoryId } from '../../../shared/model/index.ts';
import type { Edit } from '../../db/types.ts';
import { freeTakenCodes } from '../../project/codebook/unique-codes.ts';
import type { WriteContext } from '../../project/context.ts';
import { records } from './queries.ts';

type Kind = keyof typeof records;
const isKind = (kind: string | null): kind is Kind => kind !== null && Object.hasOwn(records, kind);

/**
 * Restores what is removed of the things asked for and of all they lie in. Never fails for a code or a letter that is
 * another category's by now: the restored one gets a free code, and lets the letter go.
 */
export function restore(context: WriteContext, { things }: CallArgs<'trash.restore'>): CallOutput<'trash.restore'> {
  const back = new Map<string, Kind>();
  for (const { kind, id } of things) {
    if (context.db.get(records[kind], { id }) === undefined)
      throw new Fault('NOT_FOUND', `No such ${kind} in this project.`, { id });
    comeBack(context, back, kind, id);
  }
  const asked = things.filter(({ id }) => back.has(id));
  const [only] = asked;
  const label = asked.length === 1 && only !== undefined ? `Restore ${only.kind}` : `Restore ${asked.length} items`;
  const edits = Array.from(back, ([id, kind]) => setDeleted(kind, id));
  const settled = freeTakenCodes(context.db, edits);
  context.db.commit(label, [...edits, ...settled.edits]);
  return {
    restored: asked.length,
    letGo: settled.letGo.map((one) => ({ ...one, id: categoryId.parse(one.id) })),
  };
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

import { isFieldOf } from '../../../shared/changes/fields.ts';
import type { Entity } from '../../../shared/changes/kinds.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Edit, Json, Readable } from '../../db/types.ts';
import { query } from '../../db/types.ts';
import { derivedId } from '../../project/ids.ts';

const stateQueries = new Map<Entity, ReturnType<typeof stateQuery>>();
const stateQuery = (entity: Entity) =>
  query<{ id: string }, { deleted: number | null }>(
    `exchange.state.${entity}`,
    `SELECT deleted FROM p_${entity} WHERE id = $id`,
  );

/** Whether the project has a record, has it in the trash, or does not have it. */
export type RecordState = 'here' | 'trash' | 'new';

/** The edits that bring records in, each record once. */
export class IncomingRecords {
  readonly edits: Edit[] = [];
  private readonly db: Readable;
  private readonly made = new Set<string>();

  constructor(db: Readable) {
    this.db = db;
  }

  state(entity: Entity, id: string): RecordState {
    const state = stateQueries.get(entity) ?? stateQuery(entity);
    stateQueries.set(entity, state);
    const row = this.db.get(state, { id });
    return row === undefined ? 'new' : row.deleted === 1 ? 'trash' : 'here';
  }

  /**
   * The id that a record of a file has in the project: its own, where the project has a record of this kind by that id, which was then
   * exported from it. Otherwise one derived from it, so that no file can choose the id of anything, and a file that is imported again
   * finds its records. `of` tells apart what one record of the file becomes: of what people make, also the importing person, since
   * two people who import one file have made two passages.
   */
  idOf(entity: Entity, guid: string, ...of: readonly string[]): string {
    return this.state(entity, guid) === 'new' ? derivedId(`sourcebook imported ${entity}`, guid, ...of) : guid;
  }

  /**
   * Adds a record, unless the project has it: then it is left as it is. One in the trash, where undoing an import puts what it
   * added, is restored unchanged. True if it is added or restored by this.
   */
  add(entity: Entity, id: string, fields: Readonly<Record<string, Json>>): boolean {
    const key = `${entity} ${id}`;
    const state = this.state(entity, id);
    if (state === 'here' || this.made.has(key)) return false;
    this.made.add(key);
    if (state === 'trash') this.edits.push(editOf(entity, id, 'deleted', false));
    else for (const [field, value] of Object.entries(fields)) this.edits.push(editOf(entity, id, field, value));
    return true;
  }
}

function editOf(entity: Entity, id: string, field: string, value: Json): Edit {
  if (!isFieldOf(entity, field)) throw new Fault('INTERNAL', `There is no field ${field} of a ${entity}.`);
  // The compiler cannot pair an entity with its own fields; the line above does.
  return { entity, id, field, value } as Edit;
}

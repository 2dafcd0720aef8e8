import { Fault } from '../../../shared/errors.ts';
import { guarded } from '../faults.ts';
import type { Store } from './store.ts';
import type { Query, Readable, SqlValue } from '../types.ts';

/** Features' queries. A statement that would write is refused: the only way to write is a commit. */
export class ReadSide implements Readable {
  private readonly store: Store;
  private readonly statements = new Map<string, ReturnType<Store['reader']>>();

  constructor(store: Store) {
    this.store = store;
  }

  all<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>, params: P): Row[] {
    return guarded(() => this.statement(q).all(params) as Row[]);
  }
  get<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>, params: P): Row | undefined {
    return guarded(() => this.statement(q).get(params) as Row | undefined);
  }
  plan<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>): string {
    const rows = guarded(() => this.store.explain(q.sql));
    return rows.join('\n');
  }

  private statement<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>): ReturnType<Store['reader']> {
    const known = this.statements.get(q.sql);
    if (known !== undefined) return known;
    const made = this.store.reader(q.sql);
    if (!made.readonly) throw new Fault('INTERNAL', `The query ${q.name} would write. Only a commit writes.`);
    this.statements.set(q.sql, made);
    return made;
  }
}

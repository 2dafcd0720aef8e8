import Database from 'better-sqlite3';
import { canonical, type Json } from '../../shared/changes/canonical.ts';
import { harden } from '../../electron/db/file/connect.ts';
import { newIdBytes, idText } from '../../electron/db/ids.ts';
import { Log } from '../../electron/db/log/log.ts';
import { migrate, remakeProjections } from '../../electron/db/migrations.ts';
import type { Change } from '../../electron/db/log/packet.ts';
import { APPLICATION_ID } from '../../electron/db/file/schema.ts';
import { Store } from '../../electron/db/file/store.ts';
import { appendCommit } from '../../electron/db/log/write.ts';
import { newSigner } from '../support/logs.ts';
import { seeded } from '../support/seeded.ts';

/** Changes in a commit. */
const TEN = 10;

/**
 * Writes a project's database with `changes` changes by one person, in commits of ten. A commit adds a passage with its place,
 * quotation and two tags; every tenth commit moves ten passages. A team's log looks like this after some years.
 */
export function makeLargeLog(file: string, changes: number): void {
  const store = new Store(new Database(file));
  harden(store.sqlite);
  store.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  migrate(store, 0);
  store.run('INSERT INTO project_(one, id) VALUES(1, ?)', newIdBytes());
  remakeProjections(store);
  const log = new Log(store);
  let at = Date.UTC(2026, 0, 1);
  const author = { signer: newSigner(), replica: newIdBytes(), trusted: new Set<string>(), now: () => (at += 1000) };
  const make = actions(idText(newIdBytes()));
  for (let made = 0; made < changes;) {
    store.transaction(() => {
      for (let n = 0; n < 1000 && made < changes; n++, made += TEN) appendCommit(log, author, 'Tag', make());
    });
    author.trusted.clear();
  }
  store.close();
}

function actions(person: string): () => Change[] {
  const random = seeded(2026);
  const ids = Array.from({ length: 100 }, () => idText(newIdBytes()));
  const passages: Buffer[] = [];
  let n = 0;
  const one = (entity: string, id: Buffer, fields: Readonly<Record<string, Json>>): Change[] =>
    Object.entries(fields).map(([field, value]) => ({ entity, id, field, value: canonical(value) }));
  const anchor = () => ({
    kind: 'text',
    start: random.int(0, 9000),
    end: 9100,
    exact: '农村富余劳动力转移就业',
    page: 1,
  });
  return () => {
    if (n++ % 10 === 9) {
      const moved = new Set(Array.from({ length: TEN }, () => random.pick(passages)));
      return [...moved].flatMap((id) => one('passage', id, { anchor: anchor() }));
    }
    const passage = newIdBytes();
    passages.push(passage);
    const tag = () => ({ passage: idText(passage), category: random.pick(ids), person });
    return [
      ...one('passage', passage, { source: random.pick(ids), layer: random.pick(ids), anchor: anchor(), person }),
      ...one('tag', newIdBytes(), tag()),
      ...one('tag', newIdBytes(), tag()),
    ];
  };
}

import { join } from 'node:path';
import { connect } from '../../electron/db/file/connect.ts';
import { newId, newIdBytes } from '../../electron/db/ids.ts';
import { Log } from '../../electron/db/log/log.ts';
import { openSigner } from '../../electron/db/log/signatures.ts';
import type { Person } from '../../electron/db/types.ts';
import { appendCommit, changesOf, type LooseEdit } from '../../electron/db/log/write.ts';
import { seeded } from './seeded.ts';

const IN_ONE = 2000;
const WORDS = '关于进一步做好农村富余劳动力转移就业工作的通知要求各级部门';

/**
 * Appends commits of ten changes to a project that is not open: a passage with two tags, and every tenth time ten changes of
 * `common` tags. Returns the tags it made.
 */
export function addCommits(folder: string, person: Person, count: number, common: readonly string[]): string[] {
  const store = connect(join(folder, 'project.sqlite'));
  const log = new Log(store);
  let at = Date.UTC(2026, 0, 1);
  const author = {
    signer: openSigner(person.privateKey),
    replica: newIdBytes(),
    trusted: new Set<string>(),
    now: () => (at += 1000),
  };
  const random = seeded(count);
  const categories = Array.from({ length: 77 }, () => newId());
  const [source, layer] = [newId(), newId()];
  const tags: string[] = [];
  const set = (entity: string, id: string, fields: Record<string, LooseEdit['value']>): LooseEdit[] =>
    Object.entries(fields).map(([field, value]) => ({ entity, id, field, value }));
  const marked = (k: number): LooseEdit[] => {
    const passage = newId();
    const start = random.int(0, 50_000);
    const exact = WORDS.slice(random.int(0, 10), random.int(11, 28));
    const anchor = {
      kind: 'text',
      layer,
      start,
      end: start + exact.length,
      exact,
      prefix: WORDS.slice(0, 8),
      suffix: WORDS.slice(-8),
      page: k % 90,
    };
    const tagged = [newId(), newId()];
    tags.push(...tagged);
    return [
      ...set('passage', passage, { source, layer, anchor, person: person.id }),
      ...tagged.flatMap((id) => set('tag', id, { passage, category: random.pick(categories), person: person.id })),
    ];
  };
  const edited = (): LooseEdit[] => {
    const ids = new Set<string>();
    while (ids.size < 10) ids.add(random.pick(common));
    return [...ids].flatMap((id) =>
      set('tag', id, random.chance(0.8) ? { category: random.pick(categories) } : { deleted: true }),
    );
  };
  for (let from = 0; from < count; from += IN_ONE) {
    store.transaction(() => {
      for (let k = from; k < Math.min(count, from + IN_ONE); k++) {
        const edits = common.length > 0 && k % 10 === 9 ? edited() : marked(k);
        appendCommit(log, author, `Highlight ${k}`, changesOf(log, edits));
      }
    });
  }
  store.close();
  return tags;
}

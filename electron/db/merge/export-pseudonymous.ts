import { randomBytes, randomUUID } from 'node:crypto';
import { canonical, parsed, type Json } from '../../../shared/changes/canonical.ts';
import { Fault } from '../../../shared/errors.ts';
import { writeNew } from '../fresh.ts';
import { idBytes, idText, personOfKey } from '../ids.ts';
import { Log } from '../log/log.ts';
import type { Change } from '../log/packet.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { kindsOf, isEntity } from '../../../shared/changes/fields.ts';
import type { MergeDb } from '../types.ts';
import { winners } from '../log/winners.ts';
import { appendCommit, type Author } from '../log/write.ts';

type Options = Parameters<MergeDb['writePseudonymous']>[1];

const DAY = 86_400_000;
const LABEL = 'Rewrite under pseudonyms';

interface Source {
  readonly c: number;
  readonly wall: number;
  readonly key: Buffer;
}

/**
 * Writes a new project's log; see MergeDb.writePseudonymous. What stands is restated commit by commit in the order of the
 * clocks, each by the new key of whoever had signed it, so that who wrote, checked and approved what can still be held against
 * its signature. Times are days. Labels, what was overwritten, what was undone, and snapshots (their names are commits of the
 * other log) do not go out. The keys are forgotten. Faults: EXISTS, BAD_INPUT where nothing may be seen.
 */
export function writePseudonymous(log: Log, target: string, options: Options): void {
  const standing = Map.groupBy(
    winners(log, (...of) => of[0] !== 'snapshot' && options.show(...of)),
    ({ c }) => c,
  );
  if (standing.size === 0)
    throw new Fault('BAD_INPUT', 'Nothing to export: the file would be empty. Change the filters.');
  const project = randomUUID();
  const names = new Pseudonyms(log, project);
  const restate = restater(names, options);
  writeNew(target, (fresh) => {
    fresh.run('INSERT INTO project_(one, id) VALUES(1, ?)', idBytes(project));
    const to = new Log(fresh);
    const authors = new Map<string, Author>();
    for (const { c, wall, key } of inOrder(log)) {
      const changes = (standing.get(c) ?? []).flatMap(({ i }) => log.change(c, i) ?? []).map(restate);
      if (changes.length === 0) continue;
      const author = authorOf(authors, names, personOfKey(key));
      appendCommit(to, { ...author, now: () => Math.floor(wall / DAY) * DAY }, LABEL, changes);
    }
  });
}

const inOrder = (log: Log): Source[] =>
  log.store.all<Source>(
    'SELECT m.c, m.wall, r.key FROM commit_ m JOIN replica_ r ON r.replica = m.replica ORDER BY m.clock, m.hash',
  );

function authorOf(authors: Map<string, Author>, names: Pseudonyms, person: string): Author {
  const known = authors.get(person) ?? {
    signer: names.signer(person),
    replica: randomBytes(16),
    trusted: new Set<string>(),
    now: () => 0,
  };
  authors.set(person, known);
  return known;
}

/** A change as it is said under pseudonyms. What is no JSON (a damaged log has such) is nothing. */
function restater(names: Pseudonyms, { nameOf, text }: Options): (change: Change) => Change {
  return ({ entity, id, field, value }) => {
    const old = idText(id);
    const kind = isEntity(entity) ? kindsOf(entity).get(field) : undefined;
    const said = parsed(value) ?? null;
    const restated = (): Json => {
      if (entity === 'person' && field === 'name') return nameOf(old);
      if (entity === 'person' && field === 'key') return names.signer(old).key.toString('hex');
      if (kind === 'text') return text(entity, field, said);
      return kind === 'json' ? text(entity, field, names.value(said)) : names.value(said);
    };
    return { entity, id: idBytes(names.id(old)) ?? id, field, value: canonical(restated()) };
  };
}

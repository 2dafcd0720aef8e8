import { z } from 'zod';
import type { VerifyReport } from '../../../shared/contract/project.ts';
import { originalPart, sha256, type OriginalPart, type Sha256 } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { originalsToVerify, type OriginalRow } from './queries.ts';

type Failure = VerifyReport['failures'][number];

/** A file of `originals/`, once however many sources it is of: an archive can hold thousands of them. */
interface Kept {
  readonly kind: 'original' | 'part';
  /** What it is called in a sentence. */
  readonly what: string;
  users: number;
}

/** Every original, and every file of a saved page's folder, against its hash. */
export async function verifyOriginals({ db, files }: ReadContext): Promise<{ checked: number; failures: Failure[] }> {
  const failures: Failure[] = [];
  const kept = originalsOf(db.all(originalsToVerify, {}), failures);
  for (const [hash, { kind, what, users }] of kept) {
    const found = await files.hashOriginal(hash);
    if (found === hash) continue;
    const whose = users > 1 ? `${what}, used by ${users} sources,` : what;
    const message = found === null ? `${whose} is missing.` : `${whose} was altered: its SHA-256 is now ${found}.`;
    failures.push({ kind, id: hash, message });
  }
  return { checked: kept.size, failures };
}

function originalsOf(rows: readonly OriginalRow[], failures: Failure[]): Map<Sha256, Kept> {
  const kept = new Map<Sha256, Kept>();
  const keep = (hash: Sha256, kind: Kept['kind'], what: string): void => {
    const known = kept.get(hash);
    if (known === undefined) kept.set(hash, { kind, what, users: 1 });
    else if (kind === known.kind) known.users++;
  };
  for (const row of rows) {
    const name = row.title ?? row.fileName ?? row.id;
    const hash = sha256.safeParse(row.sha256).data;
    if (hash === undefined)
      failures.push({ kind: 'original', id: row.id, message: `Can’t read the hash of “${name}”.` });
    else keep(hash, 'original', `The original of “${name}”`);
    const parts = partsOf(row.parts);
    if (parts === null)
      failures.push({
        kind: 'part',
        id: row.id,
        message: `Can’t read the list of files that belong to “${name}”.`,
      });
    for (const part of parts ?? []) keep(part.sha256, 'part', `The file “${part.path}” of “${name}”`);
  }
  return kept;
}

/** The files of a saved page's folder; null where what the log says is no list of them. */
function partsOf(json: string | null): readonly OriginalPart[] | null {
  return json === null ? [] : (z.array(originalPart).nullable().safeParse(JSON.parse(json)).data ?? null);
}

import type { ReadContext } from '../context.ts';
import { readBy } from '../sources/read-by.ts';
import type { Evidence } from './read-set.ts';

/** Sources that the acting person has read, or that have a passage: somebody has read those. */
export function sourcesRead(
  context: Pick<ReadContext, 'person' | 'project'>,
  { set, order }: Evidence,
): ReadonlySet<string> {
  const read = new Set<string>(readBy(context));
  const seen = new Uint8Array(set.sources.texts.length);
  for (const row of order) seen[set.sourceAt(row)] = 1;
  set.sources.texts.forEach((id, at) => {
    if (seen[at] === 1) read.add(id);
  });
  return read;
}

/** The others: nobody has a passage in them, and the acting person has not read them. */
export function sourcesUnread(context: Pick<ReadContext, 'person' | 'project'>, evidence: Evidence): string[] {
  const read = sourcesRead(context, evidence);
  return evidence.sources.all.flatMap(({ id }) => (read.has(id) ? [] : [id]));
}

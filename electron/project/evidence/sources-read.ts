import type { ReadContext } from '../context.ts';
import { readBy } from '../sources/read-by.ts';
import type { Evidence } from './read-set.ts';

/** The sources that the acting person has read, or that have a passage, which somebody must have read. */
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

/** The sources that have no passage and that the acting person has not read. */
export function sourcesUnread(context: Pick<ReadContext, 'person' | 'project'>, evidence: Evidence): string[] {
  const read = sourcesRead(context, evidence);
  return evidence.sources.all.flatMap(({ id }) => (read.has(id) ? [] : [id]));
}

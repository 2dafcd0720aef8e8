import { z } from 'zod';
import type { Conflict, ConflictSide } from '../../../shared/contract/merge.ts';
import type { Category } from '../../../shared/model/index.ts';

/** All that stand against mine, with the first one first. */
export const othersOf = ({ incoming, others }: Conflict): readonly ConflictSide[] =>
  others.length === 0 ? [incoming] : others;

/** The categories a value names: of a tag one, of the tags of a passage several, of all else none. */
export function categoriesIn(value: unknown, known: ReadonlyMap<string, Category>): readonly Category[] {
  const texts = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part === 'string') texts.add(part);
    else if (Array.isArray(part)) part.forEach(walk);
    else if (typeof part === 'object' && part !== null) Object.values(part).forEach(walk);
  };
  walk(value);
  return [...texts].flatMap((text) => known.get(text) ?? []);
}

const tagging = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });

/** What somebody did with the tags of a passage; null of any other value. */
export const taggingOf = ({ value }: ConflictSide): z.infer<typeof tagging> | null =>
  tagging.safeParse(value).data ?? null;

/** The text one starts from when writing another: what one said oneself, else what stands. */
export const firstDraft = ({ mine, incoming }: Conflict): string => (mine.deleted ? incoming : mine).text;

import { z } from 'zod';

const count = z.number().int().nonnegative();

/** What two texts have in common, in distinct shingles: of both, of the one, of the other. */
export const comparedTexts = z.object({ shared: count, ofOne: count, ofOther: count });
export type ComparedTexts = z.infer<typeof comparedTexts>;

/**
 * `same`: each shares at least half of itself with the other. `within`: most of one stands in the other, which has more: a news item
 * within a longer page. null: neither.
 */
export type CopyKind = 'same' | 'within';

/** Fewer shingles in common are a phrase or a heading: about fifty characters of Chinese, or 25 words of English. */
export const LEAST_SHARED = 40;
const SAME = 0.5;
const WITHIN = 0.6;

export function kindOfCopy({ shared, ofOne, ofOther }: ComparedTexts): CopyKind | null {
  if (shared < LEAST_SHARED) return null;
  const [fewer, more] = [Math.min(ofOne, ofOther), Math.max(ofOne, ofOther)];
  if (shared >= SAME * more) return 'same';
  return shared >= WITHIN * fewer ? 'within' : null;
}

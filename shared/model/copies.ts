import { z } from 'zod';

/** What a person decided of two sources: copies of one text, or not. */
export const COPY_VERDICTS = ['same', 'different'] as const;
export const copyVerdict = z.enum(COPY_VERDICTS);
export type CopyVerdict = z.infer<typeof copyVerdict>;

import { z } from 'zod';
import { call } from './define.ts';

export const projectFile = {
  /** Writes the project file. EXISTS where there is a file of that name and `replace` was not asked for. */
  'projectFile.export': call(
    'program',
    z.object({ path: z.string().min(1), replace: z.boolean().default(false) }),
    z.object({ bytes: z.number(), files: z.number().int() }),
  ),
};

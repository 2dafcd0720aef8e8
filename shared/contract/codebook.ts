import { z } from 'zod';
import { category, dimension } from '../model/index.ts';
import { call } from './define.ts';

export const codebook = {
  /** Archived and removed categories too. */
  'codebook.get': call(
    'read',
    z.object({}),
    z.object({ title: z.string(), version: z.string(), categories: z.array(category), dimensions: z.array(dimension) }),
  ),
};

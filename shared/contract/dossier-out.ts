import { z } from 'zod';
import { dossierFormat, personId } from '../model/index.ts';
import { call } from './define.ts';
import { dossierAsked } from './dossier.ts';
import { trustState } from './people.ts';

const keys = z.array(z.object({ id: personId, trust: trustState })).default([]);
/** Of protected PDFs, whose pages are drawn by them. They are kept nowhere. */
export const passwords = z.array(z.string().max(1000)).max(100).default([]);

/** Dossiers on their way out, and what came of them. */
export const dossierOut = {
  /**
   * The dossier, or one exhibit of it by number, as a self-contained page without scripts, to show or print. NOT_FOUND if nothing fits or
   * there is no such exhibit; USAGE for a query with faults.
   */
  'dossier.show': call(
    'read',
    dossierAsked.extend({ exhibit: z.int().positive().nullable().default(null), keys, passwords }),
    z.object({ html: z.string() }),
  ),
  /**
   * Writes the dossier; `export.progress` reports on it. A folder is never replaced. Faults as of `show`, and EXISTS, NOT_ALLOWED, DISK_FULL, CANCELLED; DAMAGED for an
   * original with other bytes.
   */
  'dossier.export': call(
    'program',
    dossierAsked.extend({
      path: z.string().min(1),
      format: dossierFormat,
      replace: z.boolean().default(false),
      keys,
      passwords,
    }),
    z.object({ path: z.string(), bytes: z.int(), exhibits: z.int(), documents: z.int() }),
  ),
};

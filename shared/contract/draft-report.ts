import { z } from 'zod';
import { draftId, draftReportFormat } from '../model/index.ts';
import { call } from './define.ts';

/** Reports on drafts: what stands, what is open and what fails, each with its place. */
export const draftReports = {
  /** The report as a self-contained page without scripts, to show or print. NOT_FOUND, DAMAGED, UNMASKED. */
  'drafts.report': call('read', z.object({ id: draftId }), z.object({ html: z.string() })),
  /** Writes the report. Faults as of `drafts.report`, and EXISTS, NOT_ALLOWED, DISK_FULL, CANCELLED. */
  'drafts.exportReport': call(
    'program',
    z.object({
      id: draftId,
      path: z.string().min(1),
      format: draftReportFormat,
      replace: z.boolean().default(false),
    }),
    z.object({ path: z.string(), bytes: z.int() }),
  ),
};

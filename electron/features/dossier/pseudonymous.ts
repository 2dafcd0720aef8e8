import type { Dossier } from '../../formats/dossier/model.ts';
import type { Scrubbers } from '../../project/export/scrub.ts';
import { withTexts } from './texts.ts';

/** Words of the documents themselves: they stay as they are. */
const KEPT: ReadonlySet<string> = new Set(['quote', 'exact', 'prefix', 'suffix']);
/** What one person wrote to others: parts of names are taken out, too. */
const NOTES: ReadonlySet<string> = new Set([
  'summary',
  'claim',
  'answer',
  'memo',
  'reason',
  'title',
  'chosen',
  'conflicts',
]);

/** A dossier without names of people in any text that people wrote. */
export const withoutNames = (dossier: Dossier, { evidence, notes }: Scrubbers): Dossier =>
  withTexts(dossier, (text, fields) => {
    if (KEPT.has(fields.at(-1) ?? '')) return text;
    return fields.some((one) => NOTES.has(one)) ? notes(text) : evidence(text);
  });

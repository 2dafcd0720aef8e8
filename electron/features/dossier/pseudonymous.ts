import type { Json } from '../../../shared/changes/canonical.ts';
import type { Dossier } from '../../formats/dossier/model.ts';
import { scrubValue, type Scrubbers } from '../../project/export/scrub.ts';

/** Words of the documents themselves, hashes and names of files: they stay as they are. */
const KEPT: ReadonlySet<string> = new Set(['quote', 'exact', 'prefix', 'suffix', 'sha256', 'readBy']);
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
export function withoutNames(dossier: Dossier, { evidence, notes }: Scrubbers): Dossier {
  const inNotes = (value: Json): Json => scrubValue(value, notes, KEPT);
  const scrub = (value: Json): Json => {
    if (value === null || typeof value !== 'object') return scrubValue(value, evidence, KEPT);
    if (Array.isArray(value)) return value.map(scrub);
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        KEPT.has(key) ? one : NOTES.has(key) ? inNotes(one) : scrub(one),
      ]),
    );
  };
  const json: unknown = JSON.parse(JSON.stringify(dossier));
  return scrub(json as Json) as unknown as Dossier;
}

import type { RecordPatch } from '../../../shared/contract/sources.ts';
import { dateProblem } from '../../../shared/model/dates.ts';
import { DATE_FIELDS, SOURCE_GRADES, type DateField, type EdtfDate, type Source } from '../../../shared/model/index.ts';
import { isLanguage } from '../../../shared/model/language.ts';

/** The details that can be set for several sources at once, in the order they are shown. */
export const MANY_FIELDS = [
  'author',
  'publisher',
  'language',
  'documentType',
  ...DATE_FIELDS,
  'grade',
  'gradeReason',
  'tool',
  'collector',
] as const;
export type ManyField = (typeof MANY_FIELDS)[number];

/** Unsaved changes in the form: a text, or null to empty the field. A field without an entry is never written. */
export type ManyDraft = Partial<Record<ManyField, string | null>>;

export const isDateField = (field: ManyField): field is DateField => DATE_FIELDS.some((one) => one === field);

/** A detail as text; empty if it is missing. */
export function textOf(source: Source, field: ManyField): string {
  if (isDateField(field)) return source[field]?.edtf ?? '';
  if (field === 'tool' || field === 'collector') return source.capture[field] ?? '';
  return source[field] ?? '';
}

/** A value and how many of the sources have it, the most frequent first. */
export function valuesOf(sources: readonly Source[], field: ManyField): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const source of sources) {
    const value = textOf(source, field);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

/** The draft after typing in a field. A text that all sources have already is no change; nor is an empty text over values that differ. */
export function withTyped(draft: ManyDraft, field: ManyField, text: string, common: string | null): ManyDraft {
  const { [field]: _, ...others } = draft;
  const trimmed = text.trim();
  if (trimmed === (common ?? '')) return others;
  return { ...others, [field]: trimmed === '' ? null : text };
}

type Trouble = 'language' | 'date' | 'reason';

/** What is wrong with the draft, by field. A rating needs a reason: a new one, or one that every source has. */
export function troublesOf(draft: ManyDraft, sources: readonly Source[]): Partial<Record<ManyField, Trouble>> {
  const troubles: Partial<Record<ManyField, Trouble>> = {};
  const { language, grade, gradeReason } = draft;
  if (typeof language === 'string' && !isLanguage(language.trim())) troubles.language = 'language';
  for (const field of DATE_FIELDS) {
    const text = draft[field];
    if (typeof text === 'string' && dateProblem(text.trim()) !== null) troubles[field] = 'date';
  }
  const rated = (source: Source): boolean => (grade === undefined ? source.grade !== null : grade !== null);
  const reasoned = (source: Source): boolean =>
    gradeReason === undefined ? source.gradeReason !== null : gradeReason !== null;
  if ((grade !== undefined || gradeReason !== undefined) && sources.some((one) => rated(one) && !reasoned(one)))
    troubles.gradeReason = 'reason';
  return troubles;
}

/** The draft as a patch; `implied`: the dates that are inferred. */
export function patchOf(draft: ManyDraft, implied: ReadonlySet<DateField>): RecordPatch {
  const { grade, tool, collector, author, publisher, language, documentType, gradeReason } = draft;
  const dates: Partial<Record<DateField, EdtfDate | null>> = {};
  for (const field of DATE_FIELDS) {
    const text = draft[field];
    if (text !== undefined) dates[field] = text === null ? null : { edtf: text.trim(), implied: implied.has(field) };
  }
  const capture = { ...(tool === undefined ? {} : { tool }), ...(collector === undefined ? {} : { collector }) };
  return {
    ...(author === undefined ? {} : { author }),
    ...(publisher === undefined ? {} : { publisher }),
    ...(language === undefined ? {} : { language }),
    ...(documentType === undefined ? {} : { documentType }),
    ...(gradeReason === undefined ? {} : { gradeReason }),
    ...(grade === undefined ? {} : { grade: SOURCE_GRADES.find((one) => one === grade) ?? null }),
    ...dates,
    ...(Object.keys(capture).length === 0 ? {} : { capture }),
  };
}

import type { ConfirmedCopies } from '../../../shared/contract/copies.ts';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { sourceName } from './sources.ts';

/** Marks a source as one of several copies of one text, which people confirmed. */
export interface CopyMark {
  /** The source that the text comes from; null if it is unknown or not in the project. */
  readonly origin: Source | null;
  /** The name of the origin, else of the first copy: the same for all copies. */
  readonly text: string;
  /** How many other copies there are. */
  readonly others: number;
}

export type CopyMarks = ReadonlyMap<SourceId, CopyMark>;
const NONE: CopyMarks = new Map();
const known = new WeakMap<
  readonly ConfirmedCopies[],
  { readonly sources: readonly Source[]; readonly marks: CopyMarks }
>();

/** The mark of every source of these groups. */
export function copyMarks(groups: readonly ConfirmedCopies[], sources: readonly Source[]): CopyMarks {
  const byId = new Map(sources.map((one) => [one.id, one]));
  return new Map(
    groups.flatMap(({ sources: ids, origin }) => {
      const from = origin === null ? undefined : byId.get(origin);
      const first = from ?? ids.map((id) => byId.get(id)).find((one) => one !== undefined);
      const text = first === undefined ? '' : sourceName(first);
      return ids.map((id) => [id, { origin: from ?? null, text, others: ids.length - 1 }] as const);
    }),
  );
}

/** The sources that are copies of one text. */
export function useCopies(): CopyMarks {
  const groups = useCall('copies.groups', {}).data?.groups;
  const sources = useCall('sources.list', { deleted: true }).data?.sources;
  if (groups === undefined || sources === undefined) return NONE;
  const there = known.get(groups);
  if (there?.sources === sources) return there.marks;
  const marks = copyMarks(groups, sources);
  known.set(groups, { sources, marks });
  return marks;
}

/** A sentence: what a source is a copy of, and how many others there are. Null for a source that is no copy. */
export function useCopyWords(): (source: SourceId, marks: CopyMarks) => string | null {
  const { t } = useTranslation();
  return (source, marks) => {
    const mark = marks.get(source);
    if (mark === undefined) return null;
    const others = t('copies.others', { count: mark.others });
    if (mark.origin === null) return t('copies.unknown', { others });
    return mark.origin.id === source ? t('copies.isOrigin', { others }) : t('copies.ofNamed', { title: mark.text });
  };
}

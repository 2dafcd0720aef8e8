import type { Source, SourceId, SourceKind } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import type { IconName } from '../../ui/Icon.tsx';

/** A source's title, else its file name. */
export const sourceName = ({ title, fileName }: Pick<Source, 'title' | 'fileName'>): string => title ?? fileName;

type Named = Pick<
  Source,
  'id' | 'title' | 'fileName' | 'publisher' | 'dateOfAct' | 'dateOfPublication' | 'addedAt' | 'deleted'
>;

/** What can tell a source from another of the same title, shortest first, each value once. */
function differences({ dateOfAct, dateOfPublication, publisher, fileName }: Named): string[] {
  const date = (dateOfAct ?? dateOfPublication)?.edtf ?? null;
  return [...new Set([date, publisher, fileName].flatMap((one) => (one === null || one === '' ? [] : [one])))];
}

/**
 * What distinguishes sources of the same title in a list of titles: the first of date, publisher and file name that no other of them has,
 * else a number by the order of adding. A source with a unique title has no entry.
 */
export function apartOf(sources: readonly Named[]): ReadonlyMap<SourceId, string> {
  const apart = new Map<SourceId, string>();
  const there = sources.filter(({ deleted }) => !deleted);
  for (const [name, same] of Map.groupBy(there, ({ title, fileName }) => title ?? fileName)) {
    if (same.length === 1) continue;
    const inOrder = same.toSorted((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1));
    const uses = Map.groupBy(same.flatMap(differences), (one) => one);
    for (const [at, source] of inOrder.entries()) {
      const own = differences(source).find((one) => one !== name && uses.get(one)?.length === 1);
      apart.set(source.id, own ?? String(at + 1));
    }
  }
  return apart;
}

/** A name for a list that can show nothing beside it. */
export const distinctName = (name: string, apart: string | undefined): string =>
  apart === undefined ? name : `${name}, ${apart}`;

const known = new WeakMap<readonly Source[], ReadonlyMap<SourceId, string>>();
const NONE: ReadonlyMap<SourceId, string> = new Map();

/** {@link apartOf} for all sources of the project. */
export function useApart(): ReadonlyMap<SourceId, string> {
  const sources = useCall('sources.list', { deleted: true }).data?.sources;
  if (sources === undefined) return NONE;
  const apart = known.get(sources) ?? apartOf(sources);
  known.set(sources, apart);
  return apart;
}

/** The icon of each kind of source, wherever it is listed. */
export const KIND_ICONS: Record<SourceKind, IconName> = {
  pdf: 'file',
  page: 'page',
  text: 'text',
  image: 'picture',
};

import { useMemo, useState } from 'react';
import type { RelationCard, UnpairedFigure } from '../../../shared/contract/relations.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCall, useCalls } from '../../api/index.ts';
import { useRelations } from '../../common/relations/state.ts';

/** So many sources are looked through at once; more when a person asks for them, for each is read whole. */
const AT_ONCE = 20;

export interface RelationList {
  readonly relations: readonly RelationCard[];
  readonly unpaired: readonly UnpairedFigure[];
  readonly titles: ReadonlyMap<SourceId, string>;
  /** How many sources with text were looked through, of how many, and how many can’t be read. */
  readonly read: number;
  readonly wanted: number;
  readonly all: number;
  readonly failed: number;
  readonly isBlind: boolean;
  /** Texts are still being read for relations between sources. */
  readonly isReading: boolean;
  /** More figures of different sources could be set beside each other than are. */
  readonly more: boolean;
  readonly error: string | null;
  readonly onMore: () => void;
}

/** What is recorded in the project, and what is suggested in the sources that were looked through. Null until the first answer. */
export function useRelationList(): RelationList | null {
  const [limit, setLimit] = useState(AT_ONCE);
  const { data: listed, error } = useCall('sources.list', {});
  const { data: recorded, error: fault } = useCall('relations.recorded', {});
  // Slow to fail is no reason to hide what is recorded: it is listed when it is there. With what the rules find, all texts are read first.
  const { data: ofAll, error: acrossFault } = useCall('relations.across', { found: true });
  const { data: ofCards } = useCall('relations.across', ofAll === undefined ? {} : null);
  const across = ofAll ?? ofCards;
  const sources = useMemo(() => (listed?.sources ?? []).filter(({ layer }) => layer !== null), [listed]);
  const also = useRelations((state) => state.also);
  const asked = useMemo(
    () => sources.filter(({ id }, at) => at < limit || id === also).map(({ id }) => ({ source: id })),
    [sources, limit, also],
  );
  const answers = useCalls('relations.ofSource', asked);
  const titles = useMemo(
    () => new Map((listed?.sources ?? []).map(({ id, title, fileName }) => [id, title ?? fileName])),
    [listed],
  );
  const found = answers.flatMap(({ data }) => data ?? []);
  const byId = new Map<string, RelationCard>();
  for (const { relations } of found) for (const one of relations) byId.set(one.id, one);
  for (const one of across?.relations ?? []) byId.set(one.id, one);
  // What the rules suggest is said there alone.
  for (const one of recorded?.relations ?? []) if (!byId.has(one.id)) byId.set(one.id, one);
  const failure = error ?? fault;
  if (failure === null && (listed === undefined || recorded === undefined)) return null;
  return {
    relations: [...byId.values()],
    unpaired: found.flatMap(({ unpaired }) => unpaired),
    titles,
    read: found.length,
    wanted: asked.length,
    all: sources.length,
    failed: answers.filter((one) => one.error !== null).length,
    isBlind: recorded?.blind === true,
    isReading: ofAll === undefined && acrossFault === null,
    more: across?.more === true,
    error: failure?.message ?? null,
    onMore: () => setLimit((now) => now + AT_ONCE),
  };
}

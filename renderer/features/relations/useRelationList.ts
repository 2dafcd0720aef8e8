import { useMemo, useState } from 'react';
import type { RelationCard, UnpairedFigure } from '../../../shared/contract/relations.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCall, useCalls } from '../../api/index.ts';
import { useRelations } from '../../common/relations/state.ts';

/** The number of sources searched at first, since each is read whole. A person can ask for more. */
const AT_ONCE = 20;

export interface RelationList {
  readonly relations: readonly RelationCard[];
  readonly unpaired: readonly UnpairedFigure[];
  readonly titles: ReadonlyMap<SourceId, string>;
  /** The number of sources with text that were searched, the number of all, and the number that cannot be read. */
  readonly read: number;
  readonly wanted: number;
  readonly all: number;
  readonly failed: number;
  readonly isBlind: boolean;
  /** Whether texts are still being read for relations between sources. */
  readonly isReading: boolean;
  /** Whether more figures of different sources could be compared than were. */
  readonly more: boolean;
  readonly error: string | null;
  readonly onMore: () => void;
}

/** The relations recorded in the project, and those suggested in the searched sources. Null until the first answer. */
export function useRelationList(): RelationList | null {
  const [limit, setLimit] = useState(AT_ONCE);
  const { data: listed, error } = useCall('sources.list', {});
  const { data: recorded, error: fault } = useCall('relations.recorded', {});
  // With `found` the engine reads all texts first, which is slow and may fail. Until then the quicker call below is shown; a failure hides nothing.
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
  // Add recorded relations only if the answer above lacks them: only that one says what the rules suggest.
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

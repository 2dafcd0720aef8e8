import { useCallback } from 'react';
import { errorDataOf, useAsk } from '../../api/index.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { openSource, openSpot } from '../../common/workbench/workbench.ts';
import type { SeenAt } from './rows.ts';

/** Goes to where something removed stood, without bringing it back. An area has no words to go to: its page is opened. */
export function useShowPlace(): (place: SeenAt | null) => Promise<void> {
  const ask = useAsk();
  return useCallback(
    async (place) => {
      if (place === null || place.source.removed) return;
      const { id } = place.source;
      if (place.span !== null) {
        openSpot(id, place.span);
        return;
      }
      try {
        const { layer } = await ask('sources.get', { id });
        const pages = layer === null ? [] : (await ask('layers.get', { id: layer })).pages;
        const page = pages.find((one) => one.page === place.page);
        // The page's first character: its text is not what was marked, but it leads there.
        if (page === undefined || page.start === page.end) openSource(id);
        else openSpot(id, { start: page.start, end: page.start + 1 });
      } catch (thrown) {
        notifyError(errorDataOf(thrown));
      }
    },
    [ask],
  );
}

import { useCallback, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { PassageFate } from '../../../shared/contract/versions.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import type { OpenComparison } from './useFoundRows.ts';

/** A person's yes: carries passages over to where they stand in the newer text. `isBusy` until it is done. */
export function useCarrying(open: OpenComparison | null): {
  readonly carry: (passages: readonly PassageFate[]) => void;
  readonly isBusy: boolean;
} {
  const { t } = useTranslation();
  const api = useApi();
  const [isBusy, setBusy] = useState(false);
  const found = open?.found;
  const carry = useCallback(
    (fates: readonly PassageFate[]) => {
      const passages = fates.flatMap(({ passage, to, carried }) =>
        to === null || carried !== null ? [] : [{ passage, start: to.start, end: to.end }],
      );
      if (passages.length === 0 || found === undefined) return;
      setBusy(true);
      // With the layers that were compared: a newer one that came in meanwhile has other places.
      api
        .call('versions.accept', { older: found.older, newer: found.newer, passages })
        .then(
          () => announce(t('versions.carriedNow', { count: passages.length })),
          (thrown: unknown) => notifyError(errorDataOf(thrown)),
        )
        .finally(() => setBusy(false));
    },
    [api, t, found],
  );
  return { carry, isBusy };
}

import { useCallback } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { EventPayload } from '../../../shared/contract/index.ts';
import { errorDataOf, useAsk, useHostEvent } from '../../api/index.ts';
import { compareVersions } from '../../common/reader/comparison.ts';
import { notifyError, notifyWith } from '../../common/notices/notices.ts';

/** So many of an import are looked at: of a whole archive somebody looks for themselves. */
const LOOKED_AT = 20;

/** Says when an import has brought a newer capture of a source that has passages. */
export function useNewerCaptures(): void {
  const { t } = useTranslation();
  const ask = useAsk();
  const look = useCallback(
    async ({ items }: EventPayload<'import.done'>): Promise<void> => {
      const added = items.flatMap(({ status, source }) => (status === 'added' && source !== null ? [source] : []));
      for (const source of added.slice(0, LOOKED_AT)) {
        const { versions } = await ask('versions.list', { source });
        const at = versions.findIndex((one) => one.source === source);
        const before = versions.slice(0, at).findLast((one) => one.passages > 0);
        if (before === undefined) continue;
        const { title, fileName } = await ask('sources.get', { id: before.source });
        notifyWith(t('versions.newerCame', { name: title ?? fileName }), {
          label: t('versions.compare'),
          run: () => compareVersions({ older: { source: before.source }, newer: { source } }),
        });
        return;
      }
    },
    [ask, t],
  );
  useHostEvent('import.done', (report) => {
    look(report).catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
  });
}

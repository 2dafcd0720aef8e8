import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { errorDataOf, useApi, useAsk, type Api } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { compareNewest } from '../../common/reader/compare-newest.ts';
import { compareVersions, goToRow, leaveComparison, useComparing } from '../../common/reader/comparison.ts';
import { notify, notifyError } from '../../common/notices/notices.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { usePairing } from './state.ts';
import { isPlace, rowsOf, type PlaceRow } from './rows.ts';

/** Comparing from anywhere: the source in front with its versions, and its passages on an earlier text with today's. */
export function useVersionsCommands(): void {
  const { t } = useTranslation();
  const ask = useAsk();
  const api = useApi();
  useCommands(
    useMemo<Command[]>(() => {
      const inFront = (): SourceId | null => useWorkbench.getState().source;
      const hasSource = (): boolean => inFront() !== null && useWorkbench.getState().place === 'read';
      const isComparing = (): boolean => useComparing.getState().pair !== null;
      const attempt = (work: Promise<void>): void =>
        void work.catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
      const ofInFront = async (compare: typeof compareLayers, none: string): Promise<void> => {
        const source = inFront();
        if (source !== null && !(await compare(api, source))) notify('plain', none);
      };
      const step = (by: 1 | -1) => async (): Promise<void> => {
        const { pair, at } = useComparing.getState();
        if (pair === null) return;
        const found = await ask('versions.compare', pair);
        const places = rowsOf(found, new Set(['found'])).filter(isPlace);
        const now = places.findIndex(({ id }) => id === at);
        const next: PlaceRow | undefined = places[now < 0 ? (by === 1 ? 0 : places.length - 1) : now + by];
        if (next !== undefined) goToRow(next, found.differences);
      };
      return [
        {
          id: 'versions.compare',
          title: t('versions.commands.compare'),
          group: 'reading',
          icon: 'columns',
          also: [t('versions.commands.compareAlso')],
          when: hasSource,
          run: () => attempt(ofInFront(compareNewest, t('versions.only'))),
        },
        {
          id: 'versions.compareLayers',
          title: t('versions.commands.compareLayers'),
          group: 'reading',
          when: hasSource,
          run: () => attempt(ofInFront(compareLayers, t('versions.noEarlier'))),
        },
        {
          id: 'versions.pair',
          title: t('versions.commands.pair'),
          group: 'library',
          icon: 'link',
          when: hasSource,
          run: () => usePairing.setState({ source: inFront() }),
        },
        {
          id: 'versions.next',
          title: t('versions.commands.next'),
          group: 'reading',
          keys: ['F8'],
          repeats: true,
          inFields: true,
          when: isComparing,
          run: () => attempt(step(1)()),
        },
        {
          id: 'versions.previous',
          title: t('versions.commands.previous'),
          group: 'reading',
          keys: ['Shift+F8'],
          repeats: true,
          inFields: true,
          when: isComparing,
          run: () => attempt(step(-1)()),
        },
        {
          id: 'versions.leave',
          title: t('versions.leave'),
          group: 'reading',
          when: isComparing,
          run: leaveComparison,
        },
      ];
    }, [t, ask, api]),
  );
}

/** With the earlier text that most of its passages still lie on. */
async function compareLayers(api: Api, id: SourceId): Promise<boolean> {
  const source = await api.read('sources.get', { id });
  const { layers } = await api.read('layers.list', { source: id });
  const earlier = layers
    .filter((one) => !one.current && one.engine !== 'picture' && one.passages > 0)
    .toSorted((a, b) => b.passages - a.passages)[0];
  if (earlier === undefined || source.layer === null) return false;
  compareVersions({ older: { source: id, layer: earlier.id }, newer: { source: id, layer: source.layer } });
  return true;
}

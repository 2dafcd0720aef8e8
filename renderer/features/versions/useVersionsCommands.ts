import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceId } from '../../../shared/model/index.ts';
import { errorDataOf, useAsk } from '../../api/index.ts';
import { useCommands, type Command } from '../../app/commands/registry.ts';
import { compareVersions, goToRow, leaveComparison, useComparing } from '../../app/state/comparing.ts';
import { notify, notifyError } from '../../app/state/notices.ts';
import { useWorkbench } from '../../app/state/workbench.ts';
import { usePairing } from './state.ts';
import { isPlace, rowsOf, type PlaceRow } from './rows.ts';

/** Comparing from anywhere: the source in front with its versions, and its passages on an earlier text with today's. */
export function useVersionsCommands(): void {
  const { t } = useTranslation();
  const ask = useAsk();
  useCommands(
    useMemo<Command[]>(() => {
      const inFront = (): SourceId | null => useWorkbench.getState().source;
      const hasSource = (): boolean => inFront() !== null && useWorkbench.getState().place === 'read';
      const isComparing = (): boolean => useComparing.getState().pair !== null;
      const attempt = (work: Promise<void>): void =>
        void work.catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
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
          run: () => attempt(compareInFront(ask, inFront(), t('versions.only'))),
        },
        {
          id: 'versions.compareLayers',
          title: t('versions.commands.compareLayers'),
          group: 'reading',
          when: hasSource,
          run: () => attempt(compareLayers(ask, inFront(), t('versions.noEarlier'))),
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
    }, [t, ask]),
  );
}

type Ask = ReturnType<typeof useAsk>;

/** With the newest version; where it is that itself, with the one before. */
async function compareInFront(ask: Ask, source: SourceId | null, none: string): Promise<void> {
  if (source === null) return;
  const { versions } = await ask('versions.list', { source });
  const at = versions.findIndex((one) => one.source === source);
  const newest = versions.at(-1);
  const before = versions[at - 1];
  if (newest !== undefined && newest.source !== source)
    compareVersions({ older: { source }, newer: { source: newest.source } });
  else if (before !== undefined) compareVersions({ older: { source: before.source }, newer: { source } });
  else notify('plain', none);
}

/** With the earlier text that most of its passages still lie on. */
async function compareLayers(ask: Ask, id: SourceId | null, none: string): Promise<void> {
  if (id === null) return;
  const source = await ask('sources.get', { id });
  const { layers } = await ask('layers.list', { source: id });
  const earlier = layers
    .filter((one) => !one.current && one.engine !== 'picture' && one.passages > 0)
    .toSorted((a, b) => b.passages - a.passages)[0];
  if (earlier === undefined || source.layer === null) notify('plain', none);
  else compareVersions({ older: { source: id, layer: earlier.id }, newer: { source: id, layer: source.layer } });
}

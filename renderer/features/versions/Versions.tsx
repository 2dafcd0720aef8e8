import { useEffect, useMemo, useState, useCallback } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { create } from 'zustand';
import type { EventPayload } from '../../../shared/contract/index.ts';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { errorDataOf, useApi, useCall, useAsk, useHostEvent, type Api } from '../../api/index.ts';
import { matchText, wantedOf } from '../../common/choices/match.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { formatCaptured } from '../../common/format.ts';
import { notifyError, notifyWith, notify } from '../../common/notices/notices.ts';
import {
  forgetComparison,
  compareVersions,
  goToRow,
  leaveComparison,
  useComparing,
  compareNewest,
} from '../../common/reader/comparison.ts';
import { sourceName, useApart } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { Button } from '../../ui/Button.tsx';
import { Radios } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { isPlace, rowsOf, type PlaceRow } from './rows.ts';

/** Commands on versions, and their dialog. */
export function Versions() {
  const source = usePairDialog((state) => state.source);
  useVersionsCommands();
  useNewerCaptures();
  useEffect(() => forgetComparison, []);
  return source === null ? null : (
    <PairDialog source={source} onClose={() => usePairDialog.setState({ source: null })} />
  );
}

/** The most sources that are listed. The filter finds the others. */
const MAX_LISTED = 60;
const NO_SOURCES: readonly Source[] = [];

/** Marks a source as a version of another: a corrected PDF, another capture, OCR of a scan. */
function PairDialog({ source: id, onClose }: { source: SourceId; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const [other, setOther] = useState<Source | null>(null);
  const [isNewer, setNewer] = useState<boolean | null>(null);
  const [error, setError] = useState<string | null>(null);
  const own = useCall('sources.get', { id }).data;
  const supposed = own === undefined || other === null ? true : timeOf(own) >= timeOf(other);
  const newerIsOwn = isNewer ?? supposed;
  const pair = (): void => {
    if (other === null) return;
    const [older, newer] = newerIsOwn ? [other.id, id] : [id, other.id];
    api.call('versions.pair', { older, newer }).then(
      () => {
        onClose();
        compareVersions({ older: { source: older }, newer: { source: newer } });
      },
      (thrown: unknown) => setError(errorDataOf(thrown).message),
    );
  };
  return (
    <Dialog
      title={t('versions.pairTitle')}
      isOpen
      onClose={onClose}
      closeLabel={t('app.close')}
      ignoresOutside={other !== null}
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={other === null} onPress={pair}>
            {t('versions.pairDo')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="reading">
          <bdi className="strong">{own?.title ?? own?.fileName}</bdi>
        </p>
        <Picker own={id} chosen={other} onChoose={setOther} />
        {other === null ? null : (
          <Radios
            label={t('versions.which')}
            value={newerIsOwn ? 'newer' : 'older'}
            options={[
              { value: 'newer', label: t('versions.isNewer', { name: sourceName(other) }) },
              { value: 'older', label: t('versions.isOlder', { name: sourceName(other) }) },
            ]}
            onChange={(value) => setNewer(value === 'newer')}
          />
        )}
        {error === null ? null : <InlineError message={error} />}
      </div>
    </Dialog>
  );
}

/** The capture time as an ISO date, which can be compared as text. A source without one counts as the older. */
const timeOf = ({ capture, dateOfCapture }: Source): string => capture.time ?? dateOfCapture?.edtf ?? '';

interface PickerProps {
  readonly own: SourceId;
  readonly chosen: Source | null;
  readonly onChoose: (source: Source) => void;
}

function Picker({ own, chosen, onChoose }: PickerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const all = useCall('sources.list', {}).data?.sources ?? NO_SOURCES;
  const apart = useApart();
  const found = useMemo(() => {
    const wanted = wantedOf(text);
    const fits = (source: Source): boolean =>
      [sourceName(source), source.capture.url ?? ''].some((one) => matchText(one, wanted) !== null);
    return all.filter((source) => source.id !== own && fits(source)).slice(0, MAX_LISTED);
  }, [all, own, text]);
  return (
    <div className="versions-picker stack">
      <FilterField label={t('versions.pairWith')} value={text} onChange={setText} />
      <ListBox
        aria-label={t('sidebar.sources')}
        className="list-box scroll"
        items={found}
        selectionMode="single"
        selectedKeys={chosen === null ? [] : [chosen.id]}
        onSelectionChange={(keys) => {
          const source = keys === 'all' ? undefined : found.find((one) => keys.has(one.id));
          if (source !== undefined) onChoose(source);
        }}
        renderEmptyState={() => <p className="hint">{t('versions.noSuchSource')}</p>}
      >
        {(source) => (
          <ListBoxItem id={source.id} textValue={sourceName(source)} className="menu-item">
            <bdi className="grow cut">{sourceName(source)}</bdi>
            <span className="dim">{apart.get(source.id)}</span>
            <span className="mono dim">{timeOf(source) === '' ? '' : formatCaptured(timeOf(source))}</span>
          </ListBoxItem>
        )}
      </ListBox>
    </div>
  );
}

/** The most sources of one import that are checked: an archive can have thousands. */
const MAX_CHECKED = 20;

/** Shows a notice when an import added a newer capture of a source that has passages. */
function useNewerCaptures(): void {
  const { t } = useTranslation();
  const ask = useAsk();
  const look = useCallback(
    async ({ items }: EventPayload<'import.done'>): Promise<void> => {
      const added = items.flatMap(({ status, source }) => (status === 'added' && source !== null ? [source] : []));
      for (const source of added.slice(0, MAX_CHECKED)) {
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

const inFront = (): SourceId | null => useWorkbench.getState().source;

/**
 * Commands that compare the open source with its newest version, or its current text layer with an earlier one.
 */
function useVersionsCommands(): void {
  const { t } = useTranslation();
  const ask = useAsk();
  const api = useApi();
  useCommands(
    useMemo<Command[]>(() => {
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
          writes: true,
          title: t('versions.commands.pair'),
          group: 'library',
          icon: 'link',
          when: hasSource,
          run: () => usePairDialog.setState({ source: inFront() }),
        },
        {
          id: 'versions.next',
          title: t('versions.commands.next'),
          group: 'reading',
          keys: keysOf('versions.next'),
          repeats: true,
          inFields: true,
          when: isComparing,
          run: () => attempt(step(1)()),
        },
        {
          id: 'versions.previous',
          title: t('versions.commands.previous'),
          group: 'reading',
          keys: keysOf('versions.previous'),
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

/** Compares the current text layer with the earlier one that has the most passages. Returns whether there is one. */
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

/** The source to pair with another; null while the dialog is closed. */
const usePairDialog = create<{ readonly source: SourceId | null }>()(() => ({ source: null }));

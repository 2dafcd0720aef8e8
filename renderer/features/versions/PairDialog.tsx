import { useMemo, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { matchText, wantedOf } from '../../common/choices/match.ts';
import { formatCaptured } from '../../common/format.ts';
import { compareVersions } from '../../common/reader/comparison.ts';
import { useApart } from '../../common/sources/source-names.ts';
import { Button } from '../../ui/Button.tsx';
import { Radios } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';

/** So many sources are listed; a part of a name finds the others. */
const LISTED = 60;
const NO_SOURCES: readonly Source[] = [];

/** Says which source this one is a newer or older version of: a corrected PDF, another capture, OCR over a scan. */
export function PairDialog({ source: id, onClose }: { source: SourceId; onClose: () => void }) {
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
      isHeld={other !== null}
      feet={
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
              { value: 'newer', label: t('versions.isNewer', { name: nameOf(other) }) },
              { value: 'older', label: t('versions.isOlder', { name: nameOf(other) }) },
            ]}
            onChange={(value) => setNewer(value === 'newer')}
          />
        )}
        {error === null ? null : <InlineError message={error} />}
      </div>
    </Dialog>
  );
}

const nameOf = ({ title, fileName }: Source): string => title ?? fileName;
/** By text: ISO dates sort by it. What has no date is taken for old. */
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
      [nameOf(source), source.capture.url ?? ''].some((one) => matchText(one, wanted) !== null);
    return all.filter((source) => source.id !== own && fits(source)).slice(0, LISTED);
  }, [all, own, text]);
  return (
    <div className="versions-picker stack">
      <FilterField label={t('versions.pairWith')} value={text} onChange={setText} />
      <ListBox
        aria-label={t('shelf.sources')}
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
          <ListBoxItem id={source.id} textValue={nameOf(source)} className="menu-item">
            <bdi className="grow cut">{nameOf(source)}</bdi>
            <span className="dim">{apart.get(source.id)}</span>
            <span className="mono dim">{timeOf(source) === '' ? '' : formatCaptured(timeOf(source))}</span>
          </ListBoxItem>
        )}
      </ListBox>
    </div>
  );
}

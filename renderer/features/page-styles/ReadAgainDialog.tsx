import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Source } from '../../../shared/model/index.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import { ENCODINGS, type Encoding, useBeginning } from './encodings.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { Badge } from '../../ui/Badge.tsx';

type Outcome = { readonly error: string } | { readonly same: boolean; readonly notes: readonly string[] };

/**
 * A source’s text layers, and extracting its text again: with another encoding, or with its page styles, now that a
 * window can read them.
 */
export function ReadAgainDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const layers = useCall('layers.list', { source: source.id }).data?.layers ?? [];
  const [charset, setCharset] = useState<Encoding | null>(null);
  const [isReading, setReading] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const beginning = useBeginning(source, charset);
  const readAgain = (): void => {
    setReading(true);
    api
      .call('layers.remake', { source: source.id, charset, pageStyles: source.kind === 'page' })
      .then(setOutcome, (thrown: unknown) => setOutcome({ error: errorDataOf(thrown).message }))
      .finally(() => setReading(false));
  };
  return (
    <Dialog
      title={t('textLayers.title')}
      isOpen
      onClose={onClose}
      closeLabel={t('app.close')}
      ignoresOutside={isReading}
      footer={
        <>
          <Button onPress={onClose}>{t('app.close')}</Button>
          <Button kind="primary" isPending={isReading} onPress={readAgain}>
            {t(isReading ? 'textLayers.doing' : 'textLayers.do')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="reading">
          <bdi className="strong">{source.title ?? source.fileName}</bdi>
        </p>
        <LayerList layers={layers} />
        <Select
          label={t('textLayers.encoding')}
          value={charset}
          none={t('textLayers.asFound')}
          noneIsFine
          options={ENCODINGS.map((value) => ({ value, label: t(`textLayers.encodings.${value}`) }))}
          onChange={(value) => {
            setCharset(value);
            setOutcome(null);
          }}
        />
        {beginning === null ? null : (
          <section className="stack" aria-label={t('textLayers.preview')}>
            <h3>{t('textLayers.preview')}</h3>
            <p className="reading" dir="auto">
              {beginning}
            </p>
          </section>
        )}
        <p className="hint">{t('textLayers.hint')}</p>
        <Outcome outcome={outcome} />
      </div>
    </Dialog>
  );
}

function Outcome({ outcome }: { outcome: Outcome | null }) {
  const { t } = useTranslation();
  if (outcome === null) return null;
  if ('error' in outcome) return <InlineError message={outcome.error} />;
  return (
    <Note role="status">{[t(outcome.same ? 'textLayers.same' : 'textLayers.done'), ...outcome.notes].join(' ')}</Note>
  );
}

type Listed = CallOutput<'layers.list'>['layers'][number];

/** Each layer with its engine and time, its number of passages, and notes. */
function LayerList({ layers }: { layers: readonly Listed[] }) {
  const { t } = useTranslation();
  return (
    <ul className="capture-list" aria-label={t('textLayers.list')}>
      {layers.map((layer) => (
        <li key={layer.id}>
          <span className="line" data-wrap>
            <b>{t(`engines.${layer.engine}`)}</b>
            {layer.current ? <Badge tone="ok">{t('textLayers.current')}</Badge> : null}
            <span className="dim">{factsOf(layer, t).join(' · ')}</span>
          </span>
          {layer.notes.map((note) => (
            <span key={note} className="hint">
              {note}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function factsOf(layer: Listed, t: ReturnType<typeof useTranslation>['t']): string[] {
  const hasEncoding = layer.engine === 'frozen-page' || layer.engine === 'plain-text';
  return [
    ...(hasEncoding ? [layer.charset ?? t('textLayers.found')] : []),
    ...(layer.version.endsWith('+styles') ? [t('textLayers.withStyles')] : []),
    t('textLayers.version', { version: layer.version }),
    formatMoment(layer.addedAt),
    t('textLayers.passages', { count: layer.passages }),
  ];
}

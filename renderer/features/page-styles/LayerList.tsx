import { useTranslation } from '../../common/strings/use-translation.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { Badge } from '../../ui/Badge.tsx';

type Listed = CallOutput<'layers.list'>['layers'][number];

/** Each layer with its engine and time, its number of passages, and notes. */
export function LayerList({ layers }: { layers: readonly Listed[] }) {
  const { t } = useTranslation();
  return (
    <ul className="capture-list" aria-label={t('textLayers.list')}>
      {layers.map((layer) => (
        <li key={layer.id}>
          <span className="line" data-wrap>
            <b>{t(`textLayers.engines.${layer.engine}`)}</b>
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

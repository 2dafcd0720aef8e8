import type { Layer, Source, Passage } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import type { Shown } from './shown.ts';
import { useRole } from './useCompared.ts';

export type Problem = 'unpaintable' | 'locked' | 'cannotOpen' | 'textDiffers' | 'noImage';

interface Props {
  readonly source: Source;
  readonly layer: Layer | null;
  readonly shown: Shown;
  readonly problem: Problem | null;
}

/** Notes on what is wrong or missing in what is shown. */
export function Remarks({ source, layer, shown, problem }: Props) {
  const { t } = useTranslation();
  const { showScreenshot } = shown;
  return (
    <div className="reader-remarks">
      {source.hasText || shown.kind === 'image' ? null : (
        <Note>{t(source.kind === 'pdf' ? 'reader.noTextLayerPdf' : 'reader.noTextLayer')}</Note>
      )}
      {source.hasText && shown.kind !== 'image' ? <BrokenText source={source} layer={layer} /> : null}
      {layer?.engine === 'pdfjs' && source.hasText ? <Note role="status">{t('textLayer.byPdfjs')}</Note> : null}
      {problem === null || !concerns(problem, shown) ? null : (
        <Note tone="warn">
          <span className="line" data-wrap>
            <span className="grow">{t(`reader.problems.${problem}`)}</span>
            {problem === 'textDiffers' && showScreenshot !== null ? (
              <Button size="small" onPress={() => showScreenshot(true)}>
                {t('picture.show')}
              </Button>
            ) : null}
          </span>
        </Note>
      )}
    </div>
  );
}

/** Says that the text layer's letters are not those of the page, and what can be done. */
function BrokenText({ source: { kind }, layer }: Pick<Props, 'source' | 'layer'>) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const broken = useCall('layers.check', layer === null ? null : { id: layer.id }).data?.broken ?? null;
  if (broken === null) return null;
  return (
    <Note tone="warn" role="status">
      <span className="line" data-wrap>
        <span className="grow">
          {t(`reader.broken.${broken}`)} {t(kind === 'pdf' ? 'reader.broken.onPdf' : 'reader.broken.elsewhere')}
        </span>
        {kind === 'pdf' || isReadOnly ? null : (
          <Button size="small" onPress={() => runCommand('textLayers.readAgain')}>
            {t('reader.broken.again')}
          </Button>
        )}
      </span>
    </Note>
  );
}

/** Whether a problem is about what is shown: a page’s text and its screenshot can each have one. */
function concerns(problem: Problem, { kind }: Shown): boolean {
  switch (problem) {
    case 'noImage':
      return kind === 'image';
    case 'textDiffers':
      return kind === 'page';
    case 'unpaintable':
    case 'locked':
    case 'cannotOpen':
      return kind === 'pdf';
  }
}

/** Says how many passages lie on an earlier text layer and so are not drawn, and offers to compare the layers. */
export function EarlierText({ source, passages }: { source: Source; passages: readonly Passage[] }) {
  const { t } = useTranslation();
  const isCompared = useRole(source) !== null;
  const earlier = passages.filter(({ anchor, layer }) => anchor.kind === 'text' && layer !== source.layer).length;
  if (earlier === 0 || isCompared) return null;
  return (
    <Note role="status">
      <span className="line" data-wrap>
        <span className="grow">{t('versions.earlier', { count: earlier })}</span>
        <Button size="small" onPress={() => runCommand('versions.compareLayers')}>
          {t('versions.earlierCompare')}
        </Button>
      </span>
    </Note>
  );
}

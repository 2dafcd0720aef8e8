import type { Layer, Source, Passage } from '../../../shared/model/index.ts';
import { runCommand } from '../../common/commands/registry.ts';
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

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../shared/model/index.ts';
import { shownKeys } from '../../app/commands/keys.ts';
import { IconButton, IconToggle } from '../../ui/Button.tsx';
import type { OpenViews } from './useOpenViews.ts';

/** Tools of the source in front; plain text needs none. */
export function ReaderToolbar({ source, views, zoom }: { source: Source; views: OpenViews; zoom: FrozenZoom }) {
  const { t } = useTranslation();
  if (source.kind === 'text') return null;
  return (
    <div className="bar reader-bar" role="toolbar" aria-label={t('reader.tools')}>
      {source.kind === 'pdf' ? <PdfTools source={source} views={views} /> : <PageTools zoom={zoom} />}
    </div>
  );
}

function PdfTools({ source, views }: { source: Source; views: OpenViews }) {
  const { t } = useTranslation();
  const { pdf, place, areaTool, paper } = views;
  const off = pdf === null;
  return (
    <>
      <IconButton
        label={t('reader.previousPage')}
        icon="back"
        isDisabled={off || place.page <= 1}
        onPress={() => pdf?.goToPage(place.page - 1)}
      />
      <PageField page={place.page} pages={source.pages} onGo={(page) => pdf?.goToPage(page)} />
      <IconButton
        label={t('reader.nextPage')}
        icon="forward"
        isDisabled={off || place.page >= source.pages}
        onPress={() => pdf?.goToPage(place.page + 1)}
      />
      <span className="separator" />
      <IconButton
        label={t('reader.zoomOut')}
        icon="minus"
        keys={shownKeys('$mod+Minus')}
        isDisabled={off}
        onPress={() => pdf?.zoomBy(false)}
      />
      <output className="zoom-shown" aria-label={t('reader.zoom')}>
        {t('reader.percent', { value: Math.round(place.zoom * 100) })}
      </output>
      <IconButton
        label={t('reader.zoomIn')}
        icon="add"
        keys={shownKeys('$mod+Equal')}
        isDisabled={off}
        onPress={() => pdf?.zoomBy(true)}
      />
      <IconButton
        label={t('reader.fitWidth')}
        icon="fitWidth"
        keys={shownKeys('$mod+Digit0')}
        isDisabled={off}
        onPress={() => pdf?.setZoom({ fit: 'width' })}
      />
      <IconButton
        label={t('reader.fitPage')}
        icon="fitPage"
        keys={shownKeys('$mod+Digit9')}
        isDisabled={off}
        onPress={() => pdf?.setZoom({ fit: 'page' })}
      />
      <IconButton
        label={t('reader.rotate')}
        icon="rotate"
        keys={['R']}
        isDisabled={off}
        onPress={() => pdf?.rotate()}
      />
      <span className="grow" />
      <IconToggle
        label={t('reader.markArea')}
        icon="area"
        keys={['A']}
        selected={areaTool}
        isDisabled={off || source.layer === null}
        onChange={(on) => pdf?.markArea(on)}
      />
      <IconToggle
        label={t('reader.darkPaper')}
        icon="half"
        keys={['D']}
        selected={paper === 'dark'}
        onChange={(dark) => views.setPaper(dark ? 'dark' : 'light')}
      />
    </>
  );
}

/** The page one is on; a number typed into it goes there. */
function PageField({ page, pages, onGo }: { page: number; pages: number; onGo: (page: number) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const go = (): void => {
    const wanted = Number.parseInt(typed ?? '', 10);
    if (Number.isInteger(wanted) && wanted >= 1 && wanted <= pages) onGo(wanted);
    setTyped(null);
  };
  return (
    <label className="page-field">
      <span className="unseen">{t('reader.page')}</span>
      <input
        value={typed ?? String(page)}
        inputMode="numeric"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') go();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      <span className="dim">{t('reader.ofPages', { pages })}</span>
    </label>
  );
}

export interface FrozenZoom {
  readonly value: number;
  readonly set: (zoom: number) => void;
}
const LEAST = 0.5;
const MOST = 3;
const STEP = 0.1;

function PageTools({ zoom }: { zoom: FrozenZoom }) {
  const { t } = useTranslation();
  const by = (step: number): void =>
    zoom.set(Math.min(MOST, Math.max(LEAST, Math.round((zoom.value + step) * 10) / 10)));
  return (
    <>
      <IconButton label={t('reader.zoomOut')} icon="minus" isDisabled={zoom.value <= LEAST} onPress={() => by(-STEP)} />
      <output className="zoom-shown" aria-label={t('reader.zoom')}>
        {t('reader.percent', { value: Math.round(zoom.value * 100) })}
      </output>
      <IconButton label={t('reader.zoomIn')} icon="add" isDisabled={zoom.value >= MOST} onPress={() => by(STEP)} />
    </>
  );
}

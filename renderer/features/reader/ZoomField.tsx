import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { isComposing } from '../../common/commands/keys.ts';

/** In percent, as it may be typed. */
const LEAST = 10;
const MOST = 800;

/** The zoom that is shown; a percentage typed into it sets it. 1 is 100 %. */
export function ZoomField({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const go = (): void => {
    const wanted = percentIn(typed ?? '');
    if (wanted !== null) onZoom(wanted / 100);
    setTyped(null);
  };
  return (
    <label className="zoom-field">
      <span className="unseen">{t('reader.zoom')}</span>
      <input
        value={typed ?? t('reader.percent', { value: Math.round(zoom * 100) })}
        inputMode="numeric"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          if (event.key === 'Enter') go();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
    </label>
  );
}

/** A percentage as people type it (`150`, `150 %`, `87,5`), kept within what can be shown; null for anything else. */
export function percentIn(typed: string): number | null {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*%?\s*$/.exec(typed);
  const value = match === null ? Number.NaN : Number.parseFloat((match[1] ?? '').replace(',', '.'));
  return Number.isNaN(value) ? null : Math.min(MOST, Math.max(LEAST, value));
}

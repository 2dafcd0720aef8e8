import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { isComposing } from '../../common/commands/keys.ts';

/** The page one is on; a number typed into it goes there. */
export function PageField({ page, pages, onGo }: { page: number; pages: number; onGo: (page: number) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const go = (written: string): void => {
    const wanted = Number.parseInt(written, 10);
    if (Number.isInteger(wanted)) onGo(Math.min(pages, Math.max(1, wanted)));
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
          if (isComposing(event.nativeEvent)) return;
          // What stands there, typed or not: a number typed over the same one is no change to React.
          if (event.key === 'Enter') go(event.currentTarget.value);
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      <span className="dim">{t('reader.ofPages', { pages })}</span>
    </label>
  );
}

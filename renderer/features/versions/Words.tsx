import { useTranslation } from '../../common/strings/use-translation.ts';
import type { WordPiece } from '../../../shared/contract/versions.ts';

/** So many characters of a stretch are shown in a row, from its beginning and its end. */
const MOST = 90;

/** A long stretch by its two ends; where words have spaces, not in the middle of one. */
export function shortened(text: string): string {
  const letters = [...text.replaceAll(/\s+/gu, ' ')];
  if (letters.length <= MOST) return letters.join('');
  const head = letters.slice(0, MOST / 2).join('');
  const tail = letters.slice(-MOST / 3).join('');
  return `${head.replace(/\s\S{0,15}$/u, '')} … ${tail.replace(/^\S{0,15}\s/u, '')}`;
}

/** Words of a source with what is gone and what is new: struck and underlined, and said to a screen reader. */
export function Words({ pieces, language }: { pieces: readonly WordPiece[]; language: string | null }) {
  const { t } = useTranslation();
  return (
    <span className="source-words versions-words" dir="auto" {...(language === null ? {} : { lang: language })}>
      {pieces.map(({ kind, text }, at) => {
        const key = String(at);
        const words = shortened(text);
        switch (kind) {
          case 'same':
            return <span key={key}>{words}</span>;
          case 'gone':
            return (
              <del key={key}>
                <span className="unseen">{t('versions.gone')} </span>
                {words}
              </del>
            );
          case 'new':
            return (
              <ins key={key}>
                <span className="unseen">{t('versions.new')} </span>
                {words}
              </ins>
            );
        }
      })}
    </span>
  );
}

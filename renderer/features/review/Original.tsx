import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { pagesOf, type Passage, type Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { directionOf, languageName } from '../../common/review/languages.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { Badge } from '../../ui/Badge.tsx';
import { familyStyle } from '../../ui/FamilySign.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { surroundings } from './surroundings.ts';

interface PartProps {
  readonly passage: Passage;
  readonly source: Source | undefined;
}

const languageOf = (source: Source | undefined): { lang?: string; dir: 'rtl' | 'ltr' | 'auto' } => ({
  dir: directionOf(source?.language ?? null),
  ...(source?.language === null || source === undefined ? {} : { lang: source.language }),
});

/** The passage's own words, in their language and direction, on their family's colour. */
export function Original({ passage, source }: PartProps) {
  const { t } = useTranslation();
  const categories = useCategories();
  const { anchor, tags } = passage;
  const first = tags.flatMap(({ category }) => categories.get(category) ?? [])[0];
  const look = first === undefined ? { className: '', style: {} } : familyStyle(first.code, first.colour);
  const isCurrent = source === undefined || source.layer === null || source.layer === passage.layer;
  return (
    <section aria-label={t('review.original')}>
      <h3 className="review-cap">
        <span className="grow">
          {source === undefined || source.language === null
            ? t('review.original')
            : t('review.originalIn', { language: languageName(source.language) })}
        </span>
        {isCurrent ? null : (
          <Badge tone="warn" icon="alert">
            {t('review.earlierText')}
          </Badge>
        )}
      </h3>
      {anchor.kind === 'text' ? (
        <blockquote className="source-words review-original" {...languageOf(source)}>
          <mark className={look.className} style={look.style}>
            {quotedWords(anchor.exact, source?.kind ?? 'text')}
          </mark>
        </blockquote>
      ) : (
        <p className="mid">{t('review.areaHere', { ...pagesOf(anchor) })}</p>
      )}
    </section>
  );
}

/** The words around the passage, as its page has them. */
export function InPage({ passage, source }: PartProps) {
  const { t } = useTranslation();
  const { anchor, layer } = passage;
  // Only a PDF's text is told by the page: the whole text of a long capture is not fetched for two lines.
  const isPaged = source?.kind === 'pdf' && anchor.kind === 'text';
  const page = useCall('layers.text', isPaged ? { id: layer, page: anchor.page } : null).data?.text ?? null;
  const around = useMemo(() => (anchor.kind === 'text' ? surroundings(anchor, page) : null), [anchor, page]);
  return (
    <section aria-label={t('review.inPage')}>
      <h3 className="review-cap">
        <span className="grow">{t('review.inPage')}</span>
        <Kbd keys={['O']} />
      </h3>
      {around === null || (around.before === '' && around.after === '') ? (
        <p className="hint">{t('review.nothingAround')}</p>
      ) : (
        <p className="source-words review-around" {...languageOf(source)}>
          {around.before === '' ? null : `… ${quotedWords(around.before, 'pdf')}`}
          <strong>{quotedWords(around.words, source?.kind ?? 'text')}</strong>
          {around.after === '' ? null : `${quotedWords(around.after, 'pdf')} …`}
        </p>
      )}
    </section>
  );
}

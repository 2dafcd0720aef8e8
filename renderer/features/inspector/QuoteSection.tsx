import { useState, type ReactNode } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { pagesOf, type Passage, type Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { formatWhen } from '../../common/format.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';

interface QuoteSectionProps {
  readonly passage: Passage;
  readonly source: Source | undefined;
  /** What else is to be said of the whole passage. */
  readonly children?: ReactNode;
}

/** The passage's own words, in their language and direction, and where they stand. */
export function QuoteSection({ passage, source, children }: QuoteSectionProps) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const people = useCall('project.info', {}).data?.people ?? [];
  const { anchor } = passage;
  const language = source?.language ?? null;
  const isOnPicture = anchor.kind === 'area' && source !== undefined && source.kind !== 'pdf';
  const name = people.find(({ id }) => id === passage.person)?.name;
  return (
    <section className="pane-section">
      {anchor.kind === 'text' ? (
        <blockquote className="source-words quote" dir="auto" {...(language === null ? {} : { lang: language })}>
          {quotedWords(anchor.exact, source?.kind ?? 'text')}
        </blockquote>
      ) : (
        <p className="strong">{t(isOnPicture ? 'picture.areaOf' : 'inspector.area')}</p>
      )}
      <p className="line quote-place">
        {isOnPicture ? null : <span className="mid">{t('inspector.page', { ...pagesOf(anchor) })}</span>}
        {anchor.kind === 'text' ? (
          <span className="dim cut">{t('inspector.charactersAt', { start: anchor.start, end: anchor.end })}</span>
        ) : null}
      </p>
      {name === undefined ? null : (
        <p className="hint">
          <bdi>{t('inspector.by', { name, when: formatWhen(passage.createdAt, now) })}</bdi>
        </p>
      )}
      {children}
    </section>
  );
}

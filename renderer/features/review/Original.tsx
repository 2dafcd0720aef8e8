import { useMemo } from 'react';
import { pagesOf, type Passage, type Source, type TextAnchor } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useCall } from '../../api/index.ts';
import { FoundBy } from '../../common/passages/FoundBy.tsx';
import { HiddenWords } from '../../common/passages/HiddenWords.tsx';
import { useCategories } from '../../common/passages/source-passages.ts';
import { directionOf, languageName } from '../../common/review/languages.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';
import { familyStyle } from '../../ui/FamilySign.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { TO_SEE } from './useSeen.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';

interface PartProps {
  readonly passage: Passage;
  readonly source: Source | undefined;
}

const languageOf = (source: Source | undefined): { lang?: string; dir: 'rtl' | 'ltr' | 'auto' } => ({
  dir: directionOf(source?.language ?? null),
  ...(source?.language === null || source === undefined ? {} : { lang: source.language }),
});

/** The passage's words in their language and direction, on its category's colour. */
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
        <blockquote className="source-words review-original" {...TO_SEE} {...languageOf(source)}>
          <mark className={look.className} style={look.style}>
            {quotedWords(anchor.exact, source?.kind ?? 'text')}
          </mark>
        </blockquote>
      ) : (
        <p className="mid" {...TO_SEE}>
          {t('review.areaHere', { ...pagesOf(anchor) })}
        </p>
      )}
      <HiddenWords passage={passage} source={source} />
      <FoundBy passage={passage.id} />
    </section>
  );
}

/** The words around the passage on its page. */
export function InPage({ passage, source }: PartProps) {
  const { t } = useTranslation();
  const { anchor, layer } = passage;
  const part =
    anchor.kind === 'text' ? { start: Math.max(0, anchor.start - AROUND), end: anchor.end + AROUND } : undefined;
  const text = useCall('layers.text', part === undefined ? null : { id: layer, part }).data?.text ?? null;
  const around = useMemo(() => (anchor.kind === 'text' ? surroundings(anchor, text) : null), [anchor, text]);
  return (
    <section aria-label={t('review.inPage')}>
      <h3 className="review-cap">
        <span className="grow">{t('review.inPage')}</span>
        <Kbd keys={shownKeysOf('reviewOpen')} />
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

interface Surroundings {
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

/**
 * How much context is shown on either side, in UTF-16 code units; then it is shortened to whole words. A Chinese character is as
 * wide as two letters and a half: with 400 of them before it, the passage was below the screen at 1024 × 768.
 */
const CONTEXT = 300;
const CONTEXT_CHINESE = 120;
const contextOf = (text: string): number =>
  (text.match(/\p{Script=Han}/gu)?.length ?? 0) > text.length / 2 ? CONTEXT_CHINESE : CONTEXT;
/** How much is read on either side. */
const AROUND = 500;
/** Of a long passage its two ends are shown, each this long in UTF-16 code units. All of it is shown above. */
const MAX_WORDS = 24;

/**
 * The context of a passage: from the text around it if that is loaded and contains it, else the prefix and suffix stored
 * with the passage.
 */
export function surroundings(anchor: TextAnchor, page: string | null): Surroundings {
  const { exact, prefix, suffix } = anchor;
  const words =
    exact.length <= 3 * MAX_WORDS
      ? exact
      : `${toWordEnd(exact.slice(0, MAX_WORDS), true)} … ${fromWordStart(exact.slice(-MAX_WORDS), true)}`;
  const at = page === null ? -1 : placeIn(page, anchor);
  if (page === null || at < 0) return { before: prefix, words, after: suffix };
  const end = at + exact.length;
  const context = contextOf(page);
  return {
    before: fromWordStart(page.slice(Math.max(0, at - context), at), at > context),
    words,
    after: toWordEnd(page.slice(end, end + context), page.length > end + context),
  };
}

/**
 * Where the passage is on its page; -1 if it is not found, as for a passage across two pages. It is searched with its
 * prefix and suffix, because its words can occur twice on the page.
 */
function placeIn(page: string, { exact, prefix, suffix }: TextAnchor): number {
  const whole = page.indexOf(prefix + exact + suffix);
  if (whole >= 0) return whole + prefix.length;
  const before = page.indexOf(prefix + exact);
  return before >= 0 ? before + prefix.length : page.indexOf(exact);
}

/** Removes half of a surrogate pair at the cut, and, in scripts with spaces, the word that was cut. */
const fromWordStart = (text: string, isCut: boolean): string =>
  isCut ? text.replace(/^[\u{dc00}-\u{dfff}]/u, '').replace(/^[^\s]{0,15}\s/u, '') : text;
const toWordEnd = (text: string, isCut: boolean): string =>
  isCut ? text.replace(/[\u{d800}-\u{dbff}]$/u, '').replace(/\s[^\s]{0,15}$/u, '') : text;

import { useMemo } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { Passage } from '../../../shared/model/index.ts';
import { checkFigures } from '../../../shared/review/figures.ts';
import { checkTerms, glossaryOf, type Glossary } from '../../../shared/review/terms.ts';
import { usePart } from '../../api/index.ts';
import { formatAny } from '../format.ts';
import type { Mark } from './MarkedWords.tsx';
import { Icon } from '../../ui/Icon.tsx';

/** One finding: a figure or term of one text, compared with the other. */
export type CheckLine =
  | {
      readonly kind: 'figure';
      readonly key: string;
      readonly what: string;
      /** How the other text writes it; null if it is missing there. */
      readonly also: string | null;
      readonly where: 'original' | 'translation';
      readonly holds: boolean;
    }
  | {
      readonly kind: 'term';
      readonly key: string;
      readonly what: string;
      /** The codebook’s translations of the term; any of them will do. */
      readonly wanted: readonly string[];
      /** Its counterpart in the translation; null if unknown. */
      readonly here: string | null;
      readonly holds: boolean;
    };

export interface TextChecks {
  readonly lines: readonly CheckLine[];
  /** Marks in the translation: figures that the original lacks, and terms that are not in the codebook’s wording. */
  readonly marks: readonly Mark[];
}

const NONE: TextChecks = { lines: [], marks: [] };
/** The codebook's terms are Chinese and English. */
const isEnglish = (language: string): boolean => /^en(?:-|$)/u.test(language);
const categoriesOf = ({ categories }: CallOutput<'codebook.get'>) => categories;

/** Compares a translation into English with the passage: figures, and terms of the codebook. Other languages have no checks. */
export function checksOf(quote: string, text: string, glossary: Glossary, words: (mark: MarkOf) => string): TextChecks {
  const figures = checkFigures(quote, text);
  const terms = checkTerms(glossary, quote, text);
  const lines: CheckLine[] = [
    ...figures
      // A figure in both texts is listed once.
      .filter(({ where, holds }) => where === 'original' || !holds)
      .map((one): CheckLine => ({
        kind: 'figure',
        key: `${one.where} ${String(one.start)}`,
        what: one.text,
        also: one.also,
        where: one.where,
        holds: one.holds,
      })),
    ...terms.map((one): CheckLine => ({
      kind: 'term',
      key: `term ${String(one.start)} ${one.term}`,
      what: one.term,
      wanted: one.preferred,
      here: one.found?.text ?? null,
      holds: one.holds,
    })),
  ];
  const marks = [
    ...figures
      .filter(({ where, holds }) => where === 'translation' && !holds)
      .map(({ start, end }) => ({ start, end, title: words({ kind: 'figure' }) })),
    ...terms.flatMap(({ holds, found, term, preferred }) =>
      holds || found === null
        ? []
        : { start: found.start, end: found.end, title: words({ kind: 'term', term, wanted: preferred }) },
    ),
  ];
  return { lines, marks };
}

export type MarkOf =
  { readonly kind: 'figure' } | { readonly kind: 'term'; readonly term: string; readonly wanted: readonly string[] };

/** The checks of a passage's translation as it is read or typed. */
export function useChecks(passage: Passage, text: string, language: string): TextChecks {
  const { t } = useTranslation();
  const categories = usePart('codebook.get', {}, categoriesOf);
  const glossary = useMemo(() => (categories === undefined ? null : glossaryOf(categories)), [categories]);
  const quote = passage.anchor.kind === 'text' ? passage.anchor.exact : '';
  return useMemo(() => {
    if (glossary === null || quote === '' || text.trim() === '' || !isEnglish(language)) return NONE;
    return checksOf(quote, text, glossary, (mark) =>
      mark.kind === 'figure'
        ? t('review.checks.figureExtra')
        : t('review.checks.termWanted', { term: mark.term, wanted: eitherOf(mark.wanted) }),
    );
  }, [glossary, quote, text, language, t]);
}

/** The first three of the possible terms: a codebook can list many. */
export const eitherOf = (wanted: readonly string[]): string => formatAny(wanted.slice(0, 3));

/** The results of the checks: figures, and the codebook’s terms. `short`: only differences. */
export function CheckList({ checks, short = false }: { checks: TextChecks; short?: boolean }) {
  const { t } = useTranslation();
  const lines = short ? checks.lines.filter(({ holds }) => !holds) : checks.lines;
  if (lines.length === 0) {
    return short ? null : <p className="hint">{t('review.checks.none')}</p>;
  }
  return (
    <ul className="review-checks">
      {lines.map((line) => (
        <li key={line.key} className="review-check" data-holds={line.holds}>
          <Icon name={line.holds ? 'check' : 'alert'} size="small" />
          <span>
            <CheckWords line={line} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function CheckWords({ line }: { line: TextChecks['lines'][number] }) {
  const { t } = useTranslation();
  switch (line.kind) {
    case 'figure':
      return (
        <>
          <bdi className="strong">{line.what}</bdi>{' '}
          {line.holds
            ? line.also === null || line.also === line.what
              ? t('review.checks.figureStands')
              : t('review.checks.figureStandsAs', { also: line.also })
            : t(line.where === 'original' ? 'review.checks.figureMissing' : 'review.checks.figureExtra')}
        </>
      );
    case 'term':
      return (
        <>
          <bdi className="source-term" lang="zh-Hans">
            {line.what}
          </bdi>{' '}
          → <bdi className="strong">{eitherOf(line.wanted)}</bdi>
          {line.holds ? null : (
            <>
              , {line.here === null ? t('review.checks.termMissing') : t('review.checks.termHere', { here: line.here })}
            </>
          )}
        </>
      );
  }
}

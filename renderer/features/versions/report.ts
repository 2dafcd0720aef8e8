import { useCallback } from 'react';
import type { Fate, PassageFate } from '../../../shared/contract/versions.ts';
import type { Source } from '../../../shared/model/index.ts';
import { errorDataOf } from '../../api/index.ts';
import { formatCaptured } from '../../common/format.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { sourceName } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { countsOf, type Counts, type OpenComparison } from './rows.ts';
import { escaped } from '../../../shared/text/escape-html.ts';

type Translate = ReturnType<typeof useTranslation>['t'];

/** “41 passages: 35 unchanged, 4 changed, 2 not found.” Counts of zero are left out, except that of unchanged passages. */
export function reportSentence(t: Translate, counts: Counts): string {
  const texts = counts.found + counts.moved + counts.changed + counts.vanished;
  if (texts === 0) return t('versions.report.noPassages');
  const parts = [
    t('versions.report.unchanged', { count: counts.found }),
    ...(counts.moved > 0 ? [t('versions.report.moved', { count: counts.moved })] : []),
    ...(counts.changed > 0 ? [t('versions.report.changed', { count: counts.changed })] : []),
    ...(counts.vanished > 0 ? [t('versions.report.vanished', { count: counts.vanished })] : []),
  ];
  return t('versions.report.sentence', { count: texts, parts: parts.join(', ') });
}

const REPORTED = ['vanished', 'changed', 'moved', 'found'] as const satisfies readonly Fate[];

interface Line {
  readonly head: string;
  readonly passages: readonly PassageFate[];
}

export interface ReportOf {
  readonly older: Source;
  readonly newer: Source;
  readonly passages: readonly PassageFate[];
}

/**
 * The report as plain text and HTML: both sources with capture time and hash, the sentence, and each passage's words.
 */
export function reportOf(t: Translate, { older, newer, passages }: ReportOf): { plain: string; html: string } {
  const sides = [
    [t('versions.older'), older],
    [t('versions.newer'), newer],
  ] as const;
  const heads = sides.map(([label, source]) => `${label}: ${described(source)}`);
  const sentence = reportSentence(t, countsOf(passages));
  const lines: Line[] = REPORTED.map((fate) => ({
    head: t(`versions.groups.${fate}`),
    passages: passages.filter((one) => one.fate === fate),
  })).filter((line) => line.passages.length > 0);
  const plain = [
    ...heads,
    sentence,
    ...lines.flatMap(({ head, passages: own }) => ['', head, ...own.map((one) => `- ${plainWords(one)}`)]),
  ].join('\n');
  const html = [
    ...heads.map((head) => `<p>${escaped(head)}</p>`),
    `<p><strong>${escaped(sentence)}</strong></p>`,
    ...lines.map(
      ({ head, passages: own }) =>
        `<h3>${escaped(head)}</h3><ul>${own.map((one) => `<li dir="auto">${htmlWords(one)}</li>`).join('')}</ul>`,
    ),
  ].join('');
  return { plain, html };
}

function described(source: Source): string {
  const when = source.capture.time ?? source.dateOfCapture?.edtf ?? null;
  return [
    sourceName(source),
    ...(when === null ? [] : [formatCaptured(when)]),
    ...(source.capture.url === null ? [] : [source.capture.url]),
    `sha256 ${source.sha256}`,
  ].join(', ');
}

/** Deletions as [-…-] and insertions as {+…+}, like `git diff --word-diff`. */
const plainWords = ({ words, from }: PassageFate): string =>
  (words.length === 0
    ? (from?.exact ?? '')
    : words.map(({ kind, text }) => (kind === 'same' ? text : kind === 'gone' ? `[-${text}-]` : `{+${text}+}`)).join('')
  ).replaceAll(/\s+/gu, ' ');

const htmlWords = ({ words, from }: PassageFate): string =>
  words.length === 0
    ? escaped(from?.exact ?? '')
    : words
        .map(({ kind, text }) => {
          const safe = escaped(text);
          return kind === 'same' ? safe : kind === 'gone' ? `<del>${safe}</del>` : `<ins>${safe}</ins>`;
        })
        .join('');

export function useReport({ older, newer, found }: OpenComparison): () => void {
  const { t } = useTranslation();
  return useCallback(() => {
    if (older === undefined || newer === undefined || found === undefined) return;
    const { plain, html } = reportOf(t, { older, newer, passages: found.passages });
    const item = new ClipboardItem({
      'text/plain': new Blob([plain], { type: 'text/plain' }),
      'text/html': new Blob([html], { type: 'text/html' }),
    });
    navigator.clipboard.write([item]).then(
      () => announce(t('versions.reportCopied')),
      (thrown: unknown) => notifyError(errorDataOf(thrown)),
    );
  }, [t, older, newer, found]);
}

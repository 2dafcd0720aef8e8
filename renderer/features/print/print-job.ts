import { useCallback, useEffect, useRef, useState } from 'react';
import { contentPath } from '../../../shared/contract/bytes.ts';
import { type Category, type CategoryId, pagesOf, type Passage, type Source } from '../../../shared/model/index.ts';
import { isAnimated } from '../../../shared/model/layer-notes.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useAsk } from '../../api/index.ts';
import { formatCaptured } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { byPlace, drawn } from '../../common/passages/source-passages.ts';
import { sourceName } from '../../common/sources/sources.ts';
import { useTranslation, type Words } from '../../common/strings/use-translation.ts';
import type { PrintFrame } from '../../viewer/print/print-frame.ts';
import { preparePage } from '../../viewer/print/print-page.ts';
import { type PassageSheet, preparePassages, type PrintedPassage } from '../../viewer/print/print-passages.ts';
import { prepareImage, preparePdf, type Progress } from '../../viewer/print/print-sheets.ts';
import { prepareText } from '../../viewer/print/print-text.ts';

/** How far the preparation is. */
export type JobState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'preparing'; readonly done: number; readonly total: number | null; readonly isSlow: boolean }
  | { readonly kind: 'password'; readonly wrong: boolean }
  | { readonly kind: 'failed' };

export interface PrintJob {
  readonly state: JobState;
  readonly start: (choice: Choice) => void;
  readonly cancel: () => void;
  /** Answers the password question; null cancels. */
  readonly answer: (password: string | null) => void;
}

/** The progress is shown if preparing takes longer than this, in ms. */
const SLOW_MS = 500;

/** Prepares a source for printing, and opens the system's print dialog when it is ready. */
export function usePrintJob(source: Source, onReady: () => void): PrintJob {
  const ask = useAsk();
  const { t } = useTranslation();
  const [state, setState] = useState<JobState>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  const waiting = useRef<((password: string | null) => void) | null>(null);

  const answer = useCallback((password: string | null) => {
    setState({ kind: 'preparing', done: 0, total: null, isSlow: true });
    waiting.current?.(password);
    waiting.current = null;
  }, []);
  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = null;
    waiting.current?.(null);
    waiting.current = null;
    setState({ kind: 'idle' });
  }, []);
  useEffect(() => cancel, [cancel]);

  const start = useCallback(
    (choice: Choice) => {
      const job = new AbortController();
      running.current = job;
      const began = performance.now();
      const report = (done: number, total: number | null): void => {
        if (!job.signal.aborted)
          setState({ kind: 'preparing', done, total, isSlow: performance.now() - began > SLOW_MS });
      };
      const slow = setTimeout(
        () => setState((now) => (now.kind === 'preparing' ? { ...now, isSlow: true } : now)),
        SLOW_MS,
      );
      const askPassword = (wrong: boolean): Promise<string | null> =>
        new Promise((resolve) => {
          waiting.current = resolve;
          setState({ kind: 'password', wrong });
        });
      report(0, null);
      prepare(source, choice, { ask, t, askPassword, onProgress: report, signal: job.signal })
        .then(
          (printed) => {
            if (printed === null || job.signal.aborted) {
              printed?.close();
              return;
            }
            onReady();
            // Wait until our dialog has disappeared from the screen.
            requestAnimationFrame(() => setTimeout(() => printed.print()));
          },
          () => {
            if (!job.signal.aborted) setState({ kind: 'failed' });
          },
        )
        .finally(() => clearTimeout(slow));
    },
    [ask, t, source, onReady],
  );
  return { state, start, cancel, answer };
}

/** What to print. */
export interface Choice {
  readonly what: 'source' | 'passages';
  /** Pages of a PDF, from 1; null for all. */
  readonly pages: readonly number[] | null;
  readonly withPassages: boolean;
}

interface Means extends Progress {
  readonly ask: ReturnType<typeof useAsk>;
  readonly t: Words;
  readonly askPassword: (wrong: boolean) => Promise<string | null>;
}

/** Prepares what is to be printed. Returns null if it was cancelled; rejects if it fails. */
async function prepare(source: Source, choice: Choice, means: Means): Promise<PrintFrame | null> {
  const { ask, t } = means;
  const categories = new Map((await ask('codebook.get', {})).categories.map((category) => [category.id, category]));
  const passages = [...(await ask('passages.list', { source: source.id })).passages].sort(byPlace);
  const footer = { title: sourceName(source), sha256: source.sha256 };
  if (choice.what === 'passages') return preparePassages(sheetOf(source, passages, categories, t));
  const marked = choice.withPassages ? passages.map((passage) => drawn(passage, categories)) : [];
  const layer = source.layer === null ? null : await ask('layers.get', { id: source.layer });
  if (source.kind === 'pdf') {
    const words = {
      page: (page: number, count: number) => t('print.pageOf', { page, count }),
      unpainted: `${t('print.unpainted')} ${t('picture.unpaintedText')}`,
    };
    const job = { source: source.id, layer, pages: choice.pages, footer, words, askPassword: means.askPassword };
    return preparePdf({ ...job, passages: choice.withPassages ? marked : null }, means);
  }
  if (source.kind === 'image' && layer !== null) {
    const words = { page: (page: number, count: number) => t('picture.sheetOf', { page, count }) };
    const job = { path: contentPath(source.id), layer, isAnimated: isAnimated(layer.notes), footer, words };
    return prepareImage({ ...job, passages: choice.withPassages ? marked : null }, means);
  }
  const text = layer === null ? '' : (await ask('layers.text', { id: layer.id })).text;
  if (source.kind === 'text' || layer === null) return prepareText(text, marked, footer);
  return preparePage(layer.id, text, marked, footer);
}

function sheetOf(
  source: Source,
  passages: readonly Passage[],
  categories: ReadonlyMap<CategoryId, Category>,
  t: Words,
): PassageSheet {
  return {
    footer: { title: sourceName(source), sha256: source.sha256 },
    language: source.language,
    facts: factsOf(source, t),
    count: t('print.count', { count: passages.length }),
    passages: passages.map((passage) => printed(source, passage, categories, t)),
    words: { area: t(source.kind === 'pdf' ? 'print.area' : 'picture.areaMarked'), untagged: t('print.untagged') },
  };
}

/** The known facts about a source; unknown ones are left out. */
function factsOf(source: Source, t: Words): PassageSheet['facts'] {
  const date = source.dateOfDocument ?? source.dateOfPublication;
  const known: readonly (readonly [string, string | null])[] = [
    [t('print.facts.author'), source.author],
    [t('print.facts.publisher'), source.publisher],
    [t('print.facts.date'), date?.edtf ?? null],
    [t('print.facts.address'), source.capture.url],
    [t('print.facts.captured'), source.capture.time === null ? null : formatCaptured(source.capture.time)],
    [t('print.facts.file'), source.fileName],
    [t('print.facts.sha256'), source.sha256],
    [t('print.facts.printed'), formatMoment(Date.now())],
  ];
  return known.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
}

function printed(
  source: Source,
  passage: Passage,
  categories: ReadonlyMap<CategoryId, Category>,
  t: Words,
): PrintedPassage {
  const { anchor } = passage;
  const place = (): string => {
    if (anchor.kind === 'area')
      return source.kind === 'pdf' ? t('print.placeOfArea', { page: anchor.page }) : t('picture.areaOf');
    const { start, end } = anchor;
    return source.kind === 'pdf'
      ? t('print.place', { ...pagesOf(anchor), start, end })
      : t('print.placeInText', { start, end });
  };
  return {
    drawn: drawn(passage, categories),
    words: anchor.kind === 'text' ? quotedWords(anchor.exact, source.kind) : null,
    place: place(),
    categories: [...new Set(passage.tags.map(({ category }) => category))]
      .flatMap((id) => categories.get(id) ?? [])
      .sort((a, b) => a.position - b.position),
  };
}

import { create } from 'zustand';
import type { Draft, DraftDesk, DraftFinding, DraftSentence } from '../../../shared/contract/drafts.ts';
import { PART_OF, REPORT_PARTS } from '../../../shared/drafts/report.ts';
import type { DraftId } from '../../../shared/model/index.ts';

interface Desk {
  readonly draft: DraftId | null;
  /** The number of the current sentence. */
  readonly sentence: number;
  /** The pane that a narrow window shows. */
  readonly pane: 'sentences' | 'evidence';
  /** Show sentences as a list with their status, or as running text with marks. */
  readonly look: Look;
  /** Whether the report is shown in place of the sentences. */
  readonly isReport: boolean;
}
export type Look = 'sentences' | 'text';
const EMPTY: Desk = { draft: null, sentence: 1, pane: 'sentences', look: 'sentences', isReport: false };
export const useDesk = create<Desk>()(() => EMPTY);
const { setState: set } = useDesk;

/** Called when another project opens. */
export const resetDesk = (): void => set(EMPTY);
export const showDraft = (draft: DraftId): void => set({ draft, sentence: 1, isReport: false });
export const showSentence = (sentence: number): void => set({ sentence });
export const showReport = (): void => set({ isReport: true });
/** Returns to the sentences: to `sentence`, or to the current one. */
export const leaveReport = (sentence?: number): void =>
  set({ isReport: false, pane: 'sentences', ...(sentence === undefined ? {} : { sentence }) });
export const showAs = (look: Look): void => set({ look });
export const showPane = (pane: Desk['pane']): void => set({ pane });

/** The newest version of a draft, which the next version replaces. If two versions replace the same one, the first listed is followed. */
export function newestOf(drafts: readonly Draft[], draft: Draft): Draft {
  let newest = draft;
  // The loop is bounded, since in a damaged log versions may replace each other in a ring.
  for (const _ of drafts) newest = drafts.find(({ replaces }) => replaces === newest.id) ?? newest;
  return newest;
}

/** Whether the acting person has something to do in a sentence. A sentence that they accepted waits for another person. */
const isToDo = ({ state, refused }: DraftSentence): boolean =>
  state !== 'accepted' && state !== 'nothing' && (state !== 'once' || refused === null);

/** The next sentence with something to do, wrapping around at the end; undefined if there is no other. */
export function nextOpen({ sentences }: DraftDesk, after: number): DraftSentence | undefined {
  const open = sentences.filter((one) => isToDo(one) && one.number !== after);
  return open.find(({ number }) => number > after) ?? open[0];
}

/** The findings that a person still has to resolve: errors first, then warnings. */
export function unresolved({ findings }: DraftSentence): DraftFinding[] {
  const of = (weight: DraftFinding['weight']): DraftFinding[] =>
    findings.filter((one) => one.weight === weight && one.remedy === null);
  return [...of('error'), ...of('warning')];
}

/** The sentences in the report’s order: failing ones first. */
export const inParts = ({ sentences }: DraftDesk) =>
  REPORT_PARTS.map((part) => ({ part, sentences: sentences.filter(({ state }) => PART_OF[state] === part) }));
export type ReportParts = ReturnType<typeof inParts>;

/** Unresolved findings that do not prevent a release, by kind, with a sentence number for each finding. */
export function warningsOf(sentences: readonly DraftSentence[]): Map<DraftFinding['kind'], number[]> {
  const numbers = new Map<DraftFinding['kind'], number[]>();
  for (const sentence of sentences)
    for (const { kind, weight } of unresolved(sentence))
      if (weight === 'warning') numbers.set(kind, [...(numbers.get(kind) ?? []), sentence.number]);
  return numbers;
}

/** The draft’s words and the source’s words of a changed quotation, as runs. */
export const sidesOf = ({ pieces }: Extract<DraftFinding, { kind: 'quotation' }>) => ({
  draft: pieces.filter(({ kind }) => kind !== 'gone'),
  source: pieces.filter(({ kind }) => kind !== 'new'),
});

/** Whether a figure’s cards differ from the draft, and no card agrees. */
export const isAtOdds = ({ cards, weight }: Extract<DraftFinding, { kind: 'figure' }>): boolean =>
  weight !== 'fine' && cards.length > 0 && cards.every(({ differs }) => differs.length > 0);

export interface Segment {
  readonly text: string;
  /** The kinds of the findings that cover the words. `weight`: whether one of them is an error or a warning. */
  readonly kinds: ReadonlySet<DraftFinding['kind']>;
  readonly weight: DraftFinding['weight'] | null;
}

/** Marks of Markdown. `LEADING`: before a sentence, for a list or a quotation. `MARKS`: for emphasis, code and links. */
const LEADING = /^(?:[-+*>]\s+|\d{1,3}[.)]\s+)+/;
const MARKS =
  /\*{1,3}|`|(?<![\p{L}\p{N}_])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![\p{L}\p{N}_])|!?\[(?=[^\]]{1,400}\]\()|(?<=[^[\]]{1,400})\]\([^()\s]{1,400}\)/gu;

/** Whether a draft is written in Markdown, by its file name. */
export const isMarkdown = (fileName: string): boolean => /\.(?:md|markdown)$/i.test(fileName);
const unmarked = (text: string, isFirst: boolean): string =>
  (isFirst ? text.replace(LEADING, '') : text).replace(MARKS, '');

/** A sentence’s words, cut where a finding begins or ends. Markdown’s marks are removed, since they are not words. */
export function segmentsOf({ text, start, end, findings }: DraftSentence, isMarked = false): Segment[] {
  const inside = findings.filter((one) => one.start < end && one.end > start);
  const cuts = new Set([start, end]);
  for (const one of inside) for (const at of [one.start, one.end]) if (at > start && at < end) cuts.add(at);
  const points = [...cuts].toSorted((a, b) => a - b);
  return points.slice(0, -1).map((from, at): Segment => {
    const to = points[at + 1] ?? end;
    const here = inside.filter((one) => one.start <= from && one.end >= to);
    const weights = here.map(({ weight }) => weight);
    const weight = (['error', 'warning', 'fine', 'unchecked'] as const).find((one) => weights.includes(one)) ?? null;
    const words = text.slice(from - start, to - start);
    return {
      text: isMarked ? unmarked(words, from === start) : words,
      kinds: new Set(here.map(({ kind }) => kind)),
      weight,
    };
  });
}

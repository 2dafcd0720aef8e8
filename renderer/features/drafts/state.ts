import { create } from 'zustand';
import type { Draft, DraftDesk, DraftFinding, DraftSentence } from '../../../shared/contract/drafts.ts';
import { PART_OF, REPORT_PARTS } from '../../../shared/drafts/report.ts';
import type { DraftId } from '../../../shared/model/index.ts';

interface Desk {
  readonly draft: DraftId | null;
  /** The number of the sentence in hand. */
  readonly sentence: number;
  /** On a narrow window. */
  readonly pane: 'sentences' | 'evidence';
  /** A list of sentences with how far each is, or the draft as running text with marks. */
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
/** Back to the sentences: to one of them, else to the one that was in hand. */
export const leaveReport = (sentence?: number): void =>
  set({ isReport: false, pane: 'sentences', ...(sentence === undefined ? {} : { sentence }) });
export const showAs = (look: Look): void => set({ look });
export const showPane = (pane: Desk['pane']): void => set({ pane });

/** The last version of a draft’s line: a newer one follows that, whichever is shown. Of two that follow one, the first listed. */
export function newestOf(drafts: readonly Draft[], draft: Draft): Draft {
  let newest = draft;
  // A damaged log may have a ring.
  for (const _ of drafts) newest = drafts.find(({ replaces }) => replaces === newest.id) ?? newest;
  return newest;
}

/** Whether the acting person has something to do in a sentence: what they accepted waits for another. */
const isToDo = ({ state, refused }: DraftSentence): boolean =>
  state !== 'accepted' && state !== 'nothing' && (state !== 'once' || refused === null);

/** The next sentence after one in which there is something to do, from the beginning again after the last; undefined if no other is. */
export function nextOpen({ sentences }: DraftDesk, after: number): DraftSentence | undefined {
  const open = sentences.filter((one) => isToDo(one) && one.number !== after);
  return open.find(({ number }) => number > after) ?? open[0];
}

/** What a person still has to say something about: errors first, then warnings. */
export function unresolved({ findings }: DraftSentence): DraftFinding[] {
  const of = (weight: DraftFinding['weight']): DraftFinding[] =>
    findings.filter((one) => one.weight === weight && one.remedy === null);
  return [...of('error'), ...of('warning')];
}

/** The sentences as the report has them: what fails first. */
export const inParts = ({ sentences }: DraftDesk) =>
  REPORT_PARTS.map((part) => ({ part, sentences: sentences.filter(({ state }) => PART_OF[state] === part) }));
export type ReportParts = ReturnType<typeof inParts>;

/** What nobody has said anything about that stops no release, by what it is: the numbers of the sentences that have it, one for each. */
export function warningsOf(sentences: readonly DraftSentence[]): Map<DraftFinding['kind'], number[]> {
  const numbers = new Map<DraftFinding['kind'], number[]>();
  for (const sentence of sentences)
    for (const { kind, weight } of unresolved(sentence))
      if (weight === 'warning') numbers.set(kind, [...(numbers.get(kind) ?? []), sentence.number]);
  return numbers;
}

/** The two sides of a changed quotation, as runs of words: what the draft has and what the source has. */
export const sidesOf = ({ pieces }: Extract<DraftFinding, { kind: 'quotation' }>) => ({
  draft: pieces.filter(({ kind }) => kind !== 'gone'),
  source: pieces.filter(({ kind }) => kind !== 'new'),
});

/** Whether a figure’s cards say otherwise, and none says the same. */
export const isAtOdds = ({ cards, weight }: Extract<DraftFinding, { kind: 'figure' }>): boolean =>
  weight !== 'fine' && cards.length > 0 && cards.every(({ differs }) => differs.length > 0);

export interface Segment {
  readonly text: string;
  /** The kinds of finding that it is in, and whether one of them is an error or a warning. */
  readonly kinds: ReadonlySet<DraftFinding['kind']>;
  readonly weight: DraftFinding['weight'] | null;
}

/** Marks of Markdown: of a list or a quotation before a sentence, and for emphasis, code and links. */
const LEADING = /^(?:[-+*>]\s+|\d{1,3}[.)]\s+)+/;
const MARKS =
  /\*{1,3}|`|(?<![\p{L}\p{N}_])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![\p{L}\p{N}_])|!?\[(?=[^\]]{1,400}\]\()|(?<=[^[\]]{1,400})\]\([^()\s]{1,400}\)/gu;

/** Whether a draft’s sentences have such marks. */
export const isMarkdown = (fileName: string): boolean => /\.(?:md|markdown)$/i.test(fileName);
const unmarked = (text: string, isFirst: boolean): string =>
  (isFirst ? text.replace(LEADING, '') : text).replace(MARKS, '');

/** A sentence’s words, cut where a finding begins or ends; of Markdown without its marks, which are no words. */
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

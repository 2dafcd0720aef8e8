import { useMemo } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import type { WordPiece } from '../../../shared/contract/versions.ts';
import { wordPieces } from '../../../shared/text/diff.ts';

export interface MarkedWordsProps {
  readonly text: string;
  /** The earlier wording, to mark what was removed and added; null marks nothing. */
  readonly before?: string | null;
  readonly marks?: readonly Mark[];
}

const NO_MARKS: readonly Mark[] = [];

/** A text with what was removed and added since `before`, and with the findings of checks. */
export function MarkedWords({ text, before = null, marks = NO_MARKS }: MarkedWordsProps) {
  const pieces = useMemo(() => markedPieces(before, text, marks), [before, text, marks]);
  return <WordPieces pieces={pieces} />;
}

/** Pieces of a text, with what was removed and added marked, also for screen readers. */
export function WordPieces({ pieces }: { pieces: readonly MarkedPiece[] }) {
  // Pieces have no id, only a position; all of them are created together.
  return pieces.map((piece, at) => <Piece key={String(at)} piece={piece} />);
}

function Piece({ piece: { kind, text, title } }: { piece: MarkedPiece }) {
  const { t } = useTranslation();
  const words =
    title === null ? (
      text
    ) : (
      <span className="review-departs" title={title}>
        {text}
      </span>
    );
  switch (kind) {
    case 'same':
      // An element, so that styles can tell a deletion directly before an addition from one with text between.
      return <span>{words}</span>;
    case 'gone':
      return (
        <del>
          <span className="unseen">{t('review.gone')} </span>
          {words}
        </del>
      );
    case 'new':
      return (
        <ins>
          <span className="unseen">{t('review.new')} </span>
          {words}
        </ins>
      );
  }
}

/** A range of a text (UTF-16 code units, end exclusive) with a remark. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly title: string;
}

export interface MarkedPiece {
  readonly kind: WordPiece['kind'];
  readonly text: string;
  /** The remark on these words, or null. */
  readonly title: string | null;
}

/** A text in pieces: those removed and added since `before` (null: there was none), and those with a mark. */
export function markedPieces(before: string | null, text: string, marks: readonly Mark[]): MarkedPiece[] {
  const pieces: readonly WordPiece[] = before === null ? [{ kind: 'same', text }] : wordPieces(before, text);
  let at = 0;
  return pieces.flatMap(({ kind, text: words }): MarkedPiece[] => {
    if (kind === 'gone') return [{ kind, text: words, title: null }];
    const from = at;
    at += words.length;
    return cutAt(words, from, marks).map((piece) => ({ kind, ...piece }));
  });
}

/** Cuts words that begin at `from` at the ends of marks; where two marks overlap, the first counts. */
function cutAt(words: string, from: number, marks: readonly Mark[]): Pick<MarkedPiece, 'text' | 'title'>[] {
  const to = from + words.length;
  const cuts = marks.flatMap(({ start, end }) => [start, end]).filter((cut) => cut > from && cut < to);
  const edges = [...new Set([from, ...cuts, to])].sort((a, b) => a - b);
  return edges.slice(0, -1).map((edge, index) => {
    const end = edges[index + 1] ?? to;
    const mark = marks.find((one) => one.start <= edge && one.end >= end && one.start < one.end);
    return { text: words.slice(edge - from, end - from), title: mark?.title ?? null };
  });
}

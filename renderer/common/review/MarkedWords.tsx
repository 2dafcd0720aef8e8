import { useMemo } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { markedPieces, type Mark, type MarkedPiece } from './pieces.ts';

export interface MarkedWordsProps {
  readonly text: string;
  /** The wording before: what is gone and new is shown. Null: the text alone. */
  readonly before?: string | null;
  readonly marks?: readonly Mark[];
}

const NO_MARKS: readonly Mark[] = [];

/** Words with what is gone, what is new, and what a check has to say of them; all of it said to a screen reader too. */
export function MarkedWords({ text, before = null, marks = NO_MARKS }: MarkedWordsProps) {
  const pieces = useMemo(() => markedPieces(before, text, marks), [before, text, marks]);
  // Pieces have no identity but their place, and are all made anew together.
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
      return words;
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

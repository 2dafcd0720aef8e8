import { useEffect, useState, type ReactNode, type RefObject } from 'react';
import type { QuerySpan } from '../../../shared/query/ast.ts';

interface Props {
  /** The query as it stands in the field. */
  readonly text: string;
  readonly faults: readonly { readonly span: QuerySpan }[];
  readonly fieldRef: RefObject<HTMLInputElement | null>;
  /** The input element. */
  readonly children: ReactNode;
}

/** A field for a query: faults are underlined and numbered where they stand. Screen readers get them from the list of faults. */
export function FaultMarks({ text, faults, fieldRef, children }: Props) {
  const [scrolled, setScrolled] = useState(0);
  useEffect(() => {
    const field = fieldRef.current;
    if (field === null || faults.length === 0) return undefined;
    const follow = (): void => setScrolled(field.scrollLeft);
    follow();
    field.addEventListener('scroll', follow);
    return () => field.removeEventListener('scroll', follow);
  }, [fieldRef, faults]);
  return (
    <span className="query-marked">
      {children}
      {faults.length === 0 ? null : (
        <span className="query-marks" aria-hidden dir="auto">
          <span style={{ translate: `${String(-scrolled)}px` }}>
            {partsOf(text, faults).map(({ from, to, number }) =>
              number === null ? (
                text.slice(from, to)
              ) : (
                <span key={from} className="query-mark" data-number={number}>
                  {text.slice(from, to)}
                </span>
              ),
            )}
          </span>
        </span>
      )}
    </span>
  );
}

/** The text in parts, each with the number of its fault. Where faults overlap, the first one is marked. */
export function partsOf(
  text: string,
  faults: Props['faults'],
): { readonly from: number; readonly to: number; readonly number: number | null }[] {
  const parts: { from: number; to: number; number: number | null }[] = [];
  let at = 0;
  const inOrder = faults
    .map(({ span }, index) => ({ ...span, number: index + 1 }))
    .toSorted((a, b) => a.start - b.start || a.number - b.number);
  for (const { start, end, number } of inOrder) {
    const from = Math.max(at, start);
    const to = Math.min(end, text.length);
    if (to <= from) continue;
    if (from > at) parts.push({ from: at, to: from, number: null });
    parts.push({ from, to, number });
    at = to;
  }
  if (at < text.length) parts.push({ from: at, to: text.length, number: null });
  return parts;
}

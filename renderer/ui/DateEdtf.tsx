import { drawDate } from '../../shared/model/dates.ts';

export interface DateEdtfProps {
  readonly edtf: string | null;
  /** Words after the date: “month”, “implied”, “not known”, in the caller’s language. */
  readonly kind?: string;
  /** What screen readers say instead. */
  readonly spoken?: string;
}

/** A date, as precise as it is known. Unknown parts are shown as ··, so that a year is never read as 1 January. */
export function DateEdtf({ edtf, kind, spoken }: DateEdtfProps) {
  const parts = drawDate(edtf);
  return (
    <span className="date">
      <span aria-hidden={spoken === undefined ? undefined : true}>
        {parts.map((part, index) => (
          // The parts of one date have no other identity than their order.
          <span key={`${String(index)}${part.text}`} className={part.gap ? 'date-gap' : undefined}>
            {part.text}
          </span>
        ))}
      </span>
      {spoken === undefined ? null : <span className="unseen">{spoken}</span>}
      {kind === undefined || kind === '' ? null : <span className="date-kind">{kind}</span>}
    </span>
  );
}

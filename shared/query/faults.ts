import type { QuerySpan } from './ast.ts';

/** What can be wrong with a query. */
export const QUERY_FAULTS = [
  'bracketNotClosed',
  'bracketNotOpened',
  'bracketsEmpty',
  'bracketsTooDeep',
  'quoteNotClosed',
  'operandMissing',
  'nearNumber',
  'nearOperand',
  'starInside',
  'fieldUnknown',
  'valueMissing',
  'valueUnknown',
  'valueAmbiguous',
  'dateWrong',
  'tooManyWords',
  'nothingToFind',
] as const;
export type QueryFaultCode = (typeof QUERY_FAULTS)[number];

/** What is wrong, where, and what would make it right. */
export interface QueryFault {
  readonly code: QueryFaultCode;
  readonly span: QuerySpan;
  /** A sentence that says what is wrong and what to write instead. */
  readonly sentence: string;
  readonly mends: readonly QueryMend[];
}
/** A change to the query: the text that replaces what is at the span. */
export interface QueryMend {
  readonly label: string;
  readonly span: QuerySpan;
  readonly text: string;
}

/** The query after a mend. */
export const mended = (query: string, { span, text }: QueryMend): string =>
  query.slice(0, span.start) + text + query.slice(span.end);

/** More faults than this are not listed: they would not be read. */
const MOST = 20;
/** A longer piece of a query is cut where a sentence names it, in UTF-16 code units. */
const LONGEST = 40;

/** Collects the faults of one query. */
export class Faults {
  readonly all: QueryFault[] = [];
  readonly query: string;

  constructor(query: string) {
    this.query = query;
  }
  add(code: QueryFaultCode, span: QuerySpan, sentence: string, mends: readonly QueryMend[] = []): void {
    if (!this.isFull) this.all.push({ code, span, sentence, mends });
  }
  /** Whether no more are listed: what to say of another need not be worked out. */
  get isFull(): boolean {
    return this.all.length >= MOST;
  }
  /** What is at the span, short enough for a sentence. */
  at({ start, end }: QuerySpan): string {
    return shortened(this.query.slice(start, Math.min(end, start + 10 * LONGEST)));
  }
  /** In the order of the query. */
  sorted(): readonly QueryFault[] {
    return this.all.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }
}

export function shortened(text: string): string {
  const line = text.trim().replace(/\s+/gu, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

export const remove = (span: QuerySpan): QueryMend => ({ label: 'Remove it', span, text: '' });
export const replaceBy = (span: QuerySpan, text: string): QueryMend => ({
  label: `Use ${shortened(text)}`,
  span,
  text,
});

import type { ExchangeLedger, LedgerLine } from '../../../shared/contract/exchange.ts';
import { NotCarriedList } from './not-carried.ts';

type Counted = { -readonly [K in keyof LedgerLine]: LedgerLine[K] };

/** Counts what a file has and what becomes of it. */
export class Ledger {
  readonly left = new NotCarriedList();
  private readonly lines = new Map<string, Counted>();
  private readonly missing: ExchangeLedger['missing'] = [];

  /** Adds to what of a kind was found, added, here and asked for. What is in none of these must be counted in `left`, by the same name. */
  count(
    inFile: string,
    becomes: LedgerLine['becomes'],
    {
      found,
      added = 0,
      here = 0,
      asked = 0,
    }: { readonly found: number; readonly added?: number; readonly here?: number; readonly asked?: number },
  ): void {
    const line = this.lineOf(inFile, becomes);
    line.found += found;
    line.added += added;
    line.here += here;
    line.asked += asked;
  }

  /** Says how things of a kind come in. */
  say(inFile: string, becomes: LedgerLine['becomes'], sentence: string): void {
    const line = this.lineOf(inFile, becomes);
    if (!line.how.includes(sentence)) line.how.push(sentence);
  }

  addMissing(source: ExchangeLedger['missing'][number]): void {
    this.missing.push(source);
  }

  /** Lines of which nothing was found are left out. */
  result(): Pick<ExchangeLedger, 'lines' | 'notCarried' | 'missing'> {
    const lines = [...this.lines.values()].filter(({ found }) => found > 0);
    return { lines, notCarried: this.left.list(), missing: this.missing };
  }

  private lineOf(inFile: string, becomes: LedgerLine['becomes']): Counted {
    const line = this.lines.get(inFile) ?? { inFile, found: 0, becomes, added: 0, here: 0, asked: 0, how: [] };
    this.lines.set(inFile, line);
    return line;
  }
}

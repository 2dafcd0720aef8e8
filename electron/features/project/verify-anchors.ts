import type { VerifyFailure } from '../../../shared/contract/project.ts';
import type { ReadContext } from '../../project/context.ts';
import { problemOfQuote, type QuoteProblem, type Quoting } from '../../project/passages/quoted-words.ts';
import { isUnderPseudonyms } from '../../project/people/unsigned-reasons.ts';
import { type AnchorRow, figuresToVerify, layersOfPassages, passagesToVerify } from './queries.ts';
import { type Findings, ofRemoved } from './verify-drafts.ts';

type Found = VerifyFailure & { readonly layer: string };

/** Checks the words of passages and figures against the text layers they stand on, layer by layer. */
export class AnchorCheck {
  private readonly db: ReadContext['db'];
  /** False under pseudonyms, where ids derive from nothing. */
  private readonly idsDerive: boolean;
  private readonly figures: ReadonlyMap<string, readonly AnchorRow[]>;
  private readonly done = new Set<string>();
  private readonly failures: Found[] = [];
  private readonly remarks: Found[] = [];
  private checked = 0;

  constructor(db: ReadContext['db']) {
    this.db = db;
    this.idsDerive = !isUnderPseudonyms(db);
    this.figures = Map.groupBy(db.all(figuresToVerify, {}), ({ layer }) => layer);
  }

  /** Checks all that stands on a layer. `text`: null if it can’t be read, which is a failure of the layer’s own. */
  check(layer: string, text: string | null): void {
    this.done.add(layer);
    const passages = this.db.all(passagesToVerify, { layer });
    this.checked += passages.length;
    for (const row of passages) this.quote({ ...row, entity: 'passage', layer }, text);
    for (const row of this.figures.get(layer) ?? []) this.quote({ ...row, entity: 'figure', layer }, text);
  }

  /** Checks what stands on any other layer, whose text can’t be read. In the order of layers, then of ids. */
  finish(): Findings {
    const layers = new Set([...this.db.all(layersOfPassages, {}).map(({ layer }) => layer), ...this.figures.keys()]);
    for (const layer of layers) if (!this.done.has(layer)) this.check(layer, null);
    return { checked: this.checked, failures: inOrder(this.failures), remarks: inOrder(this.remarks) };
  }

  private quote(row: Quoting & AnchorRow, text: string | null): void {
    const problem = problemOfQuote(row, () => text, this.idsDerive);
    if (problem === null) return;
    const found: VerifyFailure = { kind: 'anchor', id: row.id, message: quoteMessage(row, problem) };
    if (row.removed === 1) this.remarks.push({ ...ofRemoved(found), layer: row.layer });
    else this.failures.push({ ...found, layer: row.layer });
  }
}

const inOrder = (found: readonly Found[]): VerifyFailure[] =>
  found
    .toSorted((a, b) => order(a.layer, b.layer) || order(a.id, b.id))
    .map(({ kind, id, message }) => ({ kind, id, message }));

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function quoteMessage({ entity }: Quoting, problem: QuoteProblem): string {
  if (problem.kind === 'unreadable') return `This ${entity}’s location can’t be read.`;
  if (problem.kind === 'elsewhere') return `This ${entity}’s text is another document’s than the one it names.`;
  const { exact } = problem.anchor;
  if (problem.kind === 'moved') return `The figure “${exact}” was put at another place than the one it was read at.`;
  return entity === 'passage'
    ? 'This passage’s quotation doesn’t match its text layer.'
    : `The words of the figure “${exact}” aren’t in its text layer at its place.`;
}

import { leavesOf, type All, type Near, type NearPart, type Query, type QuerySpan } from './ast.ts';
import { Faults, remove, replaceBy, type QueryFault } from './faults.ts';
import { FieldNames } from './fields.ts';
import { Lexer, type NearToken, type OperatorToken, type Token } from './lexer.ts';
import { quoted } from './print.ts';

/** A query that was read. With faults there is no query: half of one would find something else than was meant. */
export type ParsedQuery =
  | { readonly query: Query; readonly faults: readonly [] }
  | { readonly query: null; readonly faults: readonly QueryFault[] };

/** Brackets nest no deeper, so that a query can be walked without a limit of its own. */
const DEEPEST = 30;
/** Each word of a query is looked up. */
export const MOST_LEAVES = 50;

/** Reads a query. `dimensions`: the codes of the codebook's dimensions, which are fields, too. Never throws. */
export function readQuery(text: string, dimensions: readonly string[] = []): ParsedQuery {
  const faults = new Faults(text);
  const tokens = new Lexer(text, new FieldNames(dimensions), faults).read();
  const query = new Parser(text, tokens, faults).parse();
  const leaves = faults.all.length > 0 ? [] : leavesOf(query);
  const surplus = leaves[MOST_LEAVES];
  if (surplus !== undefined)
    faults.add(
      'tooManyWords',
      { start: surplus.span.start, end: text.length },
      `The query has ${leaves.length} words and conditions between its operators. ${MOST_LEAVES} are the most.`,
    );
  return faults.all.length === 0 ? { query, faults: [] } : { query: null, faults: faults.sorted() };
}

interface Operand {
  readonly kind: 'operand';
  readonly span: QuerySpan;
  readonly node: Query;
  readonly isBare: boolean;
}
type Item = OperatorToken | NearToken | Operand;

/** What is between two brackets. */
interface Frame {
  readonly open: QuerySpan | null;
  readonly items: Item[];
}

/** Builds the query without recursion. NEAR binds most closely, then NOT, AND, OR. */
class Parser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly faults: Faults;
  private readonly frames: Frame[] = [{ open: null, items: [] }];

  constructor(text: string, tokens: readonly Token[], faults: Faults) {
    this.text = text;
    this.tokens = tokens;
    this.faults = faults;
  }

  parse(): Query {
    for (const token of this.tokens) this.take(token);
    while (this.frames.length > 1) this.bracketNotClosed();
    return this.nodeOf(this.frames[0]?.items ?? []) ?? nothing({ start: 0, end: this.text.length });
  }

  private get items(): Item[] {
    return this.frames.at(-1)?.items ?? [];
  }

  private take(token: Token): void {
    switch (token.kind) {
      case 'open':
        if (this.frames.length === DEEPEST + 1)
          this.faults.add(
            'bracketsTooDeep',
            token.span,
            `Brackets can stand in each other ${DEEPEST} deep, not deeper.`,
            [remove(token.span)],
          );
        this.frames.push({ open: token.span, items: [] });
        return;
      case 'close':
        return this.close(token.span);
      case 'operand':
        return this.operand(token);
      case 'and':
      case 'or':
      case 'not':
      case 'near':
        this.items.push(token);
    }
  }

  private operand(operand: Operand): void {
    const before = this.items.at(-1);
    if (operand.isBare && before?.kind === 'operand' && before.isBare) {
      // Only a star parts words that follow each other.
      const span = { start: before.span.start, end: operand.span.end };
      const between = { start: before.span.end, end: operand.span.start };
      this.faults.add('starInside', span, 'A star stands at the beginning or end of words, not between them.', [
        { label: 'Find both', span: between, text: ' AND ' },
        replaceBy(span, quoted(this.text.slice(span.start, span.end).replace(/[*＊]/gu, ''))),
      ]);
    }
    this.items.push(operand);
  }

  private close(span: QuerySpan): void {
    const frame = this.frames.length > 1 ? this.frames.pop() : undefined;
    if (frame === undefined || frame.open === null)
      return this.faults.add('bracketNotOpened', span, 'The closing bracket has no opening one before it.', [
        remove(span),
      ]);
    const all = { start: frame.open.start, end: span.end };
    const node = this.nodeOf(frame.items);
    if (node !== null) this.items.push({ kind: 'operand', span: all, node: { ...node, span: all }, isBare: false });
    else if (frame.items.length === 0)
      this.faults.add('bracketsEmpty', all, 'There is nothing between the brackets.', [remove(all)]);
  }

  private bracketNotClosed(): void {
    const frame = this.frames.pop();
    if (frame === undefined || frame.open === null || this.faults.isFull) return;
    const { items, open } = frame;
    // A condition that follows words was most likely not meant to be inside.
    const condition = items.findIndex(
      (item, at) => at > 0 && item.kind === 'operand' && item.node.kind === 'condition',
    );
    const inside = items.slice(0, condition < 0 ? undefined : condition).findLast((item) => item.kind === 'operand');
    const first = items.find((item) => item.kind === 'operand');
    const at = inside?.span.end ?? open.end;
    const close = {
      label: `Close it after ${this.faults.at(inside?.span ?? open)}`,
      span: { start: at, end: at },
      text: ')',
    };
    this.faults.add(
      'bracketNotClosed',
      open,
      first === undefined
        ? 'The bracket has nothing after it.'
        : `The bracket before ${this.faults.at(first.span)} is never closed.`,
      inside === undefined ? [remove(open)] : [close, remove(open)],
    );
    const node = this.nodeOf(items);
    const span = { start: open.start, end: this.text.length };
    if (node !== null) this.items.push({ kind: 'operand', span, node, isBare: false });
  }

  /** The node of what is between two brackets; null if there is none. */
  private nodeOf(items: readonly Item[]): Query | null {
    this.checkOperands(items);
    const any: Query[] = [];
    for (const one of split(items, 'or')) {
      const node = this.allOf(one);
      if (node !== null) any.push(node);
    }
    return joined('or', any);
  }

  /** Says which operators lack what they stand before or after. */
  private checkOperands(items: readonly Item[]): void {
    for (const [at, item] of items.entries()) {
      if (item.kind === 'operand') continue;
      const [before, after] = [items[at - 1], items[at + 1]];
      const lacksBefore = item.kind !== 'not' && before?.kind !== 'operand';
      const lacksAfter = after === undefined || (after.kind !== 'operand' && after.kind !== 'not');
      // Of two operators side by side, the first is told about.
      if (!lacksAfter && !(lacksBefore && (before === undefined || before.kind === 'not'))) continue;
      const shown = this.text.slice(item.span.start, item.span.end);
      this.faults.add(
        'operandMissing',
        item.span,
        `${shown} needs something ${lacksBefore && before === undefined ? 'before' : 'after'} it.`,
        [
          remove(item.span),
          ...(/^[A-Z]+$/.test(shown)
            ? [{ label: `Find the word ${shown}`, span: item.span, text: quoted(shown) }]
            : []),
        ],
      );
    }
  }

  /** Parts that all have to hold, whether AND stands between them or not. */
  private allOf(items: readonly Item[]): Query | null {
    const all: Query[] = [];
    let nots: QuerySpan[] = [];
    for (let at = 0; at < items.length; at++) {
      const item = items[at];
      if (item?.kind === 'not') nots.push(item.span);
      if (item?.kind !== 'operand') continue;
      const chain = [item];
      const near: NearToken[] = [];
      for (let next = items[at + 1]; next?.kind === 'near'; next = items[at + 1]) {
        const other = items[at + 2];
        if (other?.kind !== 'operand') {
          if (other?.kind === 'not') this.nearOperand(other.span);
          break;
        }
        near.push(next);
        chain.push(other);
        at += 2;
      }
      all.push(negated(near.length === 0 ? item.node : this.nearOf(chain, near), nots));
      nots = [];
    }
    return joined('and', all);
  }

  /** `a NEAR/3 b NEAR/4 c` asks for both pairs. */
  private nearOf(chain: readonly Operand[], near: readonly NearToken[]): Query {
    const parts = chain.map(({ node, span }) => this.nearPart(node, span));
    const pairs = near.flatMap(({ distance }, at): Near[] => {
      const [one, other] = [parts[at], parts[at + 1]];
      if (one === undefined || other === undefined || one === null || other === null) return [];
      return [{ kind: 'near', distance, parts: [one, other], span: { start: one.span.start, end: other.span.end } }];
    });
    return joined('and', pairs) ?? nothing({ start: 0, end: 0 });
  }
  private nearPart(node: Query, span: QuerySpan): NearPart | null {
    if (node.kind === 'words') return node;
    if (node.kind === 'or' && node.parts.every(({ kind }) => kind === 'words')) return node;
    this.nearOperand(span);
    return null;
  }
  private nearOperand(span: QuerySpan): void {
    this.faults.add(
      'nearOperand',
      span,
      'NEAR stands between words, or between brackets of words with OR between them.',
    );
  }
}

const nothing = (span: QuerySpan): All => ({ kind: 'all', span });

function* split(items: readonly Item[], kind: 'or'): Generator<readonly Item[]> {
  let from = 0;
  for (let at = 0; at <= items.length; at++) {
    if (at < items.length && items[at]?.kind !== kind) continue;
    yield items.slice(from, at);
    from = at + 1;
  }
}

/** A `not` of a `not` is what stands in it. */
function negated(node: Query, nots: readonly QuerySpan[]): Query {
  const first = nots[0];
  if (first === undefined) return node;
  const span = { start: first.start, end: node.span.end };
  const isNot = node.kind === 'not';
  if (nots.length % 2 === (isNot ? 1 : 0)) return isNot ? { ...node.part, span } : { ...node, span };
  return isNot ? { ...node, span } : { kind: 'not', part: node, span };
}

/** One node of several, without one of the same kind directly in it; null if there are none. */
function joined(kind: 'and' | 'or', parts: readonly Query[]): Query | null {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const [first, ...others] = flat;
  const last = others.at(-1);
  if (first === undefined) return null;
  return last === undefined ? first : { kind, parts: flat, span: { start: first.span.start, end: last.span.end } };
}

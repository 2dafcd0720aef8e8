/**
 * The text of a frozen page: one function with two adapters. It runs over parse5's tree when a page is imported and over the
 * live document in the reader, and must give the same characters in both, since every passage is anchored by offset in it. So
 * it never asks for computed style, only for names, name spaces and attributes in the frozen page. The effect of styles on an
 * element is stamped on it if a browser was available ({@link STAMP}); without a stamp its name decides.
 *
 * Offsets are UTF-16 code units. White space is collapsed as Chromium does (also between Chinese characters, where CSS Text 3
 * would drop a line end), blocks and `br` are separated by `
 * `, table cells by `\t`; `pre` keeps its white space. Separators belong to no node.
 *
 * No regular expressions in here: versions of one engine differ in them. (In Chromium 153 a class with characters beyond the
 * first plane does not match before `$`; in Node 24 it does.)
 */

/** Increased when the same frozen page would give another text. A stored layer keeps its own and is never made again. */
export const PAGE_TEXT_VERSION = '2';

/**
 * The attribute for what styles make of an element, if that is not what its name says: `h` hidden, `b` block, `i` inline, `r`
 * table or row, `t` table cell; then `p` if white space is kept. Only `applyStyles` (formats/page/apply-styles.ts) writes it;
 * the freezer removes any in the page. SVG and MathML have `h` only.
 */
export const STAMP = 'data-fz-s';
/** All stamps. */
export const STAMPS: ReadonlySet<string> = new Set(['h', 'b', 'i', 'r', 't', 'bp', 'ip', 'rp', 'tp']);

/** The text function's view of a tree. */
export interface TreeAdapter<N> {
  /** In document order; empty for a node without children. */
  children(node: N): ArrayLike<N>;
  /** The data of a text node; `null` for anything else. */
  text(node: N): string | null;
  /** Lower-case local name of an element; `''` for anything else. */
  name(node: N): string;
  /** Whether it is an element in the HTML name space. */
  isHtml(node: N): boolean;
  /** The value of an attribute without prefix; `null` if it is absent or the node is no element. */
  attribute(node: N, name: string): string | null;
}

/** A range of the text from one text node: `text[start … start+length)` is its data from `raw` on. */
interface Runs {
  readonly start: number[];
  readonly length: number[];
  /** Index into {@link PageText.nodes}. */
  readonly node: number[];
  readonly raw: number[];
}
export interface PageText<N> {
  readonly text: string;
  /** Text nodes, in document order. */
  readonly nodes: readonly N[];
  readonly runs: Readonly<Runs>;
}

/** `start`: before the character at the offset. `end`: after the character that precedes it. They differ at a separator. */
export type Side = 'start' | 'end';
export interface Place<N> {
  readonly node: N;
  /** UTF-16 code units in the node's data. */
  readonly offset: number;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
/** Elements whose words are not read as part of the page, or cannot be selected in it. */
const SILENT = words('head style title select rp progress meter');
const BLOCKS = words(
  'address article aside blockquote body caption center colgroup dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre ' +
    'search section summary ul fz-textarea fz-frame fz-form',
);
const ROWS = words('table thead tbody tfoot tr');
const CELLS = words('td th');
const PREFORMATTED = words('pre fz-textarea');

/** What separates two pieces of text; where several ends coincide (a paragraph's, a cell's, a row's) the greatest applies. */
const LEVEL = { none: 0, block: 1, cell: 2, row: 3 } as const;
type Level = (typeof LEVEL)[keyof typeof LEVEL];

const SEPARATOR = { [LEVEL.none]: '', [LEVEL.block]: '\n', [LEVEL.cell]: '\t', [LEVEL.row]: '\n' } as const;

const levelOf = (name: string): Level =>
  BLOCKS.has(name) ? LEVEL.block : CELLS.has(name) ? LEVEL.cell : ROWS.has(name) ? LEVEL.row : LEVEL.none;

/** An element's effect on the text in it and around it. */
export interface Effect {
  /** Its text is not shown. Children without a stamp inherit it, like {@link Effect.pre}. */
  readonly hidden: boolean;
  readonly level: Level;
  readonly pre: boolean;
}
const PLAIN: Effect = { hidden: false, level: LEVEL.none, pre: false };

/** An element's effect by its name and place alone. */
export function namedEffect<N>(tree: TreeAdapter<N>, node: N, around: Effect = PLAIN): Effect {
  const name = tree.isHtml(node) ? tree.name(node) : '';
  const isShut = name === 'dialog' && tree.attribute(node, 'open') === null;
  return {
    hidden: around.hidden || isShut || (name !== '' && tree.attribute(node, 'hidden') !== null),
    level: levelOf(name),
    pre: around.pre || PREFORMATTED.has(name),
  };
}

/** An element's effect: as stamped, or by its name. A stamp that is not in {@link STAMPS} is ignored. */
export function effectOf<N>(tree: TreeAdapter<N>, node: N, around: Effect = PLAIN): Effect {
  const stamp = tree.attribute(node, STAMP);
  const named = namedEffect(tree, node, around);
  if (stamp === null || !STAMPS.has(stamp)) return named;
  if (stamp === 'h') return { ...named, hidden: true };
  if (!tree.isHtml(node)) return named;
  return { hidden: false, level: STAMPED_LEVELS[stamp.charAt(0)] ?? LEVEL.none, pre: stamp.endsWith('p') };
}
const STAMPED_LEVELS: Readonly<Record<string, Level>> = { b: LEVEL.block, t: LEVEL.cell, r: LEVEL.row };

/** The stamp for an effect. */
export function stampOf({ hidden, level, pre }: Effect, isHtml: boolean): string {
  if (hidden) return 'h';
  if (!isHtml) return '';
  const letter = level === LEVEL.block ? 'b' : level === LEVEL.cell ? 't' : level === LEVEL.row ? 'r' : 'i';
  return pre ? `${letter}p` : letter;
}

/**
 * The text below `root` (a whole document, or any part of one), with the place of every character. Takes time proportional to
 * the tree and does not recurse: hostile pages nest 100,000 deep.
 */
export function buildPageText<N>(root: N, tree: TreeAdapter<N>): PageText<N> {
  const writer = new Writer<N>();
  walkText(root, tree, writer, null);
  return writer.finish();
}

/** Words in the page that are not shown. */
export interface HiddenText {
  /** At most {@link HIDDEN_LENGTH} of its UTF-16 code units. */
  readonly text: string;
  /** Offset in the visible text after which it would be. */
  readonly at: number;
}
export interface HiddenTexts {
  /** In document order, one for each outermost hidden element with text; at most {@link HIDDEN_COUNT}. */
  readonly passages: readonly HiddenText[];
  /** How many there are in total. */
  readonly count: number;
}
export const HIDDEN_COUNT = 1000;
export const HIDDEN_LENGTH = 4000;

/** What {@link buildPageText} leaves out because styles (as stamped) or `hidden` hide it. */
export function hiddenTexts<N>(root: N, tree: TreeAdapter<N>): HiddenTexts {
  const passages: HiddenText[] = [];
  let count = 0;
  eachHiddenText(root, tree, (text, at) => {
    if (++count <= HIDDEN_COUNT) passages.push({ text: text.slice(0, HIDDEN_LENGTH), at });
  });
  return { passages, count };
}

/** Calls `tell` with each hidden text, whole, and the offset it would be at: see {@link HiddenText}. */
export function eachHiddenText<N>(root: N, tree: TreeAdapter<N>, tell: (text: string, at: number) => void): void {
  const writer = new Writer<N>();
  walkText(root, tree, writer, (text) => tell(text, writer.length));
}

/** Writes the visible text, and passes the text of each outermost hidden element to `onHidden`, if given. */
function walkText<N>(root: N, tree: TreeAdapter<N>, shown: Writer<N>, onHidden: ((text: string) => void) | null): void {
  const open: { children: ArrayLike<N>; next: number; effect: Effect; isOutermost: boolean }[] = [];
  const unseen: { writer: Writer<N> | null } = { writer: null };
  const enter = (node: N): void => {
    const around = open.at(-1)?.effect ?? PLAIN;
    const data = tree.text(node);
    if (data !== null) return (around.hidden ? unseen.writer : shown)?.text(node, data, around.pre);
    const name = tree.isHtml(node) ? tree.name(node) : '';
    if (SILENT.has(name)) return;
    const effect = placed(effectOf(tree, node, around), around);
    const isOutermost = effect.hidden && !around.hidden;
    if (isOutermost && onHidden !== null) unseen.writer = new Writer<N>();
    const writer = effect.hidden ? unseen.writer : shown;
    if (name === 'br') writer?.lineBreak();
    if (effect.level !== LEVEL.none) writer?.separate(effect.level);
    open.push({ children: tree.children(node), next: 0, effect, isOutermost });
  };
  enter(root);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const child = top.children[top.next++];
    if (child !== undefined) {
      enter(child);
      continue;
    }
    open.pop();
    const { effect, isOutermost } = top;
    if (effect.level !== LEVEL.none) (effect.hidden ? unseen.writer : shown)?.separate(effect.level);
    const text = isOutermost ? unseen.writer?.finish().text : undefined;
    if (text !== undefined && text !== '') onHidden?.(text);
  }
}

/** Visible text within a hidden block (`visibility`) is a block of its own. */
const placed = (effect: Effect, around: Effect): Effect =>
  around.hidden && !effect.hidden && effect.level === LEVEL.none && around.level !== LEVEL.none
    ? { ...effect, level: LEVEL.block }
    : effect;

/** Collects text and its runs; spaces and separators are held back until something follows them. */
class Writer<N> {
  readonly #parts: string[] = [];
  #length = 0;
  readonly #nodes: N[] = [];
  readonly #runs: Runs = { start: [], length: [], node: [], raw: [] };
  /** The end of the previous line, not yet written. */
  #separator: Level = LEVEL.none;
  /** Empty lines that follow it (`br` on an empty line). */
  #emptyLines = 0;
  /** A collapsible space, not yet written. */
  #space: { node: number; raw: number } | null = null;
  #lineHasText = false;
  /** The text ends with a line end from `pre`. */
  #endsLine = false;

  /** UTF-16 code units written so far. */
  get length(): number {
    return this.#length;
  }

  text(node: N, data: string, preformatted: boolean): void {
    if (data === '') return;
    const index = this.#nodes.push(node) - 1;
    if (preformatted) {
      this.#flush();
      this.#emit(data, index, 0);
      this.#endsLine = data.endsWith('\n');
      this.#lineHasText = !this.#endsLine;
      return;
    }
    for (let at = 0; at < data.length;) {
      const word = skip(data, at, true);
      if (word > at && this.#lineHasText) this.#space ??= { node: index, raw: at };
      if (word === data.length) return;
      at = skip(data, word, false);
      // Words separated by one plain space are one piece: a long text would otherwise be millions of strings.
      while (data.charCodeAt(at) === 0x20 && skip(data, at + 1, true) === at + 1 && at + 1 < data.length) {
        at = skip(data, at + 1, false);
      }
      this.#flush();
      this.#emit(data.slice(word, at), index, word);
      this.#lineHasText = true;
    }
  }

  /** `br`: ends a line that has text, otherwise leaves an empty one. */
  lineBreak(): void {
    if (this.#lineHasText) this.separate(LEVEL.block);
    else this.#emptyLines++;
  }

  separate(level: Level): void {
    this.#space = null;
    this.#lineHasText = false;
    // No second line end after one from `pre`.
    if (level !== LEVEL.cell && this.#endsLine) return;
    if (level > this.#separator) this.#separator = level;
  }

  finish(): PageText<N> {
    return { text: this.#parts.join(''), nodes: this.#nodes, runs: this.#runs };
  }

  /** Writes what was held back, now that text follows it. Before the first text nothing is written. */
  #flush(): void {
    if (this.#length > 0) {
      const lines = SEPARATOR[this.#separator] + '\n'.repeat(this.#emptyLines);
      if (lines !== '') {
        this.#parts.push(lines);
        this.#length += lines.length;
      } else if (this.#space !== null) this.#emit(' ', this.#space.node, this.#space.raw);
    }
    this.#separator = LEVEL.none;
    this.#emptyLines = 0;
    this.#space = null;
    this.#endsLine = false;
  }

  #emit(piece: string, node: number, raw: number): void {
    const runs = this.#runs;
    const last = runs.start.length - 1;
    const length = runs.length[last];
    const continues =
      length !== undefined &&
      runs.node[last] === node &&
      (runs.raw[last] ?? 0) + length === raw &&
      (runs.start[last] ?? 0) + length === this.#length;
    if (continues) runs.length[last] = length + piece.length;
    else {
      runs.start.push(this.#length);
      runs.length.push(piece.length);
      runs.node.push(node);
      runs.raw.push(raw);
    }
    this.#parts.push(piece);
    this.#length += piece.length;
  }
}

/** The first place from `at` on that is not white space (`white`), or that is: space, tab, line feed, form feed, return. */
function skip(data: string, at: number, white: boolean): number {
  let place = at;
  for (; place < data.length; place++) {
    const code = data.charCodeAt(place);
    const isWhite = code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d || code === 0x0c;
    if (isWhite !== white) break;
  }
  return place;
}

/**
 * The place of a text offset in the tree. An offset in a separator becomes the start of the next text for `start`, the end of
 * the text before for `end`. Null for a page without text.
 */
export function toDom<N>(page: PageText<N>, offset: number, side: Side): Place<N> | null {
  const { runs } = page;
  if (runs.start.length === 0) return null;
  const at = side === 'end' ? offset - 1 : offset;
  let run = lastWhere(runs.start.length, (i) => (runs.start[i] ?? 0) <= at);
  if (run < 0) run = 0;
  if (side === 'start' && at >= endOf(runs, run) && run + 1 < runs.start.length) run++;
  const node = page.nodes[runs.node[run] ?? -1];
  if (node === undefined) return null;
  const within = Math.max(at - (runs.start[run] ?? 0), side === 'end' ? -1 : 0) + (side === 'end' ? 1 : 0);
  return { node, offset: (runs.raw[run] ?? 0) + Math.min(within, runs.length[run] ?? 0) };
}

/**
 * The text offset of a place in text node number `node` of {@link PageText.nodes}, `offset` code units into its data. A place
 * in dropped white space becomes the start of the next text for `start`, the end of the text before for `end`.
 */
export function fromDom<N>(page: PageText<N>, node: number, offset: number, side: Side): number {
  const { runs } = page;
  const run = lastWhere(runs.start.length, (i) => {
    const n = runs.node[i] ?? 0;
    return n < node || (n === node && (runs.raw[i] ?? 0) <= offset);
  });
  if (run >= 0 && runs.node[run] === node) {
    const within = offset - (runs.raw[run] ?? 0);
    if (within <= (runs.length[run] ?? 0)) return (runs.start[run] ?? 0) + within;
  }
  return besideRun(page, run, side);
}

/** The text offset of a place between text nodes: before number `node` and after all that precede it. */
export function fromGap<N>(page: PageText<N>, node: number, side: Side): number {
  const { runs } = page;
  return besideRun(
    page,
    lastWhere(runs.start.length, (i) => (runs.node[i] ?? 0) < node),
    side,
  );
}

function besideRun<N>({ runs, text }: PageText<N>, run: number, side: Side): number {
  if (side === 'end') return run < 0 ? 0 : endOf(runs, run);
  return runs.start[run + 1] ?? text.length;
}

const endOf = (runs: Readonly<Runs>, run: number): number => (runs.start[run] ?? 0) + (runs.length[run] ?? 0);

/**
 * The last index below `count` for which `holds` is true, assuming it is true up to some index and false after; -1 if none.
 */
function lastWhere(count: number, holds: (index: number) => boolean): number {
  let low = -1;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

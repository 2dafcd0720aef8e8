/**
 * The text function as it was in version 1, kept as an oracle: layers that it made must verify for ever. (Elements that
 * the freezer has renamed since are named here too: `fz-form` is the `div` that a form was.)
 *
 * The text of a frozen page: one function, two adapters. It runs over parse5's tree when a page is imported and over the
 * live document in the reader, and must give the same characters in both, since every passage is anchored by offset in
 * it. So it never asks for computed style, only for names, name spaces and attributes that the frozen page carries.
 *
 * Offsets are UTF-16 code units. White space is collapsed as Chromium does (also between Chinese characters, where CSS
 * Text 3 would drop a line end), blocks and `br` are separated by `\n`, table cells by `\t`; `pre` keeps what it has.
 * Separators belong to no node.
 *
 * No regular expressions in here: they are where two versions of one engine differ. (In Chromium 153 a class with
 * characters beyond the first plane does not match before `$`; in Node 24 it does.)
 */

/** The text function's view of a tree. */
export interface TreeAdapter<N> {
  /** In document order; empty for a node without children. */
  children(node: N): ArrayLike<N>;
  /** The data of a text node, `null` for anything else. */
  text(node: N): string | null;
  /** Lower-case local name of an element, `''` for anything else. */
  name(node: N): string;
  /** Is it an element in the HTML name space? */
  isHtml(node: N): boolean;
  has(node: N, attribute: string): boolean;
}

/** A stretch of the text that stands in one text node: `text[start … start+length)` is its data from `raw` on. */
interface Runs {
  readonly start: number[];
  readonly length: number[];
  /** Index into {@link PageText.nodes}. */
  readonly node: number[];
  readonly raw: number[];
}
interface PageText<N> {
  readonly text: string;
  /** Text nodes, in document order. */
  readonly nodes: readonly N[];
  readonly runs: Readonly<Runs>;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
/** Elements whose words are not part of what one reads on the page, or cannot be selected in it. */
const SILENT = words('head style title select rp progress meter');
const BLOCKS = words(
  'address article aside blockquote body caption center colgroup dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre ' +
    'search section summary ul fz-textarea fz-frame fz-form',
);
const ROWS = words('table thead tbody tfoot tr');
const CELLS = words('td th');
const PREFORMATTED = words('pre fz-textarea');

/** What separates two stretches of text; the greater wins where several ends meet (a paragraph's in a cell's in a row's). */
const LEVEL = { none: 0, block: 1, cell: 2, row: 3 } as const;
type Level = (typeof LEVEL)[keyof typeof LEVEL];

const SEPARATOR = { [LEVEL.none]: '', [LEVEL.block]: '\n', [LEVEL.cell]: '\t', [LEVEL.row]: '\n' } as const;

const levelOf = (name: string): Level =>
  BLOCKS.has(name) ? LEVEL.block : CELLS.has(name) ? LEVEL.cell : ROWS.has(name) ? LEVEL.row : LEVEL.none;

/**
 * The text below `root` (a whole document, or any part of one), with the place of every character. Takes time
 * proportional to the tree and no call stack for its depth: hostile pages nest 100,000 deep.
 */
export function buildPageText<N>(root: N, tree: TreeAdapter<N>): PageText<N> {
  const writer = new Writer<N>();
  const open: { node: N; children: ArrayLike<N>; next: number; level: Level; pre: boolean }[] = [];
  let preDepth = 0;
  const enter = (node: N): void => {
    const data = tree.text(node);
    if (data !== null) return writer.text(node, data, preDepth > 0);
    const name = tree.isHtml(node) ? tree.name(node) : '';
    if (SILENT.has(name) || isHidden(tree, node, name)) return;
    if (name === 'br') writer.lineBreak();
    const level = levelOf(name);
    const pre = PREFORMATTED.has(name);
    if (level !== LEVEL.none) writer.separate(level);
    if (pre) preDepth++;
    open.push({ node, children: tree.children(node), next: 0, level, pre });
  };
  enter(root);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const child = top.children[top.next++];
    if (child !== undefined) {
      enter(child);
      continue;
    }
    open.pop();
    if (top.pre) preDepth--;
    if (top.level !== LEVEL.none) writer.separate(top.level);
  }
  return writer.finish();
}

function isHidden<N>(tree: TreeAdapter<N>, node: N, name: string): boolean {
  if (name === '') return false;
  return tree.has(node, 'hidden') || (name === 'dialog' && !tree.has(node, 'open'));
}

/** Collects text and its runs, holding back spaces and separators until something follows them. */
class Writer<N> {
  readonly #parts: string[] = [];
  #length = 0;
  readonly #nodes: N[] = [];
  readonly #runs: Runs = { start: [], length: [], node: [], raw: [] };
  /** The end of the line before, not yet written. */
  #separator: Level = LEVEL.none;
  /** Empty lines that follow it (`br` on a line without text). */
  #emptyLines = 0;
  /** A collapsible space, not yet written. */
  #space: { node: number; raw: number } | null = null;
  #lineHasText = false;
  /** The text ends with a line end of `pre`'s own. */
  #endsLine = false;

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
      // Words parted by one plain space are one piece: a long text would else be millions of strings.
      while (data.charCodeAt(at) === 0x20 && skip(data, at + 1, true) === at + 1 && at + 1 < data.length) {
        at = skip(data, at + 1, false);
      }
      this.#flush();
      this.#emit(data.slice(word, at), index, word);
      this.#lineHasText = true;
    }
  }

  /** `br`: ends a line that has text, else leaves an empty one. */
  lineBreak(): void {
    if (this.#lineHasText) this.separate(LEVEL.block);
    else this.#emptyLines++;
  }

  separate(level: Level): void {
    this.#space = null;
    this.#lineHasText = false;
    // What `pre` ended with a line end of its own needs no second one.
    if (level !== LEVEL.cell && this.#endsLine) return;
    if (level > this.#separator) this.#separator = level;
  }

  finish(): PageText<N> {
    return { text: this.#parts.join(''), nodes: this.#nodes, runs: this.#runs };
  }

  /** Writes what was held back, now that text follows it. Before the first text nothing is. */
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

/** The first place from `at` on that is no white space (`white`), or is some: space, tab, line feed, form feed, return. */
function skip(data: string, at: number, white: boolean): number {
  let place = at;
  for (; place < data.length; place++) {
    const code = data.charCodeAt(place);
    const isWhite = code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d || code === 0x0c;
    if (isWhite !== white) break;
  }
  return place;
}

import { tokenize, tokenTypes as T } from 'css-tree/tokenizer';
import { ident } from 'css-tree/utils';
import { attribute, childrenOf, HTML, type Element } from './tree.ts';

/** One part of a selector: the text between two combinators, without pseudo-classes. */
interface Compound {
  readonly tag: string;
  readonly ids: readonly string[];
  readonly classes: readonly string[];
}

/** The elements of a page by name, id and class, to count which of them a selector may select: perhaps too many, never too few. */
export class Selected {
  readonly all: readonly Element[];
  /** Made when first asked for: most pages have nothing costly, and need none of it. */
  #byName: ReadonlyMap<string, readonly Element[]> | null = null;

  /** `all`: the page’s elements, from {@link elementsOf}. */
  constructor(all: readonly Element[]) {
    this.all = all;
  }

  /** The first element with an id, which is the one that a reference means. */
  first(id: string): Element | null {
    return this.#named(`#${id}`)[0] ?? null;
  }

  /** The elements that match the last part of a selector. */
  of(selector: string): readonly Element[] {
    if (/[\\&(]/.test(selector)) return this.all;
    const { tag, ids, classes } = lastPart(selector);
    const names = [...ids.map((id) => `#${id}`), ...classes.map((name) => `.${name}`), ...(tag === '' ? [] : [tag])];
    const [rarest] = names.map((name) => this.#named(name)).toSorted((a, b) => a.length - b.length);
    return rarest ?? this.all;
  }

  #named(name: string): readonly Element[] {
    this.#byName ??= byName(this.all);
    return this.#byName.get(name) ?? [];
  }
}

function byName(elements: readonly Element[]): ReadonlyMap<string, readonly Element[]> {
  const found = new Map<string, Element[]>();
  const put = (name: string, element: Element): void => {
    const there = found.get(name);
    if (there === undefined) found.set(name, [element]);
    else there.push(element);
  };
  for (const element of elements) {
    put(element.tagName.toLowerCase(), element);
    const id = attribute(element, 'id');
    if (id !== null) put(`#${id}`, element);
    for (const name of classesOf(element)) put(`.${name}`, element);
  }
  return found;
}

const classesOf = (element: Element): Set<string> =>
  new Set((attribute(element, 'class') ?? '').split(/\s+/).filter((name) => name !== ''));

function lastPart(selector: string): Compound {
  const parts = withoutAttributes(selector).split(/[\s>+~|]+/);
  const [names = ''] = (parts.findLast((part) => part !== '') ?? '').split(':');
  return {
    tag: /^[\w-]+/.exec(names)?.[0].toLowerCase() ?? '',
    ids: [...names.matchAll(/#([^.#]+)/g)].map(([, id = '']) => id),
    classes: [...names.matchAll(/\.([^.#]+)/g)].map(([, name = '']) => name),
  };
}

/** Takes attribute conditions out of a selector. A regular expression would look for the end of each `[` in a string of them. */
function withoutAttributes(selector: string): string {
  let without = '';
  let at = 0;
  for (;;) {
    const open = selector.indexOf('[', at);
    const close = open < 0 ? -1 : selector.indexOf(']', open);
    if (close < 0) return without + selector.slice(at);
    without += selector.slice(at, open);
    at = close + 1;
  }
}

/**
 * Replaces `:is(a, b)` and `:where(a, b)` at the beginning of a part of a selector by their content. Runs of spaces are joined first, since
 * the expression would read a run again from each space.
 */
export const withoutAlternatives = (selector: string): string =>
  selector.replace(/\s+/g, ' ').replace(ALTERNATIVES, '$1');
const ALTERNATIVES = /(?<=^|[\s,>+~])\s*:(?:where|is)\(([^()]*)\)/gi;

/** Takes functions such as `:not(…)` out of a selector, which then may select more. */
export function withoutFunctions(selector: string): string {
  let plain = selector;
  for (let before = ''; plain !== before;) {
    before = plain;
    plain = plain.replace(/:[\w-]+\([^()]*\)/g, '');
  }
  return plain;
}

/**
 * The same style sheet with its names unescaped, and without comments beside its signs: `:h\\61s(` is `:has(`, and `mask/**\/:`
 * is `mask:`. A comment between two words stays, since without it they would be one.
 */
export function plainCss(css: string): string {
  if (!css.includes('\\') && !css.includes('/*')) return css;
  const out: string[] = [];
  let isAfterComment = false;
  tokenize(css, (type, start, end) => {
    if (type === T.Comment) {
      isAfterComment = true;
      return;
    }
    const raw = css.slice(start, end);
    const isNamed = (type === T.Ident || type === T.Function) && raw.includes('\\');
    const name = isNamed ? ident.decode(type === T.Function ? raw.slice(0, -1) : raw) : '';
    const written = /^-{0,2}[a-z_][\w-]*$/i.test(name) ? name + (type === T.Function ? '(' : '') : raw;
    if (isAfterComment && !SEPARATE.test(written[0] ?? '') && !SEPARATE.test(out.at(-1)?.at(-1) ?? ' '))
      out.push('/**/');
    isAfterComment = false;
    out.push(written);
  });
  return out.join('');
}
const SEPARATE = /[\s:;{},]/;

/** A declaration of a style sheet or `style` attribute. */
export interface Declared {
  /** The selector of the rule it is in: `*` in keyframes, null in a `style` attribute or a rule like `@font-face`. */
  readonly selector: string | null;
  /** The name of the keyframes it is in, if any. */
  readonly keyframes: string | null;
  readonly name: string;
  readonly value: string;
  /** Where its name begins. */
  readonly at: number;
}

/** All declarations of a style sheet, also those in conditions within rules: `a{@media all{color:red}}`. */
export function declarationsIn(css: string): Declared[] {
  const found: Declared[] = [];
  const around: Pick<Declared, 'selector' | 'keyframes'>[] = [];
  let begin = 0;
  let inBrackets = 0;
  const declared = (end: number): void => {
    const text = css.slice(begin, end);
    const colon = text.indexOf(':');
    if (colon < 1 || text.trimStart().startsWith('@')) return;
    const at = begin + text.search(/\S/);
    found.push({
      selector: null,
      keyframes: null,
      ...around.at(-1),
      name: named(text.slice(0, colon).trim()),
      value: text.slice(colon + 1).trim(),
      at,
    });
  };
  tokenize(css, (type, start, end) => {
    if (type === T.Function || type === T.LeftParenthesis || type === T.LeftSquareBracket) inBrackets += 1;
    else if (type === T.RightParenthesis || type === T.RightSquareBracket) inBrackets = Math.max(0, inBrackets - 1);
    if (inBrackets > 0) return;
    if (type === T.LeftCurlyBracket) around.push(within(css.slice(begin, start).trim(), around.at(-1)));
    else if (type === T.Semicolon || type === T.RightCurlyBracket) declared(start);
    else return;
    if (type === T.RightCurlyBracket) around.pop();
    begin = end;
  });
  declared(css.length);
  return found;
}

/** A declaration's name. Names of variables keep their case. */
const named = (written: string): string => (written.startsWith('--') ? written : written.toLowerCase());

/** Which selector or keyframes the declarations in a block are for. */
function within(
  prelude: string,
  around: Pick<Declared, 'selector' | 'keyframes'> | undefined,
): Pick<Declared, 'selector' | 'keyframes'> {
  const keyframes = /^@(?:-\w+-)?keyframes\s+(\S+)/i.exec(prelude)?.[1];
  if (keyframes !== undefined) return { selector: null, keyframes: keyframes.replace(/["']/g, '') };
  if (prelude.startsWith('@')) return around ?? { selector: null, keyframes: null };
  if (around !== undefined && around.keyframes !== null) return { selector: '*', keyframes: around.keyframes };
  return { selector: prelude, keyframes: null };
}

export interface StyleText {
  /** The text with names unescaped: see {@link plainCss}. */
  readonly plain: string;
  /** The element whose `style` attribute it is; null for a style sheet. */
  readonly of: Element | null;
  readonly set: (css: string) => void;
}

/** The style sheets and `style` attributes of a page’s elements as they are now. After one was changed, list them again. */
export function styleTexts(elements: readonly Element[]): readonly StyleText[] {
  const texts: StyleText[] = [];
  for (const node of elements) {
    for (const one of node.attrs)
      if (one.name === 'style')
        texts.push({ plain: plainCss(one.value), of: node, set: (css) => void (one.value = css) });
    if (node.tagName !== 'style' || node.namespaceURI !== HTML) continue;
    for (const child of childrenOf(node))
      if ('value' in child)
        texts.push({ plain: plainCss(child.value), of: null, set: (css) => void (child.value = css) });
  }
  return texts;
}

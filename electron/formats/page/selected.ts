import { ident, tokenize, tokenTypes as T } from 'css-tree';
import { attribute, isElement, walk, type Document, type Element } from './tree.ts';

/** One part of a selector: what stands between two combinators, without its pseudo-classes. */
interface Compound {
  readonly tag: string;
  readonly ids: readonly string[];
  readonly classes: readonly string[];
}

/** The elements of a page by name, id and class: which of them a selector may select. Never too few. */
export class Selected {
  readonly all: readonly Element[];
  readonly #byName = new Map<string, Element[]>();

  constructor(document: Document) {
    this.all = [...walk(document)].filter(isElement);
    for (const element of this.all) {
      this.#put(element.tagName.toLowerCase(), element);
      const id = attribute(element, 'id');
      if (id !== null) this.#put(`#${id}`, element);
      for (const name of classesOf(element)) this.#put(`.${name}`, element);
    }
  }

  /** The first element with an id, which is the one that a reference means. */
  first(id: string): Element | null {
    return this.#byName.get(`#${id}`)?.[0] ?? null;
  }

  /** The elements with all names of the last part of a selector. */
  of(selector: string): readonly Element[] {
    if (/[\\&(]/.test(selector)) return this.all;
    const { tag, ids, classes } = lastPart(selector);
    const names = [...ids.map((id) => `#${id}`), ...classes.map((name) => `.${name}`), ...(tag === '' ? [] : [tag])];
    const [rarest] = names.map((name) => this.#byName.get(name) ?? []).toSorted((a, b) => a.length - b.length);
    return rarest ?? this.all;
  }

  #put(name: string, element: Element): void {
    const there = this.#byName.get(name);
    if (there === undefined) this.#byName.set(name, [element]);
    else there.push(element);
  }
}

const classesOf = (element: Element): Set<string> =>
  new Set((attribute(element, 'class') ?? '').split(/\s+/).filter((name) => name !== ''));

function lastPart(selector: string): Compound {
  const parts = selector.replace(/\[[^\]]*\]/g, '').split(/[\s>+~|]+/);
  const [names = ''] = (parts.findLast((part) => part !== '') ?? '').split(':');
  return {
    tag: /^[\w-]+/.exec(names)?.[0].toLowerCase() ?? '',
    ids: [...names.matchAll(/#([^.#]+)/g)].map(([, id = '']) => id),
    classes: [...names.matchAll(/\.([^.#]+)/g)].map(([, name = '']) => name),
  };
}

/** A selector without what its functions ask: it may select more. */
export function withoutFunctions(selector: string): string {
  let plain = selector;
  for (let before = ''; plain !== before;) {
    before = plain;
    plain = plain.replace(/:[\w-]+\([^()]*\)/g, '');
  }
  return plain;
}

/** The same style sheet with its names unescaped: `:h\61s(` is `:has(`. */
export function unescapedCss(css: string): string {
  if (!css.includes('\\')) return css;
  const out: string[] = [];
  tokenize(css, (type, start, end) => {
    const raw = css.slice(start, end);
    const isNamed = (type === T.Ident || type === T.Function) && raw.includes('\\');
    const name = isNamed ? ident.decode(type === T.Function ? raw.slice(0, -1) : raw) : '';
    out.push(/^-{0,2}[a-z_][\w-]*$/i.test(name) ? name + (type === T.Function ? '(' : '') : raw);
  });
  return out.join('');
}

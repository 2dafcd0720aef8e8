import { without } from './budget-effects.ts';
import { declarationsIn, Selected, withoutAlternatives, withoutFunctions, type StyleText } from './selected.ts';
import {
  attribute,
  childrenOf,
  hasAttribute,
  HTML,
  isElement,
  isText,
  removeAttribute,
  setAttribute,
  type Element,
  type TreeNode,
} from './tree.ts';

/*
 * Text that takes a browser long because of the lines it stands in: lines that end where its characters say so, and ruby (small text above
 * other text). It stays; only how it is laid out changes.
 */

/** The most lines that end at a line feed. 400,000 in a `pre` took ten seconds, and soon after that more memory than a process may have. */
const MOST_LINES = 300_000;
/**
 * The most ruby elements, each counted again for each ruby element it is in. 10,000 beside each other took two seconds, 4,500 nested ones more
 * than ten.
 */
const MOST_RUBY = 40_000;
/** The most characters in one ruby element: 16,000 words above 16,000 words took twelve seconds, 8,000 half a second. */
const LONGEST_RUBY = 10_000;

/** The most items of lists that count down. 10,000 took half a second, 30,000 more than twelve. */
const MOST_REVERSED = 10_000;
/** The most items with a number of their own. 2,000 took half a second, 4,000 five. */
const MOST_NUMBERED = 2000;

/** An element's own declaration with `!important` is stronger than any rule, also than rules in layers. */
const LINES_JOINED = 'white-space:normal!important';
const RUBY_AS_TEXT = 'display:inline!important';
const RUBY_TAGS = new Set(['ruby', 'rt', 'rb', 'rtc', 'rp']);

/**
 * Limits the lines of a page: joins the lines of the elements with the most of them, until the rest is within the limit. Returns how many
 * elements were changed.
 */
export function cutLines(elements: readonly Element[]): number {
  const found = elements.flatMap((element) => {
    if (element.tagName === 'style') return [];
    const lines = childrenOf(element).reduce((sum, child) => sum + (isText(child) ? lineFeedsIn(child.value) : 0), 0);
    return lines > 0 ? [{ element, lines }] : [];
  });
  let left = found.reduce((sum, { lines }) => sum + lines, 0);
  if (left <= MOST_LINES) return 0;
  let cut = 0;
  for (const { element, lines } of found.toSorted((a, b) => b.lines - a.lines)) {
    if (left <= MOST_LINES) break;
    left -= lines;
    cut += addLast(element, LINES_JOINED);
  }
  return cut;
}

/** If too many items have a number of their own, numbers all lists from their first item on. Returns how many elements were changed. */
export function cutNumbers(elements: readonly Element[]): number {
  const lists = elements.filter((one) => one.tagName === 'ol' && hasAttribute(one, 'reversed'));
  const items = elements.filter((one) => one.tagName === 'li' && hasAttribute(one, 'value'));
  const reversed = lists.reduce((sum, list) => sum + childrenOf(list).filter(isElement).length, 0);
  if (reversed <= MOST_REVERSED && items.length <= MOST_NUMBERED) return 0;
  for (const list of lists) removeAttribute(list, 'reversed');
  for (const item of items) removeAttribute(item, 'value');
  return lists.length + items.length;
}

function lineFeedsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** If there is too much ruby, shows all of it as ordinary text. Returns how many elements and declarations were changed. */
export function cutRuby(elements: readonly Element[], texts: readonly StyleText[]): number {
  const declared = rubyDeclarations(texts);
  const tagged = elements.filter((one) => one.namespaceURI === HTML && RUBY_TAGS.has(one.tagName));
  if (declared.length + tagged.length === 0) return 0;
  const selected = new Selected(elements);
  const ruby = new Set<TreeNode>(tagged.filter(({ tagName }) => tagName === 'ruby'));
  for (const { text, selector } of declared) {
    if (text.of !== null) ruby.add(text.of);
    else if (selector !== null)
      for (const one of withoutFunctions(withoutAlternatives(selector)).split(','))
        for (const element of selected.of(one)) ruby.add(element);
  }
  if (!isCostly(elements, ruby)) return 0;
  const places = new Map<StyleText, Set<number>>();
  for (const { text, at } of declared) places.set(text, (places.get(text) ?? new Set()).add(at));
  for (const [text, all] of places) text.set(without(text.plain, all));
  return declared.length + tagged.reduce((sum, element) => sum + addLast(element, RUBY_AS_TEXT), 0);
}

interface RubyDeclaration {
  readonly text: StyleText;
  readonly selector: string | null;
  readonly at: number;
}

/** Declarations of `display: ruby`, or of `display` with a variable whose value may be `ruby`. */
function rubyDeclarations(texts: readonly StyleText[]): RubyDeclaration[] {
  if (!texts.some(({ plain }) => /ruby/i.test(plain))) return [];
  const isInVariable = texts.some(({ plain }) => /--[^:;{}]*:[^;{}]*ruby/i.test(plain));
  return texts.flatMap((text) =>
    /ruby|var\(/i.test(text.plain)
      ? declarationsIn(text.plain).flatMap(({ selector, name, value, at }) =>
          name === 'display' && (/ruby/i.test(value) || (isInVariable && value.includes('var(')))
            ? [{ text, selector, at }]
            : [],
        )
      : [],
  );
}

/** Whether the ruby is over the limit. In `elements` each element comes after its parent. */
function isCostly(elements: readonly Element[], ruby: ReadonlySet<TreeNode>): boolean {
  const counts = new Map<TreeNode, number>();
  const lengths = new Map<TreeNode, number>();
  let all = 0;
  for (const element of elements.toReversed()) {
    let count = ruby.has(element) ? 1 : 0;
    let length = 0;
    for (const child of childrenOf(element)) {
      count += counts.get(child) ?? 0;
      length += isText(child) ? child.value.length : (lengths.get(child) ?? 0);
    }
    counts.set(element, count);
    lengths.set(element, length);
    if (!ruby.has(element)) continue;
    if (length > LONGEST_RUBY) return true;
    all += count;
  }
  return all > MOST_RUBY;
}

/** Adds a declaration after the element’s own ones, once. Returns 1 if it was added, 0 if it was there. */
function addLast(element: Element, declaration: string): number {
  const style = attribute(element, 'style');
  if (style?.endsWith(declaration) === true) return 0;
  setAttribute(element, 'style', style === null ? declaration : `${style};${declaration}`);
  return 1;
}

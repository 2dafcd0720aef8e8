import { LIMITS } from './limits.ts';
import {
  appendText,
  attribute,
  childrenOf,
  createElement,
  findElement,
  hasAttribute,
  HTML,
  isElement,
  removeAttribute,
  setAttribute,
  textContent,
  walk,
  type Document,
  type Element,
  type ParentNode,
} from './tree.ts';
import { STAMP } from '../../../shared/text/page-text.ts';

/*
 * Form fields as boxes that only look like them. Chromium's autofill looks at every field of a page, in frames without scripts
 * too, and may ask its maker about them. What a field shows stays in an attribute and is drawn by `content`, so that it is as
 * little part of the page's text as it was in the field.
 */

/** The labels of all options of an `fz-select`, a line each: it is as wide as the widest. */
export const OPTIONS_ATTRIBUTE = 'data-fz-options';

/** The elements that fields become. */
export const FIELD_ELEMENTS: ReadonlyMap<string, string> = new Map([
  ['input', 'fz-input'],
  ['select', 'fz-select'],
  ['button', 'fz-button'],
]);

/** Their styles, with the lowest priority: what Chromium gives to fields. */
export const FIELD_CSS =
  ':where(fz-input,fz-select,fz-button){display:inline-block;overflow:clip;white-space:pre;cursor:default;' +
  'border:1px solid light-dark(#767676,#858585);border-radius:2px;background-color:field;color:fieldtext;' +
  'font:13.3333px Arial,sans-serif;letter-spacing:normal;word-spacing:normal;text-transform:none;text-indent:0;' +
  'text-shadow:none;text-align:start}' +
  // The space without a width gives an empty field the base line of a line of text.
  ':where(fz-input)::after{content:attr(value) "\\200b"}' +
  ':where(fz-input[placeholder]:not([value]))::before{content:attr(placeholder);color:darkgray}' +
  ':where(fz-input){width:var(--fz-w,171px);padding:2px 3px;cursor:text}' +
  ':where(fz-input[type=button],fz-button){box-sizing:border-box;width:auto;padding:2px 7px;' +
  'border-radius:3px;background-color:buttonface;color:buttontext;text-align:center;align-content:center;' +
  'cursor:default}' +
  ':where(fz-button){white-space:inherit}' +
  ':where(fz-input[type=checkbox],fz-input[type=radio]){box-sizing:border-box;width:13px;height:13px;padding:0;' +
  'margin:3px 3px 3px 4px;line-height:11px;cursor:default}' +
  ':where(fz-input[type=radio]){margin-inline-start:5px;border-radius:50%}' +
  ':where(fz-input[type=checkbox],fz-input[type=radio],fz-input[type=range],fz-input[type=color])::after{content:none}' +
  ':where(fz-input[type=checkbox][checked]){background-color:#0075ff;border-color:#0075ff;color:#fff}' +
  ':where(fz-input[type=checkbox][checked])::after{content:"\\2713";position:absolute;width:11px;text-align:center}' +
  ':where(fz-input[type=radio][checked]){border-color:#0075ff;background:radial-gradient(#0075ff 3px,field 3.5px)}' +
  ':where(fz-input[type=color]){box-sizing:border-box;width:50px;height:27px}' +
  ':where(fz-input[type=range]){width:129px;height:2px;padding:0;margin:9px 2px}' +
  `:where(fz-select){box-sizing:border-box;padding:1px 0 1px 4px;background:linear-gradient(45deg,#0000 50%,currentcolor 50%) ` +
  'right 10px center/5px 5px no-repeat,linear-gradient(-45deg,#0000 50%,currentcolor 50%) right 5px center/5px 5px ' +
  'no-repeat,field}' +
  `:where(fz-select)::before{content:attr(${OPTIONS_ATTRIBUTE});display:block;height:0;padding-inline-end:16px;visibility:hidden}` +
  ':where(fz-select)::after{content:attr(value) "\\200b"}' +
  `:where(fz-select[size]){padding:0 0 0 2px;height:var(--fz-h);background:field}` +
  ':where(fz-select[size])::before{height:auto;padding-inline-end:10px;visibility:inherit}' +
  ':where(fz-select[size])::after{content:none}' +
  ':where(fz-input,fz-select):where([disabled]){color:graytext}';

/** Elements that close a paragraph. In a `button` they don't, and in its box they would. */
const CLOSES_PARAGRAPH = new Set(
  (
    'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup ' +
    'hr main menu nav ol p search section summary ul h1 h2 h3 h4 h5 h6 pre table li dd dt'
  ).split(' '),
);

/** Replaces the fields of a page by boxes; returns their number. Its text stays as it is. */
export function replaceFields(document: Document): number {
  const fields = [...walk(document)].filter(
    (node): node is Element => isElement(node) && node.namespaceURI === HTML && FIELD_ELEMENTS.has(node.tagName),
  );
  for (const field of fields) {
    removeAttribute(field, 'inert');
    if (field.tagName === 'select') select(field);
    else if (field.tagName === 'button') button(field);
    else input(field);
    const name = FIELD_ELEMENTS.get(field.tagName) ?? field.tagName;
    field.tagName = name;
    field.nodeName = name;
  }
  return fields.length;
}

/** Adds the styles of the boxes to a page that was frozen before fields were replaced. */
export function addFieldStyles(document: Document): void {
  const head = findElement(document, ({ tagName, namespaceURI }) => tagName === 'head' && namespaceURI === HTML);
  const style = createElement('style');
  appendText(style, FIELD_CSS);
  if (head === null) return;
  style.parentNode = head;
  head.childNodes = [style, ...head.childNodes];
}

const asNumber = (value: string | null): number => Math.min(1000, Number.parseInt(value ?? '', 10) || 0);
const addStyle = (element: Element, declarations: string): void =>
  setAttribute(element, 'style', declarations + (attribute(element, 'style') ?? ''));

/** Chromium gives a field 7 pixels for each character of its `size`, and 31 more. */
function input(field: Element): void {
  const size = asNumber(attribute(field, 'size'));
  if (size > 0 && size !== 20) addStyle(field, `--fz-w:${31 + 7 * size}px;`);
}

function button(field: Element): void {
  removeAttribute(field, 'tabindex');
  const isClosing = (element: Element): boolean => CLOSES_PARAGRAPH.has(element.tagName);
  if (childrenOf(field).some((child) => findElement(child, isClosing) !== null)) openParagraphs(field);
}

/**
 * What stands in a paragraph may contain paragraphs where it is an element of its own, but markup cannot put them there: parsing
 * would move them out of it. So the surrounding paragraph becomes a `div` that looks like one.
 */
export function openParagraphs(into: Element): void {
  for (let at: Element | null = into; at !== null;) {
    if (at.tagName === 'p') {
      at.tagName = 'div';
      at.nodeName = 'div';
      addStyle(at, 'margin-block:1em;');
    }
    const parent: ParentNode | null = at.parentNode;
    at = parent !== null && isElement(parent) ? parent : null;
  }
}

function select(field: Element): void {
  const options = [...walk(field)].filter((node): node is Element => isElement(node) && node.tagName === 'option');
  const labels = options.map((option) => attribute(option, 'label') ?? textContent(option).replace(/\s+/g, ' ').trim());
  const chosen = options.findLastIndex((option) => hasAttribute(option, 'selected'));
  setAttribute(field, 'value', labels[Math.max(0, chosen)] ?? '');
  setAttribute(field, OPTIONS_ATTRIBUTE, labels.join('\n').slice(0, LIMITS.attribute));
  const lines = asNumber(attribute(field, 'size'));
  const shown = lines > 1 ? lines : hasAttribute(field, 'multiple') ? 4 : 1;
  removeAttribute(field, 'size');
  if (shown > 1) {
    setAttribute(field, 'size', String(shown));
    addStyle(field, `--fz-h:calc(${shown} * (1lh + 2px));`);
  }
  // A select's own stamp never changed the text: its words are not part of it.
  removeAttribute(field, STAMP);
  field.childNodes = [];
}

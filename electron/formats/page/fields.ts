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

/** What the styles of a page can ask of a checkbox, a radio button and others that are drawn and show no words. */
const DRAWN = ':is([type=checkbox],[type=radio],[type=range],[type=color])';

/** Their styles, with the lowest priority: what Chromium 153 gives to fields, and its drawings of them. */
export const FIELD_CSS =
  ':where(fz-input,fz-select,fz-button){display:inline-block;overflow:clip;white-space:pre;cursor:default;' +
  'border:1px solid light-dark(#767676,#858585);border-radius:2px;background-color:field;color:fieldtext;' +
  'font:13.3333px Arial;letter-spacing:normal;word-spacing:normal;text-transform:none;text-indent:0;' +
  'text-shadow:none;text-align:start}' +
  // The space without a width gives an empty field the base line of a line of text.
  ':where(fz-input)::after{content:attr(value) "\\200b"}' +
  ':where(fz-input[placeholder]:not([value]),fz-textarea[placeholder]:empty)::before{content:attr(placeholder);' +
  'color:light-dark(#757575,#a9a9a9)}' +
  ':where(fz-input){width:var(--fz-w,171px);padding:2px 3px;cursor:text}' +
  ':where(fz-input[type=button],fz-button,fz-input[type=file])::before,:where(fz-input[type=button],fz-button){' +
  'box-sizing:border-box;width:auto;padding:2px 7px;border-radius:3px;background-color:buttonface;' +
  'color:buttontext;text-align:center;align-content:center;cursor:default}' +
  ':where(fz-button){white-space:inherit}' +
  ':where(fz-input[type=file]){width:289px;padding:0;border:0;background:none}' +
  ':where(fz-input[type=file])::before{content:"Choose File";display:inline-block;margin-inline-end:4px;' +
  'border:1px solid light-dark(#767676,#858585)}' +
  ':where(fz-input[type=file])::after{content:"No file chosen"}' +
  ':where(fz-input[type=date]){width:auto;padding:2.15px 40.06px 2.18px 3px;font-family:monospace;' +
  // The calendar at its end: head, sides and foot.
  'background:linear-gradient(currentcolor 0 0) right 5px top 4px/11px 3px,linear-gradient(currentcolor 0 0) right 5px top 4px/1px 11px,' +
  'linear-gradient(currentcolor 0 0) right 15px top 4px/1px 11px,linear-gradient(currentcolor 0 0) right 5px top 14px/11px 1px,field;' +
  'background-repeat:no-repeat}' +
  `:where(fz-input${DRAWN}){box-sizing:border-box;display:inline-flex;align-items:flex-end;padding:0;cursor:default}` +
  // Their base line is their lower edge.
  `:where(fz-input${DRAWN})::after{content:"";height:0;margin-bottom:-1px}` +
  ':where(fz-input[type=checkbox],fz-input[type=radio]){width:13px;height:13px;margin:3px 3px 3px 4px}' +
  ':where(fz-input[type=radio]){margin:3px 3px 0 5px;border-radius:50%}' +
  ':where(fz-input[type=checkbox][checked]){background-color:#0075ff;border-color:#0075ff}' +
  ':where(fz-input[type=checkbox][checked])::before{content:"";position:absolute;width:11px;height:11px;background:#fff;' +
  'clip-path:polygon(10% 51%,23% 38%,41% 57%,78% 20%,91% 33%,41% 83%)}' +
  ':where(fz-input[type=radio][checked]){border-color:#0075ff;background:radial-gradient(#0075ff 3.25px,field 3.75px)}' +
  ':where(fz-input[type=color]){width:50px;height:27px;padding:5px 3px;align-items:stretch;background-color:buttonface}' +
  ':where(fz-input[type=color])::after{height:auto;flex:1;margin:0;border:1px solid #777;background:var(--fz-c,#000)}' +
  ':where(fz-input[type=range]){width:129px;height:16px;margin:2px;border:0;' +
  'background:none;position:relative}' +
  ':where(fz-input[type=range])::before{content:"";position:absolute;inset:5px 0;box-sizing:border-box;border-radius:4px;' +
  'border:1px solid light-dark(#b2b2b2,#858585);background:linear-gradient(90deg,#0075ff calc(100%*var(--fz-v,.5)),' +
  'light-dark(#efefef,#3b3b3b) 0) border-box}' +
  ':where(fz-input[type=range])::after{width:16px;height:16px;margin:0 0 0 calc((100% - 16px)*var(--fz-v,.5));' +
  'border-radius:50%;background:#0075ff;position:relative}' +
  ':where(fz-select){box-sizing:border-box;width:calc-size(max-content,round(up,size,1px));padding:1px 0 1px 4px;background:linear-gradient(45deg,#0000 50%,currentcolor 50%) ' +
  'right 10px center/5px 5px no-repeat,linear-gradient(-45deg,#0000 50%,currentcolor 50%) right 5px center/5px 5px ' +
  'no-repeat,field}' +
  `:where(fz-select)::before{content:attr(${OPTIONS_ATTRIBUTE});display:block;height:0;padding-inline-end:16px;visibility:hidden}` +
  ':where(fz-select)::after{content:attr(value) "\\200b"}' +
  // Each option is as high as its line and two pixels more.
  ':where(fz-select[size]){width:auto;padding:0 2px;height:var(--fz-h);line-height:17px;vertical-align:text-bottom;background:' +
  'linear-gradient(light-dark(#cecece,#5e5e5e) 0 0) 0 calc(17px*var(--fz-o,-1))/100% 17px no-repeat,field}' +
  ':where(fz-select[size])::before{height:auto;padding-inline-end:1.05px;visibility:inherit}' +
  ':where(fz-select[size])::after{content:none}' +
  ':where(fz-input,fz-select,fz-textarea):where([disabled]){color:light-dark(#545454,#aaa)}' +
  ':where(fz-button,fz-input[type=button]):where([disabled]){color:light-dark(#1010104d,#ffffff4d)}' +
  ':where(fz-input,fz-select,fz-button,fz-textarea):where([disabled]){border-color:light-dark(#7676764d,#8585854d);' +
  'background-color:light-dark(#efefef4d,#3b3b3b4d)}';

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
  const value = attribute(field, 'value') ?? '';
  const [, year, month, day] = /^(\d{4,6})-(\d\d)-(\d\d)$/.exec(value) ?? [];
  const type = attribute(field, 'type');
  if (type === 'range') addStyle(field, `--fz-v:${shareOf(field, value)};`);
  else if (type === 'color' && /^#[0-9a-f]{6}$/i.test(value)) addStyle(field, `--fz-c:${value};`);
  else if (type === 'date') setAttribute(field, 'value', year === undefined ? 'mm/dd/yyyy' : `${month}/${day}/${year}`);
}

/** How far a slider is from its left end, between 0 and 1. */
function shareOf(field: Element, value: string): number {
  const [least, most] = [number(attribute(field, 'min'), 0), number(attribute(field, 'max'), 100)];
  const share = (number(value, (least + most) / 2) - least) / (most - least);
  return Number.isFinite(share) ? Math.round(1000 * Math.min(1, Math.max(0, share))) / 1000 : 0;
}
const number = (value: string | null, otherwise: number): number => {
  const parsed = Number.parseFloat(value ?? '');
  return Number.isFinite(parsed) ? parsed : otherwise;
};

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

/** The indent that Chromium gives to the options of a group. */
const INDENT = '\u00a0'.repeat(4);

function select(field: Element): void {
  const lines = [...walk(field)].filter(
    (node): node is Element => isElement(node) && (node.tagName === 'option' || node.tagName === 'optgroup'),
  );
  const labels = lines.map((one) => attribute(one, 'label') ?? textContent(one).replace(/\s+/g, ' ').trim());
  const chosen = lines.findLastIndex((one) => hasAttribute(one, 'selected'));
  const first = lines.findIndex(({ tagName }) => tagName === 'option');
  setAttribute(field, 'value', labels[chosen < 0 ? first : chosen] ?? '');
  const isGrouped = (one: Element): boolean => one.parentNode?.nodeName === 'optgroup';
  const shownLabels = labels.map((label, index) => (isGrouped(lines[index] ?? field) ? `${INDENT}${label}` : label));
  setAttribute(field, OPTIONS_ATTRIBUTE, shownLabels.join('\n').slice(0, LIMITS.attribute));
  const height = asNumber(attribute(field, 'size'));
  const shown = height > 1 ? height : hasAttribute(field, 'multiple') ? 4 : 1;
  removeAttribute(field, 'size');
  if (shown > 1) {
    setAttribute(field, 'size', String(shown));
    addStyle(field, `--fz-h:${17 * shown + 2}px;${chosen < 0 ? '' : `--fz-o:${chosen};`}`);
  }
  // A select's own stamp never changed the text: its words are not part of it.
  removeAttribute(field, STAMP);
  field.childNodes = [];
}

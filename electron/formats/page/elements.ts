import { INPUT_TYPES } from './allow.ts';
import { shownAddress, srcsetAddresses } from './addresses.ts';
import { LINK_ATTRIBUTE } from './css.ts';
import { cssLength } from './attributes.ts';
import type { ElementRule, Freezer, Setting, Work } from './freeze.ts';
import { LIMITS } from './limits.ts';
import {
  append,
  attribute,
  childrenOf,
  createElement,
  hasAttribute,
  HTML,
  isElement,
  isTemplate,
  prependStyle,
  removeAttribute,
  setAttribute,
  textContent,
  type ChildNode,
  type Element,
  type ParentNode,
  type Document,
} from './tree.ts';
import { decodeHtml } from './charset.ts';
import { beginsLikeHtml, notHtml } from './not-html.ts';
import { parsePage } from './parse.ts';
import type { Content } from './resources.ts';
import { frozenResourceType, isPicture } from '../../../shared/model/frozen-resource.ts';
import { openParagraphs } from './fields.ts';
import { baseOf, partsOf } from './parts.ts';

/** The rules for HTML elements that are not just copied. */
export const SPECIAL_ELEMENTS: ReadonlyMap<string, ElementRule> = new Map<string, ElementRule>([
  ['style', style],
  ['link', link],
  ['template', template],
  ['slot', slot],
  ['iframe', frame],
  ['frame', frame],
  ['frameset', frameset],
  ['video', media],
  ['audio', media],
  ['canvas', media],
  ['object', object],
  ['embed', object],
  ['img', picture],
  ['image', picture],
  ['input', input],
  ['a', anchor],
  ['nobr', nobr],
  ['button', button],
  ['select', field],
  ['textarea', textarea],
  ['xmp', verbatim],
  ['listing', verbatim],
  ['plaintext', verbatim],
]);

function style(freezer: Freezer, node: Element, work: Work): void {
  const type = attribute(node, 'type') ?? '';
  if (type !== '' && !/^\s*text\/css\s*$/i.test(type)) return;
  const css = freezer.styles.sheet(textContent(node), freezer.sheetPlace(work));
  freezer.addSheet(css, attribute(node, 'media'), work);
}

function link(freezer: Freezer, node: Element, work: Work): void {
  const rel = (attribute(node, 'rel') ?? '').toLowerCase().split(/\s+/);
  const href = attribute(node, 'href');
  if (href === null || !rel.includes('stylesheet') || rel.includes('alternate') || hasAttribute(node, 'disabled'))
    return;
  const css = freezer.styles.linked(href, freezer.sheetPlace(work));
  if (css !== null) freezer.addSheet(css, attribute(node, 'media'), work);
}

/**
 * A declarative shadow tree is shown in place of its host's children, which go into its slots. Other templates show nothing.
 */
function template(freezer: Freezer, node: Element, work: Work): void {
  if (!isTemplate(node) || (attribute(node, 'shadowrootmode') ?? attribute(node, 'shadowmode')) === null) return;
  const host = work.into;
  // SVG and MathML elements have no shadow trees.
  if (host.namespaceURI !== HTML) return;
  const mark = freezer.newMark();
  setAttribute(host, 'data-fz-host', mark);
  const content = new Map<string, ChildNode[]>();
  for (const child of freezer.takePending(host)) {
    const name = isElement(child) ? (attribute(child, 'slot') ?? '') : '';
    const there = content.get(name);
    if (there === undefined) content.set(name, [child]);
    else there.push(child);
  }
  const setting: Setting = {
    ...work.setting,
    scope: { mark, isShadow: true },
    slots: { content, setting: work.setting },
  };
  freezer.push(childrenOf(node.content), host, work.depth, setting);
}

function slot(freezer: Freezer, node: Element, work: Work): void {
  const copy = createElement('fz-slot');
  freezer.copyAttributes(node, copy, work.setting);
  const slots = work.setting.slots;
  const name = attribute(node, 'name') ?? '';
  const given = slots?.content.get(name);
  if (slots === null || given === undefined) return freezer.place(copy, childrenOf(node), work);
  // Once only, as in browsers, and so that nested slots cannot multiply what they show.
  slots.content.delete(name);
  freezer.place(copy, given, { ...work, setting: slots.setting });
}

/** Video, audio and canvas: a box of their size, with the poster image if there is one. */
function media(freezer: Freezer, node: Element, work: Work): void {
  const box = createElement('fz-media');
  freezer.copyAttributes(node, box, work.setting);
  const isSound = node.tagName === 'audio';
  if (isSound && !hasAttribute(node, 'controls')) setAttribute(box, 'hidden', '');
  prependStyle(
    box,
    cssLength('--fz-w', attribute(node, 'width')) +
      (isSound ? '--fz-h:54px;' : cssLength('--fz-h', attribute(node, 'height'))),
  );
  const poster = freezer.resources.address(attribute(node, 'poster'), work.setting.files, 'picture');
  if (poster !== null) append(box, createElement('img', { src: poster, alt: '' }));
  append(work.into, box);
  freezer.count('media');
}

/** An embedded object is shown if it is an image; otherwise the fallback content in the page is shown. */
function object(freezer: Freezer, node: Element, work: Work): void {
  const written = attribute(node, 'data') ?? attribute(node, 'src');
  const address = freezer.resources.address(written, work.setting.files, 'picture');
  if (address === null) return freezer.push(childrenOf(node), work.into, work.depth, work.setting);
  const copy = createElement('img', { alt: '' });
  freezer.copyAttributes(node, copy, work.setting);
  removeAttribute(copy, 'type');
  setAttribute(copy, 'src', address);
  append(work.into, copy);
}

function picture(freezer: Freezer, node: Element, work: Work): void {
  const copy = createElement('img');
  freezer.copyAttributes(node, copy, work.setting);
  const address = firstKept(freezer, pictureAddresses(node), work.setting.files);
  if (address === null) setAttribute(copy, 'data-fz-missing', '');
  else setAttribute(copy, 'src', address);
  append(work.into, copy);
}

function pictureAddresses(node: Element): string[] {
  const addresses = [attribute(node, 'src') ?? '', ...srcsetAddresses(attribute(node, 'srcset'))];
  const parent = node.parentNode;
  if (parent === null || !isElement(parent) || parent.tagName !== 'picture') return addresses;
  for (const sibling of childrenOf(parent)) {
    if (!isElement(sibling) || sibling.tagName !== 'source') continue;
    for (const address of srcsetAddresses(attribute(sibling, 'srcset'))) addresses.push(address);
  }
  return addresses;
}

function firstKept(freezer: Freezer, addresses: readonly string[], base: string | null): string | null {
  for (const address of addresses) {
    const kept = freezer.resources.address(address, base, 'picture');
    if (kept !== null) return kept;
  }
  return null;
}

function input(freezer: Freezer, node: Element, work: Work): void {
  const type = (attribute(node, 'type') ?? 'text').trim().toLowerCase();
  if (type === 'image') {
    const src = freezer.resources.address(attribute(node, 'src'), work.setting.files, 'picture');
    if (src === null) return;
    const shown = createElement('img', { alt: '' });
    freezer.copyAttributes(node, shown, work.setting);
    removeAttribute(shown, 'type');
    setAttribute(shown, 'src', src);
    append(work.into, shown);
    return;
  }
  if (type === 'hidden') return;
  const isSecret = type === 'password' || type === 'file';
  const isSender = type === 'submit' || type === 'reset';
  const copy = createElement('input');
  freezer.copyAttributes(node, copy, work.setting);
  if (isSecret) removeAttribute(copy, 'value');
  if (isSender && !hasAttribute(node, 'value')) setAttribute(copy, 'value', type === 'submit' ? 'Submit' : 'Reset');
  setAttribute(copy, 'type', isSender ? 'button' : type === 'file' || INPUT_TYPES.has(type) ? type : 'text');
  shut(node, copy);
  append(work.into, copy);
}

/** A link in a link cannot be expressed in markup: parsing moves it out, eight levels at a time. */
const NESTED_LINK = 'fz-link';

function nobr(freezer: Freezer, node: Element, work: Work): void {
  // The same holds for `nobr` in `nobr`; the outer one is enough.
  const copy = createElement(isInside('nobr', work.into) ? 'span' : 'nobr');
  freezer.copyAttributes(node, copy, work.setting);
  freezer.place(copy, childrenOf(node), work);
}

function isInside(name: string, into: Element): boolean {
  for (let at: Element | null = into; at !== null;) {
    if (at.tagName === name) return true;
    const parent: ParentNode | null = at.parentNode;
    at = parent !== null && isElement(parent) ? parent : null;
  }
  return false;
}

/** A link keeps its target as inert data; without `href` no browser follows it. */
function anchor(freezer: Freezer, node: Element, work: Work): void {
  const copy = createElement(isInside('a', work.into) ? NESTED_LINK : 'a');
  freezer.copyAttributes(node, copy, work.setting);
  const name = attribute(node, 'name');
  if (name !== null && name.length <= LIMITS.dataAttribute) setAttribute(copy, 'name', name);
  const href = attribute(node, 'href');
  if (href !== null) setAttribute(copy, LINK_ATTRIBUTE, shownAddress(href, work.setting.base, freezer.origin.address));
  freezer.place(copy, childrenOf(node), work);
}

function button(freezer: Freezer, node: Element, work: Work): void {
  const copy = createElement('button');
  freezer.copyAttributes(node, copy, work.setting);
  shut(node, copy);
  freezer.place(copy, childrenOf(node), work);
}

/** What styles may ask of a field. It becomes a box that cannot be used: see fields.ts. */
function shut(node: Element, copy: Element): void {
  if (hasAttribute(node, 'disabled')) setAttribute(copy, 'disabled', '');
}

function textarea(freezer: Freezer, node: Element, work: Work): void {
  const copy = createElement('fz-textarea');
  freezer.copyAttributes(node, copy, work.setting);
  const [columns, rows] = [count(attribute(node, 'cols'), 20), count(attribute(node, 'rows'), 2)];
  // 0.05 % wider than Chromium's `ch`, which is rounded down, plus the width of a scroll bar.
  prependStyle(copy, `--fz-w:calc(round(up,${columns}*1.0005ch,1px) + 15px);--fz-h:${rows}lh;`);
  shut(node, copy);
  freezer.place(copy, childrenOf(node), work);
}
const count = (value: string | null, otherwise: number): number =>
  Math.min(1000, Number.parseInt(value ?? '', 10) || otherwise);

function field(freezer: Freezer, node: Element, work: Work): void {
  const copy = createElement('select');
  freezer.copyAttributes(node, copy, work.setting);
  shut(node, copy);
  freezer.place(copy, childrenOf(node), work);
}

/** Obsolete elements whose content is plain text. */
function verbatim(freezer: Freezer, node: Element, work: Work): void {
  const copy = createElement('pre');
  freezer.copyAttributes(node, copy, work.setting);
  const text: ChildNode = { nodeName: '#text', value: textContent(node), parentNode: node };
  freezer.place(copy, [text], work);
}

/** A frameset becomes a grid with its rows and columns; it fills the window, or the frame or track it is in. */
function frameset(freezer: Freezer, node: Element, work: Work): void {
  const isOutermost = work.into.tagName === 'body';
  const grid = createElement('fz-frameset');
  freezer.copyAttributes(node, grid, work.setting);
  const isBare = /^(?:0|no)$/i.test((attribute(node, 'frameborder') ?? '').trim());
  const gap = isBare ? 0 : Math.min(100, Number.parseInt(attribute(node, 'border') ?? '6', 10) || 0);
  const rows = tracks(attribute(node, 'rows'), gap);
  const columns = tracks(attribute(node, 'cols'), gap);
  prependStyle(grid, `grid-template:${rows}/${columns};gap:${gap}px;${isOutermost ? 'height:100vh;' : ''}`);
  if (isOutermost) prependStyle(work.into, 'margin:0;');
  const frames = childrenOf(node).filter((child) => isElement(child) && /^frame(?:set)?$/.test(child.tagName));
  freezer.place(grid, frames, work);
}

/** `90,25%,2*` as tracks of a grid: HTML standard, "rules for parsing a list of dimensions"; an invalid entry is `*`. */
function tracks(written: string | null, gap: number): string {
  const parts = (written ?? '').slice(0, LIMITS.dataAttribute).split(',').slice(0, LIMITS.frames);
  const dimensions = parts.map((part) => /^\s*(\d{0,5})(?:\.\d*)?\s*([%*]?)/.exec(part) ?? ['', '', '*']);
  const hasRest = dimensions.some(([, size, unit]) => unit === '*' || size === '');
  const gaps = gap * (dimensions.length - 1);
  return dimensions
    .map(([, size = '', unit = '']) => {
      const number = Number(size === '' ? 1 : size);
      if (unit === '*' || size === '' || !hasRest) return `minmax(0,${number}fr)`;
      return unit === '%' ? `calc(${number}% - ${Math.round((gaps * number) / 100)}px)` : `${number}px`;
    })
    .join(' ');
}

/** A frame becomes a box; its page, if the capture has it, is copied into the box. */
function frame(freezer: Freezer, node: Element, work: Work): void {
  const box = createElement('fz-frame');
  freezer.copyAttributes(node, box, work.setting);
  const isBare = /^(?:0|no)$/i.test((attribute(node, 'frameborder') ?? '').trim());
  prependStyle(
    box,
    cssLength('--fz-w', attribute(node, 'width')) +
      cssLength('--fz-h', attribute(node, 'height')) +
      (isBare ? '--fz-b:0;' : ''),
  );
  append(work.into, box);
  const content = frameContent(freezer, node, work.setting);
  if (content !== null) return framedPage(freezer, node, content, { box, work });
  const picture = framedPicture(freezer, node, work.setting);
  if (picture === null) freezer.count('emptyFrames');
  else append(box, createElement('img', { src: picture, alt: '' }));
}

function framedPage(
  freezer: Freezer,
  node: Element,
  content: FrameContent,
  { box, work }: { readonly box: Element; readonly work: Work },
): void {
  openParagraphs(work.into);
  const mark = freezer.newMark();
  setAttribute(box, 'data-fz-host', mark);
  const setting: Setting = { ...content.setting, scope: { mark, isShadow: false }, slots: null };
  const { html, head, body } = partsOf(content.document);
  const htmlBox = createElement('fz-html');
  append(box, htmlBox);
  if (html !== null) freezer.copyAttributes(html, htmlBox, setting);
  if (body?.tagName === 'frameset') freezer.push([body], htmlBox, work.depth + 2, setting);
  else if (body !== null)
    freezer.push(childrenOf(body), bodyBox(freezer, node, body, { htmlBox, setting }), work.depth + 3, setting);
  const sheets =
    head === null ? [] : childrenOf(head).filter((child) => isElement(child) && /^(?:style|link)$/.test(child.tagName));
  freezer.push(sheets, box, work.depth + 1, setting);
}

/** The body of a framed page. Its colours are attributes that only a real `body` has. */
function bodyBox(
  freezer: Freezer,
  frameNode: Element,
  body: Element,
  { htmlBox, setting }: { readonly htmlBox: Element; readonly setting: Setting },
): Element {
  const box = createElement('fz-body');
  freezer.copyAttributes(body, box, setting);
  const ground = colour('background-color', attribute(body, 'bgcolor'));
  prependStyle(htmlBox, ground);
  prependStyle(
    box,
    colour('color', attribute(body, 'text')) +
      cssLength('--fz-mw', attribute(frameNode, 'marginwidth') ?? attribute(body, 'leftmargin')) +
      cssLength('--fz-mh', attribute(frameNode, 'marginheight') ?? attribute(body, 'topmargin')),
  );
  append(htmlBox, box);
  return box;
}

/** A colour in an old-style attribute: a name, or six hexadecimal digits with or without `#`. */
function colour(property: string, value: string | null): string {
  const given = (value ?? '').trim();
  if (/^#?[0-9a-f]{6}$/i.test(given)) return `${property}:#${given.replace('#', '')};`;
  return /^(?:#[0-9a-f]{3}|[a-z]{3,24})$/i.test(given) ? `${property}:${given};` : '';
}

function framedPicture(freezer: Freezer, node: Element, setting: Setting): string | null {
  const src = attribute(node, 'src') ?? '';
  const content = src.trim() === '' ? null : freezer.resources.content(src, setting.files);
  const type = content === null ? null : frozenResourceType(content.bytes);
  return type !== null && isPicture(type) ? freezer.resources.address(src, setting.files, 'picture') : null;
}

/** The page in a frame, with its setting. */
interface FrameContent {
  readonly document: Document;
  readonly setting: Pick<Setting, 'base' | 'files' | 'trail' | 'frames'>;
}

/** The page in a frame, if the capture contains it and it is within the limits; else null, and the frame stays empty. */
function frameContent(freezer: Freezer, node: Element, around: Setting): FrameContent | null {
  if (around.frames >= LIMITS.frameDepth || freezer.frames >= LIMITS.frames) return null;
  const inline = attribute(node, 'srcdoc');
  const content = inline === null ? capturedPage(freezer, attribute(node, 'src') ?? '', around) : null;
  if (inline === null && content === null) return null;
  if (!freezer.takeFrame(content?.bytes.length ?? inline?.length ?? 0)) return null;
  const markup = content === null ? (inline ?? '') : decodeHtml(content.bytes, content.charset).text;
  const document = parsePage(markup);
  const address = content?.address ?? null;
  // Files are looked up in the folder; links still refer to where the page was saved from.
  const base = baseOf(document, freezer.origin.folder === null ? (address ?? around.base) : around.base);
  return {
    document,
    setting: {
      base,
      files: freezer.origin.folder === null ? base : (address ?? around.files),
      trail: address === null ? around.trail : [...around.trail, address],
      frames: around.frames + 1,
    },
  };
}

function capturedPage(freezer: Freezer, src: string, around: Setting): Content | null {
  if (src.trim() === '') return null;
  const content = freezer.resources.content(src, around.files);
  if (content === null || !isPage(content)) return null;
  const isAround = content.address !== null && around.trail.includes(content.address);
  return isAround ? null : content;
}

/** Whether a part is a page: declared as one, or undeclared and beginning like one. Its bytes must not contradict that. */
function isPage({ bytes, type, address }: Content): boolean {
  if (address === null) return type === 'text/html';
  if (notHtml(bytes) !== null) return false;
  if (type === 'text/html' || type === 'application/xhtml+xml') return true;
  return (type === '' || type === 'application/octet-stream') && beginsLikeHtml(bytes);
}

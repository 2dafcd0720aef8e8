import { decodeHtml } from './charset.ts';
import { beginsLikeHtml, notHtml } from './not-html.ts';
import { parsePage } from './parse.ts';
import type { Content } from './resources.ts';
import { frozenResourceType, isPicture } from '../../../shared/model/frozen-resource.ts';
import { cssLength } from './attributes.ts';
import { openParagraphs } from './fields.ts';
import type { Freezer, Setting, Work } from './freeze.ts';
import { LIMITS } from './limits.ts';
import { baseOf, partsOf } from './parts.ts';
import {
  append,
  attribute,
  childrenOf,
  createElement,
  isElement,
  prependStyle,
  setAttribute,
  type Document,
  type Element,
} from './tree.ts';

/** A frameset becomes a grid with its rows and columns; it fills the window, or the frame or track it is in. */
export function frameset(freezer: Freezer, node: Element, work: Work): void {
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
export function frame(freezer: Freezer, node: Element, work: Work): void {
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

import { frozenResourceType, isPicture } from '../../../shared/model/frozen-resource.ts';
import { cssLength } from './css-length.ts';
import { frameContent, type FrameContent } from './frames.ts';
import type { Freezer, Setting, Work } from './freeze.ts';
import { LIMITS } from './limits.ts';
import { partsOf } from './parts.ts';
import {
  append,
  attribute,
  childrenOf,
  createElement,
  isElement,
  prependStyle,
  setAttribute,
  type Element,
  type ParentNode,
} from './tree.ts';

/** A set of frames becomes a grid with its rows and columns; it fills the window, or the frame or track it is in. */
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

/** `90,25%,2*` as tracks of a grid: HTML standard, "rules for parsing a list of dimensions"; what is no number is `*`. */
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

/** A frame becomes a box; what it shows, where the file holds it, is copied into the box as a part of the page. */
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

/** A colour as attributes of old give it: a name, or six hexadecimal digits with or without `#`. */
function colour(property: string, value: string | null): string {
  const given = (value ?? '').trim();
  if (/^#?[0-9a-f]{6}$/i.test(given)) return `${property}:#${given.replace('#', '')};`;
  return /^(?:#[0-9a-f]{3}|[a-z]{3,24})$/i.test(given) ? `${property}:${given};` : '';
}

/**
 * A frame may stand in a paragraph, but markup cannot say that a frame's paragraphs do: reading would move them out of
 * their frame. So the paragraph around becomes a `div` that looks like one.
 */
function openParagraphs(into: Element): void {
  for (let at: Element | null = into; at !== null;) {
    if (at.tagName === 'p') {
      at.tagName = 'div';
      at.nodeName = 'div';
      prependStyle(at, 'margin-block:1em;');
    }
    const parent: ParentNode | null = at.parentNode;
    at = parent !== null && isElement(parent) ? parent : null;
  }
}

function framedPicture(freezer: Freezer, node: Element, setting: Setting): string | null {
  const src = attribute(node, 'src') ?? '';
  const content = src.trim() === '' ? null : freezer.resources.content(src, setting.files);
  const type = content === null ? null : frozenResourceType(content.bytes);
  return type !== null && isPicture(type) ? freezer.resources.address(src, setting.files, 'picture') : null;
}

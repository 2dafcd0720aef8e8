import { decodeHtml } from './charset.ts';
import type { Freezer, Setting } from './freeze.ts';
import { LIMITS } from './limits.ts';
import { beginsLikeHtml, notHtml } from './not-html.ts';
import { parsePage } from './parse.ts';
import { baseOf } from './parts.ts';
import type { Content } from './resources.ts';
import { attribute, type Document, type Element } from './tree.ts';

/** What a frame shows, and where that stands. */
export interface FrameContent {
  readonly document: Document;
  readonly setting: Pick<Setting, 'base' | 'files' | 'trail' | 'frames'>;
}

/** The framed page, as far as the capture holds it and the limits let it in; null where the frame stays empty. */
export function frameContent(freezer: Freezer, node: Element, around: Setting): FrameContent | null {
  if (around.frames >= LIMITS.frameDepth || freezer.frames >= LIMITS.frames) return null;
  const inline = attribute(node, 'srcdoc');
  const content = inline === null ? heldPage(freezer, attribute(node, 'src') ?? '', around) : null;
  if (inline === null && content === null) return null;
  if (!freezer.takeFrame(content?.bytes.length ?? inline?.length ?? 0)) return null;
  const markup = content === null ? (inline ?? '') : decodeHtml(content.bytes, content.charset).text;
  const document = parsePage(markup);
  const address = content?.address ?? null;
  // A page saved into a folder lies there; its links still lead to where the whole was saved from.
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

function heldPage(freezer: Freezer, src: string, around: Setting): Content | null {
  if (src.trim() === '') return null;
  const content = freezer.resources.content(src, around.files);
  if (content === null || !isPage(content)) return null;
  const isAround = content.address !== null && around.trail.includes(content.address);
  return isAround ? null : content;
}

/** Declared as a page; or declared as nothing in particular, and it begins like one. A part is what its bytes are. */
function isPage({ bytes, type, address }: Content): boolean {
  if (address === null) return type === 'text/html';
  if (notHtml(bytes) !== null) return false;
  if (type === 'text/html' || type === 'application/xhtml+xml') return true;
  return (type === '' || type === 'application/octet-stream') && beginsLikeHtml(bytes);
}

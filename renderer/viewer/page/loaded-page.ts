import type { FlowKeyboard } from '../flow/keyboard.ts';
import type { TextRange } from '../types.ts';
import type { Frame, FrameSheet } from './frame-style.ts';
import type { ScrollAnchor } from './frame-surface.ts';
import type { FrameText } from './frame-text.ts';
import type { PassagePainter } from './passage-painter.ts';

/** Properties of a page for which another layout is offered. */
export interface PageFacts {
  /** The page has no working styles. */
  readonly unstyled: boolean;
  /** How many pages are embedded in it. */
  readonly frames: number;
}
/** The chosen layout; each part applies only to pages with that property. */
export interface PageLayout {
  /** A page without styles gets a readable layout. Other pages are never changed. */
  readonly readable: boolean;
  /** Embedded pages are shown in full, one below the other. */
  readonly framesInFull: boolean;
  /** Pictures are black, as in an export of the text alone: something in the page is masked. */
  readonly withoutPictures: boolean;
}

/** What exists once the page is loaded, until it is unloaded. */
export interface Loaded {
  readonly frame: Frame;
  readonly text: FrameText;
  readonly painter: PassagePainter;
  readonly keyboard: FlowKeyboard;
  readonly place: ScrollAnchor;
  readonly sheet: FrameSheet;
  readonly about: PageFacts;
  /** Everything that has to be destroyed with the page. */
  readonly parts: readonly { destroy(): void }[];
}

/** What was requested before the page was loaded. */
interface Wanted {
  /** The offset to begin at. */
  readonly place: number;
  readonly scroll: TextRange | null;
  readonly selection: TextRange | null;
  readonly focus: boolean;
}
export const NOTHING_WANTED: Wanted = { place: 0, scroll: null, selection: null, focus: false };

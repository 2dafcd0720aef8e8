import { useCallback, useEffect, useRef } from 'react';
import { runKey } from '../../common/commands/registry.ts';

/** How the row in hand looks. System colours, since the paper has no theme; what is saved and printed has none of it. */
const LOOK = `.row { cursor: pointer; }
.row:hover { background: color-mix(in srgb, Highlight 8%, transparent); }
.row[data-current] { background: color-mix(in srgb, Highlight 14%, transparent); box-shadow: -3px 0 0 Highlight; }`;

const rowsOf = (page: Document) => [...page.querySelectorAll<HTMLElement>('.row')];
const numberOf = (row: Element): number => Number(row.querySelector('.no')?.textContent ?? '');

/**
 * The sentences on the page of a report: the one in hand is marked, a press on one goes to it, and keys pressed in the frame, which
 * the program does not hear, are those of the program.
 */
export function usePaperRows(current: number | null, onGo: (number: number) => void) {
  const frame = useRef<HTMLIFrameElement>(null);
  const latest = useRef({ current, onGo });
  /** The page begins with its totals: it moves once somebody walks. */
  const scrolled = useRef<number | null>(null);
  const mark = useCallback((): void => {
    const page = frame.current?.contentDocument;
    if (!page) return;
    for (const row of rowsOf(page)) {
      const number = numberOf(row);
      row.toggleAttribute('data-current', number === latest.current.current);
      if (number === scrolled.current) row.scrollIntoView({ block: 'nearest' });
    }
  }, []);
  useEffect(() => {
    latest.current = { current, onGo };
    mark();
  }, [current, onGo, mark]);
  const onLoad = useCallback((): void => {
    const page = frame.current?.contentDocument;
    if (!page) return;
    const style = page.createElement('style');
    style.textContent = LOOK;
    page.head.append(style);
    page.addEventListener('click', (event) => {
      const pressed = event.composedPath();
      const row = rowsOf(page).find((one) => pressed.includes(one));
      // Words may be selected, to copy them.
      if (row !== undefined && page.getSelection()?.isCollapsed !== false) latest.current.onGo(numberOf(row));
    });
    page.addEventListener('keydown', (event) => {
      const { current: number, onGo: go } = latest.current;
      if (event.key === 'Enter' && number !== null) go(number);
      else if (!runKey(event)) return;
      event.preventDefault();
    });
    mark();
  }, [mark]);
  return { frame, onLoad, scrollTo: (number: number): void => void (scrolled.current = number) };
}

import { useCallback, useEffect, useRef } from 'react';
import { runKey } from '../../common/commands/registry.ts';

/** The look of the current row. It uses system colours, since the paper has no theme. The saved or printed report has no such style. */
const LOOK = `.row { cursor: pointer; }
.row:hover { background: color-mix(in srgb, Highlight 8%, transparent); }
.row[data-current] { background: color-mix(in srgb, Highlight 14%, transparent); box-shadow: -3px 0 0 Highlight; }`;

const rowsOf = (page: Document) => [...page.querySelectorAll<HTMLElement>('.row')];
const numberOf = (row: Element): number => Number(row.querySelector('.no')?.textContent ?? '');

/**
 * Handles the sentences on the page of a report. It marks the current one, and a press goes to a sentence. The program does not get keys
 * that are pressed in the frame, so they are passed on to it.
 */
export function usePaperRows(current: number | null, onGo: (number: number) => void) {
  const frame = useRef<HTMLIFrameElement>(null);
  const latest = useRef({ current, onGo });
  /** The sentence scrolled to last. The page begins at its totals and scrolls only once a person moves. */
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
      // Do not go to the row while words are selected: a person may copy them.
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

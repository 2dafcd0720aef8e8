import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { isComposing } from '../../app/commands/keys.ts';
import { closePalette } from '../../app/state/reading.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import type { ScreenBox } from '../../viewer/types.ts';

export interface PaletteOption {
  readonly id: string;
  readonly content: ReactNode;
  /** It is on the passage already. */
  readonly on: boolean;
}
export interface PaletteGroup {
  readonly id: string;
  readonly label: string;
  readonly options: readonly PaletteOption[];
}
export interface PaletteFoot {
  readonly keys: readonly string[];
  readonly text: string;
}

export interface PaletteBoxProps {
  readonly box: ScreenBox;
  readonly icon: IconName;
  /** Names the palette, its field and its list for a screen reader. */
  readonly label: string;
  readonly listLabel: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** The words that are tagged. */
  readonly quote: string;
  readonly quoteLang: string | null;
  readonly groups: readonly PaletteGroup[];
  readonly none: string;
  /** What the option one is on means. */
  readonly preview: (id: string) => ReactNode;
  readonly feet: readonly PaletteFoot[];
  readonly onChoose: (id: string, stay: boolean) => void;
  readonly onTab: () => void;
  /** Alt with a digit. */
  readonly onDigit?: (digit: number, id: string) => void;
}

/** A list to choose from by typing, below the passage it is about, which stays in sight: a combobox without a veil. */
export function PaletteBox(props: PaletteBoxProps) {
  const { box, icon, label, placeholder, query, onQuery, quote, quoteLang, groups, feet } = props;
  const own = useId();
  const element = useRef<HTMLDivElement>(null);
  const options = groups.flatMap((group) => group.options);
  const { at, active, move, reset } = useActive(options);
  const place = usePlace(element, box);
  useOutside(element);
  const onKeyDown = usePaletteKeys(props, active, move);
  return (
    <div ref={element} className="palette" role="dialog" aria-label={label} style={place}>
      <div className="palette-query">
        <Icon name={icon} />
        <input
          role="combobox"
          aria-label={placeholder}
          aria-expanded
          aria-controls={`${own}-list`}
          aria-autocomplete="list"
          {...(active === undefined ? {} : { 'aria-activedescendant': `${own}-${at}` })}
          // The palette was asked for by a key: what one types next is meant for it.
          autoFocus
          spellCheck={false}
          autoComplete="off"
          dir="auto"
          placeholder={placeholder}
          value={query}
          onChange={(event) => {
            onQuery(event.target.value);
            reset();
          }}
          onKeyDown={onKeyDown}
        />
        <bdi className="hint cut palette-quote" {...(quoteLang === null ? {} : { lang: quoteLang })}>
          {quote}
        </bdi>
      </div>
      <div className="palette-columns">
        <OptionList {...props} own={own} active={active} />
        <aside className="palette-side">{active === undefined ? null : props.preview(active.id)}</aside>
      </div>
      <div className="palette-feet" aria-hidden>
        {feet.map(({ keys, text }) => (
          <span key={text}>
            <Kbd keys={keys} />
            {text}
          </span>
        ))}
      </div>
    </div>
  );
}

function OptionList({
  groups,
  listLabel,
  none,
  own,
  active,
  onChoose,
}: PaletteBoxProps & { own: string; active: PaletteOption | undefined }) {
  const order = new Map(groups.flatMap((group) => group.options).map((option, at) => [option, at]));
  const current = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In newer Chromium this answers a promise, which React would take for the effect's clean-up.
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [active?.id]);
  return (
    <div id={`${own}-list`} role="listbox" aria-label={listLabel} className="palette-list">
      {groups.length === 0 ? (
        <div role="option" aria-selected={false} aria-disabled className="palette-none hint">
          {none}
        </div>
      ) : null}
      {groups.map((group) => (
        <div key={group.id} role="group" aria-labelledby={`${own}-${group.id}`}>
          <div id={`${own}-${group.id}`} className="palette-group" role="presentation">
            {group.label}
          </div>
          {group.options.map((option) => (
            // The keyboard works from the field, as in every combobox: the option itself never has the focus.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={option.id}
              id={`${own}-${order.get(option) ?? 0}`}
              ref={option === active ? current : null}
              role="option"
              aria-selected={option === active}
              aria-checked={option.on}
              className="palette-option"
              onMouseDown={(event) => event.preventDefault()}
              onClick={(event) => onChoose(option.id, event.shiftKey)}
            >
              {option.content}
              {option.on ? <Icon name="check" size="small" /> : null}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** The option the keyboard is on: the first one after each change of what was typed. */
function useActive(options: readonly PaletteOption[]) {
  const [wanted, setWanted] = useState(0);
  const at = Math.min(wanted, Math.max(0, options.length - 1));
  return {
    at,
    active: options[at],
    move: (by: number) => setWanted(options.length === 0 ? 0 : (at + by + options.length) % options.length),
    reset: () => setWanted(0),
  };
}

function usePaletteKeys(
  { onChoose, onTab, onDigit }: PaletteBoxProps,
  active: PaletteOption | undefined,
  move: (by: number) => void,
): (event: KeyboardEvent) => void {
  const PAGE = 8;
  const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };
  return (event) => {
    if (isComposing(event.nativeEvent)) return;
    const step = moves[event.key];
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (step !== undefined) move(step);
    else if (event.key === 'Enter') {
      if (active !== undefined) onChoose(active.id, event.shiftKey);
    } else if (event.key === 'Escape') closePalette();
    else if (event.key === 'Tab') onTab();
    else if (event.altKey && digit !== undefined && active !== undefined) onDigit?.(Number(digit), active.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Distance from the passage and from the window's edges, CSS pixels. */
const GAP = 10;
/** Below this height the other side of the passage is better, if there is more room. */
const LEAST_HEIGHT = 320;

/** Below the passage; above it where only there is room; never over the window's edge. */
function usePlace(element: { readonly current: HTMLElement | null }, box: ScreenBox): CSSProperties {
  // Not hidden: what is hidden cannot take the focus.
  const [place, setPlace] = useState<CSSProperties>({ opacity: 0 });
  useLayoutEffect(() => {
    const set = (): void => {
      if (element.current === null) return;
      const { innerWidth, innerHeight } = window;
      const below = innerHeight - box.bottom - 2 * GAP;
      const above = box.top - 2 * GAP;
      const left = Math.max(GAP, Math.min(box.left, innerWidth - element.current.offsetWidth - GAP));
      if (below < LEAST_HEIGHT && above > below)
        setPlace({ left, bottom: innerHeight - box.top + GAP, maxBlockSize: above });
      else
        setPlace({
          left,
          top: Math.min(box.bottom + GAP, innerHeight - LEAST_HEIGHT),
          maxBlockSize: Math.max(below, LEAST_HEIGHT),
        });
    };
    set();
    window.addEventListener('resize', set);
    return () => window.removeEventListener('resize', set);
  }, [element, box]);
  return place;
}

/** A press elsewhere closes it. */
function useOutside(element: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const onDown = (event: Event): void => {
      if (event.target instanceof Node && element.current?.contains(event.target) === false) closePalette();
    };
    document.addEventListener('pointerdown', onDown, { capture: true });
    return () => document.removeEventListener('pointerdown', onDown, { capture: true });
  }, [element]);
}

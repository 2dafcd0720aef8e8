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
import { isComposing } from '../../ui/keys.ts';
import { closePalette } from '../../common/reader/reading-state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { type IconName } from '../../ui/Icon.tsx';
import {
  OptionList,
  useActiveOption,
  type ListOption,
  type OptionGroup,
  QueryField,
  KeyHints,
  type KeyHint,
  optionStep,
} from '../../ui/OptionList.tsx';
import { tokenPixels } from '../../ui/token.ts';
import type { ScreenBox } from '../../viewer/types.ts';

interface PaletteBoxProps {
  readonly box: ScreenBox;
  readonly icon: IconName;
  /** Labels the palette, its field and its list for screen readers. */
  readonly label: string;
  readonly listLabel: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** The words that are tagged. */
  readonly quote: string;
  readonly quoteLang: string | null;
  readonly groups: readonly OptionGroup[];
  readonly none: string;
  /** Describes the current option. */
  readonly preview: (id: string) => ReactNode;
  readonly hints: readonly KeyHint[];
  readonly onChoose: (id: string, stay: boolean) => void;
  readonly onTab: () => void;
  /** Called for Alt with a digit. */
  readonly onDigit?: (digit: number, id: string) => void;
}

/** The group of categories that the passage is tagged with already, by anyone. */
const ON_PASSAGE = 'on';

/** A combobox below its passage. It has no backdrop, so that the passage stays visible. */
export function PaletteBox(props: PaletteBoxProps) {
  const { box, icon, label, placeholder, query, onQuery, quote, quoteLang, groups, hints } = props;
  const ownId = useId();
  const element = useRef<HTMLDivElement>(null);
  const options = groups.flatMap((group) => group.options);
  // Enter without a query must neither remove a tag nor repeat a colleague's, so the first option outside the group of
  // existing tags is current.
  const existing = groups.flatMap(({ id, options: own }) => (id === ON_PASSAGE ? own : []));
  const first =
    query.trim() === '' ? options.findIndex((option) => option.on !== true && !existing.includes(option)) : 0;
  const home = options[0]?.isNotFirst === true ? -1 : Math.max(0, first);
  const { at, active, move, reset } = useActiveOption(options, home);
  const place = usePlace(element, box);
  useOutside(element);
  const choose = (id: string, stay: boolean): void => {
    props.onChoose(id, stay);
    if (!stay) return;
    // As if the palette had just opened.
    onQuery('');
    reset();
  };
  const previewBox = useRef<HTMLDivElement>(null);
  const { t } = useTranslation();
  const scrollPreview = (windows: number): void => {
    previewBox.current?.scrollBy({ top: windows * previewBox.current.clientHeight });
  };
  const onKeyDown = usePaletteKeys({ ...props, onChoose: choose }, active, move, scrollPreview);
  return (
    <div ref={element} className="palette" role="dialog" aria-label={label} style={place}>
      <QueryField
        icon={icon}
        label={placeholder}
        list={`${ownId}-list`}
        active={active === undefined ? null : at}
        query={query}
        onQuery={(next) => {
          onQuery(next);
          reset();
        }}
        onKeyDown={onKeyDown}
      >
        <bdi className="hint cut palette-quote" {...(quoteLang === null ? {} : { lang: quoteLang })}>
          {quote}
        </bdi>
      </QueryField>
      <div className="palette-columns">
        <OptionList {...props} id={`${ownId}-list`} active={active} onChoose={choose} />
        {/* Focusable, so that it can be scrolled by keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div ref={previewBox} className="palette-side" role="region" aria-label={t('palette.meaning')} tabIndex={0}>
          {active === undefined ? null : props.preview(active.id)}
        </div>
      </div>
      <KeyHints hints={hints} />
    </div>
  );
}

function usePaletteKeys(
  { onChoose, onTab, onDigit }: PaletteBoxProps,
  active: ListOption | undefined,
  move: (by: number) => void,
  scrollPreview: (windows: number) => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    if (isComposing(event.nativeEvent)) return;
    const step = optionStep(event.key);
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (step !== undefined && event.shiftKey && event.key.startsWith('Page')) scrollPreview(Math.sign(step) * 0.8);
    else if (step !== undefined) move(step);
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

/** In a low viewer, as at 200 % text size, this share of its height is enough for the palette. */
const LEAST_PART = 0.4;

/** The palette's position, computed once its size is known and when the window is resized. */
function usePlace(element: { readonly current: HTMLElement | null }, box: ScreenBox): CSSProperties {
  // Transparent until then, not hidden: a hidden element cannot take the focus.
  const [place, setPlace] = useState<CSSProperties>({ opacity: 0 });
  useLayoutEffect(() => {
    const set = (): void => {
      const { current } = element;
      const pane = current?.parentElement;
      if (current === null || pane === null || pane === undefined) return;
      const viewer = pane.querySelector('.reader[data-active] .desk') ?? pane.querySelector('.desk');
      const { innerWidth, innerHeight } = window;
      const whole = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
      const across = pane.getBoundingClientRect();
      const down = viewer?.getBoundingClientRect() ?? whole;
      const area = { left: across.left, right: across.right, top: down.top, bottom: down.bottom };
      const least = Math.min(tokenPixels('--palette-least'), LEAST_PART * (down.bottom - down.top));
      const { inset, tall } = placeBy(box, current.offsetWidth, least, area, whole);
      setPlace({ ...inset, maxBlockSize: tall });
    };
    set();
    window.addEventListener('resize', set);
    return () => window.removeEventListener('resize', set);
  }, [element, box]);
  return place;
}

/** Closes the palette on a press outside it. */
function useOutside(element: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const onDown = (event: Event): void => {
      if (event.target instanceof Node && element.current?.contains(event.target) === false) closePalette();
    };
    document.addEventListener('pointerdown', onDown, { capture: true });
    return () => document.removeEventListener('pointerdown', onDown, { capture: true });
  }, [element]);
}

/** The palette's position in the window, and its greatest height, in CSS pixels. */
interface PalettePlace {
  readonly inset: { readonly left: number } & ({ readonly top: number } | { readonly bottom: number });
  readonly tall: number;
}

/** Distance from the passage and from the edges, in CSS pixels. */
const GAP = 10;

/**
 * Places the palette below the passage if it has `least` pixels there, else above it. It stays inside `area`, so that the
 * toolbar remains visible. If a large passage leaves too little space there, it uses the whole window, and covers the
 * passage only if that is not enough either. Horizontally it stays in the area if it fits; otherwise it extends to the
 * left rather than over the inspector.
 */
export function placeBy(box: ScreenBox, width: number, least: number, area: ScreenBox, whole: ScreenBox): PalettePlace {
  const most = Math.min(area.right, whole.right) - GAP - width;
  const left = Math.max(Math.max(whole.left + GAP, Math.min(area.left + GAP, most)), Math.min(box.left, most));
  const under = (bottom: number): number => bottom - box.bottom - 2 * GAP;
  const over = (top: number): number => box.top - top - 2 * GAP;
  for (const { top, bottom } of [area, whole]) {
    if (under(bottom) >= least) return { inset: { left, top: box.bottom + GAP }, tall: under(bottom) };
    if (over(top) >= least) return { inset: { left, bottom: whole.bottom - box.top + GAP }, tall: over(top) };
  }
  return { inset: { left, bottom: GAP }, tall: least };
}

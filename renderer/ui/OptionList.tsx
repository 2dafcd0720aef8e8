import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';

export interface ListOption {
  readonly id: string;
  readonly content: ReactNode;
  /** Whether the option is selected; undefined if options can’t be selected. */
  readonly on?: boolean;
  /** Whether the option can’t be current at first: people have to move to it before Enter chooses it. */
  readonly isNotFirst?: boolean;
}
export interface OptionGroup {
  readonly id: string;
  readonly label: string;
  readonly options: readonly ListOption[];
}

export interface OptionListProps {
  /** The id of the list; its options are `id-0`, `id-1` …, over all groups. */
  readonly id: string;
  readonly groups: readonly OptionGroup[];
  readonly listLabel: string;
  /** Shown when there are no options. */
  readonly none: string;
  readonly active: ListOption | undefined;
  readonly onChoose: (id: string, shift: boolean, mod: boolean) => void;
}

/** The list of a combobox, in groups: the field handles the keyboard, the list the pointer. */
export function OptionList({ id, groups, listLabel, none, active, onChoose }: OptionListProps) {
  const order = new Map(groups.flatMap((group) => group.options).map((option, at) => [option, at]));
  const current = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In newer Chromium this returns a promise, which React would take for the effect’s clean-up.
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [active?.id]);
  return (
    <div id={id} role="listbox" aria-label={listLabel} className="palette-list">
      {groups.length === 0 ? (
        <div role="option" aria-selected={false} aria-disabled className="palette-none hint">
          {none}
        </div>
      ) : null}
      {groups.map((group) => (
        <div key={group.id} role="group" aria-labelledby={`${id}-of-${group.id}`}>
          <div id={`${id}-of-${group.id}`} className="palette-group" role="presentation">
            {group.label}
          </div>
          {group.options.map((option) => (
            // The keyboard works from the field, as in every combobox: the option itself never has the focus.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={option.id}
              id={`${id}-${order.get(option) ?? 0}`}
              ref={option === active ? current : null}
              role="option"
              aria-selected={option === active}
              {...(option.on === undefined ? {} : { 'aria-checked': option.on })}
              className="palette-option"
              onMouseDown={(event) => event.preventDefault()}
              onClick={(event) => onChoose(option.id, event.shiftKey, event.ctrlKey || event.metaKey)}
            >
              {option.content}
              {option.on === true ? <Icon name="check" size="small" /> : null}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

export interface QueryFieldProps {
  readonly icon: IconName;
  /** The field’s name for screen readers and its placeholder. */
  readonly label: string;
  /** The id of the list of options. */
  readonly list: string;
  /** The number of the option that Enter chooses; null if there is none. */
  readonly active: number | null;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Beside the field. */
  readonly children?: ReactNode;
}

/** The field of a combobox whose options are in an {@link OptionList}. It is opened by a key, so it takes the focus. */
export function QueryField({ icon, label, list, active, query, onQuery, onKeyDown, children }: QueryFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  return (
    <div className="palette-query">
      <Icon name={icon} />
      <input
        ref={field}
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={list}
        aria-autocomplete="list"
        {...(active === null ? {} : { 'aria-activedescendant': `${list}-${active}` })}
        spellCheck={false}
        autoComplete="off"
        dir="auto"
        placeholder={label}
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {children}
    </div>
  );
}

export interface KeyHint {
  readonly keys: readonly string[];
  readonly text: string;
}

/** The keys of the list and what they do, shown below it. */
export function KeyHints({ hints }: { hints: readonly KeyHint[] }) {
  return (
    <div className="palette-footer" aria-hidden>
      {hints.map(({ keys, text }) => (
        <span key={text}>
          <Kbd keys={keys} />
          {text}
        </span>
      ))}
    </div>
  );
}

/** The current option: after each change of the query the first one, or the one at `home`. */
export function useActiveOption(options: readonly ListOption[], home = 0) {
  const [moved, setWanted] = useState<number | null>(null);
  const at = Math.min(moved ?? home, Math.max(0, options.length - 1));
  return {
    at,
    active: options[at],
    move: (by: number) => setWanted(options.length === 0 ? 0 : (at + by + options.length) % options.length),
    reset: () => setWanted(null),
  };
}

/** How many options Page Up and Page Down move by. */
const PAGE = 8;
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };

/** How many options a key moves by; undefined for keys that do not move. */
export const optionStep = (key: string): number | undefined => STEPS[key];

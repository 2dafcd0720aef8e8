import { useRef, type KeyboardEvent } from 'react';

export interface TabOf<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

export interface TabsProps<Id extends string> {
  /** The prefix of the ids of the tabs and the panel: `x` gives `x-panel` and `x-of-…`. */
  readonly id: string;
  readonly label: string;
  readonly tabs: readonly TabOf<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** False if the tabs have no panel of their own; then no element has the props of {@link panelOf}. */
  readonly hasPanel?: boolean;
}

/** Tabs over one panel. One tab stop; the arrow keys select. */
export function Tabs<Id extends string>({ id, label, tabs, selected, onSelect, hasPanel = true }: TabsProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const keyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = tabs.findIndex((tab) => tab.id === selected);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[to % tabs.length];
    if (next === undefined) return;
    onSelect(next.id);
    list.current?.querySelector<HTMLElement>(`#${id}-of-${next.id}`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={list} role="tablist" aria-label={label} className="tabs-list">
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${id}-of-${tab.id}`}
          aria-selected={tab.id === selected}
          aria-controls={hasPanel && tab.id === selected ? `${id}-panel` : undefined}
          tabIndex={tab.id === selected ? 0 : -1}
          className="tab"
          data-selected={tab.id === selected || undefined}
          onClick={() => onSelect(tab.id)}
          onKeyDown={keyDown}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}

/** The props of the panel of {@link Tabs} with the same `id`. */
export const panelOf = (id: string, selected: string) =>
  ({ role: 'tabpanel', id: `${id}-panel`, 'aria-labelledby': `${id}-of-${selected}` }) as const;

import type { KeyboardEvent, ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  /** Buttons beside the title. */
  readonly acts?: ReactNode;
  readonly children: ReactNode;
}

/** A group of entries in a rail. The up and down keys move between them. */
export function RailSection({ title, acts, children }: SectionProps) {
  return (
    // The entries are buttons; the section hears the keys that go from one to the next.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className="pane-section rail-section" aria-label={title} onKeyDown={goAlong}>
      <div className="line">
        <h3 className="grow">{title}</h3>
        {acts}
      </div>
      {children}
    </section>
  );
}

function goAlong(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('.rail-entry-name')];
  const at = all.findIndex((one) => one === event.target);
  if (at < 0) return;
  event.preventDefault();
  all[at + step]?.focus();
}

interface EntryProps {
  readonly name: string;
  readonly isCurrent: boolean;
  /** The number of items, or a sign. */
  readonly count?: ReactNode;
  /** A menu of actions on the entry. */
  readonly menu?: ReactNode;
  readonly onPress: () => void;
}

/** An entry of a group in a rail. */
export function RailEntry({ name, isCurrent, count, menu, onPress }: EntryProps) {
  return (
    <div className="rail-entry" data-current={isCurrent || undefined}>
      <button type="button" className="rail-entry-name grow" aria-pressed={isCurrent} onClick={onPress}>
        <bdi className="cut grow">{name}</bdi>
      </button>
      {count === undefined ? null : <span className="hint rail-entry-count">{count}</span>}
      {menu}
    </div>
  );
}

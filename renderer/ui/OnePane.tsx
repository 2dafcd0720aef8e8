import type { ReactNode } from 'react';

export interface OnePaneProps<Name extends string> {
  /** Labels the row of buttons for screen readers. */
  readonly label: string;
  /** `count` is shown after the label. */
  readonly panes: readonly { readonly name: Name; readonly label: string; readonly count?: ReactNode }[];
  readonly shown: Name;
  readonly onShow: (name: Name) => void;
  readonly className?: string;
  /** The content of the shown pane; others may be kept hidden. */
  readonly children: ReactNode;
}

/** The layout of narrow windows: one pane at a time, with a row of buttons to switch. */
export function OnePane<Name extends string>({ label, panes, shown, onShow, className, children }: OnePaneProps<Name>) {
  return (
    <div className={className === undefined ? 'one-pane' : `${className} one-pane`}>
      <nav aria-label={label}>
        {panes.map((pane) => (
          <button
            key={pane.name}
            type="button"
            className="frame-place"
            aria-current={shown === pane.name ? 'true' : undefined}
            onClick={() => onShow(pane.name)}
          >
            {pane.label}
            {pane.count}
          </button>
        ))}
      </nav>
      {children}
    </div>
  );
}

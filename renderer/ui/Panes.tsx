import { Fragment, type ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { token } from './token.ts';

export interface Pane {
  readonly id: string;
  /** What it is, for a screen reader and on the edge that moves it. */
  readonly label: string;
  readonly content: ReactNode;
  /** The pane that takes what the others leave. */
  readonly main?: boolean;
  /** A token holding its first width. */
  readonly width?: `--${string}`;
}

export interface PanesProps {
  readonly id: string;
  readonly panes: readonly Pane[];
  /** Shares in percent by pane id, as they were left. */
  readonly layout: Readonly<Record<string, number>> | null;
  readonly onLayout: (layout: Record<string, number>) => void;
  /** Names an edge: "Resize Codebook". */
  readonly edgeLabel: (pane: string) => string;
}

/** Panes side by side, with edges to move by pointer or arrow keys. */
export function Panes({ id, panes, layout, onLayout, edgeLabel }: PanesProps) {
  const fits =
    layout !== null &&
    panes.every((pane) => layout[pane.id] !== undefined) &&
    Object.keys(layout).length === panes.length;
  return (
    <Group
      id={id}
      className="panes"
      orientation="horizontal"
      {...(fits ? { defaultLayout: { ...layout } } : {})}
      onLayoutChanged={(next) => onLayout(next)}
    >
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index === 0 ? null : <Separator className="panes-edge" aria-label={edgeLabel(edgeOf(panes, index))} />}
          <Panel
            id={pane.id}
            {...(pane.main === true
              ? { minSize: token('--page-least') }
              : {
                  minSize: token('--pane-least'),
                  maxSize: token('--pane-most'),
                  defaultSize: token(pane.width ?? '--pane-start'),
                  groupResizeBehavior: 'preserve-pixel-size' as const,
                })}
          >
            {pane.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}

/** The pane that an edge sizes: the one beside the main pane. */
function edgeOf(panes: readonly Pane[], index: number): string {
  const after = panes[index];
  const before = panes[index - 1];
  return (after?.main === true ? before?.label : after?.label) ?? '';
}

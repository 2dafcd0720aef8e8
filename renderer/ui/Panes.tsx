import { Fragment, useEffect, useRef, type ReactNode } from 'react';
import { Group, Panel, Separator, type GroupImperativeHandle, type PanelProps } from 'react-resizable-panels';
import { token } from './token.ts';

export interface Pane {
  readonly id: string;
  /** The pane’s name for screen readers; the edge that resizes it has the same. */
  readonly label: string;
  readonly content: ReactNode;
  /** The pane that takes the remaining width. */
  readonly main?: boolean;
  /** The token of its first width. */
  readonly width?: `--${string}`;
}

/** Shares in percent by pane id. */
export type PaneLayout = Readonly<Record<string, number>>;

export interface PanesProps {
  readonly id: string;
  readonly panes: readonly Pane[];
  /** The widths these panes had, if they were ever resized. */
  readonly layout: PaneLayout | undefined;
  /** Called when an edge was moved. */
  readonly onLayout: (layout: PaneLayout) => void;
  /** Names an edge: "Resize Codebook". */
  readonly edgeLabel: (pane: string) => string;
}

/**
 * Panes side by side, with edges to move by pointer or arrow keys. Panes can open and close without the others losing
 * their scroll position or focus.
 */
export function Panes({ id, panes, layout, onLayout, edgeLabel }: PanesProps) {
  const group = useRef<GroupImperativeHandle>(null);
  const ids = panes.map((pane) => pane.id).join(' ');
  const latest = useRef(layout);
  useEffect(() => {
    latest.current = layout;
  });
  useEffect(() => {
    // Another set of panes gets its stored widths; the first set gets them by `defaultLayout`.
    if (latest.current !== undefined) group.current?.setLayout({ ...latest.current });
  }, [ids]);
  return (
    <Group
      id={id}
      groupRef={group}
      className="panes"
      orientation="horizontal"
      {...(layout === undefined ? {} : { defaultLayout: { ...layout } })}
      onLayoutChanged={(next, { isUserInteraction }) => {
        if (isUserInteraction) onLayout(next);
      }}
    >
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index === 0 ? null : <Separator className="panes-edge" aria-label={edgeLabel(edgeOf(panes, index))} />}
          <Panel id={pane.id} {...sizesOf(pane)}>
            {pane.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}

function sizesOf(pane: Pane): Pick<PanelProps, 'minSize' | 'maxSize' | 'defaultSize' | 'groupResizeBehavior'> {
  if (pane.main === true) return { minSize: token('--page-least') };
  return {
    minSize: token('--pane-least'),
    maxSize: token('--pane-most'),
    defaultSize: token(pane.width ?? '--pane-start'),
    groupResizeBehavior: 'preserve-pixel-size',
  };
}

/** The pane that an edge sizes: the one beside the main pane. */
function edgeOf(panes: readonly Pane[], index: number): string {
  const after = panes[index];
  const before = panes[index - 1];
  return (after?.main === true ? before?.label : after?.label) ?? '';
}

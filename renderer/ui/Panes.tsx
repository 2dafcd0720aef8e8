import { Fragment, useEffect, useRef, type ReactNode } from 'react';
import { Group, Panel, Separator, type GroupImperativeHandle, type PanelProps } from 'react-resizable-panels';
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

/** Shares in percent by pane id. */
export type PaneLayout = Readonly<Record<string, number>>;

export interface PanesProps {
  readonly id: string;
  readonly panes: readonly Pane[];
  /** How these panes were left, if they ever were moved. */
  readonly layout: PaneLayout | undefined;
  /** The person moved an edge. */
  readonly onLayout: (layout: PaneLayout) => void;
  /** Names an edge: "Resize Codebook". */
  readonly edgeLabel: (pane: string) => string;
}

/**
 * Panes side by side, with edges to move by pointer or arrow keys. Panes come and go without the others losing their
 * place or focus.
 */
export function Panes({ id, panes, layout, onLayout, edgeLabel }: PanesProps) {
  const group = useRef<GroupImperativeHandle>(null);
  const ids = panes.map((pane) => pane.id).join(' ');
  const latest = useRef(layout);
  useEffect(() => {
    latest.current = layout;
  });
  useEffect(() => {
    // Once another set of panes is there, it is put as it was left; the first set comes by `defaultLayout`.
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

import { useTranslation } from '../strings/use-translation.ts';
import { z } from 'zod';
import { Panes, type Pane } from '../../ui/Panes.tsx';
import { useViewState } from './view-state.ts';

/** By the panes that are there, their shares in percent. */
const schema = z.record(z.string(), z.record(z.string(), z.number()));
const NONE: z.infer<typeof schema> = {};

/** Panes that are found again as they were left: each set of them by itself. */
export function KeptPanes({ id, panes }: { id: string; panes: readonly Pane[] }) {
  const { t } = useTranslation();
  const kept = useViewState(`panes.${id}`, schema, NONE);
  const set = panes.map((pane) => pane.id).join(' ');
  if (!kept.ready) return null;
  return (
    <Panes
      id={id}
      panes={panes}
      layout={kept.value[set]}
      onLayout={(layout) => kept.set({ ...kept.value, [set]: { ...layout } })}
      edgeLabel={(pane) => t('app.resize', { pane })}
    />
  );
}

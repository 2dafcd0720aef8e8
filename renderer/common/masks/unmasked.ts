import { useAsk } from '../../api/index.ts';
import { openSource } from '../workbench/workbench.ts';
import { markOf, setMark, showMasks } from './mode.ts';

/** A function that opens the first place that must be masked before anything is exported, in the reader with its masks. */
export function useShowUnmasked(): () => Promise<void> {
  const ask = useAsk();
  return async () => {
    const { open } = await ask('masks.list', {});
    const first = open.find(({ refuses }) => refuses);
    if (first === undefined) return;
    showMasks(true);
    setMark(markOf(first));
    openSource(first.source);
  };
}

import { z } from 'zod';
import { useViewState } from '../../../common/workbench/view-state.ts';

export const SIDE_TABS = ['pages', 'outline'] as const;
const schema = z.enum(SIDE_TABS);
export type SideTab = z.infer<typeof schema>;

/** Which of the two is shown, in every source alike. */
export function useSideTab(): readonly [SideTab, (tab: SideTab) => void] {
  const kept = useViewState('reader.sideTab', schema, 'pages');
  return [kept.value, kept.set];
}

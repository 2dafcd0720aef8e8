import { useCallback, useMemo } from 'react';
import { z } from 'zod';
import { useCall } from '../../api/index.ts';
import { useViewState } from '../../common/workbench/view-state.ts';
import { useMedia } from '../../ui/useMedia.ts';
import type { ShownKind } from './shown.ts';

const PAPERS = ['light', 'dark'] as const;
export type Paper = (typeof PAPERS)[number];
const schema = z.enum(PAPERS).nullable();

/**
 * The paper a source lies on: as it was chosen in this project, else as the settings say. Pages were made to be seen on
 * white; plain text has no paper of its own, and goes with the theme. A choice that is no other than that is none.
 */
export function usePaper(kind: ShownKind): { readonly paper: Paper; readonly setPaper: (paper: Paper) => void } {
  const { value: kept, set } = useViewState('reader.paper', schema, null);
  const settings = useCall('app.state', {}).data?.settings;
  const isSystemDark = useMedia('(prefers-color-scheme: dark)');
  const theme = settings?.theme ?? 'system';
  const asTheme: Paper = theme === 'dark' || (theme === 'system' && isSystemDark) ? 'dark' : 'light';
  const inSettings = settings?.paper ?? 'light';
  const asSet = inSettings === 'asTheme' || (kind === 'text' && inSettings === 'light') ? asTheme : inSettings;
  const setPaper = useCallback((paper: Paper) => set(paper === asSet ? null : paper), [set, asSet]);
  const paper = kept ?? asSet;
  return useMemo(() => ({ paper, setPaper }), [paper, setPaper]);
}

import { useMemo } from 'react';
import { z } from 'zod';
import { useCall } from '../../api/index.ts';
import { useViewState } from '../../app/state/view-state.ts';
import { useMedia } from '../../ui/useMedia.ts';

const PAPERS = ['light', 'dark'] as const;
export type Paper = (typeof PAPERS)[number];
const schema = z.enum(PAPERS).nullable();

/** The paper sources lie on: as it was chosen in this project, else as the settings say. */
export function usePaper(): { readonly paper: Paper; readonly setPaper: (paper: Paper) => void } {
  const kept = useViewState('reader.paper', schema, null);
  const settings = useCall('app.state', {}).data?.settings;
  const isSystemDark = useMedia('(prefers-color-scheme: dark)');
  const theme = settings?.theme ?? 'system';
  const isDark = theme === 'dark' || (theme === 'system' && isSystemDark);
  const asSet = settings?.paper === 'asTheme' ? (isDark ? 'dark' : 'light') : (settings?.paper ?? 'light');
  const paper = kept.value ?? asSet;
  const setPaper = kept.set;
  return useMemo(() => ({ paper, setPaper }), [paper, setPaper]);
}

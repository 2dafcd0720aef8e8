import { useCallback, useEffect } from 'react';
import type { AppState } from '../../shared/contract/app.ts';
import { useCall, useWrite } from '../api/index.ts';
import { useMedia } from '../ui/useMedia.ts';

type Theme = AppState['settings']['theme'];

/** Puts the chosen theme on the document, where tokens.css finds it; `system` leaves it to the system. */
export function useThemeOnDocument(): void {
  const theme = useCall('app.state', {}).data?.settings.theme ?? 'system';
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
  }, [theme]);
}

/** Light to dark and back, from whatever is shown now. */
export function useThemeSwitch(): () => void {
  const theme: Theme = useCall('app.state', {}).data?.settings.theme ?? 'system';
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const { mutate } = useWrite('app.settings');
  const isDark = theme === 'dark' || (theme === 'system' && systemDark);
  return useCallback(() => mutate({ theme: isDark ? 'light' : 'dark' }), [mutate, isDark]);
}

import { useCallback, useEffect, useLayoutEffect } from 'react';
import { DEFAULT_SETTINGS, TEXT_SIZES, type Settings } from '../../shared/contract/settings.ts';
import { useCall, useWrite } from '../api/index.ts';
import { useMedia } from '../ui/useMedia.ts';
import { useKeyPreferences } from './commands/key-preferences.ts';

export const useSettings = (): Settings => useCall('app.state', {}).data?.settings ?? DEFAULT_SETTINGS;

/** Applies the settings of appearance to the document, where styles read them: theme, text size, motion. */
export function useAppearanceOnDocument(): void {
  const { theme, textSize, motion } = useSettings();
  useEffect(() => {
    const { dataset, style } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
    if (motion === 'system') delete dataset['motion'];
    else dataset['motion'] = motion;
    // Every size is in rem, and rem follows this.
    style.fontSize = textSize === DEFAULT_SETTINGS.textSize ? '' : `${String(textSize)}%`;
  }, [theme, textSize, motion]);
}

/** Applies the settings of keyboard shortcuts. */
export function useKeySettings(): void {
  const { letterKeys, keys } = useSettings();
  // The settings come as a new object whenever the program’s state is read; update only if the keys themselves changed.
  const written = JSON.stringify(keys);
  useLayoutEffect(() => {
    useKeyPreferences.setState({ letterKeys, keys });
    // oxlint-disable-next-line react/exhaustive-deps
  }, [letterKeys, written]);
}

/** Whether what is shown now is dark. */
export function useIsDark(): boolean {
  const { theme } = useSettings();
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  return theme === 'dark' || (theme === 'system' && systemDark);
}

/** Light to dark and back, from whatever is shown now. */
export function useThemeSwitch(): () => void {
  const isDark = useIsDark();
  const { mutate } = useWrite('app.settings');
  return useCallback(() => mutate({ theme: isDark ? 'light' : 'dark' }), [mutate, isDark]);
}

/** The next size of text, larger or smaller than `now`; at either end of the sizes the last one. */
export function textSizeBeside(now: number, larger: boolean): number {
  const next = larger ? TEXT_SIZES.find((size) => size > now) : TEXT_SIZES.findLast((size) => size < now);
  return next ?? now;
}

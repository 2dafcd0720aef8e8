import { create } from 'zustand';
import type { Settings } from '../../../shared/contract/settings.ts';
import { isSingleCharacter } from './keys.ts';

/** The key preferences, copied from the settings, since keys are also looked up outside of components. */
export const useKeyPreferences = create<Pick<Settings, 'letterKeys' | 'keys'>>()(() => ({
  letterKeys: true,
  keys: {},
}));

/** The bindings that are active now. */
export const activeOf = (bindings: readonly string[]): readonly string[] =>
  useKeyPreferences.getState().letterKeys ? bindings : bindings.filter((binding) => !isSingleCharacter(binding));

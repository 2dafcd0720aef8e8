import { create } from 'zustand';
import type { Settings } from '../../../shared/contract/settings.ts';
import { isSingleCharacter } from './keys.ts';

/** What was chosen about keys, as the settings keep it. Keys are looked up outside of components too, so it is kept here. */
export const useKeyPreferences = create<Pick<Settings, 'letterKeys' | 'keys'>>()(() => ({
  letterKeys: true,
  keys: {},
}));

/** Those of the bindings that act now. */
export const activeOf = (bindings: readonly string[]): readonly string[] =>
  useKeyPreferences.getState().letterKeys ? bindings : bindings.filter((binding) => !isSingleCharacter(binding));

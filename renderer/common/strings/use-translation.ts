import i18next from 'i18next';
import { useCallback } from 'react';
import { useTranslation as useI18next } from 'react-i18next';
import { useKeyPreferences } from '../commands/key-preferences.ts';

/** All strings of the interface. renderer/shell/strings.ts adds them, since this file may not import a feature's. */
export interface Strings {}

/** The strings' keys: `reader.zoomIn`. */
type Paths<T, Before extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Before}${K}` : Paths<T[K], `${Before}${K}.`>;
}[keyof T & string];
type Path = Paths<Strings>;
/** Plurals are named without their suffix: `reader.pages` for `reader.pages_one`. */
type Counted = Path extends infer P ? (P extends `${infer Base}_${'zero' | 'one' | 'other'}` ? Base : never) : never;

/** What `t` takes: a key that is not in the strings does not compile. */
export type WordsKey = Path | Counted;
export type Words = (key: WordsKey, values?: Readonly<Record<string, unknown>>) => string;

/**
 * The strings of the interface. i18next's own types walk all keys for every call: with 1,900 keys and 1,600 calls the
 * compiler took minutes and four gigabytes. A plain union of the keys is made once.
 *
 * `t` is also a new function when keyboard shortcuts are changed. Whoever shows a key or registers a command uses `t`, so
 * all of them are drawn or registered again.
 */
export function useTranslation(): { readonly t: Words; readonly i18n: { readonly language: string } } {
  const { t: translate, i18n } = useI18next();
  const keys = useKeyPreferences();
  // oxlint-disable-next-line react/exhaustive-deps
  const t = useCallback<Words>((key, values) => translate(key, values ?? {}), [translate, keys]);
  return { t, i18n };
}

/** `t` for use outside of components. */
export const say: Words = (key, values) => i18next.t(key, values ?? {});

import 'i18next';
import type { en } from './resources.ts';

/** The strings' keys as `t` takes them: `reader.zoomIn`. */
type Paths<T, Before extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Before}${K}` : Paths<T[K], `${Before}${K}.`>;
}[keyof T & string];

/** Makes a key that is not in the strings an error of the compiler. */
declare module 'i18next' {
  interface CustomTypeOptions {
    readonly defaultNS: 'translation';
    // Flat, with no separator: i18next's own walk through nested strings is too deep for the compiler from 700 of them on.
    readonly keySeparator: false;
    readonly resources: { readonly translation: Readonly<Record<Paths<typeof en>, string>> };
  }
}

import 'i18next';
import type { en } from './resources.ts';

/** Makes a key that is not in the strings an error of the compiler. */
declare module 'i18next' {
  interface CustomTypeOptions {
    readonly defaultNS: 'translation';
    readonly resources: { readonly translation: typeof en };
  }
}

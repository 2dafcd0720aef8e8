import { join } from 'node:path';
import type { Plugin } from 'vite';
import { root } from '../../electron/start/set-up.mjs';
import { occurrences, plantedError } from './planted.ts';

/**
 * The name of the error to plant, such as `log 3`; empty: none. Read when a module is loaded, so that one run can plant
 * several.
 */
export const PLANT = 'SOURCEBOOK_PLANT';

/** Plants one error in a module when it is loaded. No file is changed. */
export function planting(): Plugin {
  return {
    name: 'planted-error',
    enforce: 'pre',
    transform(code, id) {
      const name = process.env[PLANT] ?? '';
      if (name === '') return null;
      const { file, from, to } = plantedError(name);
      if (id.replace(/\?.*$/, '') !== join(root, file)) return null;
      if (occurrences(code, from) !== 1) throw new Error(`${file} has this not exactly once: ${from}`);
      return { code: code.replace(from, () => to), map: null };
    },
  };
}

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vitest/config';
import { isBuilt } from '../../electron/start/inputs.mjs';
import { root } from '../../electron/start/set-up.mjs';

const THREADS = '/electron/workers/threads.ts';

/**
 * Threads that tests start load the built program, as people run it, if it is up to date (in `npm test`, which builds first), else
 * the source. Built, an engine's thread takes 0.3 s of processor time before its first call instead of 0.7, others 0.1 instead
 * of 0.2.
 */
export const builtThreads = (): Plugin => {
  const built = isBuilt();
  return {
    name: 'sourcebook:built-threads',
    enforce: 'pre',
    // Vitest keeps what it transformed, and has to know which of the two it keeps.
    configureVitest: ({ defineCacheKeyGenerator }) =>
      defineCacheKeyGenerator(({ id }) => (id.endsWith(THREADS) ? `built ${built}` : null)),
    transform(code, id) {
      if (!built || !id.endsWith(THREADS)) return null;
      const beside = JSON.stringify(pathToFileURL(join(root, 'out/main/threads.js')).href);
      const changed = code.replace('const here = import.meta.url;', `const here = ${beside};`);
      if (changed === code) throw new Error(`${THREADS} does not say any more where it is`);
      return { code: changed, map: null };
    },
  };
};

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { limitedThread } from './renderer/viewer/pdf/thread.ts';

const root = import.meta.dirname;

/**
 * The packages that `out/main` loads from node_modules: each finds a native module, WebAssembly or data beside itself.
 * All others are bundled, so that a worker started from outside the archive needs no other package. electron-builder.yml
 * ships the same three, unpacked.
 */
const BESIDE = [/^better-sqlite3(\/|$)/, /^@embedpdf\/pdfium(\/|$)/, /^pdfjs-dist(\/|$)/];

/**
 * What pdf.js loads by URL while it paints, put at `pdfjs/` beside index.html: pass `cMapUrl: 'pdfjs/cmaps/'`,
 * `standardFontDataUrl: 'pdfjs/standard_fonts/'`, `wasmUrl: 'pdfjs/wasm/'`, `iccUrl: 'pdfjs/iccs/'`, and
 * `GlobalWorkerOptions.workerSrc = 'pdfjs/pdf.worker.min.mjs'`, all made absolute against document.baseURI. Its limits come before pdf.js itself,
 * in one file, so that nothing of it runs without them.
 */
function pdfjsFiles(): Plugin {
  const from = resolve(root, 'node_modules/pdfjs-dist');
  const to = resolve(root, 'out/renderer/pdfjs');
  return {
    name: 'sourcebook:pdfjs-files',
    apply: 'build',
    writeBundle() {
      for (const folder of ['cmaps', 'standard_fonts', 'wasm', 'iccs']) {
        cpSync(resolve(from, folder), resolve(to, folder), { recursive: true });
      }
      const [limits, worker] = [
        'renderer/viewer/pdf/thread-limits.mjs',
        'node_modules/pdfjs-dist/build/pdf.worker.min.mjs',
      ];
      const script = limitedThread(
        readFileSync(resolve(root, limits), 'utf8'),
        readFileSync(resolve(root, worker), 'utf8'),
      );
      writeFileSync(resolve(to, 'pdf.worker.min.mjs'), script);
    },
  };
}

export default defineConfig({
  main: {
    build: {
      target: 'node24',
      externalizeDeps: false,
      rolldownOptions: {
        external: BESIDE,
        input: {
          main: resolve(root, 'electron/main.ts'),
          serve: resolve(root, 'electron/serve.ts'),
          cli: resolve(root, 'electron/cli.ts'),
          'engine-worker': resolve(root, 'electron/engine/engine-worker.ts'),
          'tasks-worker': resolve(root, 'electron/engine/task-worker.ts'),
          'pool-worker': resolve(root, 'electron/engine/job-worker.ts'),
          'check-worker': resolve(root, 'electron/db/merge/check-worker.ts'),
          'verify-worker': resolve(root, 'electron/db/log/verify-worker.ts'),
        },
        // One folder for entries and chunks: electron/workers/threads.ts finds its neighbours from whichever holds it.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node24',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(root, 'electron/preload.ts') },
        // A sandboxed preload is CommonJS, and one file: it can require nothing of ours.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [react(), pdfjsFiles()],
    build: {
      target: 'es2024',
      // Written for the Chromium of Electron and of today's browsers: lowered, light-dark() in a token no longer follows the
      // colour scheme of the element that uses it, and light paper in the dark theme gets dark colours.
      cssTarget: 'chrome140',
      minify: true,
      // No data: URLs and no inline scripts, which the content security policy forbids.
      assetsInlineLimit: 0,
      // Read from the disk, never over a network: size costs little.
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: { input: resolve(root, 'renderer/index.html') },
    },
  },
});

import type { KnipConfig } from 'knip';

/** Unused files, exports and dependencies: `npm run check`. */
export default {
  entry: [
    'electron/{main,preload,serve,cli}.ts',
    'electron/engine/{engine,task,job}-worker.ts',
    'electron/db/merge/check-worker.ts',
    'electron/db/log/verify-worker.ts',
    'electron/start/{run,sourcebook}.mjs',
    'electron/start/{build,dist,licences,open}.ts',
    'electron/sample/make.ts',
    'renderer/main.tsx',
    'renderer/viewer/pdf/thread-limits.mjs',
    'tests/run/{test,all,check,layers,measure}.ts',
    'tests/bench/{run,*.bench}.ts',
    'tests/planted/run.ts',
    'tests/support/icon.ts',
    'tests/support/sample/print.ts',
    'tests/kill/{child,engine-child,indexing-child,merge-child,migration-child,search-child,seen-child}.ts',
    'tests/support/standin/{bootstrap,electron}.ts',
    'tests/**/*.test.{ts,tsx}',
  ],
  project: ['{electron,renderer,shared,tests}/**/*.{ts,tsx,mjs,css}', '*.config.ts'],
  ignoreExportsUsedInFile: true,
  // A type that is exported names what a signature is made of, whether or not somebody has to write it yet.
  exclude: ['types'],
  // Run by path (electron/start, tests/run), since the scripts of package.json only set up; fonts are read by path.
  ignoreDependencies: ['electron-builder', 'oxlint', 'oxlint-tsgolint', '@fontsource/*', 'dejavu-fonts-ttf'],
  // The system's own, where they are: tests of full and read-only disks, of files that are none and of programs at a terminal, and what extraction and search are measured against.
  ignoreBinaries: ['pdftotext', 'mkfifo', 'mount', 'umount', 'chattr', 'script', 'rg', 'openssl'],
  compilers: {
    css: (text: string) => [...text.matchAll(/@import\s+'([^']+)'/g)].map(([, path]) => `import '${path}';`).join('\n'),
  },
} satisfies KnipConfig;

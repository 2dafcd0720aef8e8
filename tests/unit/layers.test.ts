import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFile, checkStyles, checkTree } from '../support/layers/check.ts';
import { circlesIn } from '../support/layers/circles.ts';
import { RULES } from '../support/layers/rules.ts';
import { tempFolder } from '../support/temp.ts';

/** For each rule: violations it must find, then neighbours it must let pass. */
const PLANTED: Readonly<Record<string, { readonly bad: readonly Plant[]; readonly good: readonly Plant[] }>> = {
  'shared-stands-alone': {
    bad: [
      ['shared/text/a.ts', `import { open } from '../../electron/db/open.ts';`],
      ['shared/text/a.ts', `import { readFileSync } from 'node:fs';`],
      ['shared/text/a.ts', `import { join } from 'path';`],
      ['shared/text/a.ts', `import { useState } from 'react';`],
      ['shared/text/a.ts', `export type { Handler } from '../../electron/project/context.ts';`],
      ['shared/text/a.ts', `type A = import('../../renderer/api/client.ts').A;`],
    ],
    good: [
      ['shared/text/a.ts', `import { z } from 'zod'; import { id } from '../model/ids.ts';`],
      ['electron/db/a.ts', `import { readFileSync } from 'node:fs';`],
    ],
  },
  'electron-without-renderer': {
    bad: [['electron/host/a.ts', `import { frame } from '../../renderer/shell/frame.tsx';`]],
    good: [['electron/host/a.ts', `import { calls } from '../../shared/contract/index.ts';`]],
  },
  'renderer-without-electron': {
    bad: [
      ['renderer/api/a.ts', `import type { Handler } from '../../electron/project/context.ts';`],
      ['renderer/api/a.ts', `import { readFile } from 'node:fs/promises';`],
      ['renderer/api/a.ts', `import { ipcRenderer } from 'electron';`],
    ],
    good: [['renderer/api/a.ts', `import { calls } from '../../shared/contract/index.ts';`]],
  },
  'features-apart': {
    bad: [
      ['electron/features/memos/handlers.ts', `import { tags } from '../passages/queries.ts';`],
      ['renderer/features/reader/parts/Page.tsx', `import { Row } from '../../library/Row.tsx';`],
    ],
    good: [
      [
        'electron/features/memos/handlers.ts',
        `import { find } from './queries.ts'; import { open } from '../../db/open.ts';`,
      ],
      ['electron/engine/engine.ts', `import { memos } from '../features/memos/handlers.ts';`],
    ],
  },
  'above-uses-below': {
    bad: [
      ['electron/project/a.ts', `import { find } from '../features/memos/queries.ts';`],
      ['electron/project/review/a.ts', `import type { Engine } from '../../engine/engine.ts';`],
      ['electron/features/memos/a.ts', `import { openEngine } from '../../engine/engine.ts';`],
      ['electron/engine/a.ts', `import { run } from '../cli/run.ts';`],
      ['electron/workers/a.ts', `import type { Query } from '../features/search/search-project.ts';`],
      ['electron/workers/a.ts', `import { open } from '../db/open.ts';`],
    ],
    good: [
      ['electron/project/a.ts', `import { open } from '../db/open.ts'; import { read } from './files/originals.ts';`],
      ['electron/features/memos/a.ts', `import type { ReadContext } from '../../project/context.ts';`],
      ['electron/engine/a.ts', `import { files } from '../project/files/originals.ts';`],
      ['electron/project/a.ts', `import type { Pool } from '../workers/pool.ts';`],
      ['electron/host/a.ts', `import { openEngine } from '../engine/engine.ts';`],
    ],
  },
  'shell-on-top': {
    bad: [
      ['renderer/common/a.ts', `import { App } from '../shell/App.tsx';`],
      ['renderer/features/reader/a.ts', `import { App } from '../../shell/App.tsx';`],
    ],
    good: [
      ['renderer/main.tsx', `import { App } from './shell/App.tsx';`],
      ['renderer/shell/a.ts', `import { App } from './App.tsx';`],
    ],
  },
  'common-below-features': {
    bad: [
      ['renderer/common/a.ts', `import { Row } from '../features/library/Row.tsx';`],
      ['renderer/viewer/a.ts', `import { Row } from '../features/library/Row.tsx';`],
    ],
    good: [
      ['renderer/shell/a.ts', `import { Row } from '../features/library/Row.tsx';`],
      ['renderer/features/reader/a.ts', `import { format } from '../../common/format.ts';`],
    ],
  },
  'formats-are-pure': {
    bad: [['electron/formats/page/a.ts', `import { open } from '../../db/open.ts';`]],
    good: [
      [
        'electron/formats/page/a.ts',
        `import { parse } from 'parse5'; import { fold } from '../../../shared/text/fold.ts';`,
      ],
    ],
  },
  'log-stands-alone': {
    bad: [['electron/log/a.ts', `import { open } from '../db/open.ts';`]],
    good: [['electron/log/a.ts', `import { toErrorData } from '../../shared/errors.ts';`]],
  },
  'core-without-hosts': {
    bad: [
      ['electron/engine/a.ts', `import { app } from 'electron';`],
      ['electron/features/memos/a.ts', `import { request } from 'node:http';`],
      ['electron/workers/a.ts', `import { gate } from '../host/gate.ts';`],
    ],
    good: [['electron/host/a.ts', `import { app } from 'electron'; import { createServer } from 'node:http';`]],
  },
  'db-at-the-bottom': {
    bad: [['electron/db/a.ts', `import { find } from '../features/memos/queries.ts';`]],
    good: [
      ['electron/db/a.ts', `import { diff } from '../../shared/changes/diff.ts'; import { run } from './run.ts';`],
    ],
  },
  'sqlite-in-db': {
    bad: [
      ['electron/features/memos/queries.ts', `import Database from 'better-sqlite3';`],
      ['electron/engine/a.ts', `const { DatabaseSync } = await import('node:sqlite');`],
    ],
    good: [['electron/db/open.ts', `import Database from 'better-sqlite3';`]],
  },
  'pdfjs-in-viewer-and-formats': {
    bad: [['renderer/features/reader/a.ts', `import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';`]],
    good: [
      ['renderer/viewer/pdf/a.ts', `import { getDocument } from 'pdfjs-dist';`],
      ['electron/formats/pdf/a.ts', `import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';`],
    ],
  },
  'ui-without-calls': {
    bad: [
      ['renderer/ui/Button.tsx', `import { call } from '../api/client.ts';`],
      ['renderer/ui/Button.tsx', `import { useQuery } from '@tanstack/react-query';`],
    ],
    good: [['renderer/ui/Button.tsx', `import { Button } from 'react-aria-components'; import './button.css';`]],
  },
  'product-without-tests': {
    bad: [['electron/db/a.ts', `import { seeded } from '../../tests/support/seeded.ts';`]],
    good: [['tests/unit/a.test.ts', `import { seeded } from '../support/seeded.ts';`]],
  },
  'extensions-written-out': {
    bad: [['shared/text/a.ts', `export * from './fold';`]],
    good: [['shared/text/a.ts', `export * from './fold.ts';`]],
  },
  'imports-are-literal': {
    bad: [['electron/engine/a.ts', `const name = './b.ts'; await import(name);`]],
    good: [['electron/engine/a.ts', `await import('./b.ts');`]],
  },
};

type Plant = readonly [file: string, source: string];

describe('the layer rules', () => {
  it('each have a planted violation', () => {
    expect(Object.keys(PLANTED)).toEqual(RULES.map((rule) => rule.name));
  });

  it.each(Object.entries(PLANTED))('%s is enforced, and allows similar correct imports', (rule, { bad, good }) => {
    for (const [file, source] of bad) expect(broken(file, source), `${file}: ${source}`).toContain(rule);
    for (const [file, source] of good) expect(broken(file, source), `${file}: ${source}`).toEqual([]);
  });

  it('names the line and the reason', () => {
    const [violation] = checkFile('electron/db/a.ts', `\n\nimport { x } from '../host/x.ts';`);
    expect(violation?.message).toMatch(/^electron\/db\/a\.ts:3: imports \.\.\/host\/x\.ts, but /);
  });

  it('holds style sheets to the length of modules', () => {
    const rule = '.a {\n}\n';
    expect(checkStyles('renderer/styles/a.css', rule.repeat(200))).toEqual([]);
    const [violation] = checkStyles('renderer/styles/a.css', `${rule.repeat(200)}/* one more */\n`);
    expect(violation?.rule).toBe('styles-are-short');
    expect(violation?.message).toMatch(/^renderer\/styles\/a\.css:401: has 401 lines, but /);
  });

  it('finds files that import each other in a circle, also through types', () => {
    const circles = (...files: [string, string][]): string[][] => circlesIn(new Map(files));
    expect(
      circles(
        ['shared/a.ts', `import type { B } from './b.ts';`],
        ['shared/b.ts', `export { c } from './c.ts';`],
        ['shared/c.ts', `type A = import('./a.ts').A;`],
      ),
    ).toEqual([['shared/a.ts', 'shared/b.ts', 'shared/c.ts', 'shared/a.ts']]);
    expect(
      circles(
        ['shared/a.ts', `import { b } from './b.ts'; import { c } from './c.ts';`],
        ['shared/b.ts', `import { c } from './c.ts';`],
        ['shared/c.ts', `import { z } from 'zod';`],
      ),
    ).toEqual([]);
    const root = tempFolder();
    mkdirSync(join(root, 'shared'));
    writeFileSync(join(root, 'shared/a.ts'), `import type { A } from './a.ts';`);
    expect(checkTree(root).map((violation) => violation.rule)).toEqual(['no-circles']);
  });

  it('checks a whole tree, and reports unknown names at its top level', () => {
    const root = tempFolder();
    mkdirSync(join(root, 'shared/deep/er'), { recursive: true });
    writeFileSync(join(root, 'shared/deep/er/a.ts'), `import 'node:fs';`);
    mkdirSync(join(root, 'renderer/styles'), { recursive: true });
    writeFileSync(join(root, 'renderer/styles/long.css'), 'a {}\n'.repeat(500));
    writeFileSync(join(root, 'notes.txt'), '');
    writeFileSync(join(root, 'LICENSE'), '');
    expect(checkTree(root).map((violation) => violation.rule)).toEqual([
      'top-level',
      'shared-stands-alone',
      'styles-are-short',
    ]);
  });
});

function broken(file: string, source: string): string[] {
  return checkFile(file, source).map((violation) => violation.rule);
}

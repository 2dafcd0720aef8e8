import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeFolder, removeFolder } from '../support/temp.ts';

const root = resolve(import.meta.dirname, '../..');

/** What the linter calls the rule → a file that breaks it. Each must be found in that file. */
const PLANTED: readonly (readonly [rule: string, file: string, source: string])[] = [
  ['typescript(no-explicit-any)', 'shared/any.ts', 'export const x: any = 1;'],
  ['typescript(no-unsafe-return)', 'shared/leak.ts', 'export const read = (text: string): string => JSON.parse(text);'],
  ['typescript(no-non-null-assertion)', 'shared/bang.ts', 'export const first = (list: string[]): string => list[0]!;'],
  ['typescript(ban-ts-comment)', 'shared/ignore.ts', '// @ts-ignore\nexport const x: string = 1;'],
  ['eslint(eqeqeq)', 'shared/equal.ts', 'export const same = (a: string, b: string): boolean => a == b;'],
  ['eslint(no-eval)', 'electron/eval.ts', 'export const run = (text: string): unknown => eval(text);'],
  ['eslint(no-new-func)', 'electron/fn.ts', 'export const run = (text: string): unknown => new Function(text);'],
  ['eslint(no-empty)', 'electron/swallow.ts', 'export function f(): void {\n  try {\n    f();\n  } catch {}\n}'],
  [
    'eslint(no-restricted-imports)',
    'electron/shell.ts',
    `import { exec } from 'node:child_process';\nexport { exec };`,
  ],
  ['eslint(no-console)', 'shared/log.ts', `console.log('here');\nexport {};`],
  ['eslint(no-console)', 'renderer/log.ts', `console.log('here');\nexport {};`],
  [
    'eslint(no-restricted-properties)',
    'renderer/markup.ts',
    'export const put = (at: Element, text: string): void => {\n  at.innerHTML = text;\n};',
  ],
  [
    'typescript(switch-exhaustiveness-check)',
    'shared/switch.ts',
    `export function f(kind: 'pdf' | 'page'): number {\n  switch (kind) {\n    case 'pdf':\n      return 1;\n  }\n  return 0;\n}`,
  ],
  [
    'typescript(no-floating-promises)',
    'electron/forgotten.ts',
    'async function save(): Promise<void> {\n  await Promise.resolve();\n}\nexport function quit(): void {\n  save();\n}',
  ],
  ['typescript(only-throw-error)', 'shared/throw.ts', `export function f(): never {\n  throw 'no';\n}`],
  [
    'react-hooks(rules-of-hooks)',
    'renderer/hook.tsx',
    `import { useState } from 'react';\nexport function A({ on }: { on: boolean }) {\n  if (on) useState(0);\n  return <p />;\n}`,
  ],
  [
    'react-hooks(exhaustive-deps)',
    'renderer/deps.tsx',
    `import { useMemo } from 'react';\nexport function A({ n }: { n: number }) {\n  return <p>{useMemo(() => n * 2, [])}</p>;\n}`,
  ],
  ['jsx-a11y(alt-text)', 'renderer/image.tsx', 'export const A = () => <img src="a.png" />;'],
  ['eslint(max-lines)', 'shared/long.ts', `${'export {};\n'.repeat(601)}`],
  ['eslint(max-lines)', 'electron/main.ts', `${'export {};\n'.repeat(151)}`],
  ['eslint(max-lines-per-function)', 'shared/function.ts', `export function f(): void {\n${'  f();\n'.repeat(90)}}`],
  ['vitest(no-focused-tests)', 'tests/only.test.ts', `import { it } from 'vitest';\nit.only('x', () => undefined);`],
  ['vitest(no-disabled-tests)', 'tests/skip.test.ts', `import { it } from 'vitest';\nit.skip('x', () => undefined);`],
  ['import(no-cycle)', 'shared/a.ts', `import { b } from './b.ts';\nexport const a = (): number => b();`],
];

/** No rule bites here: the planted ones do not fire at everything. */
const CLEAN: readonly (readonly [file: string, source: string])[] = [
  ['shared/b.ts', `import { a } from './a.ts';\nexport const b = (): number => (Math.random() > 2 ? a() : 0);`],
  ['electron/cli.ts', `console.log('said');\n${'export {};\n'.repeat(100)}`],
];

const ROOMS = ['electron', 'renderer', 'shared', 'tests'];

const Report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

describe('the lint rules', () => {
  let folder = '';
  let found: readonly { readonly code: string; readonly filename: string }[] = [];

  beforeAll(() => {
    folder = makeFolder();
    for (const name of ['.oxlintrc.json', 'tsconfig.json']) cpSync(join(root, name), join(folder, name));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const [file, source] of [...PLANTED.map(([, ...rest]) => rest), ...CLEAN]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), source);
    }
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
    const run = spawnSync(process.execPath, [oxlint, '--format=json', ...ROOMS], { cwd: folder, encoding: 'utf8' });
    if (run.status !== 1) throw new Error(`The linter ended with ${run.status}: ${run.stderr}`);
    found = Report.parse(JSON.parse(run.stdout)).diagnostics;
  });

  afterAll(() => removeFolder(folder));

  it.each(PLANTED)('%s is enforced in %s', (rule, file) => {
    expect(found.filter((one) => one.filename === file).map((one) => one.code)).toContain(rule);
  });

  it('allow correct code', () => {
    const names = CLEAN.map(([file]) => file).filter((file) => file !== 'shared/b.ts');
    expect(found.filter((one) => names.includes(one.filename))).toEqual([]);
  });
});

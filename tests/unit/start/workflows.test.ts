import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../../..');
const workflows = globSync('.github/workflows/*.yml', { cwd: root }).toSorted();
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(textOf('package.json')));

/** The lines that an expression with two groups finds, as pairs. */
const pairs = (text: string, pattern: RegExp): [string, string][] =>
  [...text.matchAll(pattern)].map(([, one = '', two = '']) => [one, two]);

it('there are two workflows', () => {
  expect(workflows.map((path) => path.replaceAll('\\', '/'))).toEqual([
    '.github/workflows/check.yml',
    '.github/workflows/desktop.yml',
  ]);
});

describe.each(workflows)('%s', (path) => {
  const text = textOf(path);

  it('names each action by a full commit hash, with its version in a comment', () => {
    const used = pairs(text, /uses: (\S+)(.*)/g);
    expect(used.length).toBeGreaterThan(1);
    for (const [action, comment] of used) {
      expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
      expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/);
    }
  });

  it('may read and nothing else, has no secret, and keeps no token for its steps', () => {
    expect(pairs(text, /^permissions:\n((?: {2}.*\n)+)()/gm)).toEqual([['  contents: read\n', '']]);
    expect(text.match(/permissions:/g)).toHaveLength(1);
    expect(text).not.toMatch(/secrets|GITHUB_TOKEN|github\.token|pull_request_target/);
    expect(text.match(/persist-credentials: false/g)).toHaveLength(text.match(/actions\/checkout@/g)?.length ?? 0);
  });

  it('puts no expression into a script, where what it stands for would be run', () => {
    const runs = [...text.matchAll(/^( *)(?:- )?run: ?(.*\n(?:\1 +.*\n|\n)*)/gm)].map(([, , script = '']) => script);
    expect(runs.length).toBeGreaterThan(0);
    for (const script of runs) expect(script).not.toContain('${{');
  });

  it('has the keys of a workflow, each step one of `uses` and `run`, and a limit of time', () => {
    const keys = pairs(text, /^([a-z-]+):()/gm).map(([key]) => key);
    expect(keys).toEqual(['name', 'on', 'permissions', 'concurrency', 'jobs']);
    const jobs = text.split(/^ {4}steps:\n/m).slice(1);
    expect(text.match(/timeout-minutes: \d+/g)).toHaveLength(jobs.length);
    for (const step of jobs.flatMap((job) => job.split(/^ {6}- /m).slice(1)))
      expect(step.match(/^(?: {8})?(?:uses|run):/gm), step).toHaveLength(1);
    expect(text).not.toMatch(/\t/);
  });

  it('runs scripts and files that exist', () => {
    for (const [script] of pairs(text, /npm run ([a-z:]+)()/g)) expect(Object.keys(scripts)).toContain(script);
    for (const [file] of pairs(text, /run: (\.\S+)()/g)) expect(existsSync(join(root, file))).toBe(true);
  });
});

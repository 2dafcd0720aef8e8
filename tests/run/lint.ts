import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packagedNode, root } from '../../electron/start/set-up.mjs';
import { passed, remember } from './cache.ts';
import { closuresOf, readTree } from './closures.ts';

/**
 * Types and lint, of the files for which the result can have changed since they last passed: whose own text, or anything that
 * their types depend on, is another (closures.ts). The whole tree takes a minute of processor time, a file on which nothing
 * depends four seconds. A clean checkout has no cache, and is checked whole.
 */
/** A command line is no longer than 32,000 characters on Windows. With more files the whole tree is about as quick. */
const MOST_NAMED = 300;

const LINT = [
  join(root, 'node_modules/oxlint/bin/oxlint'),
  '--deny-warnings',
  '--report-unused-disable-directives',
  // Types are checked once, by the linter that needs them: each file under the tsconfig.json nearest to it, so that shared/
  // has neither DOM nor Node, and renderer/ no Node.
  '--type-check',
];

const before = closuresOf(readTree(root));
const known = passed('lint');
const changed = [...before].filter(([path, closure]) => known[path] !== closure).map(([path]) => path);

if (changed.length > 0) {
  const named = changed.length > MOST_NAMED ? [] : changed;
  const { status } = spawnSync(packagedNode, [...LINT, ...named], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
  // Only what is the same as before the linter ran: it may have read a file that was changed meanwhile.
  if (status === 0)
    remember(
      'lint',
      [...closuresOf(readTree(root))].filter(([path, closure]) => before.get(path) === closure),
    );
}

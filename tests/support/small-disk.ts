import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { tempFolder } from './temp.ts';

/** Memory as a disk, until the test ends, in `at` or a folder of its own; null where this account may not mount one. */
export function smallDisk(megabytes: number, at = join(tempFolder(), 'disk')): string | null {
  mkdirSync(at, { recursive: true });
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', at]).status !== 0) return null;
  onTestFinished(() => void spawnSync('umount', ['--lazy', at]));
  return at;
}

/** Takes all room that a disk has, in files called `fill-…`. */
export function fill(disk: string): void {
  for (const [k, size] of [65_536, 4096, 512].entries())
    try {
      for (let n = 0; ; n += 1) writeFileSync(join(disk, `fill-${k}-${n}`), Buffer.alloc(size), { flush: true });
    } catch {
      // Full.
    }
}

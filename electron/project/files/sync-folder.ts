import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes a rename in a folder hold through a loss of power. Windows cannot open a folder, and keeps renames in its journal. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

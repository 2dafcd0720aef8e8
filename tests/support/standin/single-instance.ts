import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface HandedOver {
  readonly argv: string[];
  readonly cwd: string;
  readonly data: unknown;
}

/** Synchronous, as in Electron: a separate process waits until the message is read. */
const SEND = `const s = require('node:net').connect(process.argv[1], () => s.end(process.argv[2])); s.on('error', () => process.exit(1))`;

/**
 * One instance for each user-data folder. True: this is it, and `onSecond` is called for later ones. False: another one is
 * running and was notified.
 */
export function takeInstance(userData: string, data: unknown, onSecond: (handed: HandedOver) => void): boolean {
  mkdirSync(userData, { recursive: true });
  const lock = join(userData, 'standin.lock');
  const socket = join(tmpdir(), `standin-${createHash('sha256').update(userData).digest('hex').slice(0, 16)}.sock`);
  const message: HandedOver = { argv: process.argv, cwd: process.cwd(), data };
  if (!claim(lock)) {
    const { status } = spawnSync(process.execPath, ['-e', SEND, socket, JSON.stringify(message)], { timeout: 5000 });
    if (status !== 0) throw new Error('The first instance does not answer');
    return false;
  }
  rmSync(socket, { force: true });
  const server = createServer((connection) => void text(connection).then((handed) => onSecond(JSON.parse(handed))));
  server.listen(socket);
  server.unref();
  process.on('exit', () => {
    rmSync(lock, { force: true });
    rmSync(socket, { force: true });
  });
  return true;
}

/** Writes this process into the lock file, unless it names a process that still runs. */
function claim(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
  }
  if (runs(Number(readFileSync(lock, 'utf8')))) return false;
  rmSync(lock, { force: true });
  return claim(lock);
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: the process that wrote the lock was killed.
    return false;
  }
}

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './set-up.mjs';

const PACKAGE = join(root, 'node_modules/electron');
const DAY = 86_400_000;

/**
 * The path of the Electron binary, or null. Only looks: requiring the package `electron` would try to download a missing
 * binary. Its installer writes path.txt last, so an interrupted download counts as missing.
 */
export function electronBinary(): string | null {
  const pathFile = join(PACKAGE, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : null;
  const elsewhere = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (elsewhere === undefined && name === null) return null;
  const binary = join(elsewhere ?? join(PACKAGE, 'dist'), name ?? 'electron');
  return existsSync(binary) ? binary : null;
}

export interface Fetching {
  /** What `node_modules/.bin/install-electron` runs. */
  readonly installer: string;
  /** Written when downloading failed: it is not tried again for a day. */
  readonly marker: string;
  /** In ms. */
  readonly limit: number;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
}

const FETCHING: Fetching = {
  installer: join(PACKAGE, 'install.js'),
  marker: join(root, 'node_modules/.cache/sourcebook/electron-not-fetched'),
  limit: 120_000,
  env: process.env,
  say: (line) => void process.stderr.write(`${line}\n`),
};

/**
 * Downloads the Electron binary with its own installer, which checks its hash; npm does not do it (.npmrc forbids install
 * scripts). Resolves to whether it succeeded. Not tried with SOURCEBOOK_NO_DOWNLOAD=1, nor within a day of a failure.
 */
export async function fetchElectron(given: Partial<Fetching> = {}): Promise<boolean> {
  const { installer, marker, limit, env, say } = { ...FETCHING, ...given };
  if (env['SOURCEBOOK_NO_DOWNLOAD'] === '1' || failedLately(marker)) return false;
  say('Downloading Electron (once, up to two minutes; SOURCEBOOK_NO_DOWNLOAD=1 skips it)…');
  if (await install(installer, limit, env)) {
    rmSync(marker, { force: true });
    return true;
  }
  mkdirSync(dirname(marker), { recursive: true });
  writeFileSync(marker, '');
  return false;
}

function failedLately(marker: string): boolean {
  const failed = statSync(marker, { throwIfNoEntry: false });
  return failed !== undefined && Math.abs(Date.now() - failed.mtimeMs) < DAY;
}

/** The installer's output is only its own stack; the caller says that Electron is missing and what to do. */
function install(installer: string, limit: number, env: NodeJS.ProcessEnv): Promise<boolean> {
  const child = spawn(process.execPath, [installer], { cwd: root, env, stdio: 'ignore', timeout: limit });
  return new Promise((done) => {
    child.on('error', () => done(false));
    child.on('close', (code) => done(code === 0));
  });
}

import { execFileSync, spawn, spawnSync } from 'node:child_process';

/** Whether this machine has the program; tests that need it are skipped without it, and others use its stored output. */
export const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

/** Runs a program and returns its output. Throws if it fails. */
export const run = (program: string, ...parameters: readonly string[]): string =>
  execFileSync(program, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/**
 * Runs a program in a terminal of its own (`script`, util-linux) and types a line each time it asks for a passphrase. Returns
 * its exit code and output.
 */
export async function typed(
  command: readonly string[],
  lines: readonly string[],
): Promise<{ code: number; said: string }> {
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const child = spawn('script', ['-qec', quoted, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [...lines];
  let said = '';
  let answered = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    const asked = said.match(/passphrase[^\n]*: /gi)?.length ?? 0;
    for (; answered < asked; answered += 1) child.stdin.write(`${waiting.shift() ?? ''}\n`);
  });
  const code = await new Promise<number>((done, fail) => {
    child.on('error', fail);
    child.on('close', (ended) => done(ended ?? 1));
  });
  return { code, said };
}

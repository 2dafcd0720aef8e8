import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Runs a module's source text in a new process on this Node; resolves to its stdout. Rejects with its stderr if it fails. */
export async function runOnNode(source: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], { env });
  const ended = new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`The process ended with ${code}: ${err}`);
  return out;
}

import { parseArgs } from 'node:util';
import { Fault, toErrorData } from '../shared/errors.ts';
import { logError } from './log/log.ts';
import { runServe } from './host/browser/run.ts';
import { keepFilesPrivate } from './host/files.ts';

/** `serve [project] [--port N] [--no-browser]`: what `npm start` falls back to. The command line's `serve` does the same. */
keepFilesPrivate();
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, 'no-browser': { type: 'boolean' } },
  });
  const [project] = positionals;
  await runServe({ project, port: values.port, browser: values['no-browser'] !== true });
} catch (thrown) {
  logError(thrown, { event: 'start-failed' });
  const usage = thrown instanceof TypeError ? new Fault('USAGE', thrown.message) : thrown;
  const { code, message } = toErrorData(usage);
  process.stderr.write(`${message}\n`);
  process.exitCode = code === 'USAGE' ? 2 : 1;
}

import { runCommand } from './cli/program.ts';
import { watchUncaught } from './log/log.ts';

const UNEXPECTED_HERE =
  'Something unexpected went wrong, so this command stopped. Saved work is safe; run sourcebook diagnostics to see what was recorded.';

/** The command line: one command, in a process of its own. The commands are in electron/cli/. */
const streams = {
  out: (text: string): void => void process.stdout.write(text),
  err: (text: string): void => void process.stderr.write(text),
};
// `… | head` closes the pipe early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
watchUncaught(() => {
  streams.err(`${UNEXPECTED_HERE}\n`);
  process.exit(1);
});
process.exitCode = await runCommand(process.argv.slice(2), streams);

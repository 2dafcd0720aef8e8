import { Command, CommanderError } from 'commander';
import about from '../package.json' with { type: 'json' };
import { toErrorData, type ErrorData } from '../shared/errors.ts';
import { newPassphrase } from '../shared/text/passphrase.ts';
import { agreementCommands } from './cli/agreement.ts';
import { print, printFailure, type Answer, type ExitCode, type Run } from './cli/command.ts';
import { codingCommands } from './cli/coding.ts';
import { exportCommands } from './cli/export.ts';
import { mergeCommands } from './cli/merge.ts';
import { callerOf, projectFolder } from './cli/open.ts';
import { passageCommands } from './cli/passages.ts';
import { peopleCommands } from './cli/people.ts';
import { projectCommands } from './cli/project.ts';
import { trashCommands } from './cli/trash.ts';
import { reviewCommands } from './cli/review.ts';
import { withOpenKey } from './cli/secrets.ts';
import { searchCommands } from './cli/search.ts';
import { snapshotCommands } from './cli/snapshots.ts';
import { sourceCommands } from './cli/sources.ts';
import { harmless } from './cli/terminal.ts';
import { versionCommands } from './cli/versions.ts';
import { keepFilesPrivate } from './host/files.ts';
import { dataFolder } from './host/home.ts';
import { diagnostics, diagnosticsText } from './log/diagnostics.ts';
import { logError, openLog, watchUncaught } from './log/log.ts';

const UNEXPECTED_HERE =
  'Something unexpected went wrong, so this command stopped. Saved work is safe; run sourcebook diagnostics to see what was recorded.';

/** The command line. The commands are in electron/cli/. */
const streams = {
  out: (text: string): void => void process.stdout.write(text),
  err: (text: string): void => void process.stderr.write(text),
};
// `… | head` closes the pipe early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

keepFilesPrivate();
openLog(dataFolder(), 'cli');
watchUncaught(() => {
  streams.err(`${UNEXPECTED_HERE}\n`);
  process.exit(1);
});

const argv = process.argv.slice(2);
/** Found before the arguments are parsed, since errors in them are printed as JSON too. */
const inJson = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined).includes('--json');
let exit: ExitCode = 0;

const program = new Command('sourcebook')
  .description('Tag passages in sources, traceable to their exact bytes.')
  .version(about.version)
  .option('--json', 'print the result as one JSON document on stdout')
  .option('--person <name>', 'act as this person (default: this installation’s person)')
  .option('--key-passphrase-file <file>', 'passphrase of this person’s signing key (first line)')
  .configureHelp({ showGlobalOptions: true })
  .configureOutput({
    writeOut: streams.out,
    writeErr: (text) => streams.err(harmless(text)),
    outputError: () => undefined,
  })
  .exitOverride();

const run: Run = async (work) => {
  const { person, keyPassphraseFile } = program.opts<{ person?: string; keyPassphraseFile?: string }>();
  const notice = (text: string): void => streams.err(`${harmless(text)}\n`);
  const answer = async (): Promise<Answer> => work(callerOf(person, notice));
  exit = print(await withOpenKey(person, keyPassphraseFile, answer), inJson, streams);
};
for (const register of [
  projectCommands,
  exportCommands,
  sourceCommands,
  passageCommands,
  searchCommands,
  trashCommands,
  versionCommands,
  reviewCommands,
  snapshotCommands,
  peopleCommands,
  mergeCommands,
  codingCommands,
  agreementCommands,
])
  register(program, run);
program
  .command('diagnostics')
  .description('print versions and the last recorded problems; no content of any project')
  .action(() => {
    const found = diagnostics();
    exit = print({ json: found, lines: diagnosticsText(found).trimEnd().split('\n') }, inJson, streams);
  });
program
  .command('passphrase')
  .description('make a passphrase of seven random words')
  .action(() => {
    const passphrase = newPassphrase();
    exit = print({ json: { passphrase }, lines: [passphrase] }, inJson, streams);
  });
program
  .command('serve [project]')
  .description('open Sourcebook in a browser on this computer')
  .option('--port <number>')
  .option('--no-browser', 'print the address instead of opening a browser')
  .action(async (project: string | undefined, { port, browser }: { port?: string; browser: boolean }) => {
    // Loaded only here: it is a fifth of all code that a command would load.
    const { runServe } = await import('./host/browser/run.ts');
    const { person } = program.opts<{ person?: string }>();
    await runServe({ project: project === undefined ? undefined : projectFolder(project), port, person, browser });
  });

try {
  await program.parseAsync(argv, { from: 'user' });
} catch (thrown) {
  if (!(thrown instanceof CommanderError)) logError(thrown, { event: 'command-failed', ...commandOf(argv) });
  exit =
    thrown instanceof CommanderError && thrown.exitCode === 0 ? 0 : printFailure(failureOf(thrown), inJson, streams);
}
process.exitCode = exit;

/** The name of the command, for the log. No other argument is logged. */
function commandOf(given: readonly string[]): { readonly job?: string } {
  const command = program.commands.find((one) => given.includes(one.name()));
  return command === undefined ? {} : { job: command.name() };
}

function failureOf(thrown: unknown): ErrorData {
  if (!(thrown instanceof CommanderError)) return toErrorData(thrown);
  const [first = ''] = thrown.message.replace(/^error: /, '').split('\n');
  const message =
    thrown.code === 'commander.help'
      ? 'No command given. Run sourcebook --help to see them all.'
      : `${first.replace(/\.$/, '')}. ${thrown.code === 'commander.unknownCommand' ? 'Run sourcebook --help to see them all.' : 'Run the command with --help.'}`;
  return { code: 'USAGE', message };
}

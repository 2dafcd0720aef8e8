import { Command, CommanderError } from 'commander';
import about from '../../package.json' with { type: 'json' };
import { toErrorData, type ErrorData } from '../../shared/errors.ts';
import { newPassphrase } from '../../shared/text/passphrase.ts';
import { agreementCommands } from './agreement.ts';
import { print, printFailure, type Answer, type ExitCode, type Run, type Streams } from './command.ts';
import { claimCommands } from './claims.ts';
import { codingCommands } from './coding.ts';
import { collectionCommands } from './collections.ts';
import { copiesCommands } from './copies.ts';
import { evidenceCommands } from './evidence.ts';
import { exchangeCommands } from './exchange.ts';
import { exportCommands } from './export.ts';
import { dimensionCommands } from './dimensions.ts';
import { maskCommands } from './masks.ts';
import { mergeCommands } from './merge.ts';
import { beginCommand, callerOf, projectFolder } from './open.ts';
import { passageCommands } from './passages.ts';
import { peopleCommands } from './people.ts';
import { draftCommands } from './draft.ts';
import { draftReportCommand } from './draft-report.ts';
import { figureCommand } from './figure-cards.ts';
import { draftsCommands } from './drafts.ts';
import { figuresCommands } from './figures.ts';
import { measureCommands } from './measures.ts';
import { placesCommands } from './places.ts';
import { suggestCommands } from './suggest.ts';
import { projectCommands } from './project.ts';
import { trashCommands } from './trash.ts';
import { reviewCommands } from './review.ts';
import { withOpenKey } from './secrets.ts';
import { searchCommands } from './search.ts';
import { snapshotCommands } from './snapshots.ts';
import { trustedRootCommands } from './trusted-roots.ts';
import { timestampCommands } from './timestamp.ts';
import { sourceCommands } from './sources.ts';
import { harmless } from './terminal.ts';
import { versionCommands } from './versions.ts';
import { keepFilesPrivate } from '../host/files.ts';
import { dataFolder } from '../host/home.ts';
import { diagnostics, diagnosticsText } from '../log/diagnostics.ts';
import { logError, openLog } from '../log/log.ts';

const COMMANDS = [
  projectCommands,
  exportCommands,
  exchangeCommands,
  sourceCommands,
  collectionCommands,
  passageCommands,
  evidenceCommands,
  copiesCommands,
  claimCommands,
  dimensionCommands,
  maskCommands,
  searchCommands,
  placesCommands,
  figuresCommands,
  figureCommand,
  measureCommands,
  draftCommands,
  draftsCommands,
  draftReportCommand,
  suggestCommands,
  trashCommands,
  versionCommands,
  reviewCommands,
  snapshotCommands,
  timestampCommands,
  trustedRootCommands,
  peopleCommands,
  mergeCommands,
  codingCommands,
  agreementCommands,
];

/**
 * Runs one command and returns its exit code. The mask of new files and the log are set for the whole process, and stay set
 * afterwards. The data's folder is from this process's environment, and paths are relative to its folder.
 */
export async function runCommand(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  keepFilesPrivate();
  openLog(dataFolder(), 'cli');
  beginCommand();
  const inJson = asksForJson(argv);
  const program = newProgram(streams);
  let exit: ExitCode = 0;
  const answered = (answer: Answer): void => {
    exit = print(answer, inJson, streams);
  };
  const run: Run = async (work) => {
    const { person, keyPassphraseFile } = program.opts<{ person?: string; keyPassphraseFile?: string }>();
    const notice = (text: string): void => streams.err(`${harmless(text)}\n`);
    const answer = async (): Promise<Answer> => work(callerOf(person, notice));
    answered(await withOpenKey(person, keyPassphraseFile, answer));
  };
  for (const register of COMMANDS) register(program, run);
  commandsWithoutPerson(program, answered);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exit;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) logError(thrown, { event: 'command-failed', ...commandOf(program, argv) });
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    return printFailure(failureOf(thrown), inJson, streams);
  }
}

/** Found before the arguments are parsed, since errors in them are printed as JSON too. */
const asksForJson = (argv: readonly string[]): boolean =>
  argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined).includes('--json');

const newProgram = (streams: Streams): Command =>
  new Command('sourcebook')
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

/** Commands that open nothing of the person who calls them, or find them themselves. */
function commandsWithoutPerson(program: Command, answered: (answer: Answer) => void): void {
  program
    .command('diagnostics')
    .description('print versions and the last recorded problems; no content of any project')
    .action(() => {
      const found = diagnostics();
      answered({ json: found, lines: diagnosticsText(found).trimEnd().split('\n') });
    });
  program
    .command('passphrase')
    .description('make a passphrase of seven random words')
    .action(() => {
      const passphrase = newPassphrase();
      answered({ json: { passphrase }, lines: [passphrase] });
    });
  program
    .command('serve [project]')
    .description('open Sourcebook in a browser on this computer')
    .option('--port <number>')
    .option('--no-browser', 'print the address instead of opening a browser')
    .action(async (project: string | undefined, { port, browser }: { port?: string; browser: boolean }) => {
      // Loaded only here: it is a fifth of all code that a command would load.
      const { runServe } = await import('../host/browser/run.ts');
      const { person } = program.opts<{ person?: string }>();
      await runServe({ project: project === undefined ? undefined : projectFolder(project), port, person, browser });
    });
}

/** The name of the command, for the log. No other argument is logged. */
function commandOf(program: Command, given: readonly string[]): { readonly job?: string } {
  const command = program.commands.find((one) => given.includes(one.name()));
  return command === undefined ? {} : { job: command.name() };
}

/** A window has a button for it. */
const withCommand = (failure: ErrorData): ErrorData =>
  failure.context?.['schema'] === undefined
    ? failure
    : { ...failure, message: `${failure.message} The command is sourcebook rebuild <project>.` };

function failureOf(thrown: unknown): ErrorData {
  if (!(thrown instanceof CommanderError)) return withCommand(toErrorData(thrown));
  const [first = ''] = thrown.message.replace(/^error: /, '').split('\n');
  const message =
    thrown.code === 'commander.help'
      ? 'No command given. Run sourcebook --help to see them all.'
      : `${first.replace(/\.$/, '')}. ${thrown.code === 'commander.unknownCommand' ? 'Run sourcebook --help to see them all.' : 'Run the command with --help.'}`;
  return { code: 'USAGE', message };
}

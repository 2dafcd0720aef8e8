import { Command, CommanderError } from 'commander';
import type { Answer, Streams } from './output.ts';
import { EXIT, printer, usage } from './output.ts';
import { addPassageCommands } from './passage-commands.ts';
import { addProjectCommands } from './project-commands.ts';
import { addServeCommand } from './serve-command.ts';
import { type Session, startSession } from './session.ts';
import { addSourceCommands } from './source-commands.ts';

/** Single-valued options, and those that take a list, told apart so that each command gets text or lists of text. */
type Options = Readonly<Record<string, string | undefined>>;
type Lists = Readonly<Record<string, readonly string[] | undefined>>;
/** What commander has checked is there; a command takes as many as it declared. `rest` is everything after the first. */
interface Arguments {
  readonly first: string;
  readonly second: string;
  readonly third: string;
  readonly rest: readonly string[];
}
type Work = (session: Session, args: Arguments, options: Options, lists: Lists) => Answer | Promise<Answer>;
/** Makes a commander action of a command's work: session, output and exit code are the same for all. */
export type Run = (work: Work) => (this: Command, ...given: readonly unknown[]) => Promise<void>;

/** Runs the command line; returns the exit code. */
export async function runProgram(args: readonly string[], streams: Streams, version: string): Promise<number> {
  const json = args.includes('--json');
  const print = printer(streams, json);
  let exit: number = EXIT.done;
  const run: Run = (work) =>
    async function (this: Command) {
      const options = this.optsWithGlobals<Record<string, unknown>>();
      try {
        const session = startSession(text(options['person']));
        for (const notice of session.home.takeNotices()) streams.err(`sourcebook: ${notice}\n`);
        exit = print.answer(await work(session, argumentsOf(this), singles(options), lists(options)));
      } catch (thrown) {
        exit = print.failure(thrown);
      }
    };
  const program = new Command('sourcebook')
    .description('The command line of Sourcebook.')
    .version(version)
    .option('--json', 'print one JSON document on stdout')
    .option('--person <name>', 'who acts (default: the installation’s person)')
    .showHelpAfterError(false);
  addProjectCommands(program, run);
  addSourceCommands(program, run);
  addPassageCommands(program, run);
  addServeCommand(program, (code) => (exit = code), print.failure);
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .configureOutput({ writeOut: streams.out, writeErr: (words) => (json ? undefined : streams.err(words)) });
    if (command !== program)
      command.option('--json', 'print one JSON document on stdout').option('--person <name>', 'who acts');
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exit;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return EXIT.done;
    if (json) print.failure(usage(thrown.message));
    return EXIT.usage;
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function argumentsOf(command: Command): Arguments {
  const given = command.processedArgs.flat().filter((one) => typeof one === 'string');
  const [first = '', second = '', third = ''] = given;
  return { first, second, third, rest: given.slice(1) };
}

function singles(options: Readonly<Record<string, unknown>>): Options {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, text(value)]));
}
function lists(options: Readonly<Record<string, unknown>>): Lists {
  const isList = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((one) => typeof one === 'string');
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, isList(value) ? value : undefined]));
}

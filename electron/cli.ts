import { Command, CommanderError, InvalidArgumentError } from 'commander';
import about from '../package.json' with { type: 'json' };
import { toErrorData, type ErrorData } from '../shared/errors.ts';
import { print, printFailure, type Answer, type ExitCode, type Streams } from './cli/answer.ts';
import { callerOf, type Caller } from './cli/open.ts';
import * as passages from './cli/passages.ts';
import * as project from './cli/project.ts';
import { change } from './cli/remove.ts';
import * as sources from './cli/sources.ts';
import { harmless } from './cli/terminal.ts';
import { runServe } from './host/browser/run.ts';

/** The command line: which commands there are. What they do lies in electron/cli/, one file for each kind of thing. */

const several = (one: string, before: readonly string[]): string[] => [...before, one];
function pageNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Pages count from 1.');
}

function commands(streams: Streams, finish: (code: ExitCode) => void): Command {
  const program = new Command('sourcebook')
    .description('Passages of sources, tagged and traceable to the bytes they came from. See also: README.')
    .version(about.version)
    .option('--json', 'print one JSON document on stdout')
    .option('--person <name>', "who acts (default: this installation's person)")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: streams.out, writeErr: (text) => streams.err(harmless(text)) })
    .exitOverride();
  /** A command that answers: `work` says what, and it is printed here. */
  const answers = async (work: (caller: Caller) => Promise<Answer>): Promise<void> => {
    const { json = false, person } = program.opts<{ json?: boolean; person?: string }>();
    finish(print(await work(callerOf(person)), json, streams));
  };
  const tell = (line: string): void => {
    if (process.stderr.isTTY) streams.err(`\r${harmless(line)}  `);
  };

  program
    .command('new <project>')
    .description('make a project')
    .option('--title <title>')
    .option('--codebook <name>', 'xinjiang-labour, empty, or a file', 'xinjiang-labour')
    .action((at: string, options: project.NewOptions) => answers((by) => project.makeProject(by, at, options)));
  program
    .command('add <project> <path...>')
    .description('bring in files and folders')
    .option('--password <password>', 'for protected files')
    .option('--record <json>', "fields of each new source's record")
    .action((at: string, paths: string[], options: sources.AddOptions) =>
      answers((by) => sources.add(by, at, paths, options, tell)),
    );
  program
    .command('sources <project>')
    .description('list the sources')
    .action((at: string) => answers((by) => sources.sources(by, at)));
  program
    .command('text <project> <source>')
    .description("print a source's text; start and end of passages count UTF-16 units in it")
    .option('--page <number>', 'one page of it', pageNumber)
    .action((at: string, source: string, { page }: { page?: number }) =>
      answers((by) => sources.text(by, at, source, page)),
    );
  program
    .command('highlight <project> <source>')
    .description('make a passage of a quotation')
    .requiredOption('--quote <text>')
    .option('--prefix <text>', 'what stands before it', '')
    .option('--suffix <text>', 'what stands after it', '')
    .option('--category <id>', 'tag it (may be given again)', several, [])
    .option('--memo <text>', 'write a memo on it', '')
    .action((at: string, source: string, options: passages.HighlightOptions) =>
      answers((by) => passages.highlight(by, at, source, options)),
    );
  program
    .command('tag <project> <passage>')
    .description('add and remove your tags of a passage')
    .option('--add <id>', 'a category of the codebook (may be given again)', several, [])
    .option('--remove <id>', 'a category of the codebook (may be given again)', several, [])
    .action((at: string, passage: string, options: { add: string[]; remove: string[] }) =>
      answers(async (by) => passages.tag(by, at, passage, options)),
    );
  program
    .command('memo <project> <passage> <text>')
    .description('write your memo on a passage; an empty text removes it')
    .action((at: string, passage: string, text: string) => answers((by) => passages.memo(by, at, passage, text)));
  program
    .command('passages <project>')
    .description('list the passages')
    .option('--source <id>')
    .option('--category <id>')
    .action((at: string, options: { source?: string; category?: string }) =>
      answers((by) => passages.passages(by, at, options)),
    );
  program
    .command('codebook <project>')
    .description('list the categories with the number of their passages')
    .action((at: string) => answers((by) => passages.codebook(by, at)));
  for (const act of ['remove', 'restore'] as const)
    program
      .command(`${act} <project> <id>`)
      .description(`${act} a source, a passage or a memo`)
      .action((at: string, id: string) => answers((by) => change(by, at, id, act)));
  for (const which of ['undo', 'redo'] as const)
    program
      .command(`${which} <project>`)
      .description(`${which} the last action of yours`)
      .action((at: string) => answers((by) => project.step(by, at, which)));
  program
    .command('log <project>')
    .description('list the actions, newest first')
    .action((at: string) => answers((by) => project.log(by, at)));
  program
    .command('verify <target>')
    .description('check a project or a project file against what was signed; ends with 3 where it does not hold')
    .action((target: string) => answers((by) => project.verify(by, target)));
  program
    .command('export <project> <file>')
    .description('write a project file (.sbk)')
    .action((at: string, file: string) => answers((by) => project.exportFile(by, at, file)));
  program
    .command('import <project> <file>')
    .description('make a project of a project file (.sbk)')
    .action((at: string, file: string) => answers((by) => project.importFile(by, at, file)));
  program
    .command('serve [project]')
    .description('the workbench for a browser on this machine')
    .option('--port <number>')
    .action((at: string | undefined, { port }: { port?: string }) => runServe({ project: at, port }));
  return program;
}

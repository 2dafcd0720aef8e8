import { basename, resolve } from 'node:path';
import type { Draft, DraftDesk, DraftSentence } from '../../shared/contract/drafts.ts';
import { Fault } from '../../shared/errors.ts';
import type { DraftId } from '../../shared/model/index.ts';
import { counted } from '../../shared/text/counted.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { styleOf } from './draft.ts';
import { findDraft } from './find.ts';
import { type Caller, withProject } from './open.ts';
import { columns, oneLine } from './terminal.ts';

interface Options {
  readonly published?: string;
  readonly author?: string;
  readonly title?: string;
  readonly style?: string;
  readonly replaces?: string;
  readonly nothing?: boolean;
  readonly comment?: string;
}

/** `drafts <project>`: {drafts:[…]}, all versions, the newest of each first. */
const list = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { drafts } = await engine.call('drafts.list', {});
    return {
      json: { drafts },
      lines: columns(drafts.map(lineOf)),
      remarks: [`${counted(drafts.length, 'version')} of drafts.`],
    };
  });

const lineOf = ({ id, title, version, sentences, open, released }: Draft): string[] => [
  id,
  `version ${version}`,
  released === null ? `${open} of ${sentences} open` : 'released',
  oneLine(title, 60),
];

const find = async (engine: Engine, given: string): Promise<DraftId> => (await findDraft(engine, given)).id;

/** The words that each act takes after its name. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  open: ['FILE'],
  show: ['DRAFT'],
  change: ['DRAFT'],
  accept: ['DRAFT', 'NUMBER'],
  return: ['DRAFT', 'NUMBER'],
  release: ['DRAFT'],
  remove: ['DRAFT'],
};

/**
 * `drafts <project> open FILE --published DATE --author NAME`, `show DRAFT`, `change DRAFT …`, `accept DRAFT NUMBER`, `return DRAFT NUMBER --comment …`,
 * `release DRAFT`, `remove DRAFT`: {draft,counts,refused,sentences:[…]}, or {removed}.
 */
const act = (
  caller: Caller,
  project: string,
  verb: string,
  given: readonly string[],
  options: Options,
): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const [named, number] = expected(verb, given);
    if (verb === 'open') return shown(engine, (await open(engine, named, options)).id);
    const id = await find(engine, named);
    if (verb === 'remove') {
      await engine.call('drafts.remove', { id });
      return { json: { removed: id }, lines: ['Removed'] };
    }
    if (verb === 'change') await change(engine, id, options);
    if (verb === 'release') await engine.call('drafts.release', { id });
    if (verb === 'accept' || verb === 'return') {
      const { text, nth } = await sentenceOf(engine, id, number);
      const { comment = '', nothing = false } = options;
      if (verb === 'return') await engine.call('drafts.return', { draft: id, text, nth, comment });
      else await engine.call('drafts.accept', { draft: id, text, nth, comment, as: nothing ? 'nothing' : 'accepted' });
    }
    return shown(engine, id);
  });

function expected(verb: string, given: readonly string[]): [string, string] {
  const words = Object.hasOwn(WORDS, verb) ? WORDS[verb] : undefined;
  if (words === undefined)
    throw new Fault('USAGE', `“${verb}” isn’t an act on drafts. Use one of ${Object.keys(WORDS).join(', ')}.`, {
      verb,
    });
  if (given.length !== words.length)
    throw new Fault('USAGE', `Write: drafts <project> ${verb} ${words.join(' ')}.`, { verb });
  return [given[0] ?? '', given[1] ?? ''];
}

async function open(engine: Engine, file: string, options: Options): Promise<Draft> {
  const { published, author, title, style = 'publisher-date', replaces } = options;
  if (published === undefined || author === undefined)
    throw new Fault('USAGE', 'Give --published DATE and --author NAME: neither is guessed.');
  const before = replaces === undefined ? null : await find(engine, replaces);
  const path = resolve(file);
  const named = title === undefined ? {} : { title };
  return engine.call('drafts.open', {
    path,
    fileName: basename(path),
    published,
    author,
    style,
    replaces: before,
    ...named,
  });
}

/** Title, day of publication, author or style, as one edit. */
async function change(engine: Engine, id: DraftId, { title, published, author, style }: Options): Promise<void> {
  const fields = {
    ...(title === undefined ? {} : { title }),
    ...(published === undefined ? {} : { published }),
    ...(author === undefined ? {} : { author }),
    ...(style === undefined ? {} : { style }),
  };
  if (Object.keys(fields).length === 0)
    throw new Fault('USAGE', 'Say what to change: --title, --published, --author or --style.');
  await engine.call('drafts.change', { id, ...fields });
}

async function sentenceOf(engine: Engine, id: DraftId, given: string): Promise<DraftSentence> {
  const { sentences } = await engine.call('drafts.desk', { id });
  const found = sentences.find(({ number }) => String(number) === given);
  if (found === undefined)
    throw new Fault('NOT_FOUND', `The draft has sentences 1 to ${sentences.length}.`, { number: given });
  return found;
}

async function shown(engine: Engine, id: DraftId): Promise<Answer> {
  const { draft, counts, refused, sentences } = await engine.call('drafts.desk', { id });
  return {
    json: { draft, counts, refused, sentences },
    lines: columns(
      sentences.map(({ number, state, text, findings }) => [
        String(number),
        state,
        findings
          .filter(({ weight }) => weight === 'error')
          .map((one) => (one.kind === 'quotation' ? one.status : one.kind))
          .join(', '),
        oneLine(text, 70),
      ]),
    ),
    remarks: [`${draft.id}, version ${draft.version}, cites as ${draft.style}.`, ...against(refused)],
  };
}

const against = (refused: DraftDesk['refused']): string[] =>
  refused.length === 0
    ? ['Nothing stands against its release. That is not proof of what it says.']
    : ['Stands against its release:', ...refused.map(({ message }) => message)];

/** The commands for drafts of a project: sentences that two people besides the author accept. */
export const draftsCommands: Register = (program, run) => {
  program
    .command('drafts <project> [act] [words...]')
    .description('list the drafts of a project, or open, show, change, accept, return, release or remove one')
    .option('--published <date>', 'with open and change: day of publication')
    .option('--author <name>', 'with open and change: who wrote it, and can’t accept in it')
    .option('--title <text>', 'with open and change: its title')
    .option('--replaces <draft>', 'with open: the version that it is a newer one of')
    .option(
      '--style <style>',
      'with open and change: how it cites, such as “author-year -captions separators=;/”',
      (text: string) => {
        styleOf(text);
        return text;
      },
    )
    .option('--nothing', 'with accept: there is nothing to prove in the sentence')
    .option('--comment <text>', 'with return: what has to change')
    .action((project: string, verb: string | undefined, words: string[], options: Options) =>
      run((by) => (verb === undefined ? list(by, project) : act(by, project, verb, words, options))),
    );
};

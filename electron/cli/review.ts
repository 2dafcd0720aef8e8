import { InvalidArgumentError } from 'commander';
import type { KnownPerson } from '../../shared/contract/people.ts';
import { queueName, type QueueName, type ReviewDetail, type ReviewMove } from '../../shared/contract/review.ts';
import { Fault } from '../../shared/errors.ts';
import {
  type Passage,
  type PassageId,
  type PersonId,
  reviewState,
  type ReviewState,
  role,
  type Role,
} from '../../shared/model/index.ts';
import { checkFigures } from '../../shared/review/figures.ts';
import { checkTerms, glossaryOf } from '../../shared/review/terms.ts';
import type { Engine } from '../engine/engine.ts';
import { type Answer, several, type Register } from './command.ts';
import { findCategories, findPassage } from './find.ts';
import { withTrust } from '../host/people.ts';
import { ownHome, withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';
import { counted } from '../../shared/text/counted.ts';
import { formatMoment } from '../../shared/text/moment.ts';

interface ReviewOptions {
  readonly to?: ReviewState;
  readonly comment: string;
  readonly queue?: QueueName;
  readonly agree: readonly string[];
}

/**
 * `review <project> <passage> [--to STATE --comment C]`: {passage:{id,state},moves,forgedBeside,steps,differences,unsigned}; FOUR_EYES or NOT_ALLOWED
 * if the acting person may not take the step. `review <project> --queue NAME`: {items,total,counts}.
 */
const review = (
  caller: Caller,
  project: string,
  given: string | undefined,
  options: ReviewOptions,
): Promise<Answer> => {
  const { to, comment, queue: wanted, agree } = options;
  if (given === undefined) {
    if (wanted === undefined || to !== undefined)
      throw new Fault('USAGE', 'Give a passage, or list a queue: review <project> --queue to-check.');
    return queue(caller, project, wanted);
  }
  if (wanted !== undefined) throw new Fault('USAGE', 'Leave out the passage when you list a queue.');
  if (to === undefined && comment !== '')
    throw new Fault('USAGE', '--comment needs --to STATE. To comment only, use the comment command.');
  return withProject(caller, project, async (engine) => {
    const passage = await findPassage(engine, given);
    const agrees = agree.length === 0 ? {} : { agrees: await findCategories(engine, agree) };
    const detail =
      to === undefined
        ? await engine.call('review.get', { passage })
        : await engine.call('review.move', { passage, to, comment, ...agrees });
    return shown(detail, await withTrust(ownHome(), (await engine.call('people.list', {})).people));
  });
};

/** Nothing for a key that was confirmed here. */
const keyInWords = ({ trust, fingerprint }: Pick<KnownPerson, 'trust' | 'fingerprint'>): string =>
  trust === 'new'
    ? `key ${fingerprint} not confirmed`
    : trust === 'changed'
      ? `key ${fingerprint} NOT THE ONE CONFIRMED`
      : '';

function shown(
  { passage, state, moves, forgedBeside, steps, differences, unsigned }: ReviewDetail,
  people: readonly KnownPerson[],
): Answer {
  const known = new Map(people.map((one) => [one.id, one]));
  const keyOf = ({ person }: ReviewMove) => {
    const { trust = 'new', fingerprint = '' } = known.get(person) ?? {};
    return { trust, fingerprint };
  };
  return {
    json: {
      passage: { id: passage.id, state },
      moves: moves.map((one) => ({ ...one, ...keyOf(one) })),
      forgedBeside: forgedBeside.map(({ move, ...one }) => ({ ...one, move: { ...move, ...keyOf(move) } })),
      steps,
      differences,
      unsigned,
    },
    lines: [
      `${passage.id}  ${state}`,
      ...columns(
        moves.map((one) => [
          formatMoment(one.at),
          one.state,
          oneLine(one.name),
          keyInWords(keyOf(one)),
          one.second === null ? '' : oneLine(one.second.words),
          one.sameInstallation.length === 0
            ? ''
            : `on the same installation as ${oneLine(one.sameInstallation.join(', '))}${one.confirmedBy.length === 0 ? '' : `, keys confirmed by ${oneLine(one.confirmedBy.join(', '))}`}`,
          one.counts ? '' : `${one.forged ? 'FORGED: ' : ''}not counted: ${oneLine(one.why)}`,
          oneLine(one.comment, 80),
        ]),
      ),
      ...differences.map(
        (one) =>
          `${one.what}: ${oneLine(one.before, 80)} → ${oneLine(one.after, 80)}${one.person === null ? '' : ` by ${oneLine(one.person)}`}`,
      ),
      ...forgedBeside.map(
        ({ of, move }) =>
          `FORGED: ${move.state} on the passage of ${oneLine(of)} at this place, not counted: ${oneLine(move.why)}`,
      ),
      ...unsigned.map(({ words }) => oneLine(words)),
    ],
    remarks: steps.filter(({ allowed }) => allowed).map(({ to }) => `Can move to: ${to}`),
  };
}

const queue = (caller: Caller, project: string, name: QueueName): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { items, total, counts } = await engine.call('review.queue', { queue: name, limit: 100_000 });
    return {
      json: { items, total, counts },
      lines: columns(
        items.map((one) => [one.passage, one.state, oneLine(one.by), `p. ${one.page}`, oneLine(one.quote, 80)]),
      ),
      remarks: [`${counted(total, 'waits', 'wait')}.`],
    };
  });

interface TranslateOptions {
  readonly language: string;
  readonly machine?: boolean;
}

/**
 * `translate <project> <passage> TEXT [--language en] [--machine]`: {translation,terms:[{term,preferred,found}],figures}. `terms`:
 * those of the codebook that the translation words otherwise. `figures`: those that only one of the two texts has.
 */
const translate = (
  caller: Caller,
  project: string,
  given: string,
  text: string,
  { language, machine = false }: TranslateOptions,
): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const passage = await findPassage(engine, given);
    const method = machine ? 'machine' : 'human';
    const { translation } = await engine.call('translations.set', { passage, text, language, method });
    if (translation === null)
      return { json: { translation: null, terms: [], figures: [] }, lines: ['No such translation now.'] };
    const [terms, figures] = await departures(engine, passage, text, translation.language);
    const { people } = await engine.call('review.get', { passage });
    const nameOf = (id: PersonId | null) => people.find((one) => one.id === id)?.name ?? id;
    const { person, checker, ...rest } = translation;
    return {
      json: { translation: { ...rest, translator: nameOf(person), checker: nameOf(checker) }, terms, figures },
      lines: [`${translation.id}  ${translation.language}  ${oneLine(translation.text, 80)}`],
      remarks: [
        ...terms.map(
          ({ term, preferred, found }) =>
            `The codebook translates “${term}” as ${preferred.map((one) => `“${one}”`).join(' or ')}${found === null ? '' : `, not “${found}”`}.`,
        ),
        ...figures.map(
          ({ where, text: figure }) =>
            `“${figure}” is in the ${where} but not in the ${where === 'original' ? 'translation' : 'original'}.`,
        ),
      ],
    };
  });

async function departures(engine: Engine, passage: PassageId, text: string, language: string) {
  const { anchor }: Passage = await engine.call('passages.get', { id: passage });
  if (anchor.kind === 'area' || !/^en(-|$)/i.test(language)) return [[], []] as const;
  const glossary = glossaryOf((await engine.call('codebook.get', {})).categories);
  const terms = checkTerms(glossary, anchor.exact, text)
    .filter(({ holds }) => !holds)
    .map(({ term, preferred, found }) => ({ term, preferred, found: found?.text ?? null }));
  const figures = checkFigures(anchor.exact, text)
    .filter(({ holds }) => !holds)
    .map(({ where, text: figure }) => ({ where, text: figure }));
  return [terms, figures] as const;
}

/** `comment <project> <passage> TEXT [--to ROLE|NAME]…`: {comment} */
const comment = (
  caller: Caller,
  project: string,
  given: string,
  text: string,
  { to }: { readonly to: readonly string[] },
): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const passage = await findPassage(engine, given);
    const { people } = await engine.call('review.get', { passage });
    const mentions = to.map((called) => calledBy(called, people));
    const made = await engine.call('comments.add', { passage, text, mentions });
    return { json: { comment: commentJson(made, people) }, lines: [`${made.id}  ${oneLine(made.text, 80)}`] };
  });

function calledBy(called: string, people: ReviewDetail['people']): Role | PersonId {
  const wanted = called.replace(/^@/, '');
  const asRole = role.safeParse(wanted.toLowerCase());
  if (asRole.success) return asRole.data;
  const fitting = people.filter(({ id, name }) => name.toLowerCase() === wanted.toLowerCase() || id === wanted);
  const [only] = fitting;
  if (only === undefined)
    throw new Fault('NOT_FOUND', `No person or role called “${called}” in this project.`, { name: called });
  if (fitting.length > 1)
    throw new Fault('AMBIGUOUS', `${fitting.length} people are called “${called}”. Use the full ID.`, {
      ids: fitting.map(({ id }) => id),
    });
  return only.id;
}

/** `comments <project> <passage>`: {comments:[{id,parent,text,mentions,person,at,resolved}]} */
const comments = (caller: Caller, project: string, given: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const passage = await findPassage(engine, given);
    const detail = await engine.call('review.get', { passage });
    const listed = detail.comments.map((one) => commentJson(one, detail.people));
    const lines = listed.map((one) => [one.id, oneLine(one.person), one.parent === null ? '' : '↳', oneLine(one.text)]);
    return { json: { comments: listed }, lines: columns(lines) };
  });

function commentJson(one: ReviewDetail['comments'][number], people: ReviewDetail['people']) {
  const nameOf = (id: string): string => people.find((each) => each.id === id)?.name ?? id;
  return { ...one, person: nameOf(one.person), mentions: one.mentions.map(nameOf) };
}

function stateName(text: string): ReviewState {
  const state = reviewState.safeParse(text);
  if (state.success) return state.data;
  throw new InvalidArgumentError(`Use one of these states: ${reviewState.options.join(', ')}.`);
}
function nameOfQueue(text: string): QueueName {
  const queue = queueName.safeParse(text);
  if (queue.success) return queue.data;
  throw new InvalidArgumentError(`Use one of these queues: ${queueName.options.join(', ')}.`);
}

/** The commands of review, translation and comments. */
export const reviewCommands: Register = (program, run) => {
  program
    .command('review <project> [passage]')
    .description('show a passage’s review, change its state, or list a queue')
    .option('--to <state>', reviewState.options.join(', '), stateName)
    .option('--comment <text>', 'add a comment; required when returning', '')
    .option(
      '--agree <id>',
      'with second-coded: confirm this tag of someone else’s (repeatable; default: all)',
      several,
      [],
    )
    .option('--queue <name>', queueName.options.join(', '), nameOfQueue)
    .action((project: string, passage: string | undefined, options: ReviewOptions) =>
      run((by) => review(by, project, passage, options)),
    );
  program
    .command('translate <project> <passage> <text>')
    .description('translate a passage; empty text removes the translation')
    .option('--language <tag>', 'language of the translation', 'en')
    .option('--machine', 'made by machine')
    .action((project: string, passage: string, text: string, options: TranslateOptions) =>
      run((by) => translate(by, project, passage, text, options)),
    );
  program
    .command('comment <project> <passage> <text>')
    .description('comment on a passage; @checker or @Ann mentions them')
    .option('--to <who>', 'a role or person to mention (repeatable)', several, [])
    .action((project: string, passage: string, text: string, options: { to: readonly string[] }) =>
      run((by) => comment(by, project, passage, text, options)),
    );
  program
    .command('comments <project> <passage>')
    .description('list comments on a passage')
    .action((project: string, passage: string) => run((by) => comments(by, project, passage)));
};

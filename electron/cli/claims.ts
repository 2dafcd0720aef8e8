import { Option } from 'commander';
import type { Claim } from '../../shared/contract/claims.ts';
import { Fault } from '../../shared/errors.ts';
import { CLAIM_RELATIONS, type ClaimGap, type ClaimId, type ClaimRelation } from '../../shared/model/index.ts';
import { isUnseen } from '../../shared/model/person-name.ts';
import { counted } from '../../shared/text/counted.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { findPassage, startingWith } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';

const GAPS: Readonly<Record<ClaimGap, string>> = {
  noSupport: 'no support',
  oneOrigin: 'one origin',
  undecidedCopies: 'undecided copies',
  contradicted: 'contradicted, open',
  notApproved: 'support not approved',
  noDate: 'date unknown',
};

const shown = ({
  id,
  text,
  links,
  supports,
  limits,
  contradicts,
  unanswered,
  undecidedCopies,
  gaps,
  unknown,
  trashedContradictions,
}: Claim) => ({
  id,
  text,
  passages: links.map(({ passage, as, answer, source, state }) => ({ passage, as, answer, source, state })),
  origins: supports.origins,
  supports,
  limits,
  contradicts,
  unanswered,
  undecidedCopies,
  gaps,
  unknown,
  trashedContradictions,
});

/** `claims <project>`: {claims:[{id,text,passages:[{passage,as,answer,source,state}],origins,supports,limits,contradicts,unanswered,undecidedCopies,gaps}]}. `origins`: of the passages that support it. */
const list = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { claims } = await engine.call('claims.list', {});
    return {
      json: { claims: claims.map(shown) },
      lines: columns(
        claims.map(({ id, text, supports, gaps }) => [
          id,
          counted(supports.origins, 'origin'),
          gaps.map((gap) => GAPS[gap]).join('; '),
          oneLine(text, 80),
        ]),
      ),
      remarks: [`${counted(claims.length, 'claim')}. Sourcebook counts the evidence. Judging it is up to you.`],
    };
  });

const findClaim = async (engine: Engine, given: string): Promise<ClaimId> =>
  startingWith((await engine.call('claims.list', {})).claims, given, 'claim', 'claims').id;

interface Options {
  readonly as?: ClaimRelation;
  readonly answer?: string;
}

async function claimShown(engine: Engine, id: ClaimId): Promise<Answer> {
  const { claims } = await engine.call('claims.list', {});
  const claim = claims.find((one) => one.id === id);
  if (claim === undefined) return { json: { removed: id }, lines: ['Removed'] };
  const lacks = claim.gaps.map((gap) => GAPS[gap]).join('; ');
  return {
    json: { claim: shown(claim) },
    lines: [`${claim.id}  ${oneLine(claim.text, 80)}`],
    remarks: [...(lacks === '' ? [] : [lacks]), ...copiesRemark(claim)],
  };
}

const copiesRemark = ({ undecidedCopies }: Claim): string[] =>
  undecidedCopies === 0
    ? []
    : [
        `${counted(undecidedCopies, 'passage')} ${undecidedCopies === 1 ? 'looks' : 'look'} like copies of one text; nobody has decided.`,
      ];

/** `claim <project> add TEXT`, `link CLAIM PASSAGE --as …`, `answer CLAIM PASSAGE TEXT`, `unlink CLAIM PASSAGE`, `change CLAIM TEXT`, `remove CLAIM`: {claim} or {removed}. */
const act = (
  caller: Caller,
  project: string,
  verb: string,
  given: readonly string[],
  options: Options,
): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const [one, other, text] = expected(verb, given, options);
    if (verb === 'add') return claimShown(engine, (await engine.call('claims.create', { text: one })).id);
    const id = await findClaim(engine, one);
    const passage = verb === 'link' || verb === 'unlink' || verb === 'answer' ? await findPassage(engine, other) : null;
    if (verb === 'change') await engine.call('claims.change', { id, text: other });
    if (verb === 'remove') await engine.call('claims.remove', { id });
    if (verb === 'unlink' && passage !== null) await engine.call('claims.unlink', { id, passage });
    if (verb === 'answer' && passage !== null) await engine.call('claims.answer', { id, passage, answer: text });
    if (verb === 'link' && passage !== null && options.as !== undefined)
      await engine.call('claims.link', {
        id,
        passages: [passage],
        as: options.as,
        ...(options.answer === undefined ? {} : { answer: options.answer }),
      });
    return claimShown(engine, id);
  });

/** The words that each act takes after its name. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  add: ['TEXT'],
  link: ['CLAIM', 'PASSAGE'],
  answer: ['CLAIM', 'PASSAGE', 'TEXT'],
  unlink: ['CLAIM', 'PASSAGE'],
  change: ['CLAIM', 'TEXT'],
  remove: ['CLAIM'],
};
function expected(verb: string, given: readonly string[], { as, answer }: Options): [string, string, string] {
  const words = Object.hasOwn(WORDS, verb) ? WORDS[verb] : undefined;
  if (words === undefined)
    throw new Fault('USAGE', `“${verb}” isn’t an act on claims. Use one of ${Object.keys(WORDS).join(', ')}.`, {
      verb,
    });
  if (given.length !== words.length)
    throw new Fault('USAGE', `Write: claim <project> ${verb} ${words.join(' ')}.`, { verb });
  if ((verb === 'add' || verb === 'change') && isUnseen(given.at(-1) ?? ''))
    throw new Fault('USAGE', 'A claim can’t be empty. Write the sentence to publish.', { verb });
  if (verb === 'link' && as === undefined)
    throw new Fault('USAGE', `Say how the passage is linked: --as ${CLAIM_RELATIONS.join('|')}.`, { verb });
  if (verb !== 'link' && (as !== undefined || answer !== undefined))
    throw new Fault('USAGE', '--as and --answer go with link.', { verb });
  return [given[0] ?? '', given[1] ?? '', given[2] ?? ''];
}

/** The commands for claims: sentences to publish, with what speaks for and against them. */
export const claimCommands: Register = (program, run) => {
  program
    .command('claims <project>')
    .description('list claims with the passages that support, limit or contradict them')
    .action((project: string) => run((by) => list(by, project)));
  program
    .command('claim <project> <act> [words...]')
    .description(
      'write a claim, link passages to it, answer a contradiction: add, link, answer, unlink, change, remove',
    )
    .addOption(new Option('--as <relation>', 'how a passage is linked').choices([...CLAIM_RELATIONS]))
    .option('--answer <text>', 'why the claim stands beside a contradicting passage')
    .action((project: string, verb: string, words: string[], options: Options) =>
      run((by) => act(by, project, verb, words, options)),
    );
};

import type { Suggestion } from '../../shared/contract/suggestions.ts';
import { Fault } from '../../shared/errors.ts';
import type { Category, CategoryId, SourceId } from '../../shared/model/index.ts';
import { foldedTerm } from '../../shared/suggest/find-terms.ts';
import { counted, numbered, wholePercent } from '../../shared/text/counted.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { findSource } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';

interface Options {
  readonly source?: string;
  readonly learned?: true;
  readonly again?: true;
  readonly terms?: true;
}

/** Suggestions of a source or of all, one for each category. */
async function listed(engine: Engine, given: string | undefined, learned: boolean) {
  const sources =
    given === undefined
      ? (await engine.call('sources.list', {})).sources.map(({ id }) => id)
      : [await findSource(engine, given)];
  const found: { source: SourceId; category: CategoryId; one: Suggestion }[] = [];
  let blind = false;
  for (const source of sources) {
    const here = await engine.call('suggestions.list', { source, learned });
    blind ||= here.blind;
    for (const one of here.suggestions) for (const category of one.categories) found.push({ source, category, one });
  }
  return { found, blind };
}

/** `suggest <project>`: {suggestions:[{source,start,end,text,term,category,code}]}. `category` is an ID, `code` its code. */
const terms = (caller: Caller, project: string, { source }: Options): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const codeOf = await codes(engine);
    const { found, blind } = await listed(engine, source, false);
    const shown = found.map(({ source: from, category, one: { start, end, text, term } }) => ({
      source: from,
      start,
      end,
      text,
      term,
      category,
      code: codeOf(category),
    }));
    return {
      json: { suggestions: shown },
      lines: columns(
        shown.map(({ source: from, start, end, text, code }) => [
          from,
          `${start}-${end}`,
          oneLine(text),
          oneLine(code),
        ]),
      ),
      remarks: [
        blind
          ? 'No suggestions in a copy for blind coding.'
          : `${counted(shown.length, 'suggestion')}. None is a tag until somebody accepts it.`,
      ],
    };
  });

async function codes(engine: Engine): Promise<(id: string) => string> {
  const { categories } = await engine.call('codebook.get', {});
  const all = new Map<string, string>(categories.map(({ id, code }) => [id, code]));
  return (id) => all.get(id) ?? id;
}

const percent = (share: number): string => `${wholePercent(share)} %`;

/**
 * `suggest <project> --learned`: {model,learned:[{category,code,passages,sources,measured}],suggestions:[{source,start,end,text,category,
 * code,sure,like}]}. Learns first if nothing was learned yet, or with `--again`.
 */
const learned = (caller: Caller, project: string, { source, again }: Options): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const codeOf = await codes(engine);
    const before = again === true ? null : (await engine.call('suggestions.learned', {})).learned;
    const summary = before ?? (await engine.call('suggestions.learn', {}));
    const { found } = await listed(engine, source, true);
    const shown = found.flatMap(({ source: from, category, one: { start, end, text, learned: of } }) =>
      of === null
        ? []
        : [
            {
              source: from,
              start,
              end,
              text,
              category,
              code: codeOf(category),
              sure: of.sure,
              like: of.like.map(({ passage }) => passage),
            },
          ],
    );
    const measuredOf = ({ measured: { precision, recall, suggested } }: (typeof summary.categories)[number]): string =>
      precision === null
        ? 'too few to measure'
        : `${percent(precision.value)} right (${percent(precision.low)} to ${percent(precision.high)}, ${suggested} measured), ${percent(recall)} found`;
    return {
      json: {
        model: summary.digest,
        learned: summary.categories.map((one) => ({ ...one, code: codeOf(one.category) })),
        suggestions: shown,
      },
      lines: [
        ...columns(
          summary.categories.map((one) => [
            oneLine(codeOf(one.category)),
            counted(one.passages, 'passage'),
            measuredOf(one),
          ]),
        ),
        ...columns(
          shown.map(({ source: from, start, end, text, code, sure }) => [
            from,
            `${start}-${end}`,
            `${sure} %`,
            oneLine(code),
            oneLine(text, 80),
          ]),
        ),
      ],
      remarks: [
        summary.categories.length === 0
          ? 'No category has the 20 passages in 5 sources from which it is learned.'
          : `${counted(shown.length, 'suggestion')}. None is a tag until somebody accepts it.`,
      ],
    };
  });

/**
 * `suggest <project> --terms`: {terms:[{term,code,places,sources,accepted,rejected,never}],sources,failed}. `places`: where the term
 * stands in the texts, tagged or not; null for one of a single character, which is not looked for.
 */
const termCounts = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { categories } = await engine.call('codebook.get', {});
    const found = await engine.call('suggestions.count', {});
    const byTerm = new Map(found.terms.map((one) => [one.folded, one]));
    const of = async ({ id, code }: Category) =>
      (await engine.call('suggestions.terms', { category: id })).terms.map(({ term, former, ...decided }) => {
        const here = byTerm.get(foldedTerm(term));
        const isSought = Array.from(foldedTerm(term)).length > 1;
        return {
          term,
          code,
          places: isSought ? (here?.places ?? 0) : null,
          sources: here?.sources ?? 0,
          ...decided,
          former,
        };
      });
    const shown = [];
    for (const category of categories) if (!category.archived) shown.push(...(await of(category)));
    const never = shown.filter(({ places }) => places === 0).length;
    return {
      json: { terms: shown, sources: found.sources, failed: found.failed },
      lines: columns(
        shown.map(({ term, code, places, accepted, rejected, never: not }) => [
          oneLine(code),
          oneLine(term),
          places === null ? 'not looked for' : places === 0 ? 'never' : String(places),
          `${accepted} accepted`,
          `${rejected} rejected`,
          `${not} never here`,
        ]),
      ),
      remarks: [
        `${numbered(never)} of ${counted(shown.length, 'term')} never ${never === 1 ? 'stands' : 'stand'} in the ${counted(found.sources, 'source')}.`,
        ...(found.failed > 0 ? [`${counted(found.failed, 'text')} could not be read. Run verify.`] : []),
      ],
    };
  });

/** What the program suggests; nothing of it is a tag. */
export const suggestCommands: Register = (program, run) => {
  program
    .command('suggest <project>')
    .description('list terms of the codebook that are not tagged yet; they are no tags')
    .option('--source <source>', 'only in this source')
    .option('--learned', 'clauses that are like tagged passages, and how often such suggestions are right')
    .option('--again', 'with --learned: learn from the tags anew')
    .option('--terms', 'how often each term stands in the sources, and what was decided about it')
    .action((project: string, options: Options) => {
      const { learned: isLearned, terms: isTerms, source, again } = options;
      return run((caller) => {
        if ((isLearned && isTerms) || (isTerms && source !== undefined) || (again && !isLearned))
          throw new Fault('USAGE', 'Use --terms alone, and --again with --learned.');
        if (isTerms) return termCounts(caller, project);
        return isLearned ? learned(caller, project, options) : terms(caller, project, options);
      });
    });
};

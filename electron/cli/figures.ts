import { statSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import type { FiguresOfText, FoundFigure, FoundRelation } from '../../shared/contract/figure-readings.ts';
import { Fault } from '../../shared/errors.ts';
import type { RelationCard } from '../../shared/contract/relations.ts';
import type { LayerId, SourceId } from '../../shared/model/index.ts';
import { counted } from '../../shared/text/counted.ts';
import type { Engine } from '../engine/engine.ts';
import { figureIdOf } from '../project/figures/cards.ts';
import { relationIdOf } from '../project/relations/cards.ts';
import { createPool } from '../workers/pool.ts';
import type { Answer, Register } from './command.ts';
import { type ListedFigure, withCards } from './figure-cards.ts';
import { textOfFile } from './file-text.ts';
import { projectFolder, withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';

type Language = 'en' | 'zh';
/** What was found in one text; `source` is null for a file. */
interface Found extends FiguresOfText {
  readonly source: SourceId | null;
  /** The source’s text layer, which ids of figures derive from. */
  readonly layer: LayerId | null;
  /** Of a source of a project: with what people said of them. */
  readonly listed: readonly ListedFigure[] | null;
}
interface AllFound {
  readonly texts: readonly Found[];
  readonly failed: number;
  /** What people of the project said of relations. */
  readonly recorded: readonly RelationCard[];
}

/** Reads a file, or the text of every source of a project, one after the other. */
async function findIn(caller: Caller, target: string, language: Language | null): Promise<AllFound> {
  if (statSync(projectFolder(target), { throwIfNoEntry: false })?.isDirectory() === true)
    return withProject(caller, target, (engine) => inProject(engine, language));
  const pool = createPool({ size: 1 });
  try {
    const { text, engine } = await textOfFile(pool, target);
    const added = { names: [], places: [] };
    const nothing = { conversions: [], references: [] };
    const input = { from: { text }, engine, language, added, context: { year: null }, ...nothing };
    const found = await pool.run('figures', input);
    return { texts: [{ source: null, layer: null, listed: null, ...found }], failed: 0, recorded: [] };
  } finally {
    await pool.close();
  }
}

async function inProject(engine: Engine, language: Language | null): Promise<AllFound> {
  const { sources } = await engine.call('sources.list', {});
  const cards = Map.groupBy((await engine.call('figures.cards', {})).figures, ({ sourceId }) => sourceId);
  const texts: Found[] = [];
  let failed = 0;
  for (const { id, layer } of sources)
    try {
      const found = await engine.call('figures.find', { source: id, language });
      const all = withCards(found.figures, cards.get(id) ?? [], layer);
      // Only what the rules find has a language.
      const listed = all.filter((one) => language === null || one.language !== undefined);
      texts.push({ source: id, layer, listed, ...found });
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown;
      failed += 1;
    }
  const { relations } = await engine.call('relations.recorded', {});
  return { texts, failed, recorded: relations };
}

/** Ids count within a text: in a project the source's id comes first. */
const idIn = ({ source }: Found, id: string): string => (source === null ? id : `${source}/${id}`);
const sourceIn = ({ source }: Found): { readonly sourceId?: SourceId } => (source === null ? {} : { sourceId: source });
const failures = (failed: number): string[] =>
  failed === 0 ? [] : [`The text of ${counted(failed, 'source')} can’t be read. Run verify to see why.`];

/**
 * `figures <project|file>`: {figures:[{id,text,start,end,value,interval,unit,qualifier,kind,period,place,source}]}; of a project with
 * `sourceId` and `state`, and where somebody said something `card`, `subject` and `checks`.
 */
async function figures(caller: Caller, target: string, { lang, leftOut }: FigureOptions): Promise<Answer> {
  const { texts, failed } = await findIn(caller, target, lang ?? null);
  const found = texts.flatMap((one) => (one.listed ?? one.figures).map((figure) => ({ of: one, figure })));
  const more = texts.reduce((sum, one) => sum + one.more, 0);
  return {
    json: {
      figures: found.map(({ of, figure }) => ({ ...figure, id: idIn(of, figure.id), ...sourceIn(of) })),
      ...(leftOut === true
        ? { leftOut: texts.flatMap((one) => one.leftOut.map((out) => ({ ...out, ...sourceIn(one) }))) }
        : {}),
    },
    lines: columns(found.map(({ of, figure }) => [idIn(of, figure.id), ...lineOf(figure)])),
    remarks: [
      `${counted(found.length, 'figure')}. ${confirmedWords(found.map(({ figure }) => figure))}`,
      ...(more === 0 ? [] : [`${counted(more, 'more figure')} not listed.`]),
      ...failures(failed),
    ],
    exit: failed === 0 ? 0 : 1,
  };
}

function confirmedWords(figures: readonly (ListedFigure | FoundFigure)[]): string {
  const count = figures.filter(
    (one) => 'state' in one && (one.state === 'confirmed' || one.state === 'reviewed'),
  ).length;
  return count === 0 ? 'None is confirmed by a person.' : `${counted(count, 'is', 'are')} confirmed by a person.`;
}

function lineOf(figure: ListedFigure | FoundFigure): string[] {
  const { start, end, text, value, unit, qualifier, kind, period, place } = figure;
  return [
    `${start}-${end}`,
    oneLine(text, 40),
    `${qualifier === 'exact' ? '' : `${qualifier} `}${value}`,
    unit === null ? '-' : oneLine(unit, 20),
    kind,
    period === null ? '-' : `${period.from}/${period.to}`,
    place ?? '-',
    ...('state' in figure ? [figure.state] : []),
  ];
}

/** The id that a suggested relation has in the log once somebody says something of it. */
function recordIdOf({ layer, figures }: Found, { operation, figures: ids, printed }: FoundRelation): string | null {
  if (layer === null) return null;
  const byId = new Map(figures.map((one) => [one.id, one]));
  const all = ids.flatMap((id) => byId.get(id) ?? []).map((one) => figureIdOf(layer, one));
  const inputs = printed === null ? all : all.slice(0, -1);
  return relationIdOf(operation, { inputs, printed: printed === null ? null : (all.at(-1) ?? null) });
}

/** What people said of a relation, under the reading that they chose. */
function saidOf({ id, state, reading, check, warnings, checks }: RelationCard) {
  const { verdict, computed, off, wide, green } = check;
  return { id, state, reading, computed, verdict, off, wide, green, warnings, checks };
}

/** Relations that a person made, and the rules don’t suggest. */
const byHandOut = (relation: RelationCard) => ({
  id: relation.id,
  kind: relation.kind,
  operation: relation.operation,
  formula: relation.formula,
  figures: [...relation.inputs, ...(relation.printed === null ? [] : [relation.printed])].map(({ id }) => id),
  printed: relation.printed?.value ?? null,
  ...relation.check,
  warnings: relation.warnings,
  by: null,
  recorded: saidOf(relation),
});

/** `relations <project|file>`: {relations:[{id,kind,figures,printed,computed,verdict,off,wide,warnings}],unpaired:[…]}; of a project with `sourceId`. */
async function relations(caller: Caller, target: string, { lang }: FigureOptions): Promise<Answer> {
  const { texts, failed, recorded } = await findIn(caller, target, lang ?? null);
  const known = new Map<string | null, RelationCard>(recorded.map((one) => [one.id, one]));
  const found = texts.flatMap((one) =>
    one.relations.map((relation) => {
      const record = recordIdOf(one, relation);
      const said = known.get(record) ?? null;
      known.delete(record);
      return { of: one, relation, said };
    }),
  );
  const byHand = [...known.values()];
  const unpaired = texts.flatMap((one) => one.unpaired.map((id) => ({ of: one, id })));
  const words = new Map(
    texts.flatMap((one) => one.figures.map((figure): [string, string] => [idIn(one, figure.id), figure.text])),
  );
  const wordsOf = (id: string): string => oneLine(words.get(id) ?? id, 24);
  return {
    json: {
      relations: [
        ...found.map(({ of, relation, said }) => ({
          ...relation,
          id: idIn(of, relation.id),
          figures: relation.figures.map((id) => idIn(of, id)),
          printed: relation.printed?.value ?? null,
          ...(of.source === null ? {} : { recorded: said === null ? null : saidOf(said) }),
          ...sourceIn(of),
        })),
        ...byHand.map(byHandOut),
      ],
      unpaired: unpaired.map(({ of, id }) => idIn(of, id)),
    },
    lines: columns([
      ...found.map(({ of, relation, said }) => [
        idIn(of, relation.id),
        relation.kind,
        relation.figures.map((id) => wordsOf(idIn(of, id))).join(', '),
        ...verdictOf(relation),
        said === null ? 'suggested' : said.state,
      ]),
      ...byHand.map((one) => [
        one.id,
        one.kind,
        [...one.inputs, ...(one.printed === null ? [] : [one.printed])].map(({ text }) => oneLine(text, 24)).join(', '),
        ...verdictOf({ ...one.check, warnings: one.warnings }),
        one.state,
      ]),
    ]),
    remarks: [
      `${counted(found.filter(({ said }) => said === null).length, 'relation')} suggested; ${recorded.length} recorded; ${counted(unpaired.length, 'percentage')} without a pair, not checked.`,
      'Where nothing fails, no arithmetic conflict was found under these readings. That is not proof of the figures.',
      ...failures(failed),
    ],
    exit: failed === 0 ? 0 : 1,
  };
}

function verdictOf({
  verdict,
  computed,
  off,
  wide,
  warnings,
}: Pick<FoundRelation, 'verdict' | 'computed' | 'off' | 'wide' | 'warnings'>): string[] {
  return [
    computed ?? '-',
    `${verdict}${wide ? ', wide' : ''}${off === null ? '' : `, off ${off}`}`,
    warnings.length === 0 ? '' : `check: ${warnings.join(', ')}`,
  ];
}

interface FigureOptions {
  readonly lang?: Language;
  readonly leftOut?: true;
}

function language(text: string): Language {
  if (text === 'en' || text === 'zh') return text;
  throw new InvalidArgumentError('Use en or zh.');
}

/** The commands for figures and relations. */
export const figuresCommands: Register = (program, run) => {
  program
    .command('figures <target>')
    .description('find figures in a project or file, with what is read around them')
    .option('--lang <language>', 'only sentences in this language: en or zh', language)
    .option('--left-out', 'with --json: also numbers that are no figures, with the reason')
    .action((target: string, options: FigureOptions) => run((by) => figures(by, target, options)));
  program
    .command('relations <target>')
    .description('recompute shares, growth, sums and the like between figures of a project or file')
    .option('--lang <language>', 'only sentences in this language: en or zh', language)
    .action((target: string, options: FigureOptions) => run((by) => relations(by, target, options)));
};

import type { FigureCard, FigurePlace } from '../../shared/contract/figure-cards.ts';
import type { FoundFigure } from '../../shared/contract/figure-readings.ts';
import { Fault } from '../../shared/errors.ts';
import { figureId, type LayerId, type SourceId } from '../../shared/model/index.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { findSource } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { oneLine } from './terminal.ts';

/** A figure of a project as it is listed: what the rules read, or where it has a card what people do. */
export type ListedFigure = Omit<FoundFigure, 'language' | 'otherwise' | 'interval' | 'source'> &
  Partial<Pick<FoundFigure, 'language' | 'otherwise'>> &
  Pick<FigureCard, 'interval' | 'source' | 'state'> &
  Partial<Pick<FigureCard, 'subject' | 'checks'>> & { readonly card?: FigureCard['id'] };

/** What is found in a source, with what people said of it; cards where nothing is found come last. */
export function withCards(
  found: readonly FoundFigure[],
  cards: readonly FigureCard[],
  layer: LayerId | null,
): ListedFigure[] {
  const here = new Map(cards.filter((card) => card.layer === layer).map((card) => [placeKey(card), card]));
  const listed = found.map((figure): ListedFigure => {
    const card = here.get(placeKey(figure));
    here.delete(placeKey(figure));
    return card === undefined ? { ...figure, state: 'found' } : { ...figure, ...asListed(card), id: figure.id };
  });
  return [...listed, ...[...here.values()].map(asListed)];
}
const placeKey = ({ start, end }: { readonly start: number; readonly end: number }): string => `${start} ${end}`;

function asListed(card: FigureCard): ListedFigure {
  const { id, start, end, text, value, interval, unit, qualifier, kind, period, place, source } = card;
  const { state, subject, checks } = card;
  const readings = { value, interval, unit, qualifier, kind, period, place, source };
  return { id, start, end, text, ...readings, state, card: id, subject, checks };
}

interface Options {
  readonly confirm?: true;
  readonly otherReading?: true;
  readonly dismiss?: true;
  readonly return?: true;
  readonly takeBack?: true;
  readonly reason?: string;
}

/** `figure <project> <figure> --confirm …`: {figure:{id,state}}. */
const figure = (caller: Caller, project: string, given: string, options: Options): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const at = await placeOf(engine, given);
    const { id } = await said(engine, at, options);
    const card = (await engine.call('figures.cards', {})).figures.find((one) => one.id === id);
    const { state, text } = card ?? { state: 'found', text: given };
    return { json: { figure: { id, state } }, lines: [`“${oneLine(text, 40)}”: ${state}`] };
  });

async function said(engine: Engine, at: FigurePlace, options: Options) {
  const { confirm, otherReading, dismiss, takeBack, reason } = options;
  const asked = [confirm, dismiss, options.return, takeBack].filter((one) => one === true).length;
  if (asked !== 1)
    throw new Fault('BAD_INPUT', 'Say one thing of the figure: --confirm, --dismiss, --return or --take-back.');
  if (confirm === true)
    return engine.call('figures.confirm', { at, reading: otherReading === true ? 'other' : 'first' });
  if (takeBack === true) return engine.call('figures.withdraw', { id: idOf(at) });
  if (reason === undefined) throw new Fault('BAD_INPUT', 'This needs a reason: --reason "…".');
  return dismiss === true
    ? engine.call('figures.dismiss', { at, reason })
    : engine.call('figures.return', { id: idOf(at), reason });
}

function idOf(at: FigurePlace) {
  if ('id' in at) return at.id;
  throw new Fault('NOT_FOUND', 'Nobody said anything of this figure yet. Give its card, as `figures` lists it.');
}

/** A figure by its card, or by the id that `figures` lists it with: its source and its number there. */
async function placeOf(engine: Engine, given: string): Promise<FigurePlace> {
  const card = figureId.safeParse(given.split('/').at(-1));
  if (card.success) return { id: card.data };
  const [, of = '', found = ''] = /^(.+)\/(f\d+)$/.exec(given) ?? [];
  const source: SourceId | null = of === '' ? null : await findSource(engine, of);
  const { figures, layer } =
    source === null ? { figures: [], layer: null } : await engine.call('figures.ofSource', { source });
  const figure = figures.find((one) => one.found === found);
  if (source === null || layer === null || figure === undefined)
    throw new Fault('NOT_FOUND', `No figure “${oneLine(given, 80)}”. Give an id or a card as figures lists it.`);
  if (figure.checks.length > 0) return { id: figure.id };
  return { source, layer: figure.layer, start: figure.start, end: figure.end };
}

/** The command that says something of a figure. */
export const figureCommand: Register = (program, run) => {
  program
    .command('figure <project> <figure>')
    .description('confirm, dismiss or return a figure by the id or card that figures lists; one edit')
    .option('--confirm', 'its readings are right')
    .option('--other-reading', 'with --confirm: the other reading of the printed number')
    .option('--dismiss', 'it is no figure, or none that matters; not offered again')
    .option('--return', 'somebody has to look again')
    .option('--take-back', 'take back what you said')
    .option('--reason <text>', 'why it is dismissed or returned')
    .action((project: string, given: string, options: Options) => run((by) => figure(by, project, given, options)));
};

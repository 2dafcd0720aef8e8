import type { DossierReport } from '../../../shared/contract/dossier-check.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { type CardFigure, computedOf } from '../../../shared/figures/relation-card.ts';
import { escaped } from '../../../shared/text/escape-html.ts';
import type { DossierFigure, DossierRelation } from '../../formats/dossier/figure-records.ts';
import { figureBlocks, FIGURES_ID } from '../../formats/dossier/figures.ts';
import { EXHIBITS_PATH, type ExhibitsFile, PAGE_PATH } from '../../formats/dossier/folder.ts';
import { htmlOfBlock } from '../../formats/dossier/html.ts';
import { HASH_SENTENCE } from '../../formats/dossier/words.ts';
import { sectionsOf, squeezed } from './page-text.ts';

type Failure = DossierReport['failures'][number];

/** Named as not checked: only people can show how figures are read, and a folder has no signatures on figures. */
export const READINGS_AS_SENT = 'how figures are read, and who confirmed figures and relations';

/**
 * The figures that are not in the words of their exhibit, and the relations that give another result when they are computed again. The
 * words of exhibits are themselves looked for in the original.
 */
export function problemsOfFigures({ figures: all, exhibits }: ExhibitsFile): Failure[] {
  if (all === undefined) return [];
  const byNumber = new Map(exhibits.map((one) => [one.number, one]));
  const elsewhere = all.figures.flatMap(({ number, exhibit, quote, start, end }) => {
    const of = byNumber.get(exhibit);
    const from = of?.position?.start;
    const words = from === undefined || start < from ? undefined : of?.quote?.exact.slice(start - from, end - from);
    return words === quote
      ? []
      : [
          failure(
            EXHIBITS_PATH,
            `Figure F${number}, “${quote}”, isn’t in the words of exhibit ${of?.label ?? exhibit}.`,
          ),
        ];
  });
  const figures = new Map(all.figures.map((one) => [one.number, one]));
  const others = all.relations.flatMap((relation) => {
    const again = verdictAgain(relation, figures);
    return again === relation.check.verdict
      ? []
      : [
          failure(
            EXHIBITS_PATH,
            `Relation ${relation.number} is given as “${relation.check.verdict}”, but computed again from its figures it is “${again}”.`,
          ),
        ];
  });
  return [...elsewhere, ...others];
}

/** A failure unless the page's part on figures agrees with exhibits.json word for word. */
export function otherFigures(page: string, { figures: all, exhibits }: ExhibitsFile): Failure[] {
  const section = sectionsOf(page, '<h2 id="', '<h2', '</main>').get(FIGURES_ID);
  const labels = exhibits.map(({ number, label = String(number) }) => ({ number, label }));
  const blocks = all === undefined ? [] : [...figureBlocks(all, { exhibits: labels, languageOf: () => null })];
  const wanted = squeezed(blocks.map(htmlOfBlock).join(''));
  const shown = section === undefined ? '' : squeezed(section.slice(section.indexOf('>') + 1));
  // If figures are the last part, the sentence on hashes follows.
  const isSame = shown === wanted || shown === `${wanted}${squeezed(escaped(HASH_SENTENCE))}`;
  return isSame && (section === undefined) === (all === undefined)
    ? []
    : [failure(PAGE_PATH, 'The page says other things of figures and relations than exhibits.json.')];
}

const failure = (id: string, message: string): Failure => ({
  kind: id === PAGE_PATH ? 'page' : 'exhibits',
  id,
  message,
});

function verdictAgain(relation: DossierRelation, figures: ReadonlyMap<number, DossierFigure>): string {
  const { operation, inputs, printed, reading, conversions } = relation;
  const cards = inputs.flatMap((number) => cardOf(figures.get(number)));
  const [result] = printed === null ? [null] : cardOf(figures.get(printed));
  if (cards.length < inputs.length || result === undefined) return 'not-checkable';
  const table = conversions.flatMap(({ from, to, factor }) => {
    const read = Rational.read(factor);
    return read === null ? [] : [{ from, to, factor: read, by: '' }];
  });
  return computedOf(operation, cards, result, reading, table)?.taken.verdict ?? 'not-checkable';
}

function cardOf(figure: DossierFigure | undefined): CardFigure[] {
  if (figure === undefined) return [];
  const { number, unit, isConfirmed, reads } = figure;
  const { value, interval, qualifier, kind, period, periodBy } = reads;
  return [
    {
      id: String(number),
      value,
      interval,
      unit,
      qualifier,
      kind,
      period: period === null ? null : { ...period, text: '' },
      source: { period: periodBy },
      isConfirmed,
    },
  ];
}

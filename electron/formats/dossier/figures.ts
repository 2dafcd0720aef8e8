import { operationWords } from '../../../shared/figures/operation-words.ts';
import { numberWords, valueWords } from '../../../shared/figures/reading-words.ts';
import { counted } from '../../../shared/text/counted.ts';
import { type Block, exhibitLink, inLanguage, line, type Line } from './blocks.ts';
import type { DossierFigures, DossierRelation } from './figure-records.ts';
import type { Numbered } from './model.ts';

/** The id of the part, by which verifying finds it in a folder’s page. */
export const FIGURES_ID = 'figures';

type Check = DossierRelation['check'];
const VERDICT_WORDS: Readonly<Record<Check['verdict'], string>> = {
  exact: 'Exact',
  rounds: 'Rounds',
  truncates: 'Truncates',
  'within-precision': 'Within precision',
  fails: 'Fails',
  'not-checkable': 'Not checkable',
};
const WARNING_WORDS: Readonly<Record<DossierRelation['warnings'][number], string>> = {
  unit: 'units differ',
  period: 'periods differ',
  'plan-against-actual': 'a plan is compared with an actual figure',
  'part-larger-than-whole': 'the part is larger than its whole',
  'larger-than-reference': 'larger than a reference value',
};
const READING_WORDS: Readonly<Record<DossierRelation['reading'], string>> = {
  printed: '',
  exact: ' (counts are exact)',
  rounded: ' (counts may be rounded)',
};

/** What the verdict is worth, in the words of the screen of relations. */
function verdictWords({ check: { verdict, wide, off }, warnings }: DossierRelation, isConfirmed: boolean): string {
  const isNear = verdict === 'exact' || verdict === 'rounds';
  const steps = verdict === 'fails' && off !== null ? `, by ${counted(off, 'step')}` : '';
  const said =
    wide && isNear
      ? 'Wide: more than ten printed results would fit'
      : `${VERDICT_WORDS[verdict]}${steps}${isNear && !isConfirmed ? ', figures not confirmed' : ''}`;
  return [said, ...warnings.map((one) => WARNING_WORDS[one])].join('; ');
}

interface Around {
  readonly exhibits: readonly Numbered[];
  /** Of the words of an exhibit, as BCP 47. */
  readonly languageOf: (exhibit: number) => string | null;
}

/**
 * The part on figures. Verifying compares it with what exhibits.json of a folder gives, so its words
 * stay as they are while FOLDER_VERSION does.
 */
export function* figureBlocks(all: DossierFigures, around: Around): Generator<Block> {
  const { figures, relations, elsewhere } = all;
  yield { kind: 'heading', level: 2, line: line('Figures and relations'), id: FIGURES_ID };
  if (figures.length === 0) {
    yield note('There is no reading of a figure in the exhibits to show, so no figure is checked.');
    return;
  }
  yield note(
    'How people read figures in the exhibits, and what computing with them gives. Figures that are not listed, and what nobody confirmed, are not checked.',
  );
  yield {
    kind: 'table',
    caption: `${counted(figures.length, 'figure')} in the exhibits`,
    heads: ['Figure', 'Exhibit', 'Printed', 'Read as', 'Of', 'State'],
    rows: figureRows(all, around),
    shares: [3, 4, 4, 6, 5, 5],
  };
  if (relations.length > 0)
    yield {
      kind: 'table',
      caption: `${counted(relations.length, 'relation')} between them`,
      heads: ['Relation', 'Figures', 'Computed', 'Result', 'State'],
      rows: relationRows(all),
      shares: [5, 5, 6, 6, 5],
    };
  yield* outcome(all);
  if (elsewhere > 0)
    yield note(
      `${counted(elsewhere, 'more relation')} of these figures ${elsewhere === 1 ? 'needs' : 'need'} a figure that is in no exhibit, and ${elsewhere === 1 ? 'isn’t' : 'aren’t'} listed.`,
    );
}

const note = (text: string): Block => ({ kind: 'text', look: 'note', line: line(text) });

function* outcome({ relations }: DossierFigures): Generator<Block> {
  const fails = relations.filter(({ check }) => check.verdict === 'fails').length;
  if (fails > 0)
    yield {
      kind: 'text',
      look: 'warning',
      line: line(
        `${counted(fails, 'relation')} ${fails === 1 ? 'fails' : 'fail'}: what is printed does not follow from these figures under these readings. Another pair or another reading may be meant.`,
      ),
    };
  else if (relations.some(({ check }) => check.verdict !== 'not-checkable'))
    yield note('No arithmetic conflict found under these readings. That is not proof of the figures.');
  else if (relations.length > 0) yield note('Not checked: nothing printed can be compared.');
}

const figureRows = ({ figures }: DossierFigures, { exhibits, languageOf }: Around): readonly Line[][] =>
  figures.map(({ number: of, exhibit, quote, unit, place, subject, reads, says }): Line[] => {
    const { value, interval, qualifier, kind, period } = reads;
    const read = [
      valueWords({ value, low: interval.low, high: interval.high }),
      ...(unit === null ? [] : [unit]),
      ...(qualifier === 'exact' ? [] : [qualifier.replace('-', ' ')]),
      kind,
    ];
    const when = period === null ? [] : [daysWords(period)];
    const what = [...(subject === '' ? [] : [subject]), ...(place === null ? [] : [place]), ...when];
    const shown = exhibits.find((one) => one.number === exhibit);
    return [
      line(`F${of}`),
      shown === undefined ? line('') : line(exhibitLink(shown)),
      [inLanguage(quote, languageOf(exhibit))],
      line(read.join(', ')),
      line(what.join('; ')),
      line(says),
    ];
  });

/** A day, a whole year, or from when to when. */
function daysWords({ from, to }: { readonly from: string; readonly to: string }): string {
  const [year = ''] = from.split('-');
  if (from === `${year}-01-01` && to === `${year}-12-31`) return year;
  return from === to ? from : `${from} to ${to}`;
}

const relationRows = ({ figures, relations }: DossierFigures): readonly Line[][] => {
  const confirmed = new Set(figures.flatMap((one) => (one.isConfirmed ? [one.number] : [])));
  return relations.map((one): Line[] => {
    const { operation, inputs, printed, reading, check, says } = one;
    const { computed, low, high } = check;
    const between =
      low === null || high === null || low === high ? '' : ` (${numberWords(low)} to ${numberWords(high)})`;
    const isConfirmed = [...inputs, ...(printed === null ? [] : [printed])].every((figure) => confirmed.has(figure));
    return [
      line(`${operationWords(operation)}${READING_WORDS[reading]}`),
      line(`${inputs.map((figure) => `F${figure}`).join(', ')}${printed === null ? '' : `; printed F${printed}`}`),
      line(computed === null ? '' : `${numberWords(computed)}${between}`),
      line(verdictWords(one, isConfirmed)),
      line(says),
    ];
  });
};

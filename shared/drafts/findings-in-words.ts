import type { DraftCard } from '../contract/draft-cards.ts';
import type { DraftDesk, DraftFinding } from '../contract/drafts.ts';
import { numberWords } from '../figures/reading-words.ts';
import { counted } from '../text/counted.ts';

/**
 * A piece of a report’s text. `quoted`: words of the draft or a source, which a reader must tell from the report’s own. `wrong`: words that
 * differ.
 */
export interface Piece {
  readonly text: string;
  readonly look?: 'quoted' | 'wrong' | 'soft' | 'hash';
}
/** Pieces as plain text. */
export const wordsOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');

type Of<K extends DraftFinding['kind']> = Extract<DraftFinding, { kind: K }>;
type Looked = DraftDesk['looked'];

const quoted = (text: string): Piece => ({ text, look: 'quoted' });
const soft = (text: string): Piece => ({ text, look: 'soft' });

/** A finding as a sentence; if a reader can see how to fix it, with what to do. */
export function inWords(finding: DraftFinding, looked: Looked): Piece[] {
  switch (finding.kind) {
    case 'quotation':
      return quotationInWords(finding, looked);
    case 'figure':
      return figureInWords(finding);
    case 'relation':
      return relationInWords(finding);
    case 'citation':
      return citationInWords(finding);
    case 'uncited':
      return [{ text: `No citation in the sentence for the ${finding.what} “` }, quoted(finding.text), { text: '”.' }];
    case 'term':
      return [
        quoted(finding.chinese),
        { text: TERM[finding.problem] },
        quoted(finding.other),
        { text: finding.ofGlossary ? ' in the codebook.' : '.' },
      ];
    case 'place':
      return [
        quoted(finding.text),
        { text: ' stands under another name before: ' },
        quoted(finding.other),
        { text: finding.name === '' ? '.' : ` (${finding.name}).` },
      ];
    case 'order':
      return [
        {
          text: 'Invisible marks show its letters in another order than they are stored and checked in. Take them out.',
        },
      ];
  }
}
const TERM: Readonly<Record<Of<'term'>['problem'], string>> = {
  'cut-short': ' lacks a part of ',
  'one-character': ' differs in one character from ',
  'two-names': ' is called otherwise elsewhere: ',
};

/** A finding in two or three words, as a label. */
export function labelOf(finding: DraftFinding): string {
  switch (finding.kind) {
    case 'quotation':
      return quotationLabel(finding);
    case 'figure':
      return figureLabel(finding);
    case 'relation':
      return relationLabel(finding);
    case 'citation':
      return finding.implied ? 'Year implied' : finding.date === null ? 'Citation without a date' : 'Citation';
    case 'uncited':
      return 'Not cited';
    case 'term':
      return finding.problem === 'two-names' ? 'Two names' : 'Term';
    case 'place':
      return 'Place under two names';
    case 'order':
      return 'Letters reordered';
  }
}

function figureLabel({ cards, weight }: Of<'figure'>): string {
  if (weight === 'fine' || weight === 'unchecked') return 'Figure';
  return cards.some(({ differs }) => differs.length > 0) ? 'Figure, card says otherwise' : 'Percentage not checked';
}

function quotationLabel({ status, pieces }: Of<'quotation'>): string {
  switch (status) {
    case 'changed': {
      // A replaced word counts as one difference.
      const count = (kind: 'gone' | 'new'): number => pieces.filter((piece) => piece.kind === kind).length;
      return `Quotation, ${counted(Math.max(count('gone'), count('new')), 'difference')}`;
    }
    case 'not-found':
      return 'Quotation not found';
    case 'other-language':
      return 'Quotation not linked';
    case 'exact':
    case 'linked':
      return 'Quotation';
  }
}

function relationLabel({ verdict, off, wide, warnings }: Of<'relation'>): string {
  if (verdict === 'fails') return off === null ? 'Figures fail' : `Figures, off by ${stepsOf(off)}`;
  if (verdict === 'not-checkable') return 'Figures not checked';
  return warnings.length > 0 ? 'Figures, with a warning' : wide ? 'Figures, wide' : 'Figures';
}

function quotationInWords({ status, text, found, pieces, hidden, warnings }: Of<'quotation'>, looked: Looked): Piece[] {
  const title = found === null ? [] : [soft(` ${found.title}, page ${found.page}.`)];
  const risks = [
    ...(warnings.includes('number') ? ['A number is among the words concerned.'] : []),
    ...(warnings.includes('negation') ? ['A word such as “not” is among the words concerned.'] : []),
  ].map((words) => ({ text: ` ${words}` }));
  const left = hidden.length === 0 ? [] : [{ text: ' Left out: ' }, quoted(hidden.join(' … ')), { text: '.' }];
  switch (status) {
    case 'exact':
      return [{ text: '“' }, quoted(text), { text: '” is found exactly.' }, ...title, ...left, ...risks];
    case 'changed':
      return [{ text: 'Source: “' }, ...sourceWords(pieces), { text: '”.' }, ...title, ...risks];
    case 'linked':
      return [
        { text: '“' },
        quoted(text),
        { text: '” is in another language than its source, and linked by hand.' },
        ...title,
      ];
    case 'not-found':
      return [{ text: '“' }, quoted(text), { text: `” is not found in the text of ${sources(looked)}.` }];
    case 'other-language':
      return [
        { text: '“' },
        quoted(text),
        { text: '” is in another language than its source, and not linked to a passage.' },
      ];
  }
}
const sources = ({ sources: all, failed }: Looked): string =>
  `${counted(all, 'source')}${failed === 0 ? '' : `; ${failed} could not be read`}`;

/** The words of the source, with those marked that the draft lacks. Words that the draft adds are marked in the draft. */
const sourceWords = (pieces: Of<'quotation'>['pieces']): Piece[] =>
  pieces.flatMap(({ kind, text }) =>
    kind === 'new' ? [] : [{ text, look: kind === 'gone' ? ('wrong' as const) : ('quoted' as const) }],
  );

/** The readings of a card in words, such as “12,600 person-time, quota, 2023, Kashgar”. */
export const cardInWords = ({ value, unit, kind, period, place }: DraftCard): string =>
  [
    [numberWords(value), unit ?? ''].join(' ').trim(),
    ...(kind === 'actual' ? [] : [kind]),
    ...(period === null ? [] : [daysInWords(period)]),
    ...(place === null ? [] : [place]),
  ].join(', ');
function daysInWords({ from, to }: NonNullable<DraftCard['period']>): string {
  const year = from.slice(0, 4);
  return from === `${year}-01-01` && to === `${year}-12-31` ? year : from === to ? from : `${from} to ${to}`;
}
const DIFFERENCE: Readonly<Record<DraftCard['differs'][number], string>> = {
  value: 'number',
  unit: 'unit',
  kind: 'plan and result',
  period: 'period',
  place: 'place',
};

function figureInWords(finding: Of<'figure'>): Piece[] {
  const { text, cards, weight } = finding;
  const agreeing = cards.find(({ differs }) => differs.length === 0);
  if (agreeing !== undefined)
    return [
      quoted(text),
      { text: `: a figure card ${STATES[agreeing.state]} has ` },
      quoted(cardInWords(agreeing)),
      { text: '.' },
      soft(` ${agreeing.title}, page ${agreeing.page}.`),
    ];
  if (cards.length === 0 || weight === 'fine') return matchesInWords(finding);
  return [
    quoted(text),
    { text: ': the figure card says otherwise: ' },
    ...cards.flatMap((card, at): Piece[] => [
      { text: at === 0 ? '' : '; ' },
      { text: cardInWords(card), look: 'wrong' },
      { text: ` (${card.differs.map((one) => DIFFERENCE[one]).join(', ')})` },
      soft(` ${card.title}, page ${card.page}`),
    ]),
    { text: '.' },
  ];
}
const STATES: Readonly<Record<DraftCard['state'], string>> = {
  found: 'that nobody confirmed',
  confirmed: 'that one person confirmed',
  reviewed: 'that two people confirmed',
  returned: 'that was returned',
  reopened: 'that was reopened',
  dismissed: 'that was dismissed',
  disputed: 'that is disputed',
};

function matchesInWords({ text, matches, weight }: Of<'figure'>): Piece[] {
  const [first, ...more] = matches.toSorted((one, other) => Number(other.linked) - Number(one.linked));
  if (first === undefined)
    return [
      quoted(text),
      { text: weight === 'warning' ? ': no figure is there that it was computed from.' : ': matched to no passage.' },
    ];
  const others = more.length === 0 ? '' : `, and in ${counted(more.length, 'more passage')}`;
  return [
    quoted(text),
    { text: first.linked ? ' is in a linked passage' : ' is in a passage that the sentence is not linked to' },
    { text: `${others}:` },
    soft(` ${first.title}, page ${first.page}.`),
  ];
}

const VERDICTS: Readonly<Record<Of<'relation'>['verdict'], string>> = {
  exact: 'is what is printed',
  rounds: 'rounds to what is printed',
  truncates: 'is what is printed once it is cut, not rounded',
  'within-precision': 'is within the printed precision',
  fails: 'is not what is printed',
  'not-checkable': 'is printed nowhere',
};
const WARNINGS: Readonly<Record<Of<'relation'>['warnings'][number], string>> = {
  unit: 'Units differ.',
  period: 'Periods differ.',
  'plan-against-actual': 'A plan is set against what happened.',
  'part-larger-than-whole': 'The part is larger than its whole.',
  'larger-than-reference': 'It is larger than a reference value of its place.',
};

function relationInWords(finding: Of<'relation'>): Piece[] {
  const { figures, formula, computed, verdict, off, wide, warnings, fromCards } = finding;
  const steps = verdict === 'fails' && off !== null ? `, off by ${stepsOf(off)} of its last digit` : '';
  return [
    quoted(figures.join(', ')),
    {
      text:
        computed === null
          ? ': nothing can be computed.'
          : `: ${formula} = ${shorter(computed)}, which ${VERDICTS[verdict]}${steps}.`,
    },
    ...(wide ? [{ text: ' The inputs would accept more than ten printed results, so that this says little.' }] : []),
    ...warnings.map((one) => ({ text: ` ${WARNINGS[one]}` })),
    ...(fromCards === null
      ? []
      : [
          {
            text: ` From the figure cards (${fromCards.inputs.join(', ')}): ${fromCards.computed === null ? 'nothing can be computed' : `${shorter(fromCards.computed)}, which ${VERDICTS[fromCards.verdict]}`}.`,
          },
        ]),
    ...(verdict === 'fails' || verdict === 'not-checkable'
      ? []
      : [soft(' No arithmetic conflict found under these readings.')]),
  ];
}
/** The number of steps, without a fraction if there are many. */
const stepsOf = (off: number): string => counted(off >= 10 ? Math.round(off) : off, 'step');
/** The number with at most three decimals, which are enough to see a difference. */
const shorter = (computed: string): string => computed.replace(/(\.\d{3})\d+$/, '$1');

function citationInWords({ text, publisher, date, implied, source }: Of<'citation'>): Piece[] {
  const when =
    date === null
      ? 'no date that exists'
      : implied
        ? `${date}, the latest before publication: its year is not printed`
        : date;
  return [
    quoted(text === '' ? publisher : text),
    { text: `: ${when}.` },
    source === null ? { text: ' Its source is not in the project.' } : soft(` ${source.title}.`),
  ];
}

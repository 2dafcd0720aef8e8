import type { DraftDesk, DraftFinding, DraftSentence, EarlierWording, SentenceMark } from '../contract/drafts.ts';
import { counted } from '../text/counted.ts';
import { inWords, labelOf, type Piece, wordsOf } from './findings-in-words.ts';

export const REPORT_PARTS = ['fails', 'open', 'stands', 'nothing'] as const;
export type ReportPart = (typeof REPORT_PARTS)[number];

/** Titles for wordings of earlier versions that no sentence of this version resembles. */
export const GONE = {
  title: 'Said of sentences that this version does not have',
  state: 'Not in this version',
} as const;

/** The facts about a report’s making. */
export interface ReportFacts {
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** The hash of the project’s last change. */
  readonly head: string | null;
  /** Names of people by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** A statement of a person, as a label and in full. */
export interface Said {
  readonly label: string;
  readonly line: readonly Piece[];
}

/** A sentence in a report. */
export interface ReportRow {
  readonly number: number;
  readonly heading: string | null;
  readonly pieces: readonly Piece[];
  /** The state of the sentence, in a few words. */
  readonly state: string;
  readonly why: readonly (readonly Piece[])[];
  /** The links and statements of people, which are in `why`, too. */
  readonly said: readonly Said[];
  /** The text of the whole sentence; offsets are UTF-16 code units in the draft’s text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The findings in the sentence, worst first. */
  readonly findings: readonly {
    readonly label: string;
    readonly weight: DraftFinding['weight'];
    readonly text: string;
    readonly start: number;
    readonly end: number;
    readonly says: string;
    readonly remedy: 'change' | 'keep' | null;
    readonly reason: string;
  }[];
}
/** A wording of an earlier version that no sentence of this version resembles, with its marks and links. */
export interface GoneWording {
  readonly text: string;
  readonly said: readonly Said[];
}
/** A report on a draft, whatever its format. */
export interface DraftReport {
  readonly title: string;
  readonly about: readonly Piece[];
  readonly madeAt: string;
  readonly head: string | null;
  /** Hash of the draft’s bytes. */
  readonly sha256: string;
  readonly totals: readonly {
    readonly part: ReportPart;
    readonly count: number;
    readonly name: string;
    readonly says: string;
  }[];
  readonly refused: readonly string[];
  readonly parts: readonly { readonly part: ReportPart; readonly title: string; readonly rows: readonly ReportRow[] }[];
  readonly gone: readonly GoneWording[];
  /** What the report does not cover. */
  readonly limits: readonly string[];
}

/** The part of a report that a sentence is in. */
export const PART_OF: Readonly<Record<DraftSentence['state'], ReportPart>> = {
  fails: 'fails',
  returned: 'open',
  open: 'open',
  once: 'open',
  accepted: 'stands',
  nothing: 'nothing',
};
const TITLES: Readonly<Record<ReportPart, string>> = {
  fails: 'What fails',
  open: 'What is open',
  stands: 'What stands',
  nothing: 'What claims nothing',
};

/** Returns the report: what is proved, open and failing in a draft, each with its place. A pure function of the desk’s data. */
export function draftReport(desk: DraftDesk, facts: ReportFacts): DraftReport {
  const leftOut = new Map(desk.looked.leftOutIn.map((one) => [one.sentence, one.count]));
  const parts = REPORT_PARTS.map((part) => ({
    part,
    title: TITLES[part],
    rows: desk.sentences
      .filter(({ state }) => PART_OF[state] === part)
      .map((sentence): ReportRow => rowOf(sentence, desk, facts, leftOut)),
  }));
  return {
    title: desk.draft.title,
    about: aboutOf(desk, facts),
    madeAt: facts.madeAt,
    head: facts.head,
    sha256: desk.draft.sha256,
    totals: totalsOf(desk, parts),
    refused: desk.refused.map(({ message, sentences }) => message + placesIn(sentences)),
    parts,
    gone: desk.gone.map((one) => ({ text: one.text, said: saidEarlier(one, (id) => facts.names.get(id) ?? id) })),
    limits: [
      'Nothing here is proof. Where no figure fails, no arithmetic conflict was found under the readings that were taken.',
      'What is not named was not checked: sentences without quotations, figures and citations are read by people alone.',
      ...leftOutOf(desk),
    ],
  };
}

const leftOutOf = ({ looked: { figuresLeftOut: left } }: DraftDesk): string[] =>
  left === 0
    ? []
    : [
        `${counted(left, 'figure')} at the end of the draft ${left === 1 ? 'was' : 'were'} not checked: one draft has too many. Divide it.`,
      ];

/** The most sentence numbers that are listed; the parts below have all of them. */
const SHOWN = 20;
const placesIn = (numbers: readonly number[]): string =>
  numbers.length === 0
    ? ''
    : ` ${numbers.length === 1 ? 'Sentence' : 'Sentences'} ${numbers.slice(0, SHOWN).join(', ')}${numbers.length > SHOWN ? ` and ${numbers.length - SHOWN} more` : ''}.`;

function aboutOf({ draft, looked, sentences }: DraftDesk, { names }: ReportFacts): Piece[] {
  const people = new Set<string>(sentences.flatMap(({ by }) => by));
  const accepted = [...people].map((id) => names.get(id) ?? id).toSorted();
  const who = accepted.length === 0 ? 'Nobody has accepted a sentence' : `Sentences accepted by ${inList(accepted)}`;
  const failed = looked.failed === 0 ? '' : `, of which ${looked.failed} could not be read`;
  const released =
    draft.released === null ? '' : ` Released by ${names.get(draft.released.person) ?? draft.released.person}.`;
  return [
    { text: `Version ${draft.version} by ${draft.author}, SHA-256 ` },
    { text: draft.sha256, look: 'hash' },
    {
      text: `. ${who}; read against ${counted(looked.sources, 'source')}${failed}. Date of publication given: ${draft.published}.${released}`,
    },
  ];
}

const inList = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

function totalsOf({ sentences }: DraftDesk, parts: DraftReport['parts']): DraftReport['totals'] {
  const count = (state: DraftSentence['state']): number => sentences.filter((one) => one.state === state).length;
  const open = [
    ...(count('once') > 0 ? [`${count('once')} accepted once`] : []),
    ...(count('returned') > 0 ? [`${count('returned')} returned`] : []),
  ];
  const SAYS: Readonly<Record<ReportPart, string>> = {
    fails: 'an error in words or figures',
    open: open.length > 0 ? open.join(', ') : 'nobody has accepted them',
    stands: 'accepted by two, none the author',
    nothing: 'marked so by a person',
  };
  const NAMES: Readonly<Record<ReportPart, readonly [one: string, many: string]>> = {
    stands: ['stands', 'stand'],
    open: ['is open', 'are open'],
    fails: ['fails', 'fail'],
    nothing: ['claims nothing', 'claim nothing'],
  };
  return (['stands', 'open', 'fails', 'nothing'] as const).map((part) => {
    const all = parts.find((one) => one.part === part)?.rows.length ?? 0;
    return { part, count: all, name: NAMES[part][all === 1 ? 0 : 1], says: SAYS[part] };
  });
}

const WEIGHTS = ['error', 'warning', 'fine', 'unchecked'] as const;
const inOrder = (findings: readonly DraftFinding[]): DraftFinding[] =>
  WEIGHTS.flatMap((weight) => findings.filter((one) => one.weight === weight));

function rowOf(
  sentence: DraftSentence,
  desk: DraftDesk,
  { names }: ReportFacts,
  leftOut: ReadonlyMap<number, number>,
): ReportRow {
  const findings = inOrder(sentence.findings);
  const left = leftOut.get(sentence.number) ?? 0;
  const notChecked = `${counted(left, 'figure')} not checked: the draft has too many. Divide it.`;
  const nameOf = (id: string): string => names.get(id) ?? id;
  const said = [
    ...sentence.links.map(linkInWords),
    ...saidOf(sentence, nameOf),
    ...sentence.before.map((one) => earlierInWords(one, nameOf)),
  ];
  return {
    number: sentence.number,
    heading: sentence.heading === null ? null : (desk.headings[sentence.heading]?.text ?? null),
    pieces: piecesOf(sentence),
    state: stateOf(sentence, findings, nameOf),
    why: [
      ...findings.map((one) => [...inWords(one, desk.looked), ...remedyOf(one, nameOf)]),
      ...(left === 0 ? [] : [[{ text: notChecked }]]),
      ...said.map(({ line }) => line),
    ],
    said,
    text: sentence.text,
    start: sentence.start,
    end: sentence.end,
    findings: [
      ...findings.map((one) => ({
        label: labelOf(one),
        weight: one.weight,
        text: one.text,
        start: one.start,
        end: one.end,
        says: wordsOf(inWords(one, desk.looked)),
        remedy: one.remedy?.remedy ?? null,
        reason: one.remedy?.reason ?? '',
      })),
      ...(left === 0 ? [] : [notLookedAt(sentence, notChecked)]),
    ],
  };
}

/** Figures of a sentence that were too many to be looked at, as a finding of the whole sentence. */
const notLookedAt = ({ start, end }: DraftSentence, says: string): ReportRow['findings'][number] => ({
  label: 'Not checked',
  weight: 'unchecked',
  text: '',
  start,
  end,
  says,
  remedy: null,
  reason: '',
});

function stateOf(
  { state, by }: DraftSentence,
  findings: readonly DraftFinding[],
  nameOf: (id: string) => string,
): string {
  const [worst] = findings;
  switch (state) {
    case 'fails':
      return worst === undefined ? 'Fails' : labelOf(worst);
    case 'returned':
      return 'Returned';
    case 'once':
      return 'Accepted once';
    case 'open':
      if (worst === undefined) return 'Not checked';
      return worst.weight === 'fine' || worst.weight === 'unchecked' ? 'Open' : labelOf(worst);
    case 'accepted':
    case 'nothing':
      return by.map(nameOf).toSorted().join(', ');
  }
}

function remedyOf({ remedy }: DraftFinding, nameOf: (id: string) => string): Piece[] {
  if (remedy === null) return [];
  const who = remedy.person === null ? 'Somebody' : nameOf(remedy.person);
  const what = remedy.remedy === 'keep' ? 'keeps it as it is' : 'says that the draft has to change';
  return [{ text: ` ${who} ${what}${remedy.reason === '' ? '.' : `: “${remedy.reason}”`}` }];
}

/** A link that a person made for a sentence, with its place. A contradiction that nobody answered is shown wherever its claim is. */
function linkInWords({ to }: DraftSentence['links'][number]): Said {
  if (to.kind === 'passage') {
    const place: Piece = { text: ` ${to.title}, page ${to.page}.`, look: 'soft' };
    const words: Piece[] =
      to.quote === ''
        ? [{ text: 'Linked to an area of a page.' }]
        : [{ text: 'Linked to “' }, { text: to.quote, look: 'quoted' }, { text: '”.' }];
    return { label: 'Linked passage', line: [...words, place] };
  }
  const against = to.unanswered === 0 ? '' : ` ${counted(to.unanswered, 'contradiction')} of it not answered.`;
  const text = `Linked to the claim “${to.text}”: ${to.supports} for, ${to.limits} limiting, ${to.contradicts} against.${against}`;
  return { label: 'Linked claim', line: [{ text }] };
}

/** The comments that count, oldest first; for a sentence with one acceptance also who accepted it. */
function saidOf({ state, marks, by }: DraftSentence, nameOf: (id: string) => string): Said[] {
  const comments = marks
    .filter(({ comment, notCounted }) => comment !== '' && notCounted === null)
    .map(({ state: said, comment, person }): Said => ({
      label: MARKS[said],
      line: [{ text: `${nameOf(person)}: “${comment}”` }],
    }));
  if (state !== 'once') return comments;
  const text = `${by.map(nameOf).join(', ')} has accepted; one more needed.`;
  return [...comments, { label: MARKS.accepted, line: [{ text }] }];
}
const MARKS: Readonly<Record<SentenceMark['state'], string>> = {
  accepted: 'Accepted',
  returned: 'Returned',
  nothing: 'Nothing to prove',
};

/** The marks and links of an earlier wording, a line each: a new version must not lose what its writer was asked. */
function saidEarlier({ marks, links }: EarlierWording, nameOf: (id: string) => string): Said[] {
  return [
    ...marks.map(({ state, comment, person, version }): Said => {
      const what = `${nameOf(person)} ${DID[state]} in version ${version}`;
      return { label: MARKS[state], line: [{ text: comment === '' ? `${what}.` : `${what}: “${comment}”` }] };
    }),
    ...links.map(linkInWords),
  ];
}
const DID: Readonly<Record<SentenceMark['state'], string>> = {
  accepted: 'accepted it',
  returned: 'returned it',
  nothing: 'marked it as nothing to prove',
};

/** An earlier wording beside the sentence that it became, in one line. */
function earlierInWords(wording: EarlierWording, nameOf: (id: string) => string): Said {
  const said = saidEarlier(wording, nameOf).flatMap(({ line }): readonly Piece[] => [{ text: ' ' }, ...line]);
  return { label: 'Earlier wording', line: [{ text: `Earlier wording: “${wording.text}”.` }, ...said] };
}

/** The sentence, with quotations and errors marked. */
function piecesOf({ text, start, findings }: DraftSentence): Piece[] {
  const marks = findings
    .flatMap((one) =>
      one.kind === 'quotation'
        ? quotedParts(one)
        : one.kind === 'relation' && one.weight === 'error'
          ? wrongFigure(text, start, one)
          : [],
    )
    .toSorted((one, other) => one.start - other.start);
  const pieces: Piece[] = [];
  let at = 0;
  for (const mark of marks) {
    const [from, to] = [mark.start - start, Math.min(mark.end - start, text.length)];
    if (from < at || to <= from) continue;
    if (from > at) pieces.push({ text: text.slice(at, from) });
    pieces.push({ text: text.slice(from, to), look: mark.look });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

interface Marked {
  readonly start: number;
  readonly end: number;
  readonly look: 'quoted' | 'wrong';
}
/** The words of a changed quotation that its source lacks, searched in order; if folding altered them, the whole quotation. */
function quotedParts({ start, end, text, status, pieces }: Extract<DraftFinding, { kind: 'quotation' }>): Marked[] {
  const parts: Marked[] = [];
  let at = 0;
  for (const { kind, text: words } of status === 'changed' ? pieces : []) {
    const found = kind === 'new' ? text.indexOf(words.trim(), at) : -1;
    if (found < 0 || words.trim() === '') continue;
    if (found > at) parts.push({ start: start + at, end: start + found, look: 'quoted' });
    at = found + words.trim().length;
    parts.push({ start: start + found, end: start + at, look: 'wrong' });
  }
  return [...parts, { start: start + at, end, look: 'quoted' }];
}

/** The printed result of a relation that fails. */
function wrongFigure(text: string, start: number, { figures }: Extract<DraftFinding, { kind: 'relation' }>): Marked[] {
  const printed = figures.at(-1) ?? '';
  const at = printed === '' ? -1 : text.lastIndexOf(printed);
  return at < 0 ? [] : [{ start: start + at, end: start + at + printed.length, look: 'wrong' }];
}

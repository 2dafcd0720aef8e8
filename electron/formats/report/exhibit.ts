import type { ShownState } from '../../../shared/model/index.ts';
import { escaped } from '../../../shared/text/escape-html.ts';
import { categoryText, dates, dayOf, type Fact, isolated, gap, langOf, list, titleOf } from './markup.ts';
import {
  codingOf,
  finalOf,
  outcomeOf,
  type ReportCategory,
  type ReportPassage,
  type ReportSource,
  STATE_NAMES,
} from './model.ts';
import { isVouched } from '../../../shared/review/status.ts';
import { counted } from '../../../shared/text/counted.ts';

const OPEN: ReadonlySet<ShownState> = new Set(['returned', 'reopened']);
const LOOKS = (state: ShownState): string => (isVouched(state) ? 'firm' : OPEN.has(state) ? 'open' : 'begun');
/** A longer exhibit may be split across printed pages: otherwise it would not fit, or leave half a page empty. */
const LONG = 1800;
/** The width of text on paper, in Latin letters: Chinese characters count as two. */
const roomOf = (text: string): number =>
  text.length + (text.match(/[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]/g)?.length ?? 0);

/** One passage with all its evidence: the decision about it first, then its words, then who coded it how. */
export function exhibit(passage: ReportPassage, source: ReportSource): string {
  const { number, state, quote: words, translations, decided } = passage;
  const texts = [words ?? '', decided?.reason ?? '', ...translations.map(({ text }) => text)];
  const room = texts.reduce((sum, text) => sum + roomOf(text), 0);
  return `<article class="exhibit${room > LONG ? ' long' : ''}" id="e-${number}" aria-label="Exhibit ${number}">
<div class="no">${number}</div>
<div>
<div class="head"><div class="categories">${codes(passage)}</div><span class="state ${LOOKS(state)}">${STATE_NAMES[state]}</span></div>
${decision(passage)}${quote(passage, source)}
${translations.map(translated).join('\n')}
${coding(passage)}${list(facts(passage, source))}
</div>
</article>
`;
}

const codes = (passage: ReportPassage): string =>
  finalOf(passage)
    .map(({ code, name }) => {
      const words = name === code ? '' : ` <bdi>${escaped(name)}</bdi>`;
      return `<span class="category"><span class="code">${escaped(code)}</span>${words}</span>`;
    })
    .join('\n');
const names = (all: readonly ReportCategory[], none: string): string =>
  all.length === 0 ? gap(none) : all.map(categoryText).join(', ');

/** What was decided where coders differ, why, and by whom; or that no one has decided. */
function decision(passage: ReportPassage): string {
  const { decided } = passage;
  switch (outcomeOf(passage)) {
    case 'undecided':
      return '<p class="decision open">Coders differ; not yet decided.</p>\n';
    case 'coded':
    case 'none':
      return '';
    case 'decided':
      if (decided === null) return '';
      return `<div class="decision">
<p><span class="label">Final:</span> ${decided.categories.map(({ code }) => isolated(code)).join(', ') || 'none fits'}, decided by ${isolated(decided.person)}${decided.at === null ? '' : ` on ${dayOf(decided.at)}`}</p>
<p class="reason"><bdi dir="auto">${escaped(decided.reason)}</bdi></p>
</div>
`;
  }
}

/** Each coder’s own coding, if there is more than one coder. */
function coding(passage: ReportPassage): string {
  const all = codingOf(passage);
  if (all.length < 2 && passage.decided === null) return '';
  const label = passage.decided === null ? 'Coding' : 'Coding before the decision (this text or its sentence)';
  const rows = all.map(({ coder, categories }): Fact => [isolated(coder), names(categories, 'none')]);
  return all.length === 0 ? '' : `<div class="coding"><p class="label">${label}</p>${list(rows)}</div>\n`;
}

function quote({ quote: words }: ReportPassage, source: ReportSource): string {
  if (words === null) return '<p class="area">An area of the page, without text. See the document.</p>';
  return `<blockquote class="quote"${langOf(source.language)}><bdi dir="auto">${escaped(words)}</bdi></blockquote>`;
}

function translated(one: ReportPassage['translations'][number]): string {
  const state = one.state === 'draft' ? 'not checked' : one.state;
  const by = `Translation (${escaped(one.language)}): ${isolated(one.translator)}${one.machine ? ', by machine' : ''}, ${state}`;
  return `<div class="translation"><p class="t"${langOf(one.language)}><bdi dir="auto">${escaped(one.text)}</bdi></p><p class="by">${by}</p></div>`;
}

function facts(passage: ReportPassage, source: ReportSource): Fact[] {
  const all = (texts: readonly string[]): string => texts.map(isolated).join(', ');
  const { highlighter, second, checker, approver, settings, comments, page } = passage;
  const coders = codingOf(passage).map(({ coder }) => coder);
  const people = [
    coders.length === 0 ? gap('not coded') : `coded by ${all(coders)}`,
    coders.includes(highlighter) ? null : `highlighted by ${isolated(highlighter)}`,
    second === null ? null : `second-coded by ${isolated(second)}`,
    checker === null ? gap('not checked') : `checked by ${isolated(checker)}`,
    approver === null ? null : `approved by ${isolated(approver)}`,
    comments === 0 ? null : counted(comments, 'comment'),
  ];
  return [
    [
      'Source',
      [`${titleOf(source)}${page === null ? '' : `, page ${page}`}`, dates(source)].filter(isSaid).join('<br>'),
    ],
    ['Dimensions', settings.length === 0 ? null : all(settings)],
    ['People', people.filter(isSaid).join(' · ')],
    ['SHA-256', `<span class="hash">${escaped(source.sha256)}</span>`],
    [
      passage.also === undefined ? 'Passage' : 'Passages',
      [passage.id, ...(passage.also ?? [])].map((id) => `<span class="hash">${escaped(id)}</span>`).join('<br>'),
    ],
  ];
}

const isSaid = (html: string | null): html is string => html !== null;

import { DATE_FIELDS, type DateField, type ShownState } from '../../../shared/model/index.ts';
import { escaped } from './escape.ts';
import { dateText, type Report, type ReportPassage, type ReportSource, STATE_NAMES } from './model.ts';
import { STYLE } from './style.ts';

const DATE_NAMES: Readonly<Record<DateField, string>> = {
  dateOfAct: 'Act',
  dateOfDocument: 'Document',
  dateOfPublication: 'Publication',
  dateOfCapture: 'Capture',
};

const FIRM: ReadonlySet<ShownState> = new Set(['checked', 'approved', 'released']);
const OPEN: ReadonlySet<ShownState> = new Set(['returned', 'reopened']);
const LOOKS = (state: ShownState): string => (FIRM.has(state) ? 'firm' : OPEN.has(state) ? 'open' : 'begun');
/** An exhibit with more characters than this may be cut by the end of a page: on one page it would not fit. */
const LONG = 1800;

/** Text that somebody else wrote, kept from reordering what stands around it. */
const foreign = (text: string): string => `<bdi>${escaped(text)}</bdi>`;
const count = (n: number, one: string, many: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
const langOf = (language: string | null): string => (language === null ? '' : ` lang="${escaped(language)}"`);

/**
 * The report as one HTML file that needs nothing else: no script, no address that is loaded, styles in it. In pieces, so that
 * ten thousand exhibits need not be one text.
 */
export function* htmlReport(report: Report): Generator<string> {
  yield head(report);
  yield contents(report);
  yield '<main>\n';
  for (const source of report.sources) {
    yield `<h2 id="s-${source.id}">${title(source)}</h2>\n<p class="under">${cited(source)}</p>\n`;
    for (const passage of source.passages) yield exhibit(passage, source);
  }
  yield '</main>\n<section class="documents">\n<h2>Documents</h2>\n<p class="under">Each document as it was received. Its SHA-256 is that of the file’s bytes: whoever has the file can compute it and compare.</p>\n';
  for (const source of report.sources) yield document(source);
  yield '</section>\n</body>\n</html>\n';
}

function head(report: Report): string {
  const exhibits = report.sources.reduce((sum, { passages }) => sum + passages.length, 0);
  const codebook = [report.codebook.title, report.codebook.version].filter((part) => part !== '').join(' ');
  const chosen = report.chosen.map((one) => `<li>${foreign(one)}</li>`).join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escaped(report.title)}: evidence</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="kind">Evidence report</p>
<h1>${foreign(report.title)}</h1>
<p class="about"><strong>${count(exhibits, 'exhibit', 'exhibits')}</strong> from <strong>${count(report.sources.length, 'document', 'documents')}</strong>, made ${escaped(report.madeAt.slice(0, 16).replace('T', ' '))} UTC${codebook === '' ? '' : `. Codebook: ${foreign(codebook)}`}.</p>
${chosen === '' ? '' : `<p class="about">Not the whole project. Only:</p>\n<ul class="about chosen">${chosen}</ul>\n`}${report.head === null ? '' : `<p class="about">State of the project: <span class="hash">${escaped(report.head)}</span></p>\n`}</header>
`;
}

function contents({ sources }: Report): string {
  const rows = sources.map((source) => {
    const [first, last] = [source.passages[0]?.number, source.passages.at(-1)?.number];
    const range = first === undefined ? 'none' : first === last ? `${first}` : `${first}–${last}`;
    return `<tr><td><a href="#s-${source.id}">${title(source)}</a></td><td class="w">${escaped(dateOf(source) ?? '')}</td><td class="n">${range}</td></tr>`;
  });
  return `<nav aria-labelledby="contents">
<h2 id="contents">Contents</h2>
<table>
<thead><tr><th scope="col">Document</th><th scope="col">Date</th><th scope="col" class="n">Exhibits</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</nav>
`;
}

const title = (source: ReportSource): string => `<bdi${langOf(source.language)}>${escaped(source.title)}</bdi>`;
const dateOf = ({ dates }: ReportSource): string | null =>
  dateText(dates.dateOfDocument ?? dates.dateOfPublication ?? dates.dateOfAct);
const cited = (source: ReportSource): string =>
  [source.publisher ?? source.author, dateOf(source), source.documentType]
    .filter((part) => part !== null)
    .map(foreign)
    .join(' · ');

function exhibit(passage: ReportPassage, source: ReportSource): string {
  const { number, state, translations } = passage;
  const length = (passage.quote?.length ?? 0) + translations.reduce((sum, { text }) => sum + text.length, 0);
  return `<article class="exhibit${length > LONG ? ' long' : ''}" id="e-${number}" aria-label="Exhibit ${number}">
<div class="no">${number}</div>
<div>
<div class="head">${codes(passage)}<span class="state ${LOOKS(state)}">${STATE_NAMES[state]}</span></div>
${quote(passage, source)}
${translations.map(translated).join('\n')}
${list(facts(passage, source))}
</div>
</article>
`;
}

function quote({ quote: words }: ReportPassage, source: ReportSource): string {
  if (words === null) return '<p class="area">An area of the page, without words: see it in the document.</p>';
  return `<blockquote class="quote"${langOf(source.language)}><bdi dir="auto">${escaped(words)}</bdi></blockquote>`;
}

function translated(one: ReportPassage['translations'][number]): string {
  const state = one.state === 'draft' ? 'not checked' : one.state;
  const by = `Translation (${escaped(one.language)}): ${foreign(one.translator)}${one.machine ? ', by machine' : ''}, ${state}`;
  return `<div class="translation"><p class="t"${langOf(one.language)}><bdi dir="auto">${escaped(one.text)}</bdi></p><p class="by">${by}</p></div>`;
}

const codes = ({ categories }: ReportPassage): string =>
  categories.map(({ code }) => `<span class="code">${escaped(code)}</span>`).join(' ');

type Fact = readonly [name: string, html: string | null];

function facts(passage: ReportPassage, source: ReportSource): Fact[] {
  const names = (all: readonly string[]): string | null => (all.length === 0 ? null : all.map(foreign).join(', '));
  const { decided } = passage;
  return [
    ['Categories', names(passage.categories.map(({ code, name }) => `${name} (${code})`))],
    [
      'Decided',
      decided === null ? null : `${escaped(decided.codes.join(', ') || 'none of them')}, by ${foreign(decided.person)}`,
    ],
    ['Attributes', names(passage.settings)],
    ['Source', `${title(source)}${passage.page === null ? '' : `, page ${passage.page}`}`],
    ['Dates', dates(source)],
    ['Coders', names(passage.coders)],
    ['Marked by', passage.coders.includes(passage.highlighter) ? null : foreign(passage.highlighter)],
    ['Checker', passage.checker === null ? gap('nobody yet') : foreign(passage.checker)],
    ['Approver', passage.approver === null ? null : foreign(passage.approver)],
    ['Comments', passage.comments === 0 ? null : String(passage.comments)],
    ['SHA-256', `<span class="hash">${escaped(source.sha256)}</span>`],
    ['Passage', `<span class="hash">${escaped(passage.id)}</span>`],
  ];
}

function document(source: ReportSource): string {
  const { passages } = source;
  const exhibits = passages.map(({ number }) => `<a href="#e-${number}">${number}</a>`).join(', ');
  return `<article class="document">
<h3>${title(source)}</h3>
${list([
  ['File', foreign(source.fileName)],
  [
    'SHA-256',
    `<span class="hash">${escaped(source.sha256)}</span> <span class="under">(${source.bytes.toLocaleString('en')} bytes)</span>`,
  ],
  ['Author', orNull(source.author)],
  ['Publisher', orNull(source.publisher)],
  ['Type', orNull(source.documentType)],
  ['Language', orNull(source.language)],
  ['Dates', dates(source) ?? gap('none known')],
  ['Address', source.url === null ? gap('not recorded') : foreign(source.url)],
  ['Captured', orNull([source.captured, source.tool].filter((part) => part !== null).join(', ') || null)],
  ['Archived at', orNull(source.archiveLink)],
  [
    'Reliability',
    source.grade === null
      ? gap('not graded')
      : foreign([source.grade, source.gradeReason].filter((part) => part !== null && part !== '').join(': ')),
  ],
  ['Exhibits', exhibits === '' ? gap('none') : exhibits],
])}
</article>
`;
}

const orNull = (text: string | null): string | null => (text === null ? null : foreign(text));
const gap = (words: string): string => `<span class="gap">${words}</span>`;

/** The four dates that are known, each with what it is the date of. */
function dates(source: ReportSource): string | null {
  const known = DATE_FIELDS.flatMap((field) => {
    const text = dateText(source.dates[field]);
    return text === null ? [] : [`${DATE_NAMES[field]} ${foreign(text)}`];
  });
  return known.length === 0 ? null : known.join(' · ');
}

const list = (all: readonly Fact[]): string =>
  `<dl>${all.flatMap(([name, html]) => (html === null ? [] : [`<dt>${name}</dt><dd>${html}</dd>`])).join('\n')}</dl>`;

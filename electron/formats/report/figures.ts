import { dateBounds, precisionOf } from '../../../shared/model/dates.ts';
import { escaped } from '../../../shared/text/escape-html.ts';
import { isolated } from './markup.ts';
import { BAR_STEPS } from './style.ts';
import { finalOf, type Report, type ReportCategory, type ReportPassage, type ReportSource } from './model.ts';

/** More columns do not fit the paper: the years before are one. */
const MOST_YEARS = 10;
/** So many years without an exhibit are still a row each. */
const MOST_EMPTY = 3;

/** What is counted: an exhibit with its document. */
interface Counted {
  readonly passage: ReportPassage;
  readonly source: ReportSource;
}

/** The counts of the report’s exhibits as tables with bars: by category and year, by date, and what each category rests on. */
export function figures(report: Report): string {
  const all = report.sources.flatMap((source) => source.passages.map((passage): Counted => ({ passage, source })));
  return `<section class="figures">
<h2 id="figures">Figures</h2>
<p class="under">Counts of the exhibits of this report, by their final categories. An exhibit with several categories counts in each of them, and once in a total. Years are those of the act; a date that is not known to one year is not spread over years.</p>
${byYear(all)}
${byDate(all)}
${resting(all)}
</section>
`;
}

type Year = number | 'several' | 'undated';

/** The year of the act: `several` for a date over several years or with an open end. */
function yearOf({ source }: Counted): Year {
  const bounds = dateBounds(source.dates.dateOfAct?.edtf ?? null);
  if (bounds === null) return 'undated';
  const [from, to] = [bounds.from, bounds.to].map((day) => (day === null ? null : Math.floor(day / 10_000)));
  return typeof from === 'number' && from === to ? from : 'several';
}

/** The exhibits of every category, by code; those without a category last. */
function byCategory(all: readonly Counted[]): { readonly category: ReportCategory | null; readonly own: Counted[] }[] {
  const found = new Map<string, { readonly category: ReportCategory | null; readonly own: Counted[] }>();
  for (const one of all) {
    const final = finalOf(one.passage);
    for (const category of final.length === 0 ? [null] : final) {
      const key = JSON.stringify(category === null ? null : [category.code, category.name]);
      const there = found.get(key) ?? { category, own: [] };
      there.own.push(one);
      found.set(key, there);
    }
  }
  const codeOf = ({ category }: { readonly category: ReportCategory | null }): string => category?.code ?? '\u{10ffff}';
  return [...found.values()].toSorted((a, b) => (codeOf(a) < codeOf(b) ? -1 : 1));
}

function byYear(all: readonly Counted[]): string {
  const found = new Set(all.map(yearOf));
  const years = [...found].filter((year) => typeof year === 'number').toSorted((a, b) => a - b);
  const shown = years.slice(-MOST_YEARS);
  const first = shown[0] ?? 0;
  const columns: readonly { readonly name: string; readonly has: (year: Year) => boolean }[] = [
    ...(years.length > shown.length
      ? [{ name: `before ${first}`, has: (year: Year) => typeof year === 'number' && year < first }]
      : []),
    ...shown.map((own) => ({ name: String(own), has: (year: Year) => year === own })),
    ...(found.has('several') ? [{ name: 'several years', has: (year: Year) => year === 'several' }] : []),
    ...(found.has('undated') ? [{ name: 'undated', has: (year: Year) => year === 'undated' }] : []),
  ];
  const groups = byCategory(all);
  const most = Math.max(...groups.map(({ own }) => own.length));
  const countsOf = (own: readonly Counted[]): number[] =>
    columns.map(({ has }) => own.filter((one) => has(yearOf(one))).length);
  return table(
    'By category and year of the act',
    ['Category', ...columns.map(({ name }) => name), 'All'],
    [
      ...groups.map(({ category, own }) => [nameOf(category), ...countsOf(own).map(cell), barred(own.length, most)]),
      ['All exhibits', ...countsOf(all).map(cell), cell(all.length)],
    ],
  );
}

/** One row a year, with how exactly its dates are known. Years without an exhibit are rows too, so that gaps are seen. */
function byDate(all: readonly Counted[]): string {
  const groups = Map.groupBy(all, yearOf);
  const years = [...groups.keys()].filter((year) => typeof year === 'number').toSorted((a, b) => a - b);
  const most = Math.max(...[...groups.values()].map((own) => own.length));
  const row = (head: string, own: readonly Counted[]): string[] => {
    const known = own.map(({ source }) => precisionOf(source.dates.dateOfAct?.edtf ?? null));
    const count = (...wanted: readonly string[]): string => cell(known.filter((one) => wanted.includes(one)).length);
    return [
      head,
      count('day', 'time'),
      count('month'),
      count('season', 'year', 'decade', 'interval'),
      barred(own.length, most),
    ];
  };
  const rows = years.flatMap((year, at) => {
    const next = years[at + 1] ?? year + 1;
    const empty = Array.from({ length: Math.min(next - year - 1, MOST_EMPTY + 1) }, (_, more) => year + 1 + more);
    const between =
      empty.length > MOST_EMPTY
        ? [row(next - 1 === year + 1 ? String(year + 1) : `${year + 1}–${next - 1}`, [])]
        : empty.map((one) => row(String(one), []));
    return [row(String(year), groups.get(year) ?? []), ...between];
  });
  const [several, undated] = [groups.get('several'), groups.get('undated')];
  return table(
    'By date of the act, as far as it is known',
    ['Year', 'to the day', 'to the month', 'to the year or less', 'All'],
    [
      ...rows,
      ...(several === undefined ? [] : [row('Several years', several)]),
      ...(undated === undefined ? [] : [row('Undated', undated)]),
    ],
  );
}

function resting(all: readonly Counted[]): string {
  const groups = byCategory(all).map(({ category, own }) => {
    const sources = [...new Set(own.map(({ source }) => source))];
    const publishers = new Set(sources.flatMap(({ publisher }) => publisher ?? []));
    const texts = new Set(sources.map(({ id, text }) => text ?? id));
    return { category, own, sources, publishers, texts };
  });
  const most = Math.max(...groups.map(({ own }) => own.length));
  return table(
    'What each category rests on',
    ['Category', 'Documents', 'Texts', 'Publishers', 'Rests on', 'Exhibits'],
    groups.map(({ category, own, sources, publishers, texts }) => [
      nameOf(category),
      cell(sources.length),
      cell(texts.size),
      cell(publishers.size),
      sources.length === 1
        ? 'one document'
        : texts.size === 1
          ? 'one text'
          : publishers.size === 1
            ? 'one publisher'
            : '',
      barred(own.length, most),
    ]),
    'Copies of one text count as one text. A category that rests on one document, text or publisher is a single claim, not a corroborated one.',
  );
}

const nameOf = (category: ReportCategory | null): string =>
  category === null
    ? '<span class="gap">No category</span>'
    : `<span class="code">${isolated(category.code)}</span> ${isolated(category.name)}`;
const cell = (count: number): string => (count === 0 ? '–' : String(count));
/** A number with a bar before it, which says the same to the eye. Its length is a class: the page has no style in its text. */
function barred(count: number, most: number): string {
  const steps = count === 0 ? 0 : Math.max(1, Math.round((BAR_STEPS * count) / most));
  return `<span class="bar b${steps}" aria-hidden="true"></span>${cell(count)}`;
}

function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  below?: string,
): string {
  const heads = columns.map((name, at) => `<th scope="col"${at === 0 ? '' : ' class="n"'}>${escaped(name)}</th>`);
  const lines = rows.map(
    ([head = '', ...cells]) =>
      `<tr><th scope="row">${head}</th>${cells.map((text) => `<td class="n">${text}</td>`).join('')}</tr>`,
  );
  return `<table>
<caption>${caption}</caption>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>${below === undefined ? '' : `\n<p class="under">${below}</p>`}`;
}

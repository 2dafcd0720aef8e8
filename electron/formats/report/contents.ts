import { escaped } from '../../../shared/text/escape-html.ts';
import { dateOf, isolated, titleOf } from './markup.ts';
import { finalOf, type Report, type ReportCategory } from './model.ts';

/** The report's contents: by document, in the order used below, and by category. */
export function contents(report: Report): string {
  return `<nav aria-labelledby="contents">
<h2 id="contents">Contents</h2>
${byDocument(report)}
${byCategory(report)}
</nav>
`;
}

function byDocument({ sources }: Report): string {
  const rows = sources.map((source) => {
    const numbers = source.passages.map(({ number }) => number);
    const place = numbers.length === 0 ? 'documents' : `s-${source.id}`;
    return `<tr><td><a href="#${place}">${titleOf(source)}</a></td><td class="w">${escaped(dateOf(source) ?? '')}</td><td class="n">${ranges(numbers)}</td></tr>`;
  });
  return table('By document', ['Document', 'Date'], rows);
}

/** By the final categories of each exhibit; one with several is listed under each of them. */
function byCategory({ sources }: Report): string {
  const found = new Map<string, { readonly category: ReportCategory; readonly numbers: number[] }>();
  const uncoded: number[] = [];
  for (const { passages } of sources)
    for (const passage of passages) {
      const all = finalOf(passage);
      if (all.length === 0) uncoded.push(passage.number);
      for (const category of all) {
        const key = JSON.stringify([category.code, category.name]);
        const one = found.get(key) ?? { category, numbers: [] };
        one.numbers.push(passage.number);
        found.set(key, one);
      }
    }
  const rows = [...found.values()]
    .toSorted((a, b) => (a.category.code < b.category.code ? -1 : 1))
    .map(
      ({ category, numbers }) =>
        `<tr><td>${isolated(category.name)}</td><td class="w"><span class="code">${isolated(category.code)}</span></td><td class="n">${ranges(numbers)}</td></tr>`,
    );
  if (uncoded.length > 0)
    rows.push(`<tr><td class="gap">No category</td><td></td><td class="n">${ranges(uncoded)}</td></tr>`);
  return table('By category', ['Category', 'Code'], rows);
}

const table = (caption: string, [first, second]: readonly [string, string], rows: readonly string[]): string =>
  `<table>
<caption>${caption}</caption>
<thead><tr><th scope="col">${first}</th><th scope="col">${second}</th><th scope="col" class="n">Exhibits</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;

/** Ascending numbers as runs: 1–4, 7. */
export function runsOf(numbers: readonly number[]): { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.to === number - 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs;
}

/** `1–4, 7`, each linked to its first exhibit. Numbers are ascending. */
export function ranges(numbers: readonly number[]): string {
  const runs = runsOf(numbers);
  if (runs.length === 0) return 'none';
  return runs.map(({ from, to }) => `<a href="#e-${from}">${from === to ? from : `${from}–${to}`}</a>`).join(', ');
}

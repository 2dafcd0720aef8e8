import { contents, ranges } from './contents.ts';
import { escaped } from '../../../shared/text/escape-html.ts';
import { exhibit } from './exhibit.ts';
import { figures } from './figures.ts';
import { cited, dates, isolated, gap, list, orNull, titleOf } from './markup.ts';
import type { Piece, Report, ReportSource } from './model.ts';
import { pageStyle, STYLE } from './style.ts';
import { counted } from '../../../shared/text/counted.ts';
import { formatMoment } from '../../../shared/text/moment.ts';

/**
 * The report as one self-contained HTML file, with its styles and without scripts or anything to load. Written in pieces, so
 * that ten thousand exhibits need not be one text.
 */
export function* htmlReport(report: Report): Generator<Piece> {
  let passages = 0;
  const piece = (text: string): Piece => ({ text, passages });
  yield piece(head(report));
  yield piece(contents(report));
  yield piece(figures(report));
  yield piece('<main>\n');
  for (const source of report.sources) {
    if (source.passages.length === 0) continue;
    yield piece(`<section>\n<h2 id="s-${source.id}">${titleOf(source)}</h2>\n<p class="under">${cited(source)}</p>\n`);
    for (const passage of source.passages) {
      passages = passage.number;
      yield piece(exhibit(passage, source));
    }
    yield piece('</section>\n');
  }
  yield piece(
    '</main>\n<section class="documents">\n<h2 id="documents">Documents</h2>\n<p class="under">Each document as received, with the SHA-256 of its bytes. Anyone with the file can compute it and compare.</p>\n',
  );
  for (const source of report.sources) yield piece(document(source));
  yield piece(`</section>\n${masked(report)}</body>\n</html>\n`);
}

/** How much is masked, and why. */
function masked({ masks = [] }: Report): string {
  if (masks.length === 0) return '';
  const items = masks.map(({ kind, reason, count }) => `<li>${escaped(kind)}, ${count}: ${isolated(reason)}</li>`);
  return `<section>\n<h2 id="masked">Masked</h2>\n<p class="under">Black squares stand for words that are left out. The project keeps the originals.</p>\n<ul>${items.join('')}</ul>\n</section>\n`;
}

function head(report: Report): string {
  const exhibits = report.sources.reduce((sum, { passages }) => sum + passages.length, 0);
  const codebook = [report.codebook.title, report.codebook.version].filter((part) => part !== '').join(' ');
  const chosen = report.chosen.map((one) => `<li>${isolated(one)}</li>`).join('');
  const made = formatMoment(Date.parse(report.madeAt), 'UTC');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escaped(report.title)}: evidence</title>
<style>${STYLE}${pageStyle(report.title, made)}</style>
</head>
<body>
<header>
<p class="kind">Evidence report</p>
<h1>${isolated(report.title)}</h1>
${list([
  ['Exhibits', `${counted(exhibits, 'exhibit')} from ${counted(report.sources.length, 'document')}`],
  ['Created', made],
  ['Codebook', codebook === '' ? null : isolated(codebook)],
  ['Filters', chosen === '' ? null : `Part of the project:<ul class="chosen">${chosen}</ul>`],
  ['Project state', report.head === null ? null : `<span class="hash">${escaped(report.head)}</span>`],
])}
<p class="about">Each exhibit quotes a document word for word; translations, categories and decisions are the analysts’ own. Final categories are those decided by the person named or, if undecided, those coded. Reports with the same project state come from exactly the same project.</p>
</header>
`;
}

function document(source: ReportSource): string {
  const numbers = source.passages.map(({ number }) => number);
  return `<article class="document">
<h3>${titleOf(source)}</h3>
${list([
  ['File', isolated(source.fileName)],
  [
    'SHA-256',
    `<span class="hash">${escaped(source.sha256)}</span> <span class="under">(${counted(source.bytes, 'byte')})</span>`,
  ],
  ['Author', orNull(source.author)],
  ['Publisher', orNull(source.publisher)],
  ['Copies', source.copies === undefined ? null : isolated(source.copies)],
  ['Type', orNull(source.documentType)],
  ['Language', orNull(source.language)],
  ['Dates', dates(source) ?? gap('unknown')],
  ['Address', source.captureUrl === null ? gap('not recorded') : isolated(source.captureUrl)],
  ['Captured', orNull([source.captureTime, source.captureTool].filter((part) => part !== null).join(', ') || null)],
  ['Archive link', orNull(source.captureArchiveLink)],
  [
    'Source reliability',
    source.grade === null
      ? gap('not rated')
      : isolated([source.grade, source.gradeReason].filter((part) => part !== null && part !== '').join(': ')),
  ],
  ['Exhibits', numbers.length === 0 ? gap('none') : ranges(numbers)],
])}
</article>
`;
}

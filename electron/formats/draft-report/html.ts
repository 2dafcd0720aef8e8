import type { Piece } from '../../../shared/drafts/findings-in-words.ts';
import {
  type DraftReport,
  GONE,
  type GoneWording,
  type ReportPart,
  type ReportRow,
} from '../../../shared/drafts/report.ts';
import { escaped } from '../../../shared/text/escape-html.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { pageStyle } from '../report/style.ts';
import { STYLE } from './style.ts';

const SIGNS: Readonly<Record<ReportPart, string>> = { fails: '≠', open: '–', stands: '✓', nothing: '·' };

/** The report as one self-contained page: there is no script, and nothing can be loaded. In pieces, one a sentence. */
export function* htmlReport(report: DraftReport): Generator<string> {
  const made = formatMoment(Date.parse(report.madeAt), 'UTC');
  const head = report.head === null ? '' : ` · project head <code>${escaped(report.head)}</code>`;
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escaped(report.title)}</title>
<style>${STYLE}${pageStyle(report.title, made, 'Report on a draft')}</style>
</head>
<body>
<main>
<div class="top"><span>Sourcebook, report on a draft</span><span>${escaped(made)}${head}</span></div>
<h1>${isolated(report.title)}</h1>
<p class="about">${report.about.map(html).join('')}</p>
<ul class="totals">${report.totals.map(({ count, name, says }) => `<li><b>${count}</b>${escaped(name)}<span>${escaped(says)}</span></li>`).join('')}</ul>
`;
  if (report.refused.length > 0)
    yield `<div class="refused"><p>Release is refused</p><ul>${report.refused.map((one) => `<li>${escaped(one)}</li>`).join('')}</ul></div>\n`;
  for (const { part, title, rows } of report.parts) {
    yield `<h2><span class="sign ${part}" aria-hidden="true">${SIGNS[part]}</span>${escaped(title)}<span class="n">${rows.length}</span></h2>\n`;
    yield rows.length === 0 ? '<p class="none">None.</p>\n' : '<ol class="rows">\n';
    let heading: string | null = null;
    for (const row of rows) {
      yield rowHtml(row, part, row.heading === heading ? null : row.heading);
      heading = row.heading;
    }
    if (rows.length > 0) yield '</ol>\n';
  }
  if (report.gone.length > 0) {
    yield `<h2>${escaped(GONE.title)}<span class="n">${report.gone.length}</span></h2>\n<ol class="rows">\n`;
    for (const one of report.gone) yield goneHtml(one);
    yield '</ol>\n';
  }
  yield `<div class="limits">${report.limits.map((one) => `<p>${escaped(one)}</p>`).join('')}</div>\n</main>\n</body>\n</html>\n`;
}

function rowHtml({ number, pieces, state, why }: ReportRow, part: ReportPart, heading: string | null): string {
  const under = heading === null ? '' : `<div class="under">${isolated(heading)}</div>`;
  const says = why.map((line) => `<div class="why">${line.map(html).join('')}</div>`).join('');
  return `<li class="row ${part}">${under}<span class="no">${number}</span><div class="sentence">${pieces.map(html).join('')}</div><div class="state">${isolated(state)}</div>${says}</li>\n`;
}

const goneHtml = ({ text, said }: GoneWording): string =>
  `<li class="gone"><div class="sentence">${isolated(text)}</div><div class="state">${GONE.state}</div>${said.map(({ line }) => `<div class="why">${line.map(html).join('')}</div>`).join('')}</li>\n`;

/** Each piece is isolated, so that its direction does not reorder the text around it. */
const isolated = (text: string): string => `<bdi${langOf(text)}>${escaped(text)}</bdi>`;
const html = ({ text, look }: Piece): string =>
  look === undefined
    ? isolated(text)
    : look === 'hash'
      ? `<code>${escaped(text)}</code>`
      : look === 'wrong'
        ? `<strong class="wrong">${isolated(text)}</strong>`
        : `<span class="${look}">${isolated(text)}</span>`;
/** Fonts of Chinese are chosen by it. */
const langOf = (text: string): string => (/^[^A-Za-z]*[\u3400-\u9fff]/.test(text) ? ' lang="zh"' : '');

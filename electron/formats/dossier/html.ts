import { escaped } from '../../../shared/text/escape-html.ts';
import { pageStyle } from '../report/style.ts';
import type { DossierTemplate } from '../../../shared/model/index.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import type { Block, Line, Run, ShownPassage, Written } from './blocks.ts';
import { HTML_STYLE, paperStyle } from './style.ts';
import { TEMPLATE_WORDS } from './words.ts';

/** A piece of the page, and how many exhibits are done with it. */
export interface HtmlPiece {
  readonly text: string;
  readonly passages: number;
}

/** All of the page of a folder of this version that is before its contents: its styles, and that nothing in it runs or is loaded. */
export const headOf = (about: About, version: number): string => (version < 2 ? head(about, '') : paperHead(about));

const paperHead = (about: About): string =>
  head(about, paperStyle(about.title, madeOn(about.madeAt), TEMPLATE_WORDS[about.template]));

interface About {
  readonly title: string;
  readonly madeAt: string;
  readonly template: DossierTemplate;
}

const madeOn = (madeAt: string): string => formatMoment(Date.parse(madeAt), 'UTC');

function head({ title, madeAt }: Pick<About, 'title' | 'madeAt'>, more: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${HTML_STYLE}${pageStyle(title, madeOn(madeAt))}${more}</style>
</head>
<body>
<main>
`;
}

/**
 * Blocks as one self-contained page: its styles and pictures are in it, there is no script, and nothing can be loaded. That of a folder begins
 * as verifying expects it.
 */
export async function* htmlOf(about: About, blocks: AsyncIterable<Written>): AsyncGenerator<HtmlPiece> {
  yield { passages: 0, text: paperHead(about) };
  for await (const { block, exhibits } of blocks) yield { text: htmlOfBlock(block), passages: exhibits };
  yield { text: '</main>\n</body>\n</html>\n', passages: 0 };
}

/** A block as it stands in the page. */
export function htmlOfBlock(block: Block): string {
  switch (block.kind) {
    case 'page':
      return '<hr class="page">\n';
    case 'heading': {
      const id = block.id === undefined ? '' : ` id="${escaped(block.id)}"`;
      return `<h${block.level}${id}>${runs(block.line)}</h${block.level}>\n`;
    }
    case 'text':
      return `<p${block.look === undefined ? '' : ` class="${block.look}"`}>${runs(block.line)}</p>\n`;
    case 'quote':
      return `<blockquote class="${block.look}">${runs(block.line)}</blockquote>\n`;
    case 'facts':
      return `<dl>${block.rows.map(([name, lines]) => `<dt>${inner(name)}</dt><dd>${lines.map(runs).join('<br>')}</dd>`).join('\n')}</dl>\n`;
    case 'table':
      return table(block);
    case 'steps':
      return `<ol>${block.lines.map((line) => `<li>${runs(line)}</li>`).join('')}</ol>\n`;
    case 'passage':
      return shownPassage(block.shown);
    case 'signatures':
      return `<div class="signatures">${block.names.map((name) => `<p>${inner(name)}</p>`).join('')}</div>\n`;
  }
}

function table({ caption, heads, rows }: Extract<Block, { kind: 'table' }>): string {
  const head = heads.map((name) => `<th scope="col">${inner(name)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${runs(cell)}</td>`).join('')}</tr>`).join('\n');
  return `<table>\n<caption>${inner(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>\n`;
}

function shownPassage({ pictures, words }: ShownPassage): string {
  const drawn = pictures.map(
    ({ png, width, height, alt }) =>
      `<img alt="${escaped(alt)}" width="${width}" height="${height}" src="data:image/png;base64,${Buffer.from(png).toString('base64')}">`,
  );
  const set = words === null ? '' : `<p class="words">${runs(words)}</p>`;
  return `<div class="shown">${drawn.join('\n')}${set}</div>\n`;
}

const inner = (text: string): string => `<bdi>${escaped(text)}</bdi>`;
const runs = (line: Line): string => line.map(runHtml).join('');

const TAGS = { strong: 'strong', soft: 'span', mono: 'code', mark: 'mark' } as const;
/** Each run is isolated, so that its direction does not reorder the text around it. */
function runHtml({ text, lang, look, to }: Run): string {
  const said = lang === undefined ? '' : ` lang="${escaped(lang)}"`;
  const plain = `<bdi${said}>${escaped(text)}</bdi>`;
  const looking =
    look === undefined ? plain : `<${TAGS[look]}${look === 'soft' ? ' class="soft"' : ''}>${plain}</${TAGS[look]}>`;
  return to === undefined ? looking : `<a href="#${escaped(to)}">${looking}</a>`;
}

/** A leader and the number of a page. Chinese writes an ellipsis as two characters, so two are not a leader. */
const LEADER = String.raw`(?:(?:[.．·・‧•_]\s?){5,}|(?:[…‥⋯]\s?){3,})`;
const PAGE = String.raw`[(（〔\-–—第\s]*(?:\d{1,4}|[ivxlc]{1,7}|[一二三四五六七八九十百〇]{1,4})[)）〕\-–—页頁\s]*`;
const CONTENTS = new RegExp(`${LEADER}${PAGE}$`, 'iu');
/** A line whose page number was extracted as a line of its own. */
const LEADER_AT_END = new RegExp(`${LEADER}\\s*$`, 'u');

/** Most lines have none: looked for first, since every match is asked about. */
const DOTS = /[.．·・‧•_…‥⋯]\s?[.．·・‧•_…‥⋯]/u;

/** Lines are read this far from a place, in UTF-16 code units. */
const LINE = 400;

/** Whether the place lies in a line of a table of contents: a title, dots, the number of a page. */
export function isInContents(text: string, { start, end }: { readonly start: number; readonly end: number }): boolean {
  const last = Math.max(start, end - 1);
  const from = text.lastIndexOf('\n', last) + 1;
  const to = lineEnd(text, last);
  if (to - last > LINE || !DOTS.test(text.slice(from < last - LINE ? last : from, to))) return false;
  const line = text.slice(Math.max(from, last - LINE), to).trimEnd();
  if (CONTENTS.test(line)) return true;
  return LEADER_AT_END.test(line) && CONTENTS.test(`${line}${text.slice(to, lineEnd(text, to + 1)).trim()}`);
}

/** The lines of tables of contents that begin before `own`: from where in them a place is in one, and where they end. */
export function contentsLines(text: string, own: number): [number, number][] {
  const lines: [number, number][] = [];
  if (!DOTS.test(text)) return lines;
  for (let from = 0; from < own;) {
    const to = lineEnd(text, from);
    const first = Math.max(from, to - LINE);
    if (isInContents(text, { start: first, end: first })) lines.push([first, to]);
    from = to + 1;
  }
  return lines;
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

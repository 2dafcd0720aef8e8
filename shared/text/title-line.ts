/** Lines with words at the beginning of a text among which its title is looked for. */
const LINES = 12;
const SHORTEST = 4;
const LONGEST = 120;

/** 关于…的通知, which may be broken over two or three lines, and ends with the kind of document. */
const OFFICIAL =
  /(?:^|[\s）)〕])((?:\S{2,30})?关于\S{2,80}(?:通知|意见|方案|决定|报告|公告|通告|通报|批复|规划|办法|函|请示))(?:\s|$)/u;
/** The head of an official paper, its number (柳政发〔2022〕5号), page numbers, addresses, dates. */
const NO_TITLE = /[〔［[]\d{4}[〕］\]]|^第?\s*\d+\s*页|^page \d|^https?:|文件$|\d{4}\s*年\s*\d+\s*月\s*\d|\d{4}-\d/iu;
const HAN = /\p{Script=Han}/u;

/** The line that looks like a text's title, or null. */
export function titleLine(text: string): string | null {
  const lines = text
    .slice(0, 4000)
    .split(/\r?\n/)
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '')
    .slice(0, LINES)
    .filter((line) => !NO_TITLE.test(line));
  for (let at = 0; at < lines.length; at += 1) {
    for (const count of [1, 2, 3]) {
      const joined = lines.slice(at, at + count);
      const found = OFFICIAL.exec(joined.join(joined.every((line) => HAN.test(line)) ? '' : ' '))?.[1];
      if (found !== undefined && found.length <= LONGEST) return found;
    }
  }
  const at = lines.findIndex(isTitle);
  const [first, second] = lines.slice(at, at + 2);
  if (at < 0 || first === undefined) return null;
  if (second === undefined || !isContinued(first, second)) return first;
  const whole = HAN.test(first) && HAN.test(second) ? first + second : `${first} ${second}`;
  return whole.length <= LONGEST && isTitle(whole) ? whole : first;
}

/** A line that ends in one of these goes on in the next. */
const UNFINISHED = /[-–—&/]$|\b(?:a|an|the|of|in|on|at|to|for|from|by|with|and|or|under|between|into)$/iu;
/** The kinds of document that end a Chinese title. */
const KIND_ENDS =
  /(?:通知|意见|方案|决定|报告|公告|通告|通报|批复|规划|办法|条例|纲要|白皮书|总结|要点|公报)(?:[（(][^）)]*[）)])?$/u;
const OPENING = /[《（(“「]/gu;
const CLOSING = /[》）)”」]/gu;
const countOf = (text: string, mark: RegExp): number => text.match(mark)?.length ?? 0;

/** Whether a title was broken here: its line ends in the middle of something, or the next begins there. */
function isContinued(first: string, second: string): boolean {
  if (countOf(first, OPENING) > countOf(first, CLOSING)) return true;
  if (HAN.test(first)) return /^[的和与及]/u.test(second) || (!KIND_ENDS.test(first) && KIND_ENDS.test(second));
  return UNFINISHED.test(first) || /^\p{Ll}/u.test(second);
}

/** Most of it letters, short, and no sentence. */
function isTitle(line: string): boolean {
  const letters = line.match(/\p{L}/gu)?.length ?? 0;
  if (line.length < SHORTEST || line.length > LONGEST || letters < line.length / 2) return false;
  return !/[。.!！;；,，:：、]$/u.test(line);
}

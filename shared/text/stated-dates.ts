/*
 * A date that a text states at its beginning, as EDTF: where reports, notices and web pages print when they were made or
 * published.
 */

export interface StatedDate {
  readonly edtf: string;
  /** The line it stands in, shortened. */
  readonly line: string;
  /** What the line says it is the date of, if it does. */
  readonly of: 'publication' | 'document' | null;
}

/** How many lines with words are looked at, and how much of each. */
const LINES = 40;
const LONGEST_LINE = 400;
const LONGEST_QUOTE = 100;

const DIGITS = '〇零一二三四五六七八九';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';

interface Form {
  readonly form: RegExp;
  /** Which groups are year, month and day. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
}
const form = (source: string, [year, month, day]: readonly [number, number, number] = [1, 2, 3]): Form => ({
  form: new RegExp(source, 'iu'),
  year,
  month,
  day,
});

/** More precise forms first: of several dates in a line, the most precise counts. Each takes a folded line. */
const FORMS: readonly Form[] = [
  form('(?<!\\d)(\\d{4}) ?年 ?(\\d{1,2}) ?月 ?(\\d{1,2}) ?[日号]'),
  form('([〇零一二三四五六七八九]{4}) ?年 ?([一二三四五六七八九十]{1,2}) ?月 ?([一二三四五六七八九十]{1,3}) ?日'),
  form('(?<!\\d)(\\d{4})-?يىل\\p{L}* *(\\d{1,2})-?ئاي\\p{L}* *(\\d{1,2})-?كۈن'),
  form('(?<![\\d./-])(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?![\\d-])', [1, 3, 4]),
  form(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${MONTH},? (\\d{4})(?!\\d)`, [3, 2, 1]),
  form(`(?<!\\p{L})${MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\d)`, [3, 1, 2]),
  form('(?<!\\d)(\\d{4}) ?年 ?(\\d{1,2}) ?月(?! ?\\d)', [1, 2, 0]),
  form('([〇零一二三四五六七八九]{4}) ?年 ?([一二三四五六七八九十]{1,2}) ?月', [1, 2, 0]),
  form('(?<!\\d)(\\d{4})-?يىل\\p{L}* *(\\d{1,2})-?ئاي', [1, 2, 0]),
  form(`(?<!\\p{L})${MONTH},? (\\d{4})(?!\\d)`, [2, 1, 0]),
];

const PUBLISHED = /发布|發布|公布|公佈|刊发|刊登|发表|發表|发稿|上传|published|posted|updated|released|ئېلان/iu;
const MADE = /成文|签发|簽發|印发|印發|落款|dated|issued|date of (?:document|issue)/iu;

/** The first date in the first lines of a text. A date that its line says is of publication or of the document comes before others. */
export function statedDate(text: string): StatedDate | null {
  const lines = text
    .slice(0, LINES * LONGEST_LINE)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, LINES);
  const found = lines.flatMap((line): StatedDate[] => {
    const folded = line.slice(0, LONGEST_LINE).normalize('NFKC').replace(/○/gu, '〇').replace(/\s+/gu, ' ').trim();
    const edtf = dateIn(folded);
    if (edtf === null) return [];
    const of = PUBLISHED.test(folded) ? 'publication' : MADE.test(folded) ? 'document' : null;
    return [{ edtf, line: folded.slice(0, LONGEST_QUOTE).toWellFormed(), of }];
  });
  // A sentence of the text is about something else: a date counts where it is most of its line, or the line names it.
  return found.find(({ of, line }) => of !== null && line.length < LONGEST_QUOTE) ?? found.find(isAlone) ?? null;
}

const isAlone = ({ line }: StatedDate): boolean => line.length <= 40;

function dateIn(line: string): string | null {
  for (const { form: pattern, year, month, day } of FORMS) {
    const parts = pattern.exec(line);
    if (parts === null) continue;
    const edtf = edtfOf(parts[year] ?? '', parts[month] ?? '', day === 0 ? null : (parts[day] ?? ''));
    if (edtf !== null) return edtf;
  }
  return null;
}

/** Null for a day or month that does not exist, and for years no source is of. */
function edtfOf(year: string, month: string, day: string | null): string | null {
  const [y, m, d] = [yearOf(year), monthOf(month), day === null ? null : numberOf(day)];
  if (y < 1900 || y > 2100 || m < 1 || m > 12) return null;
  const months = `${y}-${String(m).padStart(2, '0')}`;
  if (d === null) return months;
  const isDay = d >= 1 && d <= new Date(Date.UTC(y, m, 0)).getUTCDate();
  return isDay ? `${months}-${String(d).padStart(2, '0')}` : null;
}

const yearOf = (text: string): number => {
  if (/^\d+$/.test(text)) return Number(text);
  return [...text].reduce((sum, one) => sum * 10 + Math.max(0, DIGITS.indexOf(one === '零' ? '〇' : one) - 1), 0);
};

function monthOf(text: string): number {
  const named = MONTHS.indexOf(text.slice(0, 3).toLowerCase());
  return named === -1 ? numberOf(text) : named + 1;
}

/** A number up to 31, in digits or as 二十八. */
function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const digit = (one: string | undefined): number => (one === undefined ? 0 : Math.max(0, DIGITS.indexOf(one) - 1));
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  const ten = text.includes('十') ? (tens === '' ? 10 : 10 * digit(tens)) : 0;
  return ten + digit(ones === '' ? undefined : ones);
}

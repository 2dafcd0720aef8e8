/** Text in the notation of LaTeX, as BibTeX files have it. Everything else is UTF-8 (biblatex), so Chinese stays Chinese. */

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  // BibTeX counts braces even where a backslash is before them.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '%': '\\%',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  $: '\\$',
};
export const toLatex = (text: string): string => text.replace(/[\\{}~^%&#_$]/g, (sign) => ESCAPES[sign] ?? sign);

/** Combining characters of LaTeX’s accents. */
const ACCENTS: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030a',
  H: '\u030b',
  v: '\u030c',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
  b: '\u0331',
};
const WORDS: Readonly<Record<string, string>> = {
  textbackslash: '\\',
  textbraceleft: '{',
  textbraceright: '}',
  textasciitilde: '~',
  textasciicircum: '^',
  textunderscore: '_',
  textendash: '–',
  textemdash: '—',
  textquoteleft: '‘',
  textquoteright: '’',
  textquotedblleft: '“',
  textquotedblright: '”',
  ldots: '…',
  dots: '…',
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  i: 'ı',
  j: 'ȷ',
};

const COMMAND = /\\([a-zA-Z]+)[ \t]*(\{\})?/y;
const ACCENT = /\\(?:([`'^~="."])|([uvHcdbkr])(?=[ {]))\s*(?:\{\\?([a-zA-Zıȷ])\}|\\?([a-zA-Zıȷ]))/y;

/**
 * The text of a value: accents and named characters become Unicode, and braces that only keep capital letters go. Other commands
 * go, and what they are applied to stays.
 */
export function fromLatex(value: string): string {
  let text = '';
  for (let at = 0; at < value.length;) {
    const sign = value.charAt(at);
    if (sign === '{' || sign === '}') {
      at += 1;
      continue;
    }
    if (sign === '~') {
      text += ' ';
      at += 1;
      continue;
    }
    if (sign !== '\\') {
      text += sign;
      at += 1;
      continue;
    }
    const read = readCommand(value, at);
    text += read.text;
    at = read.next;
  }
  return text.replace(/---/g, '—').replace(/--/g, '–').replace(/``/g, '“').replace(/''/g, '”').normalize('NFC');
}

function readCommand(value: string, at: number): { readonly text: string; readonly next: number } {
  ACCENT.lastIndex = at;
  const accent = ACCENT.exec(value);
  if (accent !== null) {
    const [whole, sign, letter, braced, bare] = accent;
    const plain = (braced ?? bare ?? '').replace('ı', 'i').replace('ȷ', 'j');
    return { text: plain + (ACCENTS[sign ?? letter ?? ''] ?? ''), next: at + whole.length };
  }
  COMMAND.lastIndex = at;
  const [whole, word] = COMMAND.exec(value) ?? [];
  if (whole !== undefined && word !== undefined) return { text: WORDS[word] ?? '', next: at + whole.length };
  // An escaped sign, or a line break.
  const next = value.charAt(at + 1);
  return { text: next === '\\' ? ' ' : next, next: at + 2 };
}

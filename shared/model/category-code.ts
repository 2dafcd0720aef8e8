/** The code suggested by a name: Latin letters and digits of its first words, in capitals. Empty for other scripts. */
function partFrom(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toUpperCase()
    .match(/[A-Z0-9]+/g);
  if (words === null) return '';
  const telling = words.filter((word) => !/^(?:AND|OF|THE|OR|TO|FOR|IN|BY|A|AN)$/.test(word));
  return (telling[0] ?? words[0] ?? '').slice(0, 8);
}

/** A code has 60 characters at most, and a number may follow. */
const MOST = 54;

/** Codes that are taken, in any case, and free ones for many new categories: numbers are not counted from the beginning for each. */
export class TakenCodes {
  private readonly there: Set<string>;
  private readonly next = new Map<string, number>();

  constructor(codes: Iterable<string>) {
    this.there = new Set(Array.from(codes, (code) => code.toUpperCase()));
  }

  has(code: string): boolean {
    return this.there.has(code.toUpperCase());
  }

  take(code: string): void {
    this.there.add(code.toUpperCase());
  }

  /** The parent’s code, a dot, and what the name suggests; `C1`, `C2` … if it suggests nothing. It isn’t taken by this. */
  free(name: string, parent: string | null): string {
    const part = partFrom(name);
    const before = parent === null ? '' : `${parent}.`;
    const base = `${before}${part === '' ? 'C' : part}`.slice(0, MOST);
    if (part !== '' && !this.has(base)) return base;
    for (let number = this.next.get(base) ?? (part === '' ? 1 : 2); ; number++) {
      const code = `${base}${String(number)}`;
      if (this.has(code)) continue;
      this.next.set(base, number);
      return code;
    }
  }
}

/** A free code for one new category, beside `taken`: see {@link TakenCodes}. */
export const codeFor = (name: string, parent: string | null, taken: Iterable<string>): string =>
  new TakenCodes(taken).free(name, parent);

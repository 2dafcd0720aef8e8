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

/**
 * A free code for a new category: the parent's, a dot, and the code suggested by the name; `C1`, `C2` … if it suggests none.
 * `taken` are the existing codes: in any case, or as a set in capitals, which is not read through each time.
 */
export function codeFor(name: string, parent: string | null, taken: readonly string[] | ReadonlySet<string>): string {
  const there = taken instanceof Set ? taken : new Set(Array.from(taken, (code) => code.toUpperCase()));
  const part = partFrom(name);
  const before = parent === null ? '' : `${parent}.`;
  const base = `${before}${part === '' ? 'C' : part}`.slice(0, MOST);
  if (part !== '' && !there.has(base.toUpperCase())) return base;
  for (let number = part === '' ? 1 : 2; ; number++) {
    const code = `${base}${String(number)}`;
    if (!there.has(code.toUpperCase())) return code;
  }
}

/** The part of a code that a name suggests: Latin letters and digits of its first words, in capitals. Empty for other scripts. */
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

/** 60 characters is the longest code; a number may follow. */
const MOST = 54;

/**
 * A code for a new category that is free: the parent's, a dot, and what the name suggests; `C1`, `C2` … where it suggests
 * nothing. `taken` are the codes there are, however written.
 */
export function codeFor(name: string, parent: string | null, taken: readonly string[]): string {
  const there = new Set(taken.map((code) => code.toUpperCase()));
  const part = partFrom(name);
  const before = parent === null ? '' : `${parent}.`;
  const base = `${before}${part === '' ? 'C' : part}`.slice(0, MOST);
  if (part !== '' && !there.has(base.toUpperCase())) return base;
  for (let number = part === '' ? 1 : 2; ; number++) {
    const code = `${base}${String(number)}`;
    if (!there.has(code.toUpperCase())) return code;
  }
}

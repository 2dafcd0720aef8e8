/** What is read from the lock file about packages, by their path in the checkout (`''` is our own package). */
export type LockPackages = Readonly<
  Record<
    string,
    {
      readonly version?: string | undefined;
      readonly license?: string | undefined;
      readonly dependencies?: Readonly<Record<string, string>> | undefined;
      readonly optionalDependencies?: Readonly<Record<string, string>> | undefined;
    }
  >
>;

/** Licences that allow us to ship a package; each was checked once. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Unlicense',
  'Zlib',
  'blessing',
]);

/** Whether a SPDX expression needs only licences we know: one of alternatives, all of a conjunction. */
export function isAllowed(expression: string): boolean {
  const alternatives = expression.replace(/[()]/g, ' ').split(/\sOR\s/);
  return alternatives.some((all) => all.split(/\sAND\s/).every((one) => ALLOWED.has(one.trim())));
}

/** The package `node` runs the checkout; the packaged program runs in Electron. */
const NOT_SHIPPED = new Set(['node']);

/** The lock file's paths of all packages our dependencies bring, through their own and optional dependencies, in order. */
export function shippedPackages(packages: LockPackages): string[] {
  const found = new Set<string>();
  const visit = (from: string): void => {
    const entry = packages[from];
    for (const name of Object.keys({ ...entry?.dependencies, ...entry?.optionalDependencies })) {
      const path = locate(packages, from, name);
      if (path === null || found.has(path) || (from === '' && NOT_SHIPPED.has(name))) continue;
      found.add(path);
      visit(path);
    }
  };
  visit('');
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

/** As Node does: in the folder of the importing package, then in each folder above it. */
function locate(packages: LockPackages, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (path in packages) return path;
    if (folder === '') return null;
  }
}

/**
 * The pseudonyms of people in a chart that is handed on. Numbers follow the order in which people joined the project, as in a pseudonymous
 * project file. `coder` makes the name for a number, from 1.
 */
export const pseudonymsOf = (ids: readonly string[], coder: (number: number) => string): ReadonlyMap<string, string> =>
  new Map(ids.map((id, at) => [id, coder(at + 1)]));

/** A filter in words without the names of people. A condition that could be a part of a name is left out. */
export function withoutNames(
  text: string,
  people: readonly { readonly id: string; readonly name: string }[],
  pseudonyms: ReadonlyMap<string, string>,
): string {
  let left = text;
  // The longest first: one name can be the beginning of another.
  for (const { id, name } of people.toSorted((a, b) => b.name.length - a.name.length))
    if (name.trim() !== '') left = left.replaceAll(name, pseudonyms.get(id) ?? '…');
  const known = new Set(pseudonyms.values());
  return left.replaceAll(/\bperson:("[^"]*"|\([^)]*\)|\S+)/gi, (whole, value: string) =>
    known.has(value.replaceAll('"', '')) ? whole : 'person:…',
  );
}

/** Whether two names are one person’s name: case, spaces and compatibility forms are ignored, in the same way on every machine. */
export const sameName = (a: string, b: string): boolean => foldedName(a) === foldedName(b);

/** NFKC, single spaces, lower case of no locale: a Turkish computer must not fold I to another letter than a British one. */
const foldedName = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();

/** Levels of lists and objects. What we read has some ten. */
export const DEEPEST = 200;
/** Values that are read at most: a hundred thousand annotations have some three million. */
export const MOST_VALUES = 4_000_000;

/**
 * What makes a JSON text from elsewhere too costly to be parsed; null if nothing does. Ten million brackets, in a third of a megabyte as a zip, took
 * the parser 0.7 GB, outside the memory that a worker may take; eleven million empty objects took all that it may, and the program ended with it.
 */
export function jsonExcess(text: string, mostValues = MOST_VALUES): 'depth' | 'values' | null {
  let depth = 0;
  let values = 1;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted) at += sign === '\\' ? 1 : 0;
    else if (sign === '[' || sign === '{') {
      depth += 1;
      values += 1;
    } else if (sign === ']' || sign === '}') depth -= 1;
    else if (sign === ',') values += 1;
    if (depth > DEEPEST) return 'depth';
    if (values > mostValues) return 'values';
  }
  return null;
}

/** The words of a code’s description that are about a category, beside its definition. */
export interface CategoryWords {
  readonly code: string | null;
  readonly definition: string;
  readonly include: string;
  readonly exclude: string;
  /** By language: `Chinese`, `English`. */
  readonly terms: Readonly<Record<string, readonly string[]>>;
}

const INCLUDE = 'Include: ';
const EXCLUDE = 'Exclude: ';
const CODE = 'Code: ';
const TERMS = /^Terms \((\w+)\): (.*)$/s;
/** Between terms. A term has no line end. */
const BETWEEN = '; ';
/** Between the parts. Blank lines inside a part are kept: a part begins with one of the words above. */
const PARTS = '\n\n';

/**
 * A category’s words as the description of a code, the only text that REFI-QDA has for one: the definition, then one paragraph for
 * each of the others that is not empty, with its name before it. `wordsIn` reads it again.
 */
export function descriptionOf({ code, definition, include, exclude, terms }: CategoryWords): string | null {
  const parts = [
    escaped(definition),
    include === '' ? '' : INCLUDE + escaped(include),
    exclude === '' ? '' : EXCLUDE + escaped(exclude),
    ...Object.entries(terms).map(([language, all]) =>
      all.length === 0 ? '' : `Terms (${language}): ${all.join(BETWEEN)}`,
    ),
    code === null ? '' : CODE + code,
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(PARTS);
}

/** A paragraph of a part that begins like a part has a backslash before it. */
const LIKE_A_PART = /^\\*(?:Include: |Exclude: |Code: |Terms \(\w+\): )/;
const unescaped = (part: string): string => (part.startsWith('\\') && LIKE_A_PART.test(part) ? part.slice(1) : part);
const escaped = (text: string): string =>
  text
    .split(PARTS)
    .map((part) => (LIKE_A_PART.test(part) ? `\\${part}` : part))
    .join(PARTS);

/** The words of a description that Sourcebook wrote; all of any other is the definition. */
export function wordsIn(description: string | null): CategoryWords {
  const words = {
    code: null as string | null,
    definition: '',
    include: '',
    exclude: '',
    terms: {} as Record<string, string[]>,
  };
  /** The part that a paragraph without a name goes on with. */
  let last: 'definition' | 'include' | 'exclude' = 'definition';
  const goOn = (written: string): void => {
    const text = unescaped(written);
    words[last] = words[last] === '' ? text : words[last] + PARTS + text;
  };
  for (const part of (description ?? '').split(PARTS)) {
    const terms = TERMS.exec(part);
    if (part.startsWith(INCLUDE)) goOnAs('include', part.slice(INCLUDE.length));
    else if (part.startsWith(EXCLUDE)) goOnAs('exclude', part.slice(EXCLUDE.length));
    else if (terms?.[1] !== undefined && terms[2] !== undefined) words.terms[terms[1]] = terms[2].split(BETWEEN);
    else if (part.startsWith(CODE)) words.code = part.slice(CODE.length);
    else goOn(part);
  }
  return words;

  function goOnAs(kind: 'include' | 'exclude', text: string): void {
    last = kind;
    goOn(text);
  }
}

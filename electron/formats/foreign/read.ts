import { readFileSync, statSync } from 'node:fs';
import { Fault } from '../../../shared/errors.ts';
import { readFault } from '../../../shared/file-faults.ts';
import { counted } from '../../../shared/text/counted.ts';
import { readAnnotations } from '../annotations/read.ts';
import { readBibtex } from '../bibliography/bibtex.ts';
import { readCsl } from '../bibliography/csl.ts';
import type { Bibliography } from '../bibliography/model.ts';
import { readRis } from '../bibliography/ris.ts';
import { unicodeText } from '../charset.ts';

/** Formats that are one text. `json`: annotations or CSL-JSON, which only the file can tell. */
export type TextFormat = 'json' | 'ris' | 'bibtex';
/** A file that is read, and by what name people know it. */
export interface TextToRead {
  readonly path: string;
  readonly name: string;
  readonly format: TextFormat;
}
export type ForeignText =
  | ({ readonly kind: 'annotations' } & ReturnType<typeof readAnnotations>)
  | ({ readonly kind: 'entries'; readonly format: 'csl' | 'ris' | 'bibtex' } & Bibliography);

/** Bytes. A hundred thousand annotations have some sixty million. */
export const LARGEST = 128 << 20;

/** Reads annotations or a bibliography. BAD_INPUT, TOO_LARGE, NOT_FOUND, NOT_ALLOWED. */
export function readForeignText({ path, name, format }: TextToRead): ForeignText {
  const text = textIn(path, name);
  switch (format) {
    case 'json': {
      checkNesting(text);
      const items = readCsl(text);
      return items === null
        ? { kind: 'annotations', ...readAnnotations(text) }
        : { kind: 'entries', format: 'csl', ...items };
    }
    case 'ris':
      return { kind: 'entries', format, ...entriesOf(readRis(text), 'RIS') };
    case 'bibtex':
      return { kind: 'entries', format, ...entriesOf(readBibtex(text), 'BibTeX') };
  }
}

/** Throws BAD_INPUT for a file without any entry: it is something else. */
function entriesOf(read: Bibliography, what: string): Bibliography {
  if (read.entries.length > 0) return read;
  const [first] = read.faults;
  const where = first === undefined ? 'It has none.' : `Line ${first.line}: ${first.why}`;
  throw new Fault('BAD_INPUT', `This isn’t a bibliography in ${what} with entries. ${where}`);
}

/** Levels of lists and objects. Annotations have some ten. */
const DEEPEST = 200;

/** BAD_INPUT for JSON in more levels: a hundred million brackets take the parser gigabytes, outside the memory that a worker may take. */
function checkNesting(text: string): void {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted) at += sign === '\\' ? 1 : 0;
    else if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth > DEEPEST)
      throw new Fault('BAD_INPUT', `This JSON is nested more than ${DEEPEST} deep. Export the file again.`);
  }
}

/** UTF-8, or UTF-16 by its mark. TOO_LARGE; BAD_INPUT for other bytes, which would come in as other letters. */
function textIn(path: string, name: string): string {
  try {
    const { size } = statSync(path);
    if (size > LARGEST)
      throw new Fault(
        'TOO_LARGE',
        `“${name}” has ${counted(size, 'byte')}; at most ${counted(LARGEST, 'byte')} are read. Split it and import the parts.`,
        { name },
      );
    return decoded(readFileSync(path), name);
  } catch (thrown) {
    throw thrown instanceof Fault ? thrown : readFault(thrown);
  }
}

function decoded(bytes: Buffer, name: string): string {
  try {
    return unicodeText(bytes, { fatal: true });
  } catch {
    throw new Fault('BAD_INPUT', `“${name}” isn’t UTF-8 text. Save it again as UTF-8, in the program it is from.`, {
      name,
    });
  }
}

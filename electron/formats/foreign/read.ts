import { readFileSync, statSync } from 'node:fs';
import { Fault } from '../../../shared/errors.ts';
import { readFault } from '../../../shared/file-faults.ts';
import { counted, numbered } from '../../../shared/text/counted.ts';
import { readAnnotations } from '../annotations/read.ts';
import { readBibtex } from '../bibliography/bibtex.ts';
import { readCsl } from '../bibliography/csl.ts';
import type { Bibliography } from '../bibliography/model.ts';
import { readRis } from '../bibliography/ris.ts';
import { unicodeText } from '../charset.ts';
import { DEEPEST, jsonExcess, MOST_VALUES } from '../json-size.ts';

/** Formats that are one text. `json`: annotations or CSL-JSON, which only the file can tell. */
export type TextFormat = 'json' | 'ris' | 'bibtex';
/** A file to be read, and its name for people. */
export interface TextToRead {
  readonly path: string;
  readonly name: string;
  readonly format: TextFormat;
}
export type ForeignText =
  | ({ readonly kind: 'annotations' } & ReturnType<typeof readAnnotations>)
  | ({ readonly kind: 'entries'; readonly format: 'csl' | 'ris' | 'bibtex' } & Bibliography);

/** Bytes of the largest file that is read. A hundred thousand annotations take some sixty million. */
export const LARGEST = 128 << 20;

/** Reads annotations or a bibliography. BAD_INPUT, TOO_LARGE, NOT_FOUND, NOT_ALLOWED. */
export function readForeignText({ path, name, format }: TextToRead): ForeignText {
  const text = textIn(path, name);
  switch (format) {
    case 'json': {
      checkSize(text);
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

/** Throws BAD_INPUT for a file without any entry: it is of another format. */
function entriesOf(read: Bibliography, what: string): Bibliography {
  if (read.entries.length > 0) return read;
  const [first] = read.faults;
  const where = first === undefined ? 'It has none.' : `Line ${first.line}: ${first.why}`;
  throw new Fault('BAD_INPUT', `This isn’t a bibliography in ${what} with entries. ${where}`);
}

/** Throws BAD_INPUT or TOO_LARGE for JSON that would take the parser more memory than a worker may take, or too long to free. */
function checkSize(text: string): void {
  switch (jsonExcess(text)) {
    case 'depth':
      throw new Fault('BAD_INPUT', `This JSON is nested more than ${DEEPEST} deep. Export the file again.`);
    case 'values':
      throw new Fault(
        'TOO_LARGE',
        `This JSON has more than ${numbered(MOST_VALUES)} values, the most that are read. Split it and import the parts.`,
      );
    case null:
  }
}

/**
 * The text of a file in UTF-8, or in UTF-16 with a byte order mark. Throws TOO_LARGE; BAD_INPUT for other encodings, whose letters would be
 * read as other letters.
 */
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

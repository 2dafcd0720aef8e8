import { SaxesParser } from 'saxes';
import { detailOf, Fault } from '../../../shared/errors.ts';
import type { ZipPart } from '../zip/read.ts';
import { textPieces } from '../zip/text-part.ts';

/** What is read of a part. Names have the prefixes below; elements of other namespaces have a name without one. */
export interface XmlEvents {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  close(name: string): void;
  text(characters: string): void;
}

/** Transitional and strict (ISO/IEC 29500). */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w:'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w:'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/math', 'm:'],
  ['http://purl.oclc.org/ooxml/officeDocument/math', 'm:'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc:'],
]);
/** Tables in tables and what is inserted in inserted text stay far below. */
const MOST_DEPTH = 256;
/** Bytes of one part, unpacked. A book has 5 MB. */
const MOST_BYTES = 64 * 2 ** 20;

export const badDocx = (what: string): Fault =>
  new Fault('BAD_INPUT', `This isn’t a valid Word document: ${what}.`, { what });

/**
 * Reads one part of a Word document. A document type definition is rejected: no such file needs one. Throws BAD_INPUT with the place and
 * the reason, DAMAGED, TOO_LARGE.
 */
export async function readXmlPart(part: ZipPart, events: XmlEvents): Promise<void> {
  if (part.bytes > MOST_BYTES)
    throw new Fault('TOO_LARGE', `This file was rejected: “${part.path}” unpacks to ${part.bytes} bytes.`, {
      what: part.path,
    });
  const fail = (what: string): Fault => badDocx(`${what} (“${part.path}”)`);
  const parser = new SaxesParser({ xmlns: true });
  let depth = 0;
  parser.on('error', (error) => {
    throw fail(detailOf(error.message));
  });
  parser.on('doctype', () => {
    throw fail('it has a document type definition, which such files never need');
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    depth += 1;
    if (depth > MOST_DEPTH) throw fail(`its elements are nested more than ${MOST_DEPTH} deep`);
    const values = Object.values(attributes).map((one) => [one.local, one.value] as const);
    events.open((PREFIXES.get(uri) ?? '') + local, new Map(values));
  });
  parser.on('closetag', ({ uri, local }) => {
    depth -= 1;
    events.close((PREFIXES.get(uri) ?? '') + local);
  });
  const text = (characters: string): void => events.text(characters);
  parser.on('text', text);
  parser.on('cdata', text);
  for await (const piece of textPieces(part.open(), part.path, badDocx)) parser.write(piece);
  parser.close();
}

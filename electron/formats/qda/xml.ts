/** Characters that no XML 1.0 document can have, not even as a reference: C0 except tab and line ends, and U+FFFE, U+FFFF. */
const NO_XML = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** Whether a text has characters that XML cannot have: they are replaced by U+FFFD where it is written. */
export const hasUnwritable = (text: string): boolean => !text.isWellFormed() || text.search(NO_XML) !== -1;

/**
 * Text as it may stand in an XML element. Carriage returns are written as references: a reader would make line feeds of
 * them, and places in the text after them would be wrong (XML 1.0, 2.11).
 */
export const xmlText = (text: string): string =>
  text
    .toWellFormed()
    .replace(NO_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');

/** Text as it may stand in an attribute’s quotes. Line ends and tabs are references: a reader would make spaces of them. */
const xmlAttribute = (text: string): string =>
  xmlText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');

/** ` name="value"` for each that is not null, in this order. */
export function attributes(values: Readonly<Record<string, string | number | boolean | null>>): string {
  let written = '';
  for (const name of Object.keys(values)) {
    const value = values[name] ?? null;
    if (value !== null) written += ` ${name}="${xmlAttribute(String(value))}"`;
  }
  return written;
}

/** `<name>text</name>`, or nothing for null. */
export const element = (name: string, text: string | null): string =>
  text === null ? '' : `<${name}>${xmlText(text)}</${name}>`;

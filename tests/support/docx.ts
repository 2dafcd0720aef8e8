import { zipped } from './bag.ts';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const NAMES = `xmlns:w="${W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`;

const STYLES = `<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My heading"/><w:basedOn w:val="T1"/></w:style><w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style><w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="ring"/><w:basedOn w:val="Ring"/></w:style>`;

export interface DocxParts {
  readonly body: string;
  readonly footnotes?: string;
  readonly endnotes?: string;
  /** Instead of the transitional namespace. */
  readonly namespace?: string;
}

/** The parts of a Word document as Word writes them, by path. */
export function docxParts({ body, footnotes, endnotes, namespace = W }: DocxParts): Map<string, Buffer> {
  const part = (root: string, inner: string): Buffer =>
    Buffer.from(
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:${root} ${NAMES.replace(W, namespace)}>${inner}</w:${root}>`,
    );
  const relations = (...all: readonly (readonly [type: string, target: string])[]): Buffer =>
    Buffer.from(
      `<Relationships xmlns="${PACKAGE}">${all.map(([type, target], at) => `<Relationship Id="r${at}" Type="${OFFICE}/${type}" Target="${target}"/>`).join('')}</Relationships>`,
    );
  return new Map([
    [
      '[Content_Types].xml',
      Buffer.from('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    ],
    ['_rels/.rels', relations(['officeDocument', 'word/document.xml'])],
    [
      'word/_rels/document.xml.rels',
      relations(['styles', 'styles.xml'], ['footnotes', 'footnotes.xml'], ['endnotes', '/word/endnotes.xml']),
    ],
    ['word/styles.xml', part('styles', STYLES)],
    ...(footnotes === undefined ? [] : ([['word/footnotes.xml', part('footnotes', footnotes)]] as const)),
    ...(endnotes === undefined ? [] : ([['word/endnotes.xml', part('endnotes', endnotes)]] as const)),
    ['word/document.xml', part('document', `<w:body>${body}<w:sectPr/></w:body>`)],
  ]);
}

export const makeDocx = (path: string, parts: DocxParts): Promise<void> => zipped(path, docxParts(parts));

export const r = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
/** A paragraph of runs, with its properties. */
export const p = (runs: string, properties = ''): string =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${runs}</w:p>`;
export const styled = (style: string, runs: string): string => p(runs, `<w:pStyle w:val="${style}"/>`);
export const table = (...rows: readonly (readonly string[])[]): string =>
  `<w:tbl><w:tblPr/><w:tblGrid/>${rows.map((cells) => `<w:tr>${cells.map((cell) => `<w:tc><w:tcPr/>${cell}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;

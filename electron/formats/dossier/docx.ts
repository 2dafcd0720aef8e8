import type { ZipFile } from 'yazl';
import { escaped } from '../../../shared/text/escape-html.ts';
import { NO_TIME } from '../zip/write.ts';
import type { Block, Line, Run, ShownPassage, Written } from './blocks.ts';

const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** English Metric Units of a twentieth of a point, and of the text’s width on A4 (170 mm) in those. */
const TEXT_WIDTH = 9638;
const EMU = 635;
const RIGHT_TO_LEFT = /^(?:ar|fa|he|ug|ur|ps|sd|yi)\b|-Arab\b/i;

/**
 * Adds the parts of a Word document (ISO/IEC 29500, transitional) to a zip: pictures as they come, so that they are not all in memory, and
 * the text at the end. `onExhibit` is told how many are done, and may throw.
 */
export async function fillDocx(
  zip: ZipFile,
  { title }: { readonly title: string },
  blocks: AsyncIterable<Written>,
  onExhibit: (done: number) => void,
): Promise<void> {
  const pictures: string[] = [];
  const body: string[] = [];
  const add = (name: string, xml: string): void => zip.addBuffer(Buffer.from(XML + xml), name, NO_TIME);
  const addPicture = (png: Uint8Array): number => {
    const number = pictures.length + 1;
    pictures.push(`rIdP${number}`);
    zip.addBuffer(Buffer.from(png), `word/media/p${number}.png`, { ...NO_TIME, compress: false });
    return number;
  };
  add('[Content_Types].xml', CONTENT_TYPES);
  add('_rels/.rels', RELATIONS);
  add('word/styles.xml', STYLES);
  add('docProps/core.xml', coreOf(title));
  for await (const { block, exhibits } of blocks) {
    body.push(xmlOf(block, addPicture));
    onExhibit(exhibits);
  }
  const relations = pictures.map(
    (id, at) => `<Relationship Id="${id}" Type="${OFFICE}/image" Target="media/p${at + 1}.png"/>`,
  );
  add(
    'word/_rels/document.xml.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/>${relations.join('')}</Relationships>`,
  );
  add(
    'word/document.xml',
    `<w:document xmlns:w="${MAIN}" xmlns:r="${OFFICE}" xmlns:wp="${DRAWING}/wordprocessingDrawing" xmlns:a="${DRAWING}/main" xmlns:pic="${DRAWING}/picture"><w:body>${body.join('')}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1247" w:right="1134" w:bottom="1134" w:left="1134" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr></w:body></w:document>`,
  );
}

type AddPicture = (png: Uint8Array) => number;

function xmlOf(block: Block, addPicture: AddPicture): string {
  switch (block.kind) {
    case 'page':
      return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
    case 'heading':
      return paragraph(block.line, `Heading${block.level}`);
    case 'text':
      return paragraph(block.line, block.look === 'note' ? 'Note' : block.look === 'warning' ? 'Warning' : null);
    case 'quote':
      return paragraph(block.line, block.look === 'original' ? 'Original' : 'Translation');
    case 'facts':
      return tableOf(
        block.rows.map(([name, lines]) => [[[{ text: name, look: 'soft' }]], lines]),
        [2200, TEXT_WIDTH - 2200],
        null,
      );
    case 'table': {
      const shares = block.shares ?? block.heads.map(() => 1);
      const whole = shares.reduce((sum, share) => sum + share, 0);
      const rows = block.rows.map((cells) => cells.map((cell) => [cell]));
      const head = block.heads.map((text): readonly Line[] => [[{ text, look: 'strong' }]]);
      return (
        paragraph([{ text: block.caption, look: 'strong' }], 'Note', true) +
        tableOf(
          rows,
          shares.map((share) => Math.floor((TEXT_WIDTH * share) / whole)),
          head,
        )
      );
    }
    case 'steps':
      return block.lines.map((line, at) => paragraph([{ text: `${at + 1}. ` }, ...line], 'Note')).join('');
    case 'passage':
      return shownPassage(block.shown, addPicture);
    case 'signatures':
      return block.names
        .map((text) => paragraph([{ text: '_'.repeat(40) }], null) + paragraph([{ text }], 'Note'))
        .join('');
  }
}

/** `joined`: it stays on the page of what follows. */
function paragraph(line: Line, style: string | null, joined = false): string {
  const isRight = line.some(({ lang }) => lang !== undefined && RIGHT_TO_LEFT.test(lang)) && line.length === 1;
  const says =
    (style === null ? '' : `<w:pStyle w:val="${style}"/>`) +
    (joined ? '<w:keepNext/>' : '') +
    (isRight ? '<w:bidi/>' : '');
  return `<w:p>${says === '' ? '' : `<w:pPr>${says}</w:pPr>`}${line.map(runXml).join('')}</w:p>`;
}

const LOOKS = {
  strong: '<w:b/>',
  soft: '<w:color w:val="55585E"/>',
  mono: '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>',
  mark: '<w:bdr w:val="single" w:sz="4" w:space="0" w:color="1A1C1F"/><w:shd w:val="clear" w:color="auto" w:fill="E9E3CF"/>',
} as const;

function runXml({ text, lang, look }: Run): string {
  const isRight = lang !== undefined && RIGHT_TO_LEFT.test(lang);
  const language =
    lang === undefined
      ? ''
      : isRight
        ? `<w:rtl/><w:lang w:bidi="${escaped(lang)}"/>`
        : `<w:lang w:val="${escaped(lang)}" w:eastAsia="${escaped(lang)}"/>`;
  const says = (look === undefined ? '' : LOOKS[look]) + language;
  const lines = escaped(text)
    .split('\n')
    .map((one) => `<w:t xml:space="preserve">${one}</w:t>`);
  return `<w:r>${says === '' ? '' : `<w:rPr>${says}</w:rPr>`}${lines.join('<w:br/>')}</w:r>`;
}

function tableOf(
  rows: readonly (readonly (readonly Line[])[])[],
  widths: readonly number[],
  head: readonly (readonly Line[])[] | null,
): string {
  const cell = (lines: readonly Line[], at: number, joined: boolean, across: number): string => {
    const width = widths.slice(at, at + across).reduce((sum, one) => sum + one, 0);
    const spans = across === 1 ? '' : `<w:gridSpan w:val="${across}"/>`;
    const words = lines.map((line) => paragraph(line, 'Cell', joined)).join('') || '<w:p/>';
    return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${spans}</w:tcPr>${words}</w:tc>`;
  };
  // A row stays on one page, unless it is longer than one. Heads, and rows of one cell, are headings of what is below.
  const row = (cells: readonly (readonly Line[])[], isHead: boolean): string => {
    const isAlone = cells.length === 1 && widths.length > 1;
    const made = cells.map((lines, at) => cell(lines, at, isHead || isAlone, isAlone ? widths.length : 1));
    return `<w:tr><w:trPr><w:cantSplit/>${isHead ? '<w:tblHeader/>' : ''}</w:trPr>${made.join('')}</w:tr>`;
  };
  const whole = [...(head === null ? [] : [row(head, true)]), ...rows.map((cells) => row(cells, false))];
  if (whole.length === 0) return '';
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('');
  return `<w:tbl><w:tblPr><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:tblBorders><w:insideH w:val="single" w:sz="4" w:space="0" w:color="D5D5D0"/></w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${whole.join('')}</w:tbl><w:p/>`;
}

function shownPassage({ pictures, words }: ShownPassage, addPicture: AddPicture): string {
  const drawn = pictures.map(({ png, width, height, alt }) => {
    const number = addPicture(png);
    const across = TEXT_WIDTH * EMU;
    const down = Math.round((across * height) / Math.max(1, width));
    const extent = `cx="${across}" cy="${down}"`;
    return `<w:p><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent ${extent}/><wp:docPr id="${number}" name="Picture ${number}" descr="${escaped(alt)}"/><a:graphic><a:graphicData uri="${DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="${number}" name="p${number}.png" descr="${escaped(alt)}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdP${number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
  });
  return drawn.join('') + (words === null ? '' : paragraph(words, 'Words'));
}

const coreOf = (title: string): string =>
  `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title></cp:coreProperties>`;

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const CONTENT_TYPES = `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;
const RELATIONS = `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

const style = (id: string, name: string, paragraphs: string, letters: string): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${paragraphs}</w:pPr><w:rPr>${letters}</w:rPr></w:style>`;
const heading = (level: number, size: number, before: number): string =>
  style(
    `Heading${level}`,
    `heading ${level}`,
    `<w:keepNext/><w:spacing w:before="${before}" w:after="80"/><w:outlineLvl w:val="${level - 1}"/>`,
    `<w:b/><w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`,
  );
const bar = (colour: string): string =>
  `<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="${colour}"/></w:pBdr><w:spacing w:after="120"/>`;
const STYLES = `<w:styles xmlns:w="${MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="SimSun" w:cs="Arial"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="en" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${heading(1, 40, 0)}${heading(2, 28, 360)}${heading(3, 20, 240)}${style('Note', 'Note', '', '<w:color w:val="55585E"/><w:sz w:val="17"/><w:szCs w:val="17"/>')}${style('Warning', 'Warning', bar('8A2A12'), '<w:b/><w:color w:val="8A2A12"/>')}${style('Original', 'Quotation', bar('1A1C1F'), '<w:sz w:val="24"/><w:szCs w:val="24"/>')}${style('Translation', 'Translation', bar('D5D5D0'), '')}${style('Words', 'Words', '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="55585E"/><w:bottom w:val="single" w:sz="4" w:space="4" w:color="55585E"/></w:pBdr>', '')}${style('Cell', 'Cell', '<w:spacing w:after="20"/>', '<w:sz w:val="17"/><w:szCs w:val="17"/>')}</w:styles>`;

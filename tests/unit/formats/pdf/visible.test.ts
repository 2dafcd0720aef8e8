import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createPdfReader } from '../../../../electron/formats/pdf/index.ts';
import { linesOf, makePdf } from '../../../support/pdf.ts';
import { corpusPath, describeCorpus } from '../../../support/corpus.ts';
import { fileOf, readLayer } from './read.ts';

const reader = createPdfReader();

interface Parts {
  readonly resources?: string;
  readonly page?: string;
  readonly catalog?: string;
  /** Objects from number 6. */
  readonly objects?: readonly Buffer[];
}

/** A PDF of one page that draws `content`. */
function pdf(content: string, { resources = '', page = '', catalog = '', objects = [] }: Parts = {}): Buffer {
  const all = [
    Buffer.from(`<</Type/Catalog/Pages 2 0 R${catalog}>>`),
    Buffer.from('<</Type/Pages/Kids[3 0 R]/Count 1>>'),
    Buffer.from(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R/C 6 0 R>>${resources}>>${page}>>`,
    ),
    stream('', Buffer.from(content)),
    Buffer.from('<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'),
    ...objects,
  ];
  const body = all.map((one, at) => Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), one, Buffer.from('\nendobj\n')]));
  return Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    ...body,
    Buffer.from(`trailer<</Size ${all.length + 1}/Root 1 0 R>>\n%%EOF`),
  ]);
}
const stream = (entries: string, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`<<${entries}/Length ${bytes.length}>>\nstream\n`), bytes, Buffer.from('\nendstream')]);

const line = (text: string, y: number, { x = 72, size = 12 } = {}): string =>
  ` BT /F ${size} Tf ${x} ${y} Td (${text}) Tj ET `;
const PLAIN = line('The county published its report.', 700);
const SECRET = 'Nobody was forced to work there';
const secret = line(SECRET, 650);
/** Black and white at random, as a scan of words is to the eye. */
const speckled = Buffer.from(Array.from({ length: 200 * 260 }, (_, at) => ((at * 7919) % 13 > 6 ? 255 : 0)));
const picture = (grey: Buffer): Buffer =>
  stream(
    '/Type/XObject/Subtype/Image/Width 200/Height 260/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode',
    deflateSync(grey),
  );
const form = (entries = ''): Buffer =>
  stream(`/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>>>${entries}`, Buffer.from(secret));
const scan = 'q 612 0 0 792 0 0 cm /X Do Q ';
const withX = (object: Buffer, more: Parts = {}): Parts => ({
  resources: '/XObject<</X 6 0 R>>',
  objects: [object, Buffer.from('<</Type/OCG/Name(Layer)>>')],
  ...more,
});
const layers = (off: boolean): string =>
  `/OCProperties<</OCGs[7 0 R]/D<</BaseState/ON/OFF[${off ? '7 0 R' : ''}]/Order[7 0 R]>>>>`;
const inLayer = (off: boolean): Parts => ({
  resources: '/Properties<</L 7 0 R>>',
  objects: [Buffer.from('null'), Buffer.from('<</Type/OCG/Name(Layer)>>')],
  catalog: layers(off),
});

/** A Chinese font that the file names and doesn’t have. */
const chinese: Parts = {
  objects: [
    '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[7 0 R]>>',
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 8 0 R>>',
    '<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>',
  ].map((text) => Buffer.from(text)),
};
const inChinese = (before: string): Buffer => pdf(`${before} BT /C 12 Tf 72 600 Td <8F6C79FB5C314E1A> Tj ET`, chinese);

/** The hidden words of each page, all of its text being looked at. */
async function hiddenIn(bytes: Uint8Array | string): Promise<string[]> {
  const path = typeof bytes === 'string' ? bytes : fileOf(bytes);
  const layer = await readLayer(path);
  const parts = layer.pages.map((_, page) => {
    const words = layer.pageText(page + 1);
    return { page, start: 0, end: words.length, words };
  });
  const found = await reader.hidden(path, [], parts);
  if (!found.ok) throw new Error(found.error.message);
  return found.value.flatMap((spans, page) =>
    spans.map(({ start, end }) => parts[page]?.words.slice(start, end) ?? ''),
  );
}

describe('words that a PDF has in its text and doesn’t show', () => {
  it.each<[string, Buffer]>([
    ['in invisible ink', pdf(`${PLAIN} 3 Tr ${secret}`)],
    ['only clipped by', pdf(`${PLAIN} q 7 Tr ${secret} Q`)],
    ['white on white', pdf(`${PLAIN} q 1 g ${secret} Q`)],
    ['almost white on white', pdf(`${PLAIN} q 0.98 g ${secret} Q`)],
    ['black on black', pdf(`${PLAIN} 60 640 400 30 re f ${secret}`)],
    ['transparent', pdf(`${PLAIN} /G gs ${secret}`, { resources: '/ExtGState<</G<</ca 0/CA 0>>>>' })],
    ['covered', pdf(`${PLAIN} ${secret} 1 g 60 640 400 30 re f`)],
    ['covered but for an underline', pdf(`3 Tr ${secret} 72 648 200 0.6 re f`)],
    ['outside a clipping path', pdf(`${PLAIN} q 0 0 9 9 re W n ${secret} Q`)],
    ['too small to be read', pdf(`${PLAIN} ${line(SECRET, 650, { size: 0.5 })}`)],
    ['in a layer that is switched off', pdf(`${PLAIN} /OC /L BDC ${secret} EMC`, inLayer(true))],
    ['in a form of such a layer', pdf(`${PLAIN} /X Do`, withX(form('/OC 7 0 R'), { catalog: layers(true) }))],
    ['in a form, white', pdf(`${PLAIN} 1 g /X Do`, withX(form()))],
    ['on a turned page', pdf(`${PLAIN} 3 Tr ${secret}`, { page: '/Rotate 90' })],
    ['under other words', pdf(`${line('People were free to leave it at any time.', 650)} 3 Tr ${secret}`)],
    ['over an empty picture', pdf(`${scan} 3 Tr ${secret}`, withX(picture(Buffer.alloc(200 * 260, 255))))],
  ])('are found: %s', async (_how, bytes) => {
    expect(await hiddenIn(bytes)).toEqual([SECRET]);
  });

  it.each([
    ['invisible ink', '3 Tr'],
    ['the colour of the page', '1 g'],
  ])('are found where the file lacks their font: %s', async (_how, before) => {
    expect(await hiddenIn(inChinese(before))).toEqual(['转移就业']);
    expect(await hiddenIn(inChinese(''))).toEqual([]);
  });

  it('are found alone in a line that is shown', async () => {
    const words = 'BT /F 12 Tf 72 650 Td (People were ) Tj 3 Tr (not ) Tj 0 Tr (forced to work there.) Tj ET';
    expect(await hiddenIn(pdf(words))).toEqual(['not']);
  });
});

describe('words that are shown', () => {
  it.each<[string, Buffer | Uint8Array]>([
    ['black on white', pdf(PLAIN + secret)],
    ['white on black', pdf(`60 640 400 30 re f q 1 g ${secret} Q`)],
    ['light grey', pdf(`0.8 g ${secret}`)],
    ['in a layer that is switched on', pdf(`/OC /L BDC ${secret} EMC`, inLayer(false))],
    ['in a form', pdf('/X Do', withX(form()))],
    ['on turned pages', pdf(PLAIN + secret, { page: '/Rotate 270' })],
    ['as outlines', pdf(`1 Tr ${secret}`)],
    ['drawn twice to be bold', pdf(secret + line(SECRET, 650, { x: 72.3 }))],
    ['drawn four times', pdf([0, 0.2, 0.4, 0.6].map((by) => line(SECRET, 650, { x: 72 + by })).join(''))],
    ['drawn thirty times at one place', pdf(secret.repeat(30))],
    ['on a scan, whose text is in invisible ink', pdf(`${scan} 3 Tr ${secret}`, withX(picture(speckled)))],
    ['on a scan that is drawn over its text', pdf(`${secret} ${scan}`, withX(picture(speckled)))],
  ])('are no alarm: %s', async (_how, bytes) => {
    expect(await hiddenIn(bytes)).toEqual([]);
  });

  it('are no alarm on a page of many lines', async () => {
    expect(await hiddenIn(await makePdf([linesOf(1, 40), linesOf(2, 40)]))).toEqual([]);
  });

  it('are not looked for where the page’s text is another one', async () => {
    const path = fileOf(pdf(PLAIN));
    const found = await reader.hidden(path, [], [{ page: 0, start: 0, end: 3, words: 'A c' }]);
    expect(found).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });
});

describeCorpus('real PDFs', () => {
  it.each(['udhr-cmn_hans/page.pdf', 'udhr-uig_arab/page.pdf', 'pdf/ArabicCIDTrueType.pdf', 'pdf/rotation.pdf'])(
    'show all of their words: %s',
    async (name) => {
      expect(await hiddenIn(corpusPath(name))).toEqual([]);
    },
  );
});

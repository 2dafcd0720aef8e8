import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { OUTGOING_FORMATS } from '../../shared/model/exchange-formats.ts';
import { unzipped } from '../support/bag.ts';
import { leaksIn } from '../support/leaks.ts';
import { addFile, mark, testProject } from '../support/project.ts';
import { tempFolder } from '../support/temp.ts';
import { plainWarc, response } from '../support/warc.ts';

/** As wide as each other, letter for letter, so that nothing else of a page moves: two files that differ only in who is named. */
const [NAME, OTHER] = ['Zulhayat', 'tayahluZ'];
const SAYS = 'The worker NAME sews.';

interface Shadow {
  /** Page contents; NAME is replaced. */
  readonly content: string;
  /** More of the page’s dictionary, and objects from number 6. */
  readonly page?: string;
  readonly catalog?: string;
  readonly objects?: readonly string[];
  /** Later versions of objects, as an incremental update, by number. */
  readonly update?: Readonly<Record<number, string>>;
  /** The last object is missing in the plain table, and only in a stream of cross-references (ISO 32000, 7.5.8.4). */
  readonly isHybrid?: boolean;
  /** Masks this area of the page too. */
  readonly area?: [number, number, number, number];
}

const shown = (words: string, more = ''): string => `BT ${more} /F1 12 Tf 60 780 Td (${words}) Tj ET`;
const stream = (content: string, more = ''): string =>
  `<< ${more} /Length ${content.length} >>\nstream\n${content}\nendstream`;

/** A whole file of one page: catalog, pages, page, contents, font, then the others. */
function pdfOf(
  { content, page = '', catalog = '', objects = [], update = {}, isHybrid = false }: Shadow,
  name: string,
): Buffer {
  const size = 6 + objects.length;
  const bodies = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${isHybrid ? size - 1 : 4} 0 R /Resources << /Font << /F1 5 0 R >> ${page} >> >>`,
    stream(content),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>',
    ...objects,
  ].map((body) => body.replaceAll('NAME', name));
  let file = '%PDF-1.7\n';
  const places: number[] = [];
  for (const [at, body] of bodies.entries()) {
    places.push(file.length);
    file += `${at + 1} 0 obj\n${body}\nendobj\n`;
  }
  const line = (at: number, kind = 'n'): string =>
    `${String(at).padStart(10, '0')} ${kind === 'n' ? '00000' : '65535'} ${kind} \n`;
  let more = '';
  if (isHybrid) {
    const entry = Buffer.alloc(5);
    entry.writeUInt8(1, 0);
    entry.writeUInt32BE(places.at(-1) ?? 0, 1);
    const at = file.length;
    file += `${size} 0 obj\n<< /Type /XRef /Size ${size + 1} /Index [${size - 1} 1] /W [1 4 0] /Root 1 0 R /Length 11 /Filter /ASCIIHexDecode >>\nstream\n${entry.toString('hex')}>\nendstream\nendobj\n`;
    more = ` /XRefStm ${at}`;
  }
  const table = file.length;
  const lines = (isHybrid ? places.slice(0, -1) : places).map((at) => line(at));
  file += `xref\n0 ${lines.length + 1}\n${line(0, 'f')}${lines.join('')}trailer\n<< /Size ${size + 1} /Root 1 0 R${more} >>\nstartxref\n${table}\n%%EOF\n`;
  for (const [number, body] of Object.entries(update)) {
    const at = file.length;
    file += `${number} 0 obj\n${body.replaceAll('NAME', name)}\nendobj\n`;
    const last = file.length;
    file += `xref\n${number} 1\n${line(at)}trailer\n<< /Size ${size} /Root 1 0 R /Prev ${table} >>\nstartxref\n${last}\n%%EOF\n`;
  }
  return Buffer.from(file, 'latin1');
}

const LAYER = '/Properties << /L1 6 0 R >>';
const OFF = '/OCProperties << /OCGs [6 0 R] /D << /Order [6 0 R] /OFF [6 0 R] >> >>';
const OCG = '<< /Type /OCG /Name (NAME) >>';
const BOX: [number, number, number, number] = [55, 775, 300, 795];
/** A light square over the words. */
const COVER = 'q 0.9 g 50 770 300 30 re f Q';

const SHADOWS: Readonly<Record<string, (name: string) => Shadow>> = {
  'an update that hides the words': () => ({ content: shown('Nobody. NAME.'), update: { 4: stream(shown(SAYS)) } }),
  'an update that brings them': () => ({ content: shown('Nobody is named'), update: { 4: stream(shown(SAYS)) } }),
  'contents that only a stream of cross-references has': () => ({
    content: shown('Nobody is named'),
    objects: [stream(shown(SAYS))],
    isHybrid: true,
  }),
  'a layer that is switched off, at the same place': () => ({
    content: `${shown(SAYS)} /OC /L1 BDC ${shown(SAYS)} EMC`,
    page: LAYER,
    catalog: OFF,
    objects: [OCG],
  }),
  'a layer that is switched off, elsewhere': () => ({
    content: `${shown(SAYS)} /OC /L1 BDC BT /F1 12 Tf 60 400 Td (NAME) Tj ET EMC`,
    page: LAYER,
    catalog: OFF,
    objects: [OCG],
  }),
  'text in invisible ink over the same words': () => ({ content: `${shown(SAYS)} ${shown(SAYS, '3 Tr')}` }),
  'text twice at one place, a hair apart': () => ({ content: `${shown(SAYS)} 1 0 0 1 0.2 0 cm ${shown(SAYS)}` }),
  'text under what covers it': () => ({ content: `${shown(SAYS)} ${COVER} ${shown('Nobody is named here.')}` }),
  'text under an image, masked as an area': () => ({
    content: `${shown(SAYS)} q 300 0 0 30 50 770 cm /I1 Do Q`,
    page: '/XObject << /I1 6 0 R >>',
    objects: [
      stream('\x80', '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8'),
    ],
    area: BOX,
  }),
  'a name in letters that a font says are as wide as a page': (name) => ({
    content: `${shown('Nobody.')} BT /F2 12 Tf 60 780 Td [${[...name].map((_, at) => `<${(65 + at).toString(16)}> 19400`).join(' ')}] TJ ET`,
    page: '/Font << /F1 5 0 R /F2 6 0 R >>',
    objects: [
      `<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 65 /LastChar 72 /Widths [${'20000 '.repeat(8)}] /Encoding << /Type /Encoding /Differences [65 ${[...name].map((letter) => `/${letter}`).join(' ')}] >> >>`,
    ],
    area: BOX,
  }),
  'an annotation that says other words than it shows': () => ({
    content: shown('The worker sews.'),
    page: `>> /Annots [6 0 R] /X <<`,
    objects: [
      '<< /Type /Annot /Subtype /FreeText /F 4 /Rect [60 700 300 720] /Contents (Nobody) /T (NAME) /DA (/F1 12 Tf) /AP << /N 7 0 R >> >>',
      stream(
        'BT /F1 12 Tf 2 4 Td (NAME) Tj ET',
        '/Type /XObject /Subtype /Form /BBox [0 0 240 20] /Resources << /Font << /F1 5 0 R >> >>',
      ),
    ],
    area: [58, 698, 302, 722],
  }),
};

/** Every byte of every export of a project, by its name. */
async function exportsOf(engine: Engine): Promise<Map<string, Buffer>> {
  const folder = tempFolder();
  const all = new Map<string, Buffer>();
  for (const format of OUTGOING_FORMATS) {
    const path = join(folder, `out.${format === 'pdf' ? 'zip' : format}`);
    const made = await engine.call('exchange.export', { path, format }).catch((thrown: unknown) => thrown);
    if (made instanceof Error && /No passages on PDFs|place on the page/.test(made.message)) continue;
    if (made instanceof Error) throw made;
    all.set(format, readFileSync(path));
  }
  for (const format of ['html', 'docx', 'folder'] as const) {
    const path = join(folder, `dossier.${format}`);
    await engine.call('dossier.export', { path, format, from: { kind: 'filters' } });
    if (format !== 'folder') all.set(format, readFileSync(path));
    else
      for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' }))
        if (statSync(join(path, name)).isFile()) all.set(`folder ${name}`, readFileSync(join(path, name)));
  }
  return all;
}

/** A project with that file and a passage on its first line; the first place of the name in its text is masked, or the area that is given. */
async function masked(file: Shadow, name: string) {
  const project = await testProject();
  const { engine } = project;
  const source = await addFile(engine, 'list.pdf', pdfOf(file, name));
  if (source.layer === null) throw new Error('It has no text');
  const { text } = await engine.call('layers.text', { id: source.layer });
  const [first = ''] = text.split('.');
  await mark(engine, source.id, first);
  const start = text.indexOf(name);
  const marked =
    file.area === undefined
      ? { kind: 'text' as const, start, end: start + name.length }
      : { kind: 'area' as const, page: 1, area: file.area };
  await engine.call('masks.add', { source: source.id, layer: source.layer, marked, reason: 'A worker' });
  // The same words elsewhere, shown or not, are pointed out, and one act masks them.
  const { open } = await engine.call('masks.list', { source: source.id });
  const pointedOut = open.filter(({ kind }) => kind === 'sameWords').length;
  if (marked.kind === 'text' && pointedOut > 0)
    await engine.call('masks.addEverywhere', { layer: source.layer, marked, reason: 'A worker' });
  return { engine, pointedOut };
}

const pdfIn = async (qdpx: Buffer): Promise<Buffer> => {
  const path = join(tempFolder(), 'out.qdpx');
  writeFileSync(path, qdpx);
  const [pdf] = [...(await unzipped(path))].flatMap(([name, bytes]) => (name.endsWith('.pdf') ? bytes : []));
  if (pdf === undefined) throw new Error('The masked PDF doesn’t go out');
  return pdf;
};

describe('A PDF that shows one thing and has another', () => {
  it.each(Object.entries(SHADOWS))('keeps what is masked to itself: %s', async (what, shadow) => {
    const one = await masked(shadow(NAME), NAME);
    expect(one.pointedOut).toBe(what.endsWith('elsewhere') ? 1 : 0);
    const all = await exportsOf(one.engine);
    const leaks = [...all].flatMap(([name, bytes]) => leaksIn(bytes, [NAME]).map((way) => `${name}: ${way}`));
    expect(leaks).toEqual([]);
    // Pictures tell nothing either: of a file that names another, as long, they are the same.
    const other = await exportsOf((await masked(shadow(OTHER), OTHER)).engine);
    const [mine, theirs] = [await pdfIn(all.get('qdpx') ?? EMPTY), await pdfIn(other.get('qdpx') ?? EMPTY)];
    expect(mine.equals(theirs)).toBe(true);
    const pictures = (page: Buffer | undefined) => page?.toString().match(/data:image\/png;base64,[^"]*/g);
    expect(pictures(all.get('html'))).toHaveLength(1);
    expect(pictures(all.get('html'))).toEqual(pictures(other.get('html')));
  });
});

/** Contents with a sentence that nobody sees. */
const UNSEEN: Readonly<Record<string, Shadow>> = {
  'in invisible ink': { content: shown('Nobody was sent.', '3 Tr') },
  'under what covers it': { content: `${shown('Nobody was sent.')} ${COVER}` },
  'in a layer that is switched off': {
    content: `/OC /L1 BDC ${shown('Nobody was sent.')} EMC`,
    page: LAYER,
    catalog: OFF,
    objects: [OCG],
  },
};

async function verified(file: Shadow, isArchived = false) {
  const { engine } = await testProject();
  const body = pdfOf(file, NAME);
  const [url, date, type] = ['https://county.example/plan.pdf', '2024-05-06T07:08:09Z', 'application/pdf'];
  const source = isArchived
    ? await addFile(engine, 'crawl.warc', plainWarc([response({ url, date, type, body })]))
    : await addFile(engine, 'plan.pdf', body);
  await mark(engine, source.id, 'Nobody was sent');
  const path = join(tempFolder(), 'dossier');
  await engine.call('dossier.export', { path, format: 'folder', from: { kind: 'filters' } });
  return engine.call('dossier.verify', { path });
}

describe('A dossier that quotes a PDF', () => {
  it.each(Object.entries(UNSEEN))('is not taken for right where its words are %s', async (_where, file) => {
    const { ok, found, failures } = await verified(file);
    expect([ok, found]).toEqual([false, 1]);
    expect(failures).toEqual([
      {
        kind: 'quoteUnseen',
        id: 'exhibit 1',
        message:
          'Words of exhibit 1 are in the text of its original, but nobody can see them on page 1: “Nobody was sent”.',
      },
    ]);
  });

  it('is not taken for right either where the PDF is in an archive of the web', async () => {
    const { ok, found, failures } = await verified(UNSEEN['in invisible ink'] ?? { content: '' }, true);
    expect([ok, found, failures.map(({ kind }) => kind)]).toEqual([false, 1, ['quoteUnseen']]);
  });

  it.each([false, true])('is right where they are seen, in an archive: %s', async (isArchived) => {
    expect(await verified({ content: shown('Nobody was sent.') }, isArchived)).toMatchObject({
      ok: true,
      found: 1,
      remarks: [],
    });
  });
});

const EMPTY = Buffer.alloc(0);

import { posix } from 'node:path';
import { open } from 'node:fs/promises';
import { Fault, ok } from '../../../shared/errors.ts';
import { readFault } from '../../../shared/file-faults.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { LayerPageContent } from '../../../shared/text/layer-file.ts';
import type { Extraction } from '../extracted.ts';
import { toExtracted } from '../layer.ts';
import { canonicalText } from '../text/index.ts';
import { openZip, type OpenZip, type ZipLimits } from '../zip/read.ts';
import { LEFT, type Left, type NoteKind, type Story, StoryReader } from './story.ts';
import { type Styles, stylesIn } from './styles.ts';
import { badDocx, readXmlPart } from './xml.ts';

const LIMITS: ZipLimits = {
  entries: 20_000,
  oneFile: 2 ** 30,
  total: 4 * 2 ** 30,
  ratio: 500,
  ratioFrom: 8 * 2 ** 20,
};

/** Increased when canonical text changes: offsets depend on it. */
const VERSION = '2';

/**
 * The text of a Word document (ISO/IEC 29500, transitional or strict) as one page without geometry: a line a paragraph, headings with `#` as in
 * Markdown, a row of a table with tabs between its cells, and the notes at the end as lines `[^1]: …`, with the mark `[^1]` where the
 * document refers to them. Tracked changes are taken as accepted. Nothing in it is loaded, run or written anywhere. Errors: BAD_INPUT,
 * DAMAGED, NOT_ALLOWED, TOO_LARGE, UNSUPPORTED, NOT_FOUND.
 */
export async function readDocx(path: string): Promise<Extraction> {
  try {
    const { text, notes } = await textOf(path);
    const page: LayerPageContent = { text, box: [0, 0, 0, 0], rotation: 0, failed: false, geometry: null };
    const content = { engine: 'docx', version: VERSION, notes, frozen: null, resources: [], pages: [page] } as const;
    return ok(toExtracted(content, { record: {}, prefilled: {} }));
  } catch (thrown) {
    if (thrown instanceof Fault) return { ok: false, error: thrown.data };
    throw thrown;
  }
}

async function textOf(path: string): Promise<{ readonly text: string; readonly notes: readonly string[] }> {
  await refuseOlder(path);
  const zip = await openZip(path, LIMITS);
  try {
    const main = await mainPart(zip);
    const related = await relatedTo(zip, main);
    const part = zip.parts.get(main);
    if (part === undefined) throw badDocx('its text isn’t in it');
    const whole = new WholeText();
    const left: Left = countsOfNothing();
    const styles = await stylesIn(zip.parts.get(related.get('styles') ?? ''));
    const reader = new StoryReader(whole, styles, left);
    let root: string | null = null;
    await readXmlPart(part, {
      open: (name, attributes) => {
        if (root === null && name !== 'w:document') throw badDocx('it is of another program, such as a spreadsheet');
        root ??= name;
        reader.open(name, attributes);
      },
      close: (name) => reader.close(name),
      text: (characters) => reader.text(characters),
    });
    reader.end();
    const notes = {
      footnote: await notesIn(zip, related.get('footnotes'), styles, left),
      endnote: await notesIn(zip, related.get('endnotes'), styles, left),
    };
    whole.addNotes(notes);
    return { text: whole.text, notes: said(left) };
  } finally {
    zip.close();
  }
}

const countsOfNothing = (): Left => ({
  inserted: 0,
  deleted: 0,
  textBoxes: 0,
  hidden: 0,
  faint: 0,
  alternatives: 0,
  bound: 0,
  comments: 0,
  formulas: 0,
  symbols: 0,
  files: 0,
});

/** Older Word files, and those with a password, are OLE containers, whatever their name ends in. */
const OLE = 'd0cf11e0a1b11ae1';
/** How other files begin that are given the name of a Word document now and then. */
const OTHERS: readonly { readonly begins: string; readonly what: string }[] = [
  { begins: '89504e47', what: 'a picture (PNG)' },
  { begins: 'ffd8ff', what: 'a picture (JPEG)' },
  { begins: '25504446', what: 'a PDF' },
  { begins: '7b5c727466', what: 'Rich Text (RTF)' },
];
async function refuseOlder(path: string): Promise<void> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
      if (bytesRead === 0) throw new Fault('BAD_INPUT', 'This file is empty. Get a new copy.');
      if (buffer.toString('hex') === OLE)
        throw new Fault(
          'UNSUPPORTED',
          'This Word file is of an older kind or has a password. Open it in a word processor and save it as DOCX without one.',
        );
      const other = OTHERS.find(({ begins }) => buffer.toString('hex').startsWith(begins));
      if (other !== undefined)
        throw new Fault(
          'UNSUPPORTED',
          `This file is ${other.what}, whatever its name ends in. Choose the Word document, or save it as DOCX.`,
        );
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw readFault(thrown);
  }
}

/** The part that a package says is its document. */
async function mainPart(zip: OpenZip): Promise<string> {
  const main = (await relationsIn(zip, '_rels/.rels', '')).get('officeDocument');
  if (main === undefined) throw badDocx('it doesn’t say where its text is');
  return main;
}
const relatedTo = (zip: OpenZip, main: string): Promise<ReadonlyMap<string, string>> =>
  relationsIn(zip, posix.join(posix.dirname(main), '_rels', `${posix.basename(main)}.rels`), posix.dirname(main));

/** Parts by the last word of their relation’s type. What lies outside of the file is never looked for. */
async function relationsIn(zip: OpenZip, path: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const part = zip.parts.get(path);
  const found = new Map<string, string>();
  if (part !== undefined)
    await readXmlPart(part, {
      open: (name, attributes) => {
        if (name !== 'Relationship' || attributes.get('TargetMode') === 'External') return;
        const type = /\/(\w+)$/.exec(attributes.get('Type') ?? '')?.[1];
        const target = attributes.get('Target') ?? '';
        const at = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
        if (type !== undefined && !found.has(type)) found.set(type, at);
      },
      close: () => undefined,
      text: () => undefined,
    });
  return found;
}

/** The texts of a part’s notes, by id. Its lines between text and notes are none. */
async function notesIn(
  zip: OpenZip,
  path: string | undefined,
  styles: Styles,
  left: Left,
): Promise<ReadonlyMap<string, string>> {
  const part = path === undefined ? undefined : zip.parts.get(path);
  const found = new Map<string, string>();
  let id = '';
  const add = (text: string): void => {
    const words = text.replaceAll(/\s+/g, ' ').trim();
    if (id !== '') found.set(id, `${found.get(id) ?? ''} ${words}`.trim());
  };
  const story: Story = {
    paragraph: add,
    row: add,
    refer: () => '',
    openNote: (note) => {
      id = note;
    },
  };
  if (part !== undefined) await readXmlPart(part, new StoryReader(story, styles, left));
  return found;
}

class WholeText implements Story {
  private readonly lines: string[] = [];
  private readonly referred = new Map<
    string,
    { readonly kind: NoteKind; readonly id: string; readonly number: number }
  >();

  get text(): string {
    return this.lines.map((line) => `${canonicalText(line)}\n`).join('');
  }

  /** `level`: of a heading, from 1. Markdown has six. */
  paragraph(text: string, level: number | null): void {
    const mark = level === null ? '' : `${'#'.repeat(Math.min(level, 6))} `;
    this.lines.push(mark + (level === null ? text : text.replaceAll(/\s+/g, ' ').trim()));
  }

  row(text: string): void {
    this.lines.push(text);
  }

  /** Footnotes and endnotes are counted together, in the order they are referred to. */
  refer(kind: NoteKind, id: string): string {
    const key = `${kind} ${id}`;
    const one = this.referred.get(key) ?? { kind, id, number: this.referred.size + 1 };
    this.referred.set(key, one);
    return `[^${one.number}]`;
  }

  openNote(): void {
    throw badDocx('a note stands outside of the notes');
  }

  addNotes(texts: Readonly<Record<NoteKind, ReadonlyMap<string, string>>>): void {
    for (const { kind, id, number } of this.referred.values()) {
      const text = texts[kind].get(id) ?? '';
      if (text !== '') this.lines.push(`[^${number}]: ${text}`);
    }
  }
}

const were = (count: number): string => (count === 1 ? 'was' : 'were');
const SENTENCES: Readonly<Record<keyof Left, (count: number) => string>> = {
  inserted: (count) => `Tracked changes: ${counted(count, 'insertion')} ${were(count)} read as text.`,
  deleted: (count) => `Tracked changes: ${counted(count, 'deletion')} ${were(count)} left out.`,
  textBoxes: (count) => `${counted(count, 'text box', 'text boxes')} ${were(count)} not read.`,
  hidden: (count) => `${counted(count, 'piece')} of hidden text ${were(count)} left out.`,
  faint: (count) =>
    `${counted(count, 'piece')} of white or tiny text, which readers may not see, ${were(count)} read as text.`,
  alternatives: (count) =>
    `${counted(count, 'piece')} of text for newer word processors, with another in place of it for older ones, ${were(count)} not read.`,
  bound: (count) =>
    `${counted(count, 'content control')} ${were(count)} read as saved: a word processor may fill ${count === 1 ? 'it' : 'them'} from other data in the file.`,
  comments: (count) => `${counted(count, 'comment')} ${were(count)} not read.`,
  formulas: (count) => `${counted(count, 'formula')} ${were(count)} not read.`,
  symbols: (count) => `${counted(count, 'symbol')} of a picture font ${were(count)} read as “\ufffd”.`,
  files: (count) => `${counted(count, 'inserted file')} ${were(count)} not read.`,
};
const said = (left: Left): string[] => LEFT.flatMap((kind) => (left[kind] === 0 ? [] : [SENTENCES[kind](left[kind])]));

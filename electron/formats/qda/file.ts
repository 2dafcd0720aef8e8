import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Fault } from '../../../shared/errors.ts';
import { readFault, storeFault } from '../../../shared/file-faults.ts';
import { sha256, type Sha256 } from '../../../shared/model/index.ts';
import { damagedPart, openZip, type OpenZip, type ZipLimits, type ZipPart } from '../zip/read.ts';
import { textPieces } from '../zip/text-part.ts';
import type { QdaNote, QdaSource } from './model.ts';
import { type NotRead, ProjectReader, type ReadProject } from './read.ts';

export const QDA_LIMITS: QdaLimits = {
  entries: 200_000,
  oneFile: 8 * 2 ** 30,
  total: 128 * 2 ** 30,
  ratio: 500,
  ratioFrom: 16 * 2 ** 20,
  xml: 2 ** 30,
  text: 64 * 2 ** 20,
};
export interface QdaLimits extends ZipLimits {
  /** The most bytes of the project’s XML, and of one text. */
  readonly xml: number;
  readonly text: number;
}

/** Where and how a file is read. */
export interface QdaToRead {
  readonly path: string;
  /** An empty folder to unpack sources and texts into; null: nothing is unpacked. */
  readonly to: string | null;
  readonly limits?: QdaLimits;
}

/** A file of a source. */
export interface QdaFile {
  /** Its name for people, without a path. */
  readonly name: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  /** Where it was unpacked. */
  readonly at: string | null;
}

/** A source with its files. */
export interface QdaFiled {
  readonly source: QdaSource;
  /** The document itself; for a source that is only a text, that text. Null if it is not in the file. */
  readonly original: QdaFile | null;
  /** The text in which its selections count positions. */
  readonly text: QdaFile | null;
}

export interface QdaFileRead extends Omit<ReadProject, 'project'> {
  readonly project: Omit<ReadProject['project'], 'sources'>;
  readonly sources: readonly QdaFiled[];
}

/**
 * Reads a REFI-QDA project (`.qdpx`) or codebook (`.qdc`, or the XML of a project alone). Nothing in it decides where anything is
 * written. Throws BAD_INPUT, DAMAGED, NOT_ALLOWED or TOO_LARGE with what is wrong and where; NOT_FOUND. `onProgress` gets bytes.
 */
export async function readQdaFile(
  { path, to, limits = QDA_LIMITS }: QdaToRead,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<QdaFileRead> {
  if (!(await isZip(path))) {
    const size = await sizeOf(path);
    if (size > limits.xml) throw tooLarge(`it has ${size} bytes`);
    const { project, notRead } = await readXml(() => createReadStream(path), basename(path));
    return filed(project, notRead, null, { to, limits, onProgress });
  }
  const zip = await openZip(path, limits);
  try {
    const part = projectIn(zip);
    if (part.bytes > limits.xml) throw tooLarge(`“${part.path}” unpacks to ${part.bytes} bytes`);
    const { project, notRead } = await readXml(() => part.open(), part.path);
    return await filed(project, notRead, zip, { to, limits, onProgress });
  } finally {
    zip.close();
  }
}

const tooLarge = (what: string): Fault => new Fault('TOO_LARGE', `This file was rejected: ${what}.`, { what });
const badInput = (what: string): Fault =>
  new Fault('BAD_INPUT', `This isn’t a valid REFI-QDA file: ${what}.`, { what });

async function withFile<T>(path: string, work: (file: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  try {
    const file = await open(path, 'r');
    try {
      return await work(file);
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw readFault(thrown);
  }
}
const sizeOf = (path: string): Promise<number> => withFile(path, async (file) => (await file.stat()).size);
const isZip = (path: string): Promise<boolean> =>
  withFile(path, async (file) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    if (bytesRead === 0) throw badInput('it is empty');
    return buffer.toString('latin1') === 'PK';
  });

/** Programs call it project.qde, Project.qde or by the project’s name. */
function projectIn({ parts }: OpenZip): ZipPart {
  const all = [...parts.values()].filter(({ path }) => /\.qde$/i.test(path) && !/^sources\//i.test(path));
  const named = all.filter(({ path }) => basename(path).toLowerCase() === 'project.qde');
  const [one, ...more] = named.length > 0 ? named : all;
  if (one === undefined) throw badInput('no file in it ends in .qde');
  if (more.length > 0) throw badInput(`it has several projects (“${one.path}”, “${more[0]?.path ?? ''}”)`);
  return one;
}

async function readXml(content: () => Readable | Promise<Readable>, name: string): Promise<ReadProject> {
  const reader = new ProjectReader();
  for await (const piece of textPieces(content(), name, badInput)) reader.write(piece);
  return reader.end();
}

interface Filing {
  readonly to: string | null;
  readonly limits: QdaLimits;
  readonly onProgress: (done: number, total: number) => void;
}

async function filed(
  { sources, notes, ...project }: ReadProject['project'],
  notRead: readonly NotRead[],
  zip: OpenZip | null,
  filing: Filing,
): Promise<QdaFileRead> {
  const store = new Store(zip, filing);
  const found: QdaFiled[] = [];
  for (const source of sources) found.push(await store.fileSource(source, found.length));
  const readNotes: QdaNote[] = [];
  const lost: NotRead[] = [];
  for (const note of notes) {
    const content = 'content' in note.text ? note.text.content : await store.smallText(note.text.file);
    if (content === null)
      lost.push({ kind: 'Note', count: 1, why: 'Its text is a file that isn’t in this one, or too long.' });
    else readNotes.push({ ...note, text: { content } });
  }
  return { project: { ...project, notes: readNotes }, notRead: [...notRead, ...lost], sources: found };
}

const GUID_LENGTH = 36;
/** Endings of files that Sourcebook exports as a text, with the original beside it. */
const READ_AS_TEXT = /\.(?:html?|xhtml|shtml|mht|mhtml|mhtm|txt|text|md)$/i;

/** Finds the files of sources in the zip, hashes them and unpacks them where that is wanted. */
class Store {
  private readonly byName = new Map<string, ZipPart>();
  private readonly byGuid = new Map<string, ZipPart[]>();
  private readonly filing: Filing;
  private done = 0;
  private readonly total: number;

  constructor(zip: OpenZip | null, filing: Filing) {
    this.filing = filing;
    let total = 0;
    for (const part of zip?.parts.values() ?? []) {
      const name = /^sources\/(.+)$/i.exec(part.path)?.[1];
      if (name === undefined) continue;
      total += part.bytes;
      const key = nameKey(name);
      this.byName.set(key, part);
      const guid = key.slice(0, GUID_LENGTH);
      this.byGuid.set(guid, [...(this.byGuid.get(guid) ?? []), part]);
    }
    this.total = total;
  }

  async fileSource(source: QdaSource, number: number): Promise<QdaFiled> {
    const textPart = source.text !== null && 'file' in source.text.text ? this.part(source.text.text.file) : null;
    const inline = source.text !== null && 'content' in source.text.text ? source.text.text.content : null;
    if (textPart !== null && textPart.bytes > this.filing.limits.text)
      throw tooLarge(`“${textPart.path}” unpacks to ${textPart.bytes} bytes, too many for a text`);
    const named = source.file === null ? null : this.part(source.file);
    // For a text with a formatted document, the text is used: the document is of a kind that can’t be read.
    const part = source.kind === 'text' ? this.beside(source, textPart) : named;
    const title = source.name ?? (part === null ? '' : basename(part.path));
    const text =
      inline !== null
        ? await this.take(
            () => Readable.from([Buffer.from(inline.toWellFormed(), 'utf8')]),
            number,
            'text',
            `${title}.txt`,
          )
        : textPart === null
          ? null
          : await this.take(() => textPart.open(), number, 'text', withEnding(title, '.txt'), textPart.path);
    const original =
      part === null
        ? null
        : await this.take(() => part.open(), number, 'original', withEnding(title, extname(part.path)), part.path);
    const { text: of, ...rest } = source;
    return {
      source: { ...rest, text: of === null ? null : { guid: of.guid, text: { file: '' } } },
      original: original ?? (source.kind === 'text' ? text : null),
      text,
    };
  }

  /** The content of a short text; null if it is not in the file or longer than a note can be. */
  async smallText(file: string): Promise<string | null> {
    const part = this.part(file);
    if (part === null || part.bytes > 4 * 2 ** 20) return null;
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of await part.open()) if (chunk instanceof Uint8Array) chunks.push(chunk);
    } catch (thrown) {
      throw damagedPart(part.path, thrown);
    }
    return new TextDecoder().decode(Buffer.concat(chunks));
  }

  private part(file: string): ZipPart | null {
    return this.byName.get(nameKey(file)) ?? null;
  }

  /** The original that Sourcebook writes beside a text, found by the source’s GUID: a saved page, or a text in its own encoding. */
  private beside({ guid }: QdaSource, text: ZipPart | null): ZipPart | null {
    const all = this.byGuid.get(guid) ?? [];
    return all.find((part) => part !== text && READ_AS_TEXT.test(part.path)) ?? null;
  }

  private async take(
    content: () => Readable | Promise<Readable>,
    number: number,
    kind: 'original' | 'text',
    name: string,
    path = name,
  ): Promise<QdaFile> {
    const hash = createHash('sha256');
    let bytes = 0;
    const measure = new Transform({
      transform: (chunk: Buffer, _encoding, next) => {
        hash.update(chunk);
        bytes += chunk.length;
        this.done += chunk.length;
        this.filing.onProgress(this.done, this.total);
        next(null, chunk);
      },
    });
    const folder = this.filing.to === null ? null : join(this.filing.to, kind, String(number));
    const at = folder === null ? null : join(folder, fileName(name));
    try {
      if (folder !== null) await mkdir(folder, { recursive: true });
      const into = at === null ? new Drain() : createWriteStream(at, { flags: 'wx', mode: 0o600 });
      await pipeline(await content(), measure, into);
    } catch (thrown) {
      const fault = storeFault(thrown);
      throw fault instanceof Fault ? fault : damagedPart(path, thrown);
    }
    return { name: fileName(name), sha256: sha256.parse(hash.digest('hex')), bytes, at };
  }
}

/** A stream that takes all data and stores none. */
class Drain extends Transform {
  override _transform(_chunk: unknown, _encoding: string, next: () => void): void {
    next();
  }
}

/** A key for comparing names: in a zip and in the XML they may differ in case, or be percent-encoded. */
function nameKey(name: string): string {
  let plain = name;
  try {
    plain = decodeURIComponent(name);
  } catch {
    // The name has a per cent sign of its own.
  }
  return plain.normalize('NFC').toLowerCase();
}

const withEnding = (name: string, ending: string): string =>
  name.toLowerCase().endsWith(ending.toLowerCase()) ? name : name + ending;

/** A name that every system takes, without a path: whatever the file says, it is written in its own folder. */
function fileName(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\0-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const ending = extname(plain).slice(0, 12);
  const stem = Array.from(plain.slice(0, plain.length - extname(plain).length))
    .slice(0, 50)
    .join('');
  return `${stem === '' ? 'source' : stem}${ending}`;
}

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { detailOf, Fault } from '../../../shared/errors.ts';
import { exportFault } from '../../../shared/file-faults.ts';
import { openZip, type OpenZip, type ZipFaults, type ZipPart } from '../zip/read.ts';
import { FOLDER_FIELD } from '../dossier/folder.ts';
import { DECLARATION, FORMAT_FIELD, FORMAT_VERSION, LIMITS, type Limits, placeOf, TAG_FILES } from './layout.ts';

/** A problem with a bag. `path` is below the top folder. */
export interface BagProblem {
  readonly path: string;
  readonly kind: 'missing' | 'altered' | 'unlisted' | 'manifest';
  readonly message: string;
}

export interface Bag {
  readonly top: string;
  /** The version of its format. */
  readonly format: number;
  readonly info: ReadonlyMap<string, string>;
  /** Payload path → SHA-256, from the manifest. */
  readonly manifest: ReadonlyMap<string, string>;
  /** Problems found in the names alone, before any payload is read. */
  readonly problems: readonly BagProblem[];
  /** Payload paths that are both listed and present. */
  readonly payload: readonly string[];
  /** Uncompressed bytes of all payload files, and how many they are. */
  readonly octets: number;
  readonly files: number;
  /** Uncompressed bytes of a payload file. */
  size(path: string): number;
  /** Reads a payload file, and writes it to `to` unless that is null; returns the problem, or null if its hash matches. */
  take(path: string, to: string | null): Promise<BagProblem | null>;
  close(): void;
}

/**
 * Opens a project file and reads its tag files. Writes nothing. Throws, with a sentence for people: DAMAGED (not a zip, not a
 * bag, broken directory), NOT_ALLOWED (path escape, symbolic link, encrypted entry, duplicate name), TOO_LARGE (limits,
 * bombs), PROJECT_NEWER (a later format).
 */
export async function openBag(file: string, limits: Limits = LIMITS): Promise<Bag> {
  const zip = await openZip(file, limits, { faults: FAULTS, areNamesStrict: true });
  try {
    const { top, entries } = directory(zip);
    const text = async (path: string): Promise<string | null> => {
      const entry = entries.get(path);
      return entry === undefined ? null : readSmall(entry, limits.tagFile);
    };
    const declaration = await text('bagit.txt');
    if (declaration === null || !/^BagIt-Version: *1\.0\s*$/m.test(declaration))
      throw damaged('it isn’t a BagIt 1.0 bag (bagit.txt)');
    const infoText = (await text('bag-info.txt')) ?? '';
    const info = fields(infoText);
    const format = formatOf(info);
    const manifestText = await text('manifest-sha256.txt');
    if (manifestText === null) throw damaged('its manifest-sha256.txt is missing');
    const manifest = parseManifest(manifestText);
    const problems = [
      ...declarationProblems(declaration),
      ...(await tagProblems(text)),
      ...infoProblems(infoText),
      ...nameProblems(entries, manifest),
    ];
    const payload = [...manifest.keys()].filter((path) => entries.has(path));
    const size = (path: string): number => entries.get(path)?.bytes ?? 0;
    return {
      top,
      format,
      info,
      manifest,
      problems,
      payload,
      octets: payload.reduce((sum, path) => sum + size(path), 0),
      files: payload.length,
      size,
      take: (path, to) => takeFile(entries, manifest, path, to),
      close: () => zip.close(),
    };
  } catch (thrown) {
    zip.close();
    throw thrown;
  }
}

const damaged = (what: string): Fault =>
  new Fault('DAMAGED', `This isn’t a complete project file: ${what}. Ask the sender for a new copy.`, { what });
const refused = (what: string, path: string): Fault =>
  new Fault(
    'NOT_ALLOWED',
    `This project file was rejected: ${what} (“${path}”). Sourcebook never writes such files; don’t trust this copy.`,
    { path },
  );
const tooLarge = (what: string): Fault => new Fault('TOO_LARGE', `This project file was rejected: ${what}.`, { what });
const FAULTS: ZipFaults = {
  damaged,
  refused,
  tooLarge,
  folder: 'This is a folder. Choose a project file, whose name ends in .sbk.',
};

interface Directory {
  readonly top: string;
  readonly entries: ReadonlyMap<string, ZipPart>;
}

/** The files below the one top folder of a bag. */
function directory({ parts, folders }: OpenZip): Directory {
  const entries = new Map<string, ZipPart>();
  let top: string | null = null;
  for (const name of [...parts.keys(), ...folders]) {
    const slash = name.indexOf('/');
    if (slash < 1) throw refused('a file is outside its top folder', name);
    top ??= name.slice(0, slash);
    if (name.slice(0, slash) !== top) throw refused('it has more than one top folder', name);
    const part = parts.get(name);
    if (part !== undefined) entries.set(name.slice(slash + 1), part);
  }
  if (top === null) throw damaged('it is empty');
  return { top, entries };
}

async function readSmall(entry: ZipPart, limit: number): Promise<string> {
  if (entry.bytes > limit) throw tooLarge(`“${entry.path}” is too large`);
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of await entry.open()) if (chunk instanceof Uint8Array) chunks.push(chunk);
  } catch (thrown) {
    throw damaged(`“${entry.path}” can’t be read (${detailOf(thrown)})`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The format's version if this program can read it; else a fault. */
function formatOf(info: ReadonlyMap<string, string>): number {
  const written = info.get(FORMAT_FIELD);
  if (written === undefined && info.has(FOLDER_FIELD))
    throw new Fault(
      'BAD_INPUT',
      'This is a dossier, packed as a zip, and no project file. Unpack it, and check the folder in it.',
    );
  if (written === undefined) throw damaged('it’s a bag, but not from Sourcebook (bag-info.txt names no format)');
  const version = Number(written);
  if (!Number.isInteger(version) || version < 1) throw damaged(`its format “${written}” isn’t a number`);
  if (version > FORMAT_VERSION) {
    throw new Fault(
      'PROJECT_NEWER',
      `This project file has format ${version}; this version of Sourcebook reads up to ${FORMAT_VERSION}. Update Sourcebook to open it.`,
      { version, reads: FORMAT_VERSION },
    );
  }
  return version;
}

function fields(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf(':');
    if (at > 0) found.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  return found;
}

/**
 * Problems of bag-info.txt: a label given twice, or a value that goes on in an indented line. BagIt allows both and we write neither; another
 * reader may take another value than we do.
 */
function infoProblems(text: string): BagProblem[] {
  const labels = new Set<string>();
  return text.split(/\r?\n/).flatMap((line): BagProblem[] => {
    if (line === '') return [];
    const label = /^([^\s:][^:]*):/.exec(line)?.[1]?.trim().toLowerCase();
    const isRead = label !== undefined && !labels.has(label);
    labels.add(label ?? '');
    return isRead
      ? []
      : [
          {
            path: 'bag-info.txt',
            kind: 'manifest',
            message: `A line of “bag-info.txt” isn’t as Sourcebook writes it.`,
          },
        ];
  });
}

function parseManifest(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    if (line === '') continue;
    const parts = /^([0-9a-fA-F]{64})\s+(.+)$/.exec(line);
    if (parts?.[1] === undefined || parts[2] === undefined) throw damaged('a line in its manifest can’t be read');
    if (found.has(parts[2])) throw damaged(`its manifest lists “${parts[2]}” twice`);
    found.set(parts[2], parts[1].toLowerCase());
  }
  return found;
}

const declarationProblems = (text: string): BagProblem[] =>
  text === DECLARATION
    ? []
    : [{ path: 'bagit.txt', kind: 'manifest', message: '“bagit.txt” isn’t as Sourcebook writes it.' }];

/** The tag files that the tag manifest has to list. */
const LISTED_TAGS = TAG_FILES.filter((path) => path !== 'tagmanifest-sha256.txt');

/** Checks the tag files against their own manifest: an altered manifest must not vouch for altered evidence. */
async function tagProblems(text: (path: string) => Promise<string | null>): Promise<BagProblem[]> {
  const listed = await text('tagmanifest-sha256.txt');
  if (listed === null)
    return [{ path: 'tagmanifest-sha256.txt', kind: 'missing', message: 'The bag’s file list is missing.' }];
  const expectedTags = parseManifest(listed);
  const problems = LISTED_TAGS.filter((path) => !expectedTags.has(path)).map((path): BagProblem => ({
    path,
    kind: 'unlisted',
    message: `“${path}” isn’t in the list of tag files.`,
  }));
  for (const [path, expected] of expectedTags) {
    const content = await text(path);
    if (content === null) problems.push({ path, kind: 'missing', message: `“${path}” is listed but missing.` });
    else if (createHash('sha256').update(content, 'utf8').digest('hex') !== expected)
      problems.push({ path, kind: 'manifest', message: `“${path}” was altered after the project file was written.` });
  }
  return problems;
}

function nameProblems(entries: ReadonlyMap<string, ZipPart>, manifest: ReadonlyMap<string, string>): BagProblem[] {
  const problems: BagProblem[] = [];
  for (const path of manifest.keys()) {
    if (!entries.has(path))
      problems.push({ path, kind: 'missing', message: `“${path}” is in the manifest but not in the file.` });
  }
  for (const path of entries.keys()) {
    const place = placeOf(path);
    if (place?.kind === 'tag') continue;
    if (!manifest.has(path))
      problems.push({ path, kind: 'unlisted', message: `“${path}” is in the file but not in the manifest.` });
    else if (place === null)
      problems.push({ path, kind: 'unlisted', message: `“${path}” isn’t known to this version of Sourcebook.` });
  }
  return problems;
}

async function takeFile(
  entries: ReadonlyMap<string, ZipPart>,
  manifest: ReadonlyMap<string, string>,
  path: string,
  to: string | null,
): Promise<BagProblem | null> {
  const entry = entries.get(path);
  const expected = manifest.get(path);
  if (entry === undefined || expected === undefined) return { path, kind: 'missing', message: `“${path}” is missing.` };
  let found: string;
  try {
    // Before the stream is opened: a stream error without a listener would end the program.
    if (to !== null) await mkdir(dirname(to), { recursive: true });
    found = await copy(await entry.open(), to);
  } catch (thrown) {
    const fault = exportFault(thrown);
    if (fault instanceof Fault) throw fault;
    return { path, kind: 'altered', message: `“${path}” can’t be unpacked.` };
  }
  return found === expected ? null : { path, kind: 'altered', message: `“${path}” doesn’t match the manifest.` };
}

async function copy(from: Readable, to: string | null): Promise<string> {
  const hash = createHash('sha256');
  if (to === null) {
    for await (const chunk of from) if (chunk instanceof Uint8Array) hash.update(chunk);
    return hash.digest('hex');
  }
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(from, measure, createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }));
  return hash.digest('hex');
}

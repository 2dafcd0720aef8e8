import type { VerifyFailure, VerifyReport } from '../../../shared/contract/project.ts';
import { sha256, type Sha256, originalPart, type OriginalPart } from '../../../shared/model/index.ts';
import { openLayerFile, type LayerFile } from '../../../shared/text/layer-file.ts';
import { Fault, toErrorData } from '../../../shared/errors.ts';
import type { ReadContext } from '../../project/context.ts';
import type { Originals } from '../../project/files/originals.ts';
import { type LayerRow, layersToVerify, originalsToVerify, type OriginalRow, withheldEdits } from './queries.ts';
import { counted } from '../../../shared/text/counted.ts';
import { AnchorCheck } from './verify-anchors.ts';
import { verifyDrafts } from './verify-drafts.ts';
import { z } from 'zod';
import { type SignedByOther, signedByOthers } from '../../project/people/signed-by-others.ts';
import { textSha256 } from '../../formats/layer.ts';
import { isLayerId, isSourceId } from '../../project/sources/identity.ts';
import { type StampFindings, verifyStamps } from '../../project/timestamps/findings.ts';
import { charsetOf } from '../../project/sources/layers.ts';
import { problemOfPage } from '../../project/sources/frozen-pages.ts';

/**
 * Checks the project against its log: the log itself, every original and text layer by hash, with the files that belong to
 * them, those of drafts, the content of frozen pages, the words of each passage and figure against its text layer, and the backups. Each damaged file is reported once:
 * a passage on a damaged layer is not a second failure. Work in the name of someone who did not sign it is a failure too, unless
 * the log says how it came about; and so is a time stamp that shows nothing of its snapshot.
 */
export async function verifyProject(context: ReadContext): Promise<VerifyReport> {
  const [log, { files, others }] = await Promise.all([context.project.verifyLogInThreads(), verifyRest(context)]);
  const { originals, layers, anchors, drafts } = files;
  // They are compared with the log: where that is damaged, each would be named again.
  const backups = log.failures.length > 0 ? [] : await context.project.verifyBackups();
  const byOthers = log.failures.length > 0 ? [] : (others ?? signedByOthers(context, 'all'));
  const stamps: StampFindings = log.failures.length > 0 ? { failures: [], remarks: [] } : verifyStamps(context);
  const failures = [
    ...log.failures,
    ...originals.failures,
    ...layers.failures,
    ...anchors.failures,
    ...drafts.failures,
    ...backups,
    ...byOthers.filter(({ reason }) => reason === 'forged').map(forgery),
    ...stamps.failures,
  ];
  return {
    ok: failures.length === 0,
    checked: {
      originals: originals.checked + drafts.checked,
      layers: layers.checked + drafts.checked,
      commits: log.commits,
      changes: log.changes,
      passages: anchors.checked,
    },
    failures,
    remarks: [
      ...anchors.remarks,
      ...drafts.remarks,
      ...byOthers
        .filter(({ reason }) => reason !== 'forged')
        .map(({ kind, commit, message }) => ({ kind, id: commit, message })),
      ...stamps.remarks,
      ...(log.failures.length > 0 ? [] : withheld(context)),
    ],
  };
}

/**
 * Every header is here and signed, so nothing is wrong with such an edit. But whoever made the file chose what it leaves out, which can be
 * that a tag was removed.
 */
function withheld({ db }: ReadContext): VerifyReport['remarks'] {
  const { edits = 0, newest = null } = db.get(withheldEdits, {}) ?? {};
  if (edits === 0) return [];
  const [are, their, they] = edits === 1 ? ['is', 'its', 'it'] : ['are', 'their', 'they'];
  const message = `${counted(edits, 'edit')} ${are} here without all of ${their} content, as in a part of a project. What ${they} changed or removed isn’t seen in this copy.`;
  return [{ kind: 'commit', id: newest ?? '', message }];
}

const forgery = ({ commit, message }: SignedByOther): VerifyFailure => ({ kind: 'author', id: commit, message });

/** What this thread checks while two others check the log and the tables. */
async function verifyRest(context: ReadContext) {
  return { files: await verifyFiles(context), others: othersIn(context) };
}

/** Null where the log can’t be read. */
function othersIn(context: ReadContext): SignedByOther[] | null {
  try {
    return signedByOthers(context, 'all');
  } catch {
    // A damaged log may have rows of any form. If it turns out to be undamaged, this is run again, and throws.
    return null;
  }
}

async function verifyFiles(context: ReadContext) {
  const originals = await verifyOriginals(context);
  const damaged = new Set(originals.failures.map(({ id }) => id));
  const anchors = new AnchorCheck(context.db);
  const layers = await verifyLayers(context, damaged, anchors);
  return { originals, layers, anchors: anchors.finish(), drafts: await verifyDrafts(context) };
}

/** What is quoted from a layer is checked while its text is in memory, so that no layer is read twice. */
async function verifyLayers(
  context: ReadContext,
  damaged: ReadonlySet<string>,
  anchors: AnchorCheck,
): Promise<{ readonly checked: number; readonly failures: VerifyFailure[] }> {
  const { db, files, pool } = context;
  const rows = db.all(layersToVerify, {});
  const failures: VerifyFailure[] = [];
  const seen = new Map<Sha256, boolean>();
  const check = async (hash: Sha256, kind: VerifyFailure['kind'], what: string): Promise<boolean> => {
    const known = seen.get(hash);
    if (known !== undefined) return known;
    const found = await files.hashLayer(hash);
    seen.set(hash, found === hash);
    if (found !== hash)
      failures.push({
        kind,
        id: hash,
        message:
          found === null ? `${what} is missing or can’t be read.` : `${what} was altered: its SHA-256 is now ${found}.`,
      });
    return found === hash;
  };
  for (const row of rows) {
    const hash = sha256.safeParse(row.sha256).data;
    if (hash === undefined) {
      failures.push({
        kind: 'layer',
        id: row.id,
        message: `Can’t read the hash of text layer ${row.id}.`,
      });
      continue;
    }
    const bytes = intact(files, hash);
    if (bytes === null) {
      await check(hash, 'layer', `Text layer ${row.id}`);
      continue;
    }
    seen.set(hash, true);
    const read = readable(bytes, hash, failures);
    if (read === null) continue;
    const { file, text } = read;
    anchors.check(row.id, text);
    const { frozen } = file;
    const before = failures.length;
    if (frozen !== row.frozen)
      failures.push({
        kind: 'frozen',
        id: row.id,
        message: `Text layer ${row.id} was made from a different page than the one shown.`,
      });
    else if (frozen !== null && (await check(frozen, 'frozen', `The frozen page of text layer ${row.id}`))) {
      const problem = await problemOfPage(pool, files.readLayer(frozen), text);
      if (problem !== null)
        failures.push({
          kind: 'frozen',
          id: frozen,
          message: `The frozen page of text layer ${row.id} ${problem}`,
        });
    }
    for (const resource of file.resources)
      await check(resource, 'resource', `An image, font or style of text layer ${row.id}`);
    const problem = failures.length > before ? null : await problemOfText(context, row, read, damaged);
    if (problem !== null) failures.push({ kind: 'layer', id: hash, message: `Text layer ${row.id} ${problem}` });
  }
  for (const row of db.all(originalsToVerify, {})) {
    if (row.content === null) continue;
    const name = row.title ?? row.fileName ?? row.id;
    const hash = sha256.safeParse(row.content).data;
    if (hash !== undefined) await check(hash, 'content', `The archive content shown for “${name}”`);
    else
      failures.push({
        kind: 'content',
        id: row.id,
        message: `Can’t read the hash of the content shown for “${name}”.`,
      });
  }
  return { checked: rows.length, failures };
}

/**
 * Whether a layer has the text it was made with, and a text file’s layer the text of its original: a changed program can sign a
 * layer with other words. Returns what is wrong as the rest of a sentence, or null. Extracting PDFs and pages again would take
 * as long as their import, so theirs isn’t compared with the original.
 */
async function problemOfText(
  { files, pool }: ReadContext,
  row: LayerRow,
  { file, text }: ReadLayer,
  damaged: ReadonlySet<string>,
): Promise<string | null> {
  if (!isLayerId(row.id, row.source, file, row.sha256)) return 'was replaced: its text isn’t the one it was made with.';
  const original = sha256.safeParse(row.textFile).data;
  if (file.engine !== 'plain-text' || original === undefined || damaged.has(original)) return null;
  if (charsetOf(row.options) === null && (await isReadAsItIs(file, text, original))) return null;
  const path = files.originalPath(original);
  const read = await pool.run('text', { path, charset: charsetOf(row.options) });
  const { engine, version } = file;
  if (!read.ok || read.value.engine !== engine || read.value.version !== version) return null;
  return read.value.textSha256 === textSha256(file) ? null : 'has words that aren’t in its original.';
}

/**
 * Whether the original is this very text in UTF-8, and reading it changes nothing. Most text files are: reading them again in
 * another thread would take ten times as long.
 */
async function isReadAsItIs(file: LayerFile, text: string, original: Sha256): Promise<boolean> {
  if (textSha256(file) !== original) return false;
  const { canonicalText } = await import('../../formats/text/index.ts');
  return canonicalText(text) === text && !text.startsWith('\ufeff');
}

/** A layer’s bytes, if they have their hash. */
function intact(files: Originals, hash: Sha256): Uint8Array | null {
  try {
    return files.readLayer(hash);
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.data.code === 'DAMAGED') return null;
    throw thrown;
  }
}

interface ReadLayer {
  readonly file: LayerFile;
  readonly text: string;
}

/** A layer file can have the right hash and still be unreadable, if it was stored damaged. That is a failure of its own. */
function readable(bytes: Uint8Array, hash: Sha256, failures: VerifyFailure[]): ReadLayer | null {
  try {
    const file = openLayerFile(bytes);
    return { file, text: file.text() };
  } catch (thrown) {
    failures.push({ kind: 'layer', id: hash, message: toErrorData(thrown).message });
    return null;
  }
}

/** A file of `originals/`. An archive can be the original of thousands of sources but is checked once. */
interface Kept {
  readonly kind: 'original' | 'part';
  /** Its name in a sentence. */
  readonly what: string;
  users: number;
}

/** Checks every original, and every file of a saved page's folder, against its hash. */
async function verifyOriginals({ db, files }: ReadContext): Promise<{ checked: number; failures: VerifyFailure[] }> {
  const failures: VerifyFailure[] = [];
  const kept = originalsOf(db.all(originalsToVerify, {}), failures);
  for (const [hash, { kind, what, users }] of kept) {
    const found = await files.hashOriginal(hash);
    if (found === hash) continue;
    const whose = users > 1 ? `${what}, used by ${users} sources,` : what;
    const message = found === null ? `${whose} is missing.` : `${whose} was altered: its SHA-256 is now ${found}.`;
    failures.push({ kind, id: hash, message });
  }
  return { checked: kept.size, failures };
}

function originalsOf(rows: readonly OriginalRow[], failures: VerifyFailure[]): Map<Sha256, Kept> {
  const kept = new Map<Sha256, Kept>();
  const keep = (hash: Sha256, kind: Kept['kind'], what: string): void => {
    const known = kept.get(hash);
    if (known === undefined) kept.set(hash, { kind, what, users: 1 });
    else if (kind === known.kind) known.users++;
  };
  for (const row of rows) {
    const name = row.title ?? row.fileName ?? row.id;
    const hash = sha256.safeParse(row.sha256).data;
    if (hash === undefined)
      failures.push({ kind: 'original', id: row.id, message: `Can’t read the hash of “${name}”.` });
    else if (isSourceId(row, hash)) keep(hash, 'original', `The original of “${name}”`);
    else
      failures.push({
        kind: 'original',
        id: hash,
        message: `The original of “${name}” was replaced: it isn’t the file that was added.`,
      });
    const parts = partsOf(row.parts);
    if (parts === null)
      failures.push({
        kind: 'part',
        id: row.id,
        message: `Can’t read the list of files that belong to “${name}”.`,
      });
    for (const part of parts ?? []) keep(part.sha256, 'part', `The file “${part.path}” of “${name}”`);
  }
  return kept;
}

/** The files of a saved page's folder; null if the log has no valid list. */
function partsOf(json: string | null): readonly OriginalPart[] | null {
  return json === null ? [] : (z.array(originalPart).nullable().safeParse(JSON.parse(json)).data ?? null);
}

import type { QuoteChecked } from '../../../shared/anchoring/check-quotes.ts';
import type { DossierReport } from '../../../shared/contract/dossier-check.ts';
import { Fault, toErrorData } from '../../../shared/errors.ts';
import { STYLES_VERSION } from '../../../shared/model/layer-notes.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { type BagRead, compareWithManifest, readBagFolder } from '../../formats/bag/folder-read.ts';
import {
  EXHIBITS_PATH,
  type ExhibitsFile,
  type FolderDocument,
  type FolderExhibit,
  type FolderText,
  PAGE_PATH,
} from '../../formats/dossier/folder.ts';
import { readExhibits, readText } from '../../formats/dossier/read-folder.ts';
import type { Extracted } from '../../formats/extracted.ts';
import type { Pool } from '../../workers/pool.ts';
import { type FoundQuote, notSeen, otherPage } from './check-seen.ts';
import { checkSigned } from './check-signed.ts';
import { problemsOfFigures, READINGS_AS_SENT } from './check-figures.ts';
import { problemsOfPage } from './check-page.ts';
import { isThere, type Original, withOriginal } from './originals.ts';

interface Checking {
  readonly pool: Pool;
  readonly bag: BagRead;
  readonly signal: AbortSignal;
  /** For protected PDFs. */
  readonly passwords: readonly string[];
  readonly report: DossierReport;
}
type Failure = DossierReport['failures'][number];

/** Parts of a folder that can’t be checked, named in the report: the maker of the folder could write anything there. */
const AS_SENT = [
  'which translations there are, and whether they are approved',
  'categories, states and memos',
  'claims, and what supports or contradicts them',
  'who marked, coded, translated, checked and approved',
  'titles, dates, grades and capture records of documents',
  'custody, agreement, and what is not known',
  'the summary',
] as const;

/** Like `AS_SENT`, for a folder with signatures. */
const AS_SENT_BESIDE = [
  'whether what was signed was withdrawn or changed since, and whose the keys are',
  'states, dimensions and memos, and what was decided where coders differ',
  'titles, dates, grades and capture records of documents',
  'custody, agreement, and what is not known',
  'the summary',
] as const;

/** Like `AS_SENT`, for a folder with signatures and with records of its documents. */
const AS_SENT_BESIDE_RECORDS = [
  'whether what was signed was withdrawn or changed since, and whose the keys are',
  'states and dimensions, and what kinds of documents they are',
  'custody, agreement, and what is not known',
  'the summary',
] as const;

/** A worker that has not answered for this long is ended, ms: comparing takes seconds for the longest texts. */
const QUIET_MS = 5 * 60_000;

/**
 * Checks a dossier’s folder: the bytes of its files, then every quotation in its original, which is read again by the reader that made its text.
 * Reads nothing outside the folder. Passwords are for its protected PDFs, and kept nowhere. Throws NOT_FOUND, NOT_ALLOWED, TOO_LARGE, PROJECT_NEWER and CANCELLED.
 */
export async function checkFolder(
  pool: Pool,
  folder: string,
  { signal, passwords }: Pick<Checking, 'signal' | 'passwords'>,
): Promise<DossierReport> {
  const bag = readBagFolder(folder);
  const report: DossierReport = {
    ok: false,
    checked: 0,
    found: 0,
    moved: 0,
    changed: 0,
    missing: 0,
    files: 0,
    failures: bag.problems.map(({ kind, path, message }) => ({ kind, id: path, message })),
    exhibits: [],
    notChecked: [],
    locked: [],
    signed: 0,
    notSigned: [],
    asSent: [...AS_SENT],
    remarks: [],
  };
  const checking: Checking = { pool, bag, signal, passwords, report };
  for (const path of bag.manifest.keys()) {
    stopIfAborted(signal);
    if (!bag.files.has(path)) continue;
    report.files++;
    const problem = await compareWithManifest(bag, path, signal);
    if (problem !== null) report.failures.push({ kind: problem.kind, id: path, message: problem.message });
  }
  const said = exhibitsIn(checking);
  if (said !== null) {
    await checkAll(checking, said);
    const { isThere, signed, notSigned, failures } = checkSigned(bag, said);
    report.signed = signed;
    report.notSigned.push(...notSigned);
    report.failures.push(...failures);
    const hasRecords = said.documents.every(({ record }) => record !== undefined);
    if (isThere) report.asSent = hasRecords ? [...AS_SENT_BESIDE_RECORDS] : [...AS_SENT_BESIDE];
    if (said.figures !== undefined) report.asSent.push(READINGS_AS_SENT);
    report.failures.push(...problemsOfFigures(said));
    // If the page's bytes are wrong, that is reported already.
    if (!report.failures.some(({ id }) => id === PAGE_PATH)) report.failures.push(...problemsOfPage(bag, said));
  }
  report.ok = report.failures.length === 0;
  report.exhibits.sort((a, b) => a.number - b.number);
  report.notChecked.sort((a, b) => a.number - b.number);
  return report;
}

function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new Fault('CANCELLED', 'Stopped. Not everything was checked.');
}

function exhibitsIn({ bag, report }: Checking): ExhibitsFile | null {
  try {
    return readExhibits(bag);
  } catch (thrown) {
    const { code, message } = toErrorData(thrown);
    if (code !== 'DAMAGED' && code !== 'TOO_LARGE') throw thrown;
    report.failures.push({ kind: 'exhibits', id: EXHIBITS_PATH, message: `No quotation was checked: ${message}` });
    return null;
  }
}

async function checkAll(checking: Checking, { documents, exhibits }: ExhibitsFile): Promise<void> {
  const { report } = checking;
  const numbers = new Set(documents.map(({ number }) => number));
  if (numbers.size < documents.length || new Set(exhibits.map(({ number }) => number)).size < exhibits.length)
    report.failures.push(failureOf('exhibits', EXHIBITS_PATH, 'Two documents or exhibits in it have the same number.'));
  const byDocument = Map.groupBy(exhibits, ({ document }) => document);
  for (const { number } of exhibits.filter(({ document }) => !numbers.has(document)))
    report.failures.push(
      failureOf('exhibits', `exhibit ${number}`, `Exhibit ${number} names no document of the dossier.`),
    );
  for (const document of documents) {
    stopIfAborted(checking.signal);
    await checkDocument(checking, document, byDocument.get(document.number) ?? []);
  }
}

const labelOf = ({ number, label }: FolderExhibit): string => label ?? String(number);
const failureOf = (kind: Failure['kind'], id: string, message: string): Failure => ({ kind, id, message });

async function checkDocument(
  checking: Checking,
  document: FolderDocument,
  own: readonly FolderExhibit[],
): Promise<void> {
  const { report } = checking;
  const leave = (exhibits: readonly FolderExhibit[], why: string): void => {
    report.notChecked.push(...exhibits.map((one) => ({ number: one.number, label: labelOf(one), why })));
  };
  if (document.original === null) return leave(own, document.notHere ?? 'Its original isn’t here.');
  const wrong = problemOfFiles(checking.bag, document);
  report.failures.push(...wrong);
  const quoted = own.filter((exhibit) => exhibit.quote !== null && exhibit.position !== null);
  if (!isThere(checking.bag, document.original.path)) {
    for (const one of quoted) countMissing(report, one);
    return leave(
      own.filter((one) => !quoted.includes(one)),
      'Its original is missing.',
    );
  }
  leave(
    own.filter((one) => !quoted.includes(one)),
    'It is an area of a page, which has no words to compare.',
  );
  for (const [path, exhibits] of Map.groupBy(quoted, ({ text }) => text)) {
    const text = document.texts.find((one) => one.path === path);
    if (text === undefined) {
      report.failures.push(
        failureOf(
          'exhibits',
          document.title,
          `“${document.title}” has no text “${path ?? ''}”, which its exhibits name.`,
        ),
      );
      leave(exhibits, 'The text that its offsets count in isn’t named.');
    } else await checkText(checking, { document, text }, exhibits, leave);
  }
}

/** Compares the hashes of originals in exhibits.json with the manifest, since somebody could rewrite the manifest. */
function problemOfFiles(
  { manifest, files }: BagRead,
  { title, sha256, bytes, original, parts }: FolderDocument,
): Failure[] {
  const named = [...(original === null ? [] : [{ ...original, sha256 }, original]), ...parts];
  const wrong = named.filter((one) => manifest.get(one.path) !== one.sha256).map(({ path }) => path);
  const size = original === null ? undefined : files.get(original.path);
  if (wrong.length === 0 && original !== null && size !== undefined && size !== bytes)
    return [failureOf('original', original.path, `“${title}” has ${size} bytes, not ${bytes}.`)];
  return [...new Set(wrong)].map((path) =>
    failureOf('original', path, `“${path}” isn’t the file that the dossier names: “${title}” has another SHA-256.`),
  );
}

interface InText {
  readonly document: FolderDocument;
  readonly text: FolderText;
}

async function checkText(
  checking: Checking,
  of: InText,
  exhibits: readonly FolderExhibit[],
  leave: (exhibits: readonly FolderExhibit[], why: string) => void,
): Promise<void> {
  const { signal, passwords, report } = checking;
  const { document, text } = of;
  const before = storedText(checking.bag, text, report);
  try {
    await withOriginal(checking, document, text, (original) => compare(checking, of, exhibits, { before, original }));
  } catch (thrown) {
    stopIfAborted(signal);
    const { code, message } = toErrorData(thrown);
    // A folder never has the password, so a missing one is not a failure.
    if (code === 'PASSWORD_NEEDED' || code === 'PASSWORD_WRONG') {
      const why =
        passwords.length === 0
          ? 'protected by a password, so it wasn’t read.'
          : 'protected by a password, and no password that was given opens it.';
      leave(exhibits, `Its original is ${why}`);
      if (report.locked.includes(document.title)) return;
      report.locked.push(document.title);
      report.remarks.push(`“${document.title}” is ${why}`);
      return;
    }
    leave(exhibits, message);
    report.failures.push(
      failureOf(
        'original',
        document.original?.path ?? '',
        `The original of “${document.title}” can’t be read again: ${message}`,
      ),
    );
  }
}

/** Looks for the quotations in an original as it is read now. `before`: its text in the folder; null if that can’t be read. */
async function compare(
  { pool, signal, passwords, report }: Checking,
  { document, text }: InText,
  exhibits: readonly FolderExhibit[],
  { before, original: { read, pdf } }: { readonly before: string | null; readonly original: Original },
): Promise<void> {
  const layer = openLayerFile(read.layerFile);
  const now = layer.text();
  const isSame = read.engine === text.engine && read.version === text.version;
  if (isSame && before !== null && before !== now)
    report.failures.push(
      failureOf('text', text.path, `“${text.path}” has other words than the original of “${document.title}” has now.`),
    );
  if (!isSame) report.remarks.push(otherReader(document, text, read));
  const input = {
    now,
    before: before === null ? null : { text: before, isSameReader: isSame },
    quotes: exhibits.flatMap(({ number, position, quote }) =>
      position === null || quote === null
        ? []
        : [{ id: String(number), ...quote, start: position.start, end: position.end }],
    ),
  };
  const checked = await pool.run('checkQuotes', input, { signal, timeoutMs: QUIET_MS });
  const found: FoundQuote[] = [];
  for (const one of checked) {
    const of = exhibits.find(({ number }) => String(number) === one.id);
    const label = of === undefined ? one.id : labelOf(of);
    take(report, one, { now, isSame, label });
    const at = one.is === 'found' ? (one.at ?? of?.position) : one.is === 'moved' ? one.at : null;
    if (at === null || at === undefined) continue;
    const quote = { label, start: at.start, end: at.end };
    found.push(quote);
    const other = one.is === 'found' ? otherPage(layer, quote, of?.page ?? null) : null;
    if (other !== null) report.failures.push(failureOf('exhibits', `exhibit ${label}`, other));
  }
  if (pdf === null) return;
  const { unseen, remark } = await notSeen({ pool, pdf, signal, passwords }, document, layer, found);
  report.failures.push(...unseen.map(({ label, message }) => failureOf('quoteUnseen', `exhibit ${label}`, message)));
  if (remark !== null) report.remarks.push(remark);
}

const otherReader = ({ title }: FolderDocument, text: FolderText, read: Extracted): string =>
  text.version === `${read.version}${STYLES_VERSION}`
    ? `“${title}” was read with its styles in a window, and now without: only its quotations were compared.`
    : `“${title}” was read by ${text.engine} ${text.version}, and now by ${read.engine} ${read.version}: only its quotations were compared.`;

function storedText(bag: BagRead, { path }: FolderText, report: DossierReport): string | null {
  try {
    return readText(bag, path);
  } catch (thrown) {
    const { code, message } = toErrorData(thrown);
    if (code === 'INTERNAL') throw thrown;
    report.failures.push(failureOf('text', path, message));
    return null;
  }
}

/** At most this many UTF-16 code units of a text are shown. */
const SHOWN = 200;
const shown = (words: string): string => (words.length > SHOWN ? `${words.slice(0, SHOWN).toWellFormed()}…` : words);

function take(
  report: DossierReport,
  { id, is, at, instead, isAround }: QuoteChecked,
  { now, isSame, label }: { readonly now: string; readonly isSame: boolean; readonly label: string },
): void {
  const name = `exhibit ${label}`;
  report.checked++;
  report[is]++;
  if (is === 'found') {
    if (!isAround && isSame)
      report.failures.push(
        failureOf('around', name, `The words of exhibit ${label} are at their place, but not those around them.`),
      );
    return;
  }
  report.exhibits.push({ number: Number(id), label, is, at, instead });
  const where = at === null ? '' : `characters ${at.start}–${at.end} of ${now.length}`;
  const [kind, message] = {
    moved: ['quoteMoved', `The words of exhibit ${label} are in its original, but elsewhere: ${where}.`] as const,
    changed: [
      'quoteChanged',
      `The words of exhibit ${label} aren’t in its original. There it says “${shown(instead ?? '')}” (${where}).`,
    ] as const,
    missing: ['quoteMissing', `The words of exhibit ${label} aren’t in its original, nor similar ones.`] as const,
  }[is];
  report.failures.push(failureOf(kind, name, message));
}

/** Counts a quotation whose original is missing from the folder. */
function countMissing(report: DossierReport, exhibit: FolderExhibit): void {
  const label = labelOf(exhibit);
  report.checked++;
  report.missing++;
  report.exhibits.push({ number: exhibit.number, label, is: 'missing', at: null, instead: null });
  const message = `The words of exhibit ${label} can’t be looked for: its original is missing.`;
  report.failures.push(failureOf('quoteMissing', `exhibit ${label}`, message));
}

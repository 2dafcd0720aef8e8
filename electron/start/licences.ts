import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isAllowed, shippedPackages, type LockPackages } from './licence-rules.ts';
import { GAZETTEER_NOTICE } from '../../shared/places/notice.ts';
import { root } from './set-up.mjs';

/** Parts of a package with a licence of their own; `text` names the file that has it. */
const INSIDE: readonly { readonly name: string; readonly licence: string; readonly text: string | null }[] = [
  { name: 'SQLite (in better-sqlite3)', licence: 'blessing', text: null },
  { name: 'PDFium (in @embedpdf/pdfium)', licence: 'BSD-3-Clause', text: '@embedpdf/pdfium/LICENSE.pdfium' },
  { name: 'Adobe CMap resources (in pdfjs-dist)', licence: 'BSD-3-Clause', text: 'pdfjs-dist/cmaps/LICENSE' },
  { name: 'Foxit fonts (in pdfjs-dist)', licence: 'BSD-3-Clause', text: 'pdfjs-dist/standard_fonts/LICENSE_FOXIT' },
  {
    name: 'Liberation fonts (in pdfjs-dist)',
    licence: 'OFL-1.1',
    text: 'pdfjs-dist/standard_fonts/LICENSE_LIBERATION',
  },
  { name: 'Colour profile (in pdfjs-dist)', licence: 'CC0-1.0', text: 'pdfjs-dist/iccs/LICENSE' },
  { name: 'OpenJPEG (in pdfjs-dist)', licence: 'BSD-2-Clause', text: 'pdfjs-dist/wasm/LICENSE_OPENJPEG' },
  { name: 'PDFium JBIG2 decoder (in pdfjs-dist)', licence: 'BSD-3-Clause', text: 'pdfjs-dist/wasm/LICENSE_JBIG2' },
  { name: 'qcms (in pdfjs-dist)', licence: 'MIT', text: 'pdfjs-dist/wasm/LICENSE_QCMS' },
  { name: 'QuickJS (in pdfjs-dist)', licence: 'MIT', text: 'pdfjs-dist/wasm/LICENSE_QUICKJS' },
];

/** Data of others in files of our own. */
const DATA: readonly Shipped[] = [
  {
    name: 'Gazetteer (electron/project/places/gazetteer.json, which names each source)',
    licence: 'CC-BY-SA-4.0 AND CC-BY-4.0',
    text: GAZETTEER_NOTICE,
  },
];

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

interface Shipped {
  readonly name: string;
  readonly licence: string;
  readonly text: string;
}

/** `npm run licences`: lists what is shipped, writes `out/THIRD-PARTY.txt`, and fails on a licence that was not checked. */
function main(): number {
  const lock = Lock.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  const shipped = [...packages(lock.packages), ...inside(), ...DATA];
  for (const { name, licence } of shipped) console.log(`${licence.padEnd(14)} ${name}`);
  const unknown = shipped.filter(({ licence }) => !isAllowed(licence));
  for (const { name, licence } of unknown) console.error(`Unknown licence "${licence}" of ${name}: look at it first.`);
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(join(root, 'out/THIRD-PARTY.txt'), shipped.map(section).join('\n\n'));
  return unknown.length === 0 ? 0 : 1;
}

/** The packages, and Electron, which is not a run-time dependency but the program they are shipped in. */
function packages(lock: LockPackages): Shipped[] {
  const electron = 'node_modules/electron';
  return [...shippedPackages(lock), electron]
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({
      name: `${path.replace(/^.*node_modules\//, '')} ${lock[path]?.version ?? ''}`,
      licence: lock[path]?.license ?? 'none',
      text: licenceTexts(join(root, path)),
    }));
}

function inside(): Shipped[] {
  return INSIDE.map(({ name, licence, text }) => ({
    name,
    licence,
    text: text === null ? '' : readFileSync(join(root, 'node_modules', text), 'utf8'),
  }));
}

function licenceTexts(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[cs]e|notice|copying|ofl)/i.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim())
    .join('\n\n');
}

function section({ name, licence, text }: Shipped): string {
  return `${'='.repeat(78)}\n${name}\n${licence}\n${'='.repeat(78)}\n${text}\n`;
}

process.exitCode = main();

import { NOT_LITERAL, type Import } from './imports.ts';

/** Which imports a file may have: see docs/architecture.md, “The map”. Each has a planted violation in tests/unit/layers.test.ts. */
export interface Rule {
  readonly name: string;
  readonly why: string;
  /** Whether this file, by its path from the root, breaks the rule with this import. */
  readonly breaks: (file: string, wanted: Import) => boolean;
}

const PRODUCT = ['electron/', 'renderer/', 'shared/'];
const CORE = [
  'electron/engine/',
  'electron/features/',
  'electron/project/',
  'electron/db/',
  'electron/formats/',
  'electron/workers/',
];
/** From the lowest to the highest: each may use those before it. */
const LAYERS = ['electron/workers/', 'electron/db/', 'electron/project/', 'electron/features/', 'electron/engine/'];
const BROWSER_PACKAGES = /^(react|react-.+|lucide-react|zustand|tinykeys|i18next|@tanstack\/.+)$/;

const within = (path: string | null, ...folders: readonly string[]): boolean =>
  path !== null && folders.some((folder) => path.startsWith(folder));

const isNode = (wanted: Import): boolean => wanted.module?.startsWith('node:') ?? false;

/** `electron/features/` and `reader` of `electron/features/reader/queries.ts`. */
function feature(path: string | null): { readonly side: string; readonly name: string } | null {
  const match = /^((?:electron|renderer)\/features\/)([^/]+)\//.exec(path ?? '');
  return match === null ? null : { side: match[1] ?? '', name: match[2] ?? '' };
}

export const RULES: readonly Rule[] = [
  {
    name: 'shared-stands-alone',
    why: 'shared/ imports nothing of ours outside shared/, and runs in Node and in browsers alike',
    breaks: (file, wanted) =>
      within(file, 'shared/') &&
      ((wanted.path !== null && !within(wanted.path, 'shared/')) ||
        isNode(wanted) ||
        wanted.module === 'electron' ||
        BROWSER_PACKAGES.test(wanted.module ?? '')),
  },
  {
    name: 'electron-without-renderer',
    why: 'electron/ and renderer/ speak through shared/contract only',
    breaks: (file, wanted) => within(file, 'electron/') && within(wanted.path, 'renderer/'),
  },
  {
    name: 'renderer-without-electron',
    why: 'electron/ and renderer/ speak through shared/contract only; the renderer has neither Node nor Electron',
    breaks: (file, wanted) =>
      within(file, 'renderer/') && (within(wanted.path, 'electron/') || isNode(wanted) || wanted.module === 'electron'),
  },
  {
    name: 'features-apart',
    why: 'what two features need goes to project/, db/ or shared/ (in the renderer: common/, api/, ui/ or viewer/)',
    breaks: (file, wanted) => {
      const [from, to] = [feature(file), feature(wanted.path)];
      return from !== null && to !== null && from.side === to.side && from.name !== to.name;
    },
  },
  {
    name: 'above-uses-below',
    why: 'workers/, db/, project/, features/ and engine/ are layers in this order, with host/ and cli/ at the top: none uses one above it',
    breaks: (file, wanted) => {
      const from = LAYERS.findIndex((layer) => file.startsWith(layer));
      const above = [...LAYERS.slice(from + 1), 'electron/host/', 'electron/cli/'];
      return from >= 0 && within(wanted.path, ...above);
    },
  },
  {
    name: 'shell-on-top',
    why: 'renderer/shell/ is imported by renderer/main.tsx alone',
    breaks: (file, wanted) =>
      within(file, 'renderer/') &&
      !within(file, 'renderer/shell/') &&
      file !== 'renderer/main.tsx' &&
      within(wanted.path, 'renderer/shell/'),
  },
  {
    name: 'common-below-features',
    why: 'what renderer/common/, api/ and viewer/ hold knows no feature',
    breaks: (file, wanted) =>
      within(file, 'renderer/common/', 'renderer/api/', 'renderer/viewer/') &&
      within(wanted.path, 'renderer/features/'),
  },
  {
    name: 'formats-are-pure',
    why: 'electron/formats/ imports shared/ only',
    breaks: (file, wanted) =>
      within(file, 'electron/formats/') && wanted.path !== null && !within(wanted.path, 'electron/formats/', 'shared/'),
  },
  {
    name: 'log-stands-alone',
    why: 'electron/log/ is used by every process, so it imports shared/ only',
    breaks: (file, wanted) =>
      within(file, 'electron/log/') &&
      wanted.path !== null &&
      wanted.path !== 'package.json' &&
      !within(wanted.path, 'electron/log/', 'shared/'),
  },
  {
    name: 'core-without-hosts',
    why: 'the engine knows neither Electron nor HTTP',
    breaks: (file, wanted) =>
      within(file, ...CORE) &&
      (within(wanted.path, 'electron/host/') ||
        /^(electron|node:(http|https|http2|net|tls|dgram))$/.test(wanted.module ?? '')) &&
      // Only there is Node's list of root certificates available; it opens no socket.
      !(file === 'electron/formats/archive/certificates.ts' && wanted.module === 'node:tls'),
  },
  {
    name: 'db-at-the-bottom',
    why: 'electron/db/ imports shared/, and log/ and workers/ for its thread: features use it, not the other way round',
    breaks: (file, wanted) =>
      within(file, 'electron/db/') &&
      wanted.path !== null &&
      !within(wanted.path, 'electron/db/', 'electron/log/', 'electron/workers/', 'shared/'),
  },
  {
    name: 'sqlite-in-db',
    why: 'only electron/db/ opens databases',
    breaks: (file, wanted) =>
      within(file, ...PRODUCT) &&
      !within(file, 'electron/db/') &&
      /^(better-sqlite3|node:sqlite)$/.test(wanted.module ?? ''),
  },
  {
    name: 'pdfjs-in-viewer-and-formats',
    why: 'only renderer/viewer/ (painting) and electron/formats/pdf/ (fallback text) import pdfjs-dist',
    breaks: (file, wanted) =>
      within(file, ...PRODUCT) &&
      !within(file, 'renderer/viewer/', 'electron/formats/pdf/') &&
      wanted.module === 'pdfjs-dist',
  },
  {
    name: 'ui-without-calls',
    why: 'renderer/ui/ shows what it is given: no calls, no state of the application',
    breaks: (file, wanted) =>
      within(file, 'renderer/ui/') &&
      ((wanted.path !== null && !within(wanted.path, 'renderer/ui/', 'renderer/styles/', 'shared/')) ||
        /^(zustand|@tanstack\/react-query)$/.test(wanted.module ?? '')),
  },
  {
    name: 'product-without-tests',
    why: 'what is shipped does not need tests/',
    breaks: (file, wanted) => within(file, ...PRODUCT) && within(wanted.path, 'tests/'),
  },
  {
    name: 'extensions-written-out',
    why: 'Node runs our TypeScript as it is and adds no extension',
    breaks: (_, wanted) => wanted.path !== null && !/\.[a-z0-9]+$/.test(wanted.specifier.split('?')[0] ?? ''),
  },
  {
    name: 'imports-are-literal',
    why: 'a computed import() could reach anything',
    breaks: (file, wanted) => within(file, ...PRODUCT) && wanted.specifier === NOT_LITERAL,
  },
];

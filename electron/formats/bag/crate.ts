import { ANNOTATIONS_PATH, DATABASE_PATH, DATA } from './layout.ts';

/** The facts about a project that its RO-Crate description states. */
export interface CrateProject {
  readonly id: string;
  readonly title: string;
  /** When its newest edit was made, epoch milliseconds; null for a project without one. */
  readonly at: number | null;
}
export interface CrateSource {
  readonly title: string | null;
  readonly fileName: string | null;
  readonly mediaType: string | null;
  readonly sha256: string;
  readonly url: string | null;
  readonly language: string | null;
  /** The path of its original in the bag. */
  readonly path: string;
}

const RIGHTS = '#rights';
const LAYERS = 'layers/';

/** A path in a bag as the crate names it: below `data/`, which is the crate’s root. */
const inCrate = (path: string): string => path.slice(DATA.length);
const refer = (id: string): { '@id': string } => ({ '@id': id });
const filled = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text);
/** Whether an address is one: people can enter any text. */
const isAddress = (url: string | null): url is string => url !== null && /^https?:\/\/\S+$/.test(url);

/**
 * The RO-Crate 1.2 description (https://w3id.org/ro/crate/1.2) of a project file, whose `data/` is the crate’s root: JSON-LD, flattened.
 * It is made of the signed log alone, so that it can be made again and compared. `bytesOf` gives the bytes of a file in the bag, null
 * for one that is not in it; sources whose original is not in it are left out. The size of what is made of the log is the manifest’s to say.
 */
export function roCrate(
  project: CrateProject,
  sources: readonly CrateSource[],
  bytesOf: (path: string) => number | null,
): string {
  const file = (path: string, about: Readonly<Record<string, unknown>>): object[] =>
    bytesOf(path) === null ? [] : [{ '@id': inCrate(path), '@type': 'File', ...about }];
  const files = [
    ...file(DATABASE_PATH, {
      name: 'The project’s log and tables',
      description: 'A SQLite database: the signed log of all edits, and tables made from it.',
      encodingFormat: 'application/vnd.sqlite3',
    }),
    ...file(ANNOTATIONS_PATH, {
      name: 'Passages as W3C Web Annotations',
      description: 'What people marked and tagged, with quotations, places, categories and memos.',
      encodingFormat: 'application/ld+json',
    }),
    ...originals(sources).flatMap((source) => file(source.path, original(source, bytesOf(source.path)))),
  ];
  const folder = {
    '@id': LAYERS,
    '@type': 'Dataset',
    name: 'Text layers and frozen pages',
    description: 'The text of each source with its geometry, and saved pages made inert, named by their SHA-256.',
  };
  const graph = [
    {
      '@id': 'ro-crate-metadata.json',
      '@type': 'CreativeWork',
      about: refer('./'),
      conformsTo: refer('https://w3id.org/ro/crate/1.2'),
    },
    {
      '@id': './',
      '@type': 'Dataset',
      identifier: `urn:uuid:${project.id}`,
      name: filled(project.title) ?? 'A project without a title',
      description:
        'A Sourcebook project: sources as they were received, and the passages that people marked and tagged in them.',
      datePublished: new Date(project.at ?? 0).toISOString(),
      license: refer(RIGHTS),
      hasPart: [...files.map((one) => refer(idOf(one))), refer(LAYERS)],
    },
    {
      '@id': RIGHTS,
      '@type': 'CreativeWork',
      name: 'No licence is stated',
      description:
        'The sources belong to those who published them, the work on them to those who did it. Ask whoever sent this file what you may do with it.',
    },
    ...files,
    folder,
  ];
  return `${JSON.stringify({ '@context': 'https://w3id.org/ro/crate/1.2/context', '@graph': graph }, null, 1)}\n`;
}

const idOf = (entity: object): string => ('@id' in entity && typeof entity['@id'] === 'string' ? entity['@id'] : '');

/** One source for each file: pages of one archive share its original. */
const originals = (sources: readonly CrateSource[]): CrateSource[] =>
  [...new Map(sources.toReversed().map((one) => [one.path, one])).values()].toReversed();

const original = (
  { title, fileName, mediaType, sha256, url, language }: CrateSource,
  bytes: number | null,
): Record<string, unknown> => ({
  name: filled(title) ?? filled(fileName) ?? sha256,
  ...(filled(fileName) === null ? {} : { alternateName: fileName }),
  ...(filled(mediaType) === null ? {} : { encodingFormat: mediaType }),
  ...(filled(language) === null ? {} : { inLanguage: language }),
  ...(isAddress(url) ? { url } : {}),
  sha256,
  contentSize: String(bytes),
});

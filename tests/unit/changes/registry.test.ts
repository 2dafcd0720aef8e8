import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureField, fieldName, fieldOf, fieldsWith, isFieldOf, kindsOf } from '../../../shared/changes/fields.ts';
import { ENTITIES } from '../../../shared/changes/kinds.ts';
import { REGISTRY } from '../../../shared/changes/registry.ts';
import { CAPTURE_PARTS, RECORD_PARTS } from '../../../shared/model/index.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');

describe('the registry', () => {
  it('states for each reference what it refers to, and for nothing else; only text that a person writes is required', () => {
    for (const entity of ENTITIES) {
      for (const [name, kind] of kindsOf(entity)) {
        const { to, depends, required, writable, name: words } = fieldOf(entity, name) ?? {};
        expect([`${entity}.${name}`, kind === 'ref']).toEqual([`${entity}.${name}`, to !== undefined]);
        if (depends === true) expect(kind).toBe('ref');
        if (required === true) expect(writable).toBe(true);
        expect(words).toMatch(/^\p{Lu}/u);
      }
    }
  });

  it('has a field for each detail of a source', () => {
    for (const part of RECORD_PARTS) if (part !== 'capture') expect(isFieldOf('source', part)).toBe(true);
    expect(CAPTURE_PARTS.map(captureField)).toEqual([
      'captureUrl',
      'captureTime',
      'captureTool',
      'captureCollector',
      'captureMethod',
      'captureArchiveLink',
    ]);
  });

  it('keeps the order in which a definition is hashed: digests in projects’ logs depend on it', () => {
    expect(fieldsWith('category', 'defines')).toEqual(['name', 'definition', 'include', 'exclude']);
  });

  it('names a field that it does not know by its name in the log', () => {
    expect(fieldName('source', 'gradeReason')).toBe('Reason for reliability');
    expect([fieldName('source', 'toString'), fieldName('aura', 'hue')]).toEqual(['toString', 'hue']);
  });
});

/**
 * Files that name four fields of a source or more. What has to know all of them takes them from the registry; these choose some,
 * each for a reason of its own.
 */
const CHOOSE = {
  'the facts and the schemas': ['shared/changes/registry.ts', 'shared/model/records.ts'],
  'what is a missing detail, and how a value is checked': [
    'shared/model/gaps.ts',
    'electron/features/sources/edits.ts',
  ],
  'what a file says of itself': [
    'electron/formats/archive/capture.ts',
    'electron/formats/image/index.ts',
    'electron/formats/page/record.ts',
  ],
  'annotations in a project file': ['electron/project/export/annotations.ts', 'electron/project/export/queries.ts'],
  'what a project file says of its files, as an RO-Crate': ['electron/project/export/crate.ts'],
  'what tells sources of one title apart': ['renderer/common/sources/sources.ts'],
  'which source is a newer version of which': ['electron/features/versions/list.ts'],
  'what decides which place a name means': [
    'electron/project/places/context.ts',
    'electron/features/search/place-readings.ts',
  ],
  'what a report prints': [
    'electron/formats/report/model.ts',
    'electron/formats/report/html.ts',
    'electron/formats/report/csv.ts',
    'electron/formats/report/markup.ts',
    'electron/project/report/content.ts',
  ],
  'what a dossier prints, and says is not known': [
    'electron/features/dossier/documents.ts',
    'electron/formats/dossier/record.ts',
    'electron/formats/dossier/words.ts',
  ],
  'what the evidence is filtered, sorted and counted by': [
    'electron/project/evidence/queries.ts',
    'electron/project/evidence/sources.ts',
  ],
  'a citation and a printed page': ['renderer/common/passages/quotation.ts', 'renderer/features/print/print-job.ts'],
  'an entry of a bibliography': [
    'electron/features/exchange/bibliography-export.ts',
    'electron/features/exchange/bibliography-import.ts',
  ],
  'what is known of a draft, which is no source': ['shared/changes/draft-fields.ts', 'shared/contract/drafts.ts'],
  'what figures are read by, and shown with': ['electron/project/figures/all.ts'],
  'what hits are counted by': ['renderer/features/search/FacetPane.tsx'],
  screens: [
    'renderer/features/inspector/Provenance.tsx',
    'renderer/features/library/RecordFields.tsx',
    'renderer/features/library/many.ts',
    'renderer/features/library/columns.ts',
    'renderer/features/library/ManyDetails.tsx',
    'renderer/features/library/SourceDetails.tsx',
    'renderer/features/library/SourceTable.tsx',
    'renderer/features/library/filter.ts',
    'renderer/features/reader/FrozenBanner.tsx',
  ],
  'the sample project': ['electron/sample/coding.ts', 'electron/sample/make-sample.ts'],
};
/** Names that mean a field of a source wherever they occur. */
const TELLING = Object.keys(REGISTRY.source).filter(
  (name) => /[A-Z]/.test(name) || ['author', 'publisher', 'language'].includes(name),
);

describe('a fact about a field', () => {
  it('is stated in the registry: no other file lists the fields of a source', () => {
    const files = globSync('{electron,renderer,shared}/**/*.{ts,tsx}', { cwd: ROOT }).map((path) =>
      path.replaceAll('\\', '/'),
    );
    const listing = files.filter((path) => {
      const words = new Set(read(path).match(/\w+/g));
      return TELLING.filter((name) => words.has(name)).length >= 4;
    });
    expect(listing.toSorted()).toEqual(Object.values(CHOOSE).flat().toSorted());
  });

  it('takes at most seven files to add, as documented', () => {
    const chapter = /## Add a field\n([\s\S]*?)\n## /.exec(read('docs/architecture.md'))?.[1] ?? '';
    const lists = chapter.split(/^1\. /m).slice(1);
    expect(lists.map((list) => (list.match(/^\d\. /gm)?.length ?? 0) + 1)).toEqual([6, 7]);
  });
});

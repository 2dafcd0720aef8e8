import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importProjectFile } from '../../electron/engine/import-project-file.ts';
import type { Engine } from '../../electron/engine/engine.ts';
import { Fault } from '../../shared/errors.ts';
import type { Passage, Source } from '../../shared/model/index.ts';
import { foldWithMap } from '../../shared/text/fold.ts';
import { corpusPath, describeCorpus } from '../support/corpus.ts';
import { addPath, openFor, somebody, testProject } from '../support/project.ts';
import { type Seeded, seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { tempFolder } from '../support/temp.ts';

/** The Universal Declaration in one language, in all the formats we read. */
const FORMATS = ['page.pdf', 'singlefile.html', 'text.txt'] as const;
const LANGUAGES = ['udhr-eng', 'udhr-cmn_hans', 'udhr-uig_arab'] as const;
const SPANS = 600;
const QUOTES = 200;

interface Document {
  readonly source: Source;
  readonly text: string;
}

async function bringIn(engine: Engine, language: string): Promise<Document[]> {
  const documents: Document[] = [];
  for (const format of FORMATS) {
    const source = await addPath(engine, copied(language, format));
    if (source.layer === null) throw new Error(`${language}/${format} has no text`);
    documents.push({ source, text: (await engine.call('layers.text', { id: source.layer })).text });
  }
  return documents;
}

/** A copy with the language in its name: three files called page.pdf would be hard to tell apart in a report. */
function copied(language: string, format: string): string {
  const path = join(tempFolder(), `${language}-${format}`);
  copyFileSync(corpusPath(language, format), path);
  return path;
}

/** A span that cuts no character in two. */
function randomSpan(random: Seeded, text: string, longest: number): { start: number; end: number } {
  const whole = (at: number): number => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at);
  for (;;) {
    const start = whole(random.int(0, text.length - 1));
    const end = whole(Math.min(text.length, start + random.int(1, longest)));
    if (end > start) return { start, end };
  }
}

const placesOf = (passages: readonly Passage[]): string[] =>
  passages.map(({ id, anchor }) => `${id} ${JSON.stringify(anchor)}`).toSorted();

describeCorpus('random spans of the Universal Declaration', () => {
  describe.each(LANGUAGES)('%s', (language) => {
    it('come back exactly: at once, reopened, rebuilt, and exported', async () => {
      const ann = somebody('Ann');
      const { folder, engine } = await testProject({ person: ann, codebook: 'empty' });
      const random = seeded(language.length);
      const made: Passage[] = [];
      for (const { source, text } of await bringIn(engine, language)) {
        for (let n = 0; n < share(SPANS); n++) {
          const { start, end } = randomSpan(random, text, random.chance(0.1) ? 3000 : 80);
          if (source.layer === null) throw new Error('no layer');
          const marked = { kind: 'text' as const, start, end };
          const one = await engine.call('passages.create', { source: source.id, layer: source.layer, marked });
          expect(one.anchor).toMatchObject({ start, end, exact: text.slice(start, end) });
          made.push(one);
        }
      }
      const listed = async (of: Engine): Promise<string[]> => placesOf((await of.call('passages.list', {})).passages);
      expect(await listed(engine)).toEqual(placesOf(made));
      expect(await engine.call('project.rebuild', {})).toEqual({ differed: 0 });
      const file = join(tempFolder(), 'out.sbk');
      await engine.call('projectFile.export', { path: file });
      await engine.close();
      const reopened = await openFor(folder, ann);
      expect(await listed(reopened)).toEqual(placesOf(made));
      expect((await reopened.call('project.verify', {})).failures).toEqual([]);
      const there = join(tempFolder(), 'There.sourcebook');
      await importProjectFile({ file, folder: there, person: ann });
      expect(await listed(await openFor(there, ann))).toEqual(placesOf(made));
    });

    it('one quotation is found in every format, with the same words', async () => {
      const { engine } = await testProject({ codebook: 'empty' });
      const documents = await bringIn(engine, language);
      const plain = readFileSync(corpusPath(language, 'text.txt'), 'utf8');
      const random = seeded(language.length + 1);
      const sentences = plain.split('\n').filter((line) => line.trim().length > 30);
      const missing: string[] = [];
      for (let n = 0; n < share(QUOTES); n++) {
        const exact = partOf(random, random.pick(sentences).trim());
        for (const { source, text } of documents) {
          const found = await findIn(engine, source, exact);
          if (found === 'AMBIGUOUS') continue;
          if (typeof found === 'string') missing.push(`${source.fileName}: ${found} ${exact}`);
          else {
            expect(text.slice(found.start, found.end)).toBe(found.exact);
            expect(bare(found.exact)).toBe(bare(exact));
          }
        }
      }
      expect(missing).toEqual([]);
    });
  });
});

/** Whole words of a sentence, where the script has spaces between them. */
function partOf(random: Seeded, sentence: string): string {
  const words = sentence.split(' ');
  if (words.length < 6) {
    const start = random.int(0, sentence.length - 12);
    return sentence.slice(start, start + random.int(8, 12));
  }
  const start = random.int(0, words.length - 5);
  return words.slice(start, start + random.int(4, 8)).join(' ');
}

async function findIn(engine: Engine, source: Source, exact: string) {
  try {
    return await engine.call('passages.find', { source: source.id, quote: { exact } });
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.data.code;
    throw thrown;
  }
}

/** Without what a line's end may add or take. */
const bare = (text: string): string => foldWithMap(text).text.replace(/[-\s]/g, '');

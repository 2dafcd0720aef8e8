import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { QdaCode, QdaNote, QdaProject, QdaSelection, QdaSource } from '../../../../electron/formats/qda/model.ts';
import { readProject } from '../../../support/qda.ts';
import { codebookXml, projectXml } from '../../../../electron/formats/qda/write.ts';
import { describeCorpus } from '../../../support/corpus.ts';
import { seeded, seeds, type Seeded } from '../../../support/seeded.ts';

const guid = (random: Seeded): string =>
  'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () => random.int(0, 15).toString(16));
const WORDS = ['转移就业', 'ئەمگەك كۈچى', 'labour “transfer”', '<b>&amp;', 'a\r\nb\tc', '𠮷野家', '  spaced  ', ''];
const text = (random: Seeded): string => random.pick(WORDS) + random.pick(WORDS);
const named = (random: Seeded): string => `n${text(random)}`.replaceAll('\r', '');
const times = <T>(random: Seeded, most: number, make: () => T): T[] =>
  Array.from({ length: random.int(0, most) }, make);
const by = (random: Seeded) => ({
  user: random.pick([null, guid(random)]),
  at: random.pick([null, '2024-05-06T07:08:09Z']),
});

function madeUp(random: Seeded): QdaProject & { sources: QdaSource[]; notes: QdaNote[] } {
  const code = (depth: number): QdaCode => ({
    guid: guid(random),
    name: `n${random.int(1, 99)} ${random.pick(WORDS).trim()}`.trim().replaceAll(/[\r\n\t]/g, ' '),
    isCodable: random.pick([true, false]),
    colour: random.pick([null, '#12AB9F']),
    description: random.pick([null, text(random)]),
    notes: times(random, 1, () => guid(random)),
    codes: depth === 0 ? [] : times(random, 3, () => code(depth - 1)),
  });
  const box = (): [number, number, number, number] => {
    const [x, y] = [random.int(0, 500), random.int(0, 500)];
    return [x, y, x + random.int(1, 99), y + random.int(1, 99)];
  };
  const selection = (kind: QdaSource['kind']): QdaSelection => {
    const start = random.int(0, 1000);
    const onText = { kind: 'text', start, end: start + random.int(1, 50) } as const;
    return {
      guid: guid(random),
      name: random.pick([null, named(random)]),
      description: random.pick([null, text(random)]),
      by: by(random),
      place: random.pick([
        onText,
        kind === 'pdf'
          ? ({ kind: 'page', page: random.int(0, 9), box: box() } as const)
          : kind === 'picture'
            ? ({ kind: 'picture', box: box() } as const)
            : onText,
      ]),
      words: null,
      codings: times(random, 3, () => ({ guid: guid(random), code: guid(random), by: by(random), notes: [] })),
      notes: times(random, 2, () => guid(random)),
    };
  };
  const source = (): QdaSource => {
    const kind = random.pick(['text', 'pdf', 'picture'] as const);
    const selections = times(random, 4, () => selection(kind));
    return {
      kind,
      guid: guid(random),
      name: random.pick([null, named(random)]),
      description: random.pick([null, text(random)]),
      by: by(random),
      file: random.pick([null, 'a.pdf']),
      text: { guid: guid(random), text: random.pick([{ content: text(random) }, { file: 'a.txt' }]) },
      // As they are written: those on pages before the text of a PDF.
      selections: selections.toSorted((a, b) => Number(a.place.kind === 'text') - Number(b.place.kind === 'text')),
      codings: [],
      notes: times(random, 1, () => guid(random)),
      values: times(random, 2, () => ({ variable: guid(random), type: 'Text' as const, value: text(random) })),
    };
  };
  return {
    name: named(random).trim(),
    origin: 'Sourcebook',
    users: times(random, 3, () => ({ guid: guid(random), name: named(random) })),
    codes: times(random, 3, () => code(3)),
    variables: times(random, 2, () => ({
      guid: guid(random),
      name: named(random),
      type: 'Text' as const,
      description: null,
    })),
    sources: times(random, 4, source),
    notes: times(random, 2, () => ({
      guid: guid(random),
      name: 'Memo',
      by: by(random),
      text: { content: text(random) },
    })),
    sets: times(random, 2, () => ({
      guid: guid(random),
      name: named(random),
      description: null,
      codes: times(random, 2, () => guid(random)),
      sources: times(random, 2, () => guid(random)),
    })),
    description: random.pick([null, text(random)]),
    onProject: times(random, 2, () => guid(random)),
  };
}
/** Where a text source’s own GUID is that of its text. */
const asRead = (project: ReturnType<typeof madeUp>) => ({
  ...project,
  sources: project.sources.map((one) => ({
    ...one,
    text: one.kind === 'text' && one.text !== null ? { ...one.text, guid: one.guid } : one.text,
  })),
});

describe('a project in QDA-XML', () => {
  it.each(seeds(60))('is read as it was written (seed %i)', (seed) => {
    const random = seeded(seed);
    const project = madeUp(random);
    const xml = [...projectXml(project)].join('');
    const pieces = xml.match(/[\s\S]{1,50}/g) ?? [];
    const { project: read, notRead } = readProject(pieces);
    expect(read).toEqual(asRead(project));
    expect(notRead).toEqual([]);
  });

  it('counts what it doesn’t read, by element and reason', () => {
    const other = `<Project xmlns="urn:QDA-XML:project:1.5" xmlns:x="urn:other" name="P">
      <Cases><Case guid="00000000-0000-4000-8000-000000000001" name="C"/></Cases>
      <Sources><AudioSource guid="00000000-0000-4000-8000-000000000002"/><TextSource name="no guid"/>
      <x:Secret><TextSource guid="00000000-0000-4000-8000-000000000003"/></x:Secret></Sources></Project>`;
    const { project, notRead } = readProject([other]);
    expect(project.sources).toEqual([]);
    expect(notRead.map(({ kind, count }) => [kind, count])).toEqual([
      ['Case', 1],
      ['AudioSource', 1],
      ['TextSource', 1],
      ['Secret', 1],
    ]);
  });

  it.each([
    ['entities of its own', '<!DOCTYPE Project [<!ENTITY a "aaaa">]><Project name="&a;"/>', /document type/],
    ['no end', '<Project name="a"><Sources>', /valid REFI-QDA/],
    ['no XML', 'hello', /valid REFI-QDA/],
    ['elements a thousand deep', `<Project>${'<Code>'.repeat(1000)}`, /200 deep/],
  ])('with %s is rejected with the place and the reason', (_, xml, message) => {
    expect(() => readProject([xml])).toThrow(message);
  });
});

describeCorpus('the schemas of REFI-QDA 1.0', (corpus) => {
  const schema = (name: string) => ({
    fileName: name,
    contents: readFileSync(join(corpus, 'qda/xsd', name), 'utf8'),
  });
  const faults = async (xml: string, name: string): Promise<readonly string[]> => {
    const { errors } = await validateXML({ xml: { fileName: 'a.xml', contents: xml }, schema: schema(name) });
    return errors.map(({ message }) => message);
  };
  it('accept every project and codebook', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const project = madeUp(seeded(seed));
      expect(await faults([...projectXml(project)].join(''), 'Project.xsd')).toEqual([]);
      if (project.codes.length > 0) expect(await faults(codebookXml(project), 'Codebook.xsd')).toEqual([]);
    }
  });
});

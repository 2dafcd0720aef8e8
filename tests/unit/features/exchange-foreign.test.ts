import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ExchangeLedger } from '../../../shared/contract/exchange.ts';
import { zipped } from '../../support/bag.ts';
import { makePdf } from '../../support/pdf.ts';
import { importAnswered, wrongSums } from '../../support/qda.ts';
import { somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

/** `1` → a GUID in the form that many programs write. */
const guid = (n: number): string => `0000000${n.toString(16)}-AAAA-4AAA-8AAA-AAAAAAAAAAAA`.slice(-36);
const TEXT = '\ufeffInterview, line 1\r\n𠮷野 was moved\r\n🙂 and paid.\r\n';
const at = (words: string): string => {
  const plain = TEXT.slice(1);
  const start = Array.from(plain.slice(0, plain.indexOf(words))).length;
  return `startPosition="${start}" endPosition="${start + Array.from(words).length}"`;
};

const PROJECT = `<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.5" xmlns:own="urn:another" name="Fieldwork" origin="Another 9.1" own:build="7">
<Users><User guid="{${guid(1)}}" name="coder 2"/><User guid="${guid(2)}" name="coder 3"/></Users>
<CodeBook><Codes><Code guid="${guid(3)}" name="Moved" isCodable="true" color="#0f0"><Description>Sent elsewhere</Description></Code>
<Code guid="${guid(4)}" name="Pay" isCodable="true"/></Codes></CodeBook>
<Variables><Variable guid="${guid(5)}" name="Village" typeOfVariable="Text"/></Variables>
<Cases><Case guid="${guid(6)}" name="Family"/></Cases>
<Sources>
<TextSource guid="${guid(7)}" name="interview" richTextPath="internal://${guid(7)}.docx" plainTextPath="internal://${guid(7)}.TXT">
<PlainTextSelection guid="${guid(8)}" ${at('𠮷野 was moved')} creatingUser="${guid(1)}" creationDateTime="2023-02-11T14:03:00Z">
<Coding guid="${guid(9)}" creatingUser="${guid(1)}"><CodeRef targetGUID="${guid(3)}"/></Coding>
<Coding guid="${guid(10)}" creatingUser="${guid(2)}" creationDateTime="2023-03-01T08:00:00Z"><CodeRef targetGUID="${guid(3)}"/></Coding>
<NoteRef targetGUID="${guid(11)}"/></PlainTextSelection>
<PlainTextSelection guid="${guid(12)}" ${at('paid')}><Coding guid="${guid(13)}"><CodeRef targetGUID="${guid(4)}"/></Coding></PlainTextSelection>
<PlainTextSelection guid="${guid(14)}" startPosition="40" endPosition="4000" name="far away"/>
<Coding guid="${guid(15)}" creatingUser="${guid(2)}"><CodeRef targetGUID="${guid(4)}"/></Coding>
<VariableValue><VariableRef targetGUID="${guid(5)}"/><TextValue>Hotan</TextValue></VariableValue>
</TextSource>
<PDFSource guid="${guid(16)}" name="report" path="internal://scan%20one.pdf">
<PDFSelection guid="${guid(17)}" page="1" firstX="400" firstY="800" secondX="20" secondY="10">
<Representation guid="${guid(18)}"><PlainTextContent>Workers were trained</PlainTextContent></Representation></PDFSelection>
<PDFSelection guid="${guid(19)}" page="0" firstX="10" firstY="20" secondX="110" secondY="70"/>
<PDFSelection guid="${guid(20)}" page="7" firstX="10" firstY="20" secondX="110" secondY="70"/>
</PDFSource>
<PDFSource guid="${guid(21)}" name="away" path="relative://../../elsewhere.pdf"/>
<own:Sketch><own:Line/></own:Sketch>
</Sources>
<Notes><Note guid="${guid(11)}" name="Doubt"><PlainTextContent>Is it so?</PlainTextContent></Note>
<Note guid="${guid(22)}"><PlainTextContent>On nothing</PlainTextContent></Note></Notes>
<Sets><Set guid="${guid(23)}" name="Heard"><MemberSource targetGUID="${guid(7)}"/></Set><Set guid="${guid(24)}" name="Codes"><MemberCode targetGUID="${guid(3)}"/></Set></Sets>
</Project>`;

async function fieldwork(): Promise<string> {
  const path = join(tempFolder(), 'fieldwork.qdpx');
  await zipped(path, [
    ['Fieldwork 2023.QDE', Buffer.from(PROJECT)],
    [`Sources/${guid(7).toLowerCase()}.txt`, Buffer.from(TEXT)],
    [`Sources/${guid(7).toLowerCase()}.docx`, Buffer.from('PK, a document')],
    ['Sources/scan one.pdf', Buffer.from(await makePdf([['Land was transferred.'], ['Workers were trained.']]))],
  ]);
  return path;
}
const left = ({ notCarried }: ExchangeLedger): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind, count } of notCarried) counts[kind] = (counts[kind] ?? 0) + count;
  return counts;
};

it('a project of another program comes in by the standard’s letter: places, coders, notes, and what is not carried is counted', async () => {
  const path = await fieldwork();
  const { engine, person } = await testProject({ codebook: 'empty', person: somebody('Bo') });
  const made = await importAnswered(engine, path, { coders: 'me' });
  expect(made.program).toBe('Another 9.1');
  expect(left(made)).toEqual({
    Case: 1,
    Sketch: 1,
    'Formatted document': 1,
    'Text selections': 1,
    'Page rectangles': 1,
    Codings: 1,
    Sources: 1,
    Variable: 1,
    'Set of codes': 1,
  });
  expect(made.missing).toEqual([{ id: guid(21).toLowerCase(), name: 'away', selections: 0, asText: false }]);
  const { sources } = await engine.call('sources.list', {});
  expect(sources.map(({ fileName, title }) => [fileName, title])).toEqual(
    expect.arrayContaining([
      ['interview.txt', 'interview'],
      ['report.pdf', 'report'],
    ]),
  );
  const { passages } = await engine.call('passages.list', {});
  const shown = passages.map(({ anchor }) => (anchor.kind === 'text' ? anchor.exact : anchor.area));
  expect(shown).toEqual(expect.arrayContaining(['𠮷野 was moved', 'paid', 'Workers were trained', [10, 20, 110, 70]]));
  expect(shown).toHaveLength(4);

  // Two coders who chose one code are one tag of the person who signs, and both are named.
  const moved = passages.find(({ anchor }) => anchor.kind === 'text' && anchor.exact.endsWith('moved'));
  expect(moved?.tags).toMatchObject([{ person: person.id }]);
  const memos = (moved?.memos ?? []).map(({ text }) => text);
  expect(memos).toContain('Doubt\n\nIs it so?');
  expect(memos.join('\n')).toContain(
    'which says: marked by “coder 2”, 2023-02-11T14:03:00Z; tagged “Moved” by “coder 2”; tagged “Moved” by “coder 3”, 2023-03-01T08:00:00Z.',
  );
  const interview = sources.find(({ fileName }) => fileName === 'interview.txt');
  const onSource = await engine.call('memos.list', { target: { kind: 'source', id: interview?.id } as never });
  const words = onSource.memos.map(({ text }) => text).join('\n');
  expect(words).toContain('Coded as a whole: “Pay” by “coder 3”.');
  expect(words).toMatch(/Not placed, at characters 40 to 4000/);
  const { id } = await engine.call('project.info', {});
  const onProject = await engine.call('memos.list', { target: { kind: 'project', id } as never });
  expect(onProject.memos.map(({ text }) => text)).toEqual(['On nothing']);
  const { categories } = await engine.call('codebook.get', {});
  expect(categories.find(({ name }) => name === 'Moved')).toMatchObject({
    colour: '#00FF00',
    definition: 'Sent elsewhere',
  });
  expect((await engine.call('collections.list', {})).collections).toMatchObject([
    { name: 'Heard', sources: [interview?.id] },
  ]);
  expect(wrongSums(made)).toEqual([]);
});

it('a document that can’t be read comes in as the text that the file has of it, and why is said', async () => {
  const path = join(tempFolder(), 'cut.qdpx');
  await zipped(path, [
    [
      'project.qde',
      Buffer.from(`<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Sources><PDFSource guid="${guid(1)}" name="cut" path="internal://cut.pdf">
      <Representation guid="${guid(2)}"><PlainTextContent>Land was transferred.</PlainTextContent>
      <PlainTextSelection guid="${guid(3)}" startPosition="0" endPosition="4"/></Representation></PDFSource></Sources></Project>`),
    ],
    ['sources/cut.pdf', Buffer.from('%PDF-1.4 and then nothing')],
  ]);
  const { engine } = await testProject({ codebook: 'empty' });
  const made = await engine.call('exchange.import', { path });
  expect(made.missing).toEqual([{ id: guid(1).toLowerCase(), name: 'cut', selections: 1, asText: true }]);
  expect(made.notCarried).toMatchObject([{ kind: 'Original', count: 1 }]);
  const { passages } = await engine.call('passages.list', {});
  expect(passages.map(({ anchor }) => anchor.kind === 'text' && anchor.exact)).toEqual(['Land']);
});

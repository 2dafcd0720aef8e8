import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { csvReport } from '../../../electron/formats/draft-report/csv.ts';
import { htmlReport } from '../../../electron/formats/draft-report/html.ts';
import { wordReport } from '../../../electron/formats/draft-report/word.ts';
import { draftReport } from '../../../shared/drafts/report.ts';
import { sharedChromium } from '../../support/browser.ts';
import { unzipped } from '../../support/bag.ts';
import { deskOf, DRAFT, NOTE, openText, REPORT, sentenceOf } from '../../support/draft.ts';
import { markPrivate, maskWords } from '../../support/masks.ts';
import { has, run } from '../../support/programs.ts';
import { addFile, addPath, codeOf, faultOf, mark, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const MORE = `${DRAFT}
The county transferred 671 people, exceeding its quota of 620 people by 12.3 percent (Liuquan News, November 7, 2023).
They say <b>so</b> & “house to house, leaving no one behind” (نۇرغۇن ئادەم).
`;

async function withDraft() {
  const project = await testProject();
  const { engine } = project;
  const report = await addFile(engine, 'report.txt', REPORT);
  const note = await addFile(engine, 'note.txt', NOTE);
  const draft = await openText(engine, { text: MORE });
  return { ...project, report, note, draft };
}
const FACTS = { madeAt: '2024-06-03T11:20:00.000Z', head: 'c41d9f02', names: new Map([['x', 'X']]) };

describe('a report on a draft', () => {
  it('has every sentence once, in the part that its state says, with all that was found', async () => {
    const { engine, draft } = await withDraft();
    const desk = await deskOf(engine, draft.id);
    const { parts, totals, refused } = draftReport(desk, FACTS);
    const rows = parts.flatMap((part) => part.rows);
    expect(rows.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
      desk.sentences.map(({ number }) => number),
    );
    for (const { number, findings, pieces, text } of rows) {
      expect(findings).toHaveLength(desk.sentences[number - 1]?.findings.length ?? 0);
      // The sentence is printed whole, whatever is told apart in it.
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    }
    const { fails, open, returned, once, accepted, nothing } = desk.counts;
    expect(totals.map(({ part, count }) => [part, count])).toEqual([
      ['stands', accepted],
      ['open', open + returned + once],
      ['fails', fails],
      ['nothing', nothing],
    ]);
    expect(refused).toHaveLength(desk.refused.length);
    expect(parts[0]?.rows.map(({ state }) => state)).toContain('Quotation, 1 difference');
    const figures = rows.find(({ text }) => text.includes('671'));
    expect(figures?.state).toMatch(/^Figures, off by \d+ steps$/);
    expect(figures?.pieces.filter(({ look }) => look === 'wrong').map(({ text }) => text)).toEqual(['12.3 percent']);
  });

  it('says how many figures were too many to be checked', async () => {
    const { engine, draft } = await withDraft();
    const desk = await deskOf(engine, draft.id);
    expect(desk.looked.figuresLeftOut).toBe(0);
    const { limits } = draftReport({ ...desk, looked: { ...desk.looked, figuresLeftOut: 1200 } }, FACTS);
    expect(limits.at(-1)).toBe(
      '1,200 figures at the end of the draft were not checked: one draft has too many. Divide it.',
    );
  });

  it('names the first sentences that a release waits for, and counts the others', async () => {
    const { engine, draft } = await withDraft();
    const desk = await deskOf(engine, draft.id);
    const [first] = desk.refused;
    if (first === undefined) throw new Error('Nothing stands against it.');
    const many = Array.from({ length: 23 }, (_, at) => at + 1);
    const { refused } = draftReport({ ...desk, refused: [{ ...first, sentences: many }] }, FACTS);
    expect(refused[0]).toMatch(/ Sentences 1, 2, .*, 19, 20 and 3 more\.$/);
  });

  it('names them beside their sentence in every format', async () => {
    const { engine, draft } = await withDraft();
    const desk = await deskOf(engine, draft.id);
    const [, second] = desk.sentences;
    if (second === undefined) throw new Error('There is no second sentence.');
    const leftOutIn = [{ sentence: second.number, count: 3 }];
    const report = draftReport({ ...desk, looked: { ...desk.looked, figuresLeftOut: 3, leftOutIn } }, FACTS);
    const says = '3 figures not checked: the draft has too many. Divide it.';
    const [head = '', ...lines] = [...csvReport(report)].join('').trim().split('\r\n');
    const line = lines.filter((one) => one.includes(says));
    expect(line).toHaveLength(1);
    expect(line[0]).toMatch(new RegExp(`^"?${second.number}"?,`));
    expect(head).toContain('says');
    expect([...htmlReport(report)].join('').split(says)).toHaveLength(2);
    let words = '';
    for await (const { block } of wordReport(report)) words += JSON.stringify(block);
    expect(words.split(says)).toHaveLength(2);
  });

  it('shows both wordings of a changed quotation, and what people said of a sentence', async () => {
    const { engine, draft } = await withDraft();
    const worker = sentenceOf(await deskOf(engine, draft.id), '“One worker');
    const asked = { draft: draft.id, text: worker.text };
    await engine.call('drafts.return', { ...asked, comment: 'Count twice.' });
    const plain = sentenceOf(await deskOf(engine, draft.id), 'The county');
    await engine.call('drafts.accept', { draft: draft.id, text: plain.text });
    const { html } = await engine.call('drafts.report', { id: draft.id });
    expect(html).toMatch(/<strong class="wrong"><bdi>once<\/bdi><\/strong>/);
    expect(html).toMatch(/<strong class="wrong"><bdi>twice<\/bdi><\/strong>/);
    expect(html).toContain('“Count twice.”');
    expect(html).toContain('has accepted; one more needed.');
    expect(html).toContain('&lt;b&gt;so&lt;/b&gt; &amp; “');
    expect(html).not.toMatch(/<script|<b>so|verified/i);
  });

  it('has no masked words, and is refused while a linked passage names somebody who is not masked', async () => {
    const { engine, report, note, draft } = await withDraft();
    await maskWords(engine, note.id, 'pervasively');
    // It lies across what the quotation shares with its source and what it has changed.
    await maskWords(engine, note.id, 'counted twice');
    const passage = await mark(engine, note.id, 'One worker who leaves twice');
    const { text } = sentenceOf(await deskOf(engine, draft.id), '“One worker');
    await engine.call('drafts.link', { draft: draft.id, text, passages: [passage.id] });
    const { html } = await engine.call('drafts.report', { id: draft.id });
    expect(html).not.toContain('pervasively');
    expect(html).not.toContain('<strong class="wrong"><bdi>twice');
    expect(html).toContain('Linked to “');
    const named = await mark(engine, report.id, '各村工作队');
    await engine.call('drafts.link', { draft: draft.id, text, passages: [named.id] });
    await markPrivate(engine, named.id);
    expect(await codeOf(engine.call('drafts.report', { id: draft.id }))).toBe('UNMASKED');
  });
});

describe('the release of a draft', () => {
  it('is refused while it quotes or rests on a passage that names somebody who is not masked, and while it prints masked words', async () => {
    const { engine } = await testProject();
    const note = await addFile(engine, 'note.txt', NOTE);
    const text = 'They wrote “the setting is pervasively coercive” (County Studies, 2024).\nSo it goes on.\n';
    const draft = await openText(engine, { text });
    const { sentences } = await deskOf(engine, draft.id);
    for (const one of sentences) await engine.call('drafts.accept', { draft: draft.id, text: one.text });
    const against = async () =>
      (await deskOf(engine, draft.id)).refused.map(({ kind, sentences: where }) => [kind, where]);
    expect(await against()).toEqual([['once', [1, 2]]]);
    // Nobody linked it: the draft quotes what stands in it.
    const quoted = await mark(engine, note.id, 'pervasively coercive');
    await markPrivate(engine, quoted.id);
    expect(await against()).toEqual([
      ['once', [1, 2]],
      ['unmasked', [1]],
    ]);
    const { head } = await engine.call('project.info', {});
    expect(await faultOf(engine.call('drafts.release', { id: draft.id }))).toMatchObject({
      code: 'UNMASKED',
      message: expect.stringContaining('names a private person'),
      context: { why: ['once', 'unmasked'] },
    });
    expect(await codeOf(engine.call('drafts.report', { id: draft.id }))).toBe('UNMASKED');
    expect((await engine.call('project.info', {})).head).toBe(head);
    // What the mask covers is what the draft prints.
    await maskWords(engine, note.id, 'coercive');
    expect(await against()).toEqual([
      ['once', [1, 2]],
      ['masked', [1]],
    ]);
    expect(await codeOf(engine.call('drafts.release', { id: draft.id }))).toBe('UNMASKED');
    await engine.call('history.undo', {});
    const linked = await mark(engine, note.id, 'One worker who leaves twice');
    await markPrivate(engine, linked.id);
    const second = sentences[1]?.text ?? '';
    await engine.call('drafts.link', { draft: draft.id, text: second, passages: [linked.id] });
    expect(await against()).toContainEqual(['unmasked', [1, 2]]);
    // A claim that rests on the passage says no less than the passage.
    await engine.call('history.undo', {});
    expect(await against()).toContainEqual(['unmasked', [1]]);
    const claim = await engine.call('claims.create', { text: 'Who leaves twice is counted twice.' });
    await engine.call('claims.link', { id: claim.id, passages: [linked.id], as: 'supports' });
    await engine.call('drafts.link', { draft: draft.id, text: second, claims: [claim.id] });
    expect(await against()).toContainEqual(['unmasked', [1, 2]]);
    expect(await codeOf(engine.call('drafts.release', { id: draft.id }))).toBe('UNMASKED');
  });
});

describe('a draft in a project', () => {
  it('has its terms compared with the codebook, also once that changes, and its places with the gazetteer', async () => {
    const { engine } = await testProject();
    const text =
      'They were told so (Zenz, 2020 / Byler, 2021) and moved by transfers (转移就业脱) in Lop County. Luopu County is poor.\n';
    const draft = await openText(engine, { text });
    const found = async (kind: string) =>
      (await deskOf(engine, draft.id)).sentences.flatMap(({ findings }) => findings.filter((one) => one.kind === kind));
    expect(await found('term')).toMatchObject([{ problem: 'cut-short', other: '转移就业脱贫' }]);
    expect(await found('place')).toMatchObject([{ text: 'Luopu County', other: 'Lop County', weight: 'warning' }]);
    const { categories } = await engine.call('codebook.get', {});
    for (const { id, termsZh } of categories.filter((one) =>
      one.termsZh.some(({ term }) => term.startsWith('转移就业脱')),
    ))
      await engine.call('categories.edit', {
        id,
        patch: { termsZh: termsZh.filter(({ term }) => !term.startsWith('转移就业脱')) },
      });
    expect(await found('term')).toMatchObject([]);
  });
});

describe('a report that is written', () => {
  it('is a page that axe finds nothing against, light in both themes, and prints with margins', async () => {
    const { engine, draft } = await withDraft();
    const path = join(tempFolder(), 'report.html');
    await engine.call('drafts.exportReport', { id: draft.id, path, format: 'html' });
    expect(await codeOf(engine.call('drafts.exportReport', { id: draft.id, path, format: 'html' }))).toBe('EXISTS');
    const browser = await sharedChromium();
    const context = await browser.newContext({ colorScheme: 'dark' });
    try {
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(path).href);
      const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      const found = await page.evaluate(
        `(() => { ${axe}; return axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html)); })()`,
      );
      expect(found).toEqual([]);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
      expect(asked).toHaveLength(1);
      expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe('%PDF-');
    } finally {
      await context.close();
    }
  });

  it('is a table with a line a finding, and a Word document with the same sentences', async () => {
    const { engine, draft } = await withDraft();
    const folder = tempFolder();
    for (const format of ['csv', 'docx'] as const)
      await engine.call('drafts.exportReport', { id: draft.id, path: join(folder, `report.${format}`), format });
    const { sentences } = await deskOf(engine, draft.id);
    const lines = readFileSync(join(folder, 'report.csv'), 'utf8').split('\r\n');
    const wanted = sentences.reduce((sum, { findings }) => sum + Math.max(1, findings.length), 0);
    expect(lines).toHaveLength(wanted + 2);
    const parts = await unzipped(join(folder, 'report.docx'));
    const xml = parts.get('word/document.xml')?.toString('utf8') ?? '';
    expect(xml).toContain('What fails');
    expect(xml).toContain('Nobody asked them.');
    if (has('xmllint'))
      for (const [name, bytes] of parts) {
        writeFileSync(join(folder, 'part.xml'), bytes);
        if (/\.(?:xml|rels)$/.test(name)) run('xmllint', '--noout', join(folder, 'part.xml'));
      }
  });

  it('has in the table what people linked and said, and in the Word document the headings, in rows that stay on one page', async () => {
    const { engine, note, draft } = await withDraft();
    const worker = sentenceOf(await deskOf(engine, draft.id), '“One worker');
    await engine.call('drafts.return', { draft: draft.id, text: worker.text, comment: 'Count twice.' });
    const asked = sentenceOf(await deskOf(engine, draft.id), 'Nobody asked');
    const passage = await mark(engine, note.id, 'pervasively coercive');
    await engine.call('drafts.link', { draft: draft.id, text: asked.text, passages: [passage.id] });
    await engine.call('drafts.accept', { draft: draft.id, text: asked.text });
    const folder = tempFolder();
    for (const format of ['csv', 'docx'] as const)
      await engine.call('drafts.exportReport', { id: draft.id, path: join(folder, `report.${format}`), format });
    const lines = readFileSync(join(folder, 'report.csv'), 'utf8').split('\r\n');
    expect(lines.filter((one) => one.includes(',Returned,,,,,') && one.includes('“Count twice.”'))).toHaveLength(1);
    const said = lines.filter((one) => one.includes('Nobody asked them.'));
    expect(said).toHaveLength(2);
    expect(said[0]).toContain(',Linked passage,,,,,"Linked to “pervasively coercive”. note.txt, page 1.",');
    expect(said[1]).toMatch(/,Accepted,,,,,"?.+ has accepted; one more needed\."?,/);
    const xml = (await unzipped(join(folder, 'report.docx'))).get('word/document.xml')?.toString('utf8') ?? '';
    const rows = xml.match(/<w:tr>.*?<\/w:tr>/g) ?? [];
    expect(rows.filter((row) => !row.startsWith('<w:tr><w:trPr><w:cantSplit/>'))).toEqual([]);
    const heading = rows.filter((row) => row.includes('>Work teams<'));
    // Of sentences that fail, and of open ones.
    expect(heading).toHaveLength(2);
    for (const row of heading) expect(row).toMatch(/<w:gridSpan w:val="3"\/>.*<w:keepNext\/>/);
    expect(xml).toMatch(/<w:keepNext\/><\/w:pPr>(?:(?!<w:p>).)*>\d sentences</);
  });

  it('has in every format what was returned and linked of earlier wordings, beside the sentence or at the end, without what is masked', async () => {
    const { engine, report, note, draft } = await withDraft();
    const sayOf = async (beginning: string, comment: string): Promise<string> => {
      const { text } = sentenceOf(await deskOf(engine, draft.id), beginning);
      await engine.call('drafts.return', { draft: draft.id, text, comment });
      return text;
    };
    const asked = await sayOf('Nobody', 'Who says so?');
    const passage = await mark(engine, note.id, 'pervasively coercive');
    const named = await mark(engine, report.id, '各村工作队');
    await engine.call('drafts.link', { draft: draft.id, text: asked, passages: [passage.id, named.id] });
    const told = await sayOf('Teams', 'By whom?');
    const text = MORE.replace('Nobody asked them.', 'Nobody asked them twice, it says.').replace(told, 'Nothing more.');
    const next = await openText(engine, { text, replaces: draft.id });
    const folder = tempFolder();
    const write = async (name: string): Promise<void> => {
      for (const format of ['html', 'csv', 'docx'] as const)
        await engine.call('drafts.exportReport', { id: next.id, path: join(folder, `${name}.${format}`), format });
    };
    await write('first');
    const plain = (markup: string): string => markup.replaceAll(/<[^>]*>/g, '');
    const html = readFileSync(join(folder, 'first.html'), 'utf8');
    const row = html.split('<li ').find((one) => one.includes('asked them twice')) ?? '';
    expect(plain(row)).toMatch(
      /Earlier wording: “Nobody asked them\.”\. .+ returned it in version 1: “Who says so\?”.* Linked to “pervasively coercive”\. note\.txt, page 1\./,
    );
    const last = html.slice(html.indexOf('Said of sentences that this version does not have'));
    expect(plain(last)).toContain(told);
    expect(plain(last)).toMatch(/returned it in version 1: “By whom\?”/);
    const lines = readFileSync(join(folder, 'first.csv'), 'utf8').trim().split('\r\n');
    expect(lines.filter((one) => one.includes(',Earlier wording,') && one.includes('Who says so?'))).toHaveLength(1);
    expect(lines.at(-1)).toMatch(
      /^,gone,Not in this version,,.+,,,Returned,,,,,.+ returned it in version 1: “By whom\?”,,,$/,
    );
    const xml = (await unzipped(join(folder, 'first.docx'))).get('word/document.xml')?.toString('utf8') ?? '';
    for (const words of ['Earlier wording: “Nobody asked them.”', 'Who says so?', 'By whom?', 'Not in this version'])
      expect(plain(xml)).toContain(words);
    await maskWords(engine, note.id, 'pervasively');
    await write('second');
    for (const format of ['html', 'csv'] as const)
      expect(readFileSync(join(folder, `second.${format}`), 'utf8')).not.toContain('pervasively');
    await markPrivate(engine, named.id);
    expect(await codeOf(engine.call('drafts.report', { id: next.id }))).toBe('UNMASKED');
  });

  it('says on which page of its source a quotation stands', async () => {
    const { engine } = await testProject();
    await addPath(engine, join(import.meta.dirname, '../../../electron/sample/files/work-report.pdf'));
    const text =
      'They went under “统一组织、统一输送、统一管理”.\nIt wants “产业集聚发展”.\nIt wants “推动产业集聚发展”.\n';
    const draft = await openText(engine, { text });
    const report = draftReport(await deskOf(engine, draft.id), FACTS);
    const says = report.parts
      .flatMap(({ rows }) => rows)
      .toSorted((one, other) => one.number - other.number)
      .map(({ findings }) => findings.find(({ says }) => says.includes(', page'))?.says ?? '');
    expect(says.map((one) => /, page (\d)\.$/.exec(one)?.[1])).toEqual(['1', '2', '2']);
    expect(says[2]).toMatch(/^Source: /);
  });

  it.skipIf(!has('soffice'))(
    `is opened by LibreOffice${has('soffice') ? '' : ' (skipped: it is not installed)'}`,
    async () => {
      const { engine, draft } = await withDraft();
      const folder = tempFolder();
      const path = join(folder, 'report.docx');
      await engine.call('drafts.exportReport', { id: draft.id, path, format: 'docx' });
      run('soffice', '--headless', '--convert-to', 'txt:Text', '--outdir', folder, path);
      const text = readFileSync(join(folder, 'report.txt'), 'utf8');
      for (const words of ['What fails', 'Nobody asked them.', '12.3 percent']) expect(text).toContain(words);
    },
  );
});

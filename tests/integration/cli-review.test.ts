import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../electron/engine/engine.ts';
import { openHome } from '../../electron/host/home.ts';
import { commandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

/** A translator and a checker, on the command line, by three people. */
const folder = makeFolder();
/** Each works on an installation of their own: keys of one count as one person. */
const homeOf = (person: string): string => join(folder, `home-${person}`);
const sourcebook = commandLine(folder, homeOf('Ann'));
const SENTENCE = '健全失业监测预警机制，做好对口支援工作，转移就业3.2万人次。';

let source = '';
let passage = '';
const by = (person: string, ...args: readonly string[]) =>
  commandLine(folder, homeOf(person)).json(...args, '--person', person);

beforeAll(async () => {
  writeFileSync(join(folder, 'report.txt'), `报告\n${SENTENCE}\n`);
  await sourcebook('new', 'county', '--person', 'Ann');
  source = (await by('Ann', 'add', 'county', 'report.txt')).value.items[0].source;
  const made = await by('Ann', 'highlight', 'county', source, '--quote', SENTENCE, '--category', 'TRF.PAIR');
  passage = made.value.passage.id;
});
afterAll(() => removeFolder(folder));

describe('a translation and its check', () => {
  it('is compared with the codebook’s terms and the figures of the original', async () => {
    const { code, value, err } = await by(
      'Ben',
      'translate',
      'county',
      passage,
      'Improve the early warning System, do pairing assistance well, transfer 3,200 person-times.',
    );
    expect(code).toBe(0);
    expect(value.translation).toMatchObject({
      passage,
      language: 'en',
      method: 'human',
      translator: 'Ben',
      checker: null,
    });
    const found = Object.fromEntries(value.terms.map((one: { term: string; found: string }) => [one.term, one.found]));
    expect(found).toMatchObject({ 机制: 'System' });
    expect(Object.keys(found)).not.toContain('对口支援');
    expect(value.figures).toEqual([
      { where: 'original', text: '3.2万' },
      { where: 'translation', text: '3,200' },
    ]);
    expect(err).toContain('not “System”');
  });

  it('can be approved by neither the coder nor the translator', async () => {
    for (const [person, why] of [
      ['Ben', 'You translated this passage. Someone else must approve it.'],
      ['Ann', 'You coded this passage. Someone else must approve it.'],
    ] as const) {
      const refused = await by(person, 'review', 'county', passage, '--to', 'approved');
      expect(refused.code).toBe(1);
      expect(refused.value.error).toMatchObject({ code: 'FOUR_EYES', message: why });
    }
    expect((await by('Ben', 'review', 'county', passage)).value).toMatchObject({
      passage: { state: 'coded' },
      moves: [],
    });
  });

  it('waits for a colleague, who returns it, and approves it once it is right', async () => {
    const waits = async (person: string, queue: string) =>
      (await by(person, 'review', 'county', '--queue', queue)).value.items.map(
        (one: { passage: string }) => one.passage,
      );
    expect(await waits('Cat', 'to-check')).toEqual([passage]);
    expect(await waits('Ben', 'to-check')).toEqual([]);
    expect((await by('Cat', 'review', 'county', passage, '--to', 'returned')).value.error.code).toBe('NOT_ALLOWED');
    const returned = await by('Cat', 'review', 'county', passage, '--to', 'returned', '--comment', '机制 is Mechanism');
    expect(returned.value.passage).toEqual({ id: passage, state: 'returned' });
    expect(await waits('Ben', 'mine')).toEqual([passage]);
    const said = await by('Cat', 'comment', 'county', passage, 'The figure, too, @Ben', '--to', 'translator');
    expect(said.value.comment).toMatchObject({ person: 'Cat', parent: null, mentions: ['translator', 'Ben'] });
    await by('Ben', 'translate', 'county', passage, 'Improve the early warning mechanism …, 32,000 person-times.');
    await by('Ben', 'review', 'county', passage, '--to', 'translated');
    const approved = await by('Cat', 'review', 'county', passage, '--to', 'approved');
    expect(approved).toMatchObject({ code: 0, value: { passage: { state: 'approved' }, differences: [] } });
    expect(approved.value.moves.map((one: { state: string; name: string }) => [one.state, one.name])).toEqual([
      ['returned', 'Cat'],
      ['translated', 'Ben'],
      ['approved', 'Cat'],
    ]);
    const { value } = await by('Ann', 'passages', 'county');
    expect(value.passages[0]).toMatchObject({ state: 'approved', comments: 1 });
    expect(value.passages[0].translations).toMatchObject([
      { language: 'en', translator: 'Ben', checker: null, method: 'human', state: 'approved' },
    ]);
    expect((await by('Ann', 'comments', 'county', passage)).value.comments).toHaveLength(1);
  });

  it('is reopened when the original’s text layer is corrected', async () => {
    const own = openHome({ SOURCEBOOK_HOME: homeOf('Ann') });
    const engine = await openEngine({
      folder: join(folder, 'county.sourcebook'),
      person: own.person('Ann'),
      installation: own.installation(),
      workers: 1,
    });
    const { source: id } = (await engine.call('passages.list', {})).passages[0] ?? {};
    if (id === undefined) throw new Error('The passage is gone');
    await engine.call('layers.remake', { source: id, charset: 'gb18030' });
    await engine.close();
    const { value } = await by('Dan', 'review', 'county', passage);
    expect(value.passage.state).toBe('reopened');
    expect(value.differences).toMatchObject([{ what: 'layer', person: 'Ann' }]);
    expect((await by('Dan', 'review', 'county', passage, '--to', 'released')).value.error.code).toBe('NOT_ALLOWED');
    expect((await by('Ben', 'review', 'county', passage, '--to', 'checked')).value.error.code).toBe('FOUR_EYES');
    expect((await by('Dan', 'review', 'county', passage, '--to', 'checked')).value.passage.state).toBe('checked');
    const { value: report, code } = await sourcebook.json('verify', 'county');
    expect({ code, failures: report.failures }).toEqual({ code: 0, failures: [] });
  });

  it('a missing passage, state or queue exits with 2, and an unknown person is NOT_FOUND', async () => {
    expect((await by('Ann', 'review', 'county')).code).toBe(2);
    expect((await by('Ann', 'review', 'county', passage, '--to', 'done')).code).toBe(2);
    expect((await by('Ann', 'review', 'county', '--queue', 'to-nowhere')).code).toBe(2);
    expect((await by('Ann', 'comment', 'county', passage, 'x', '--to', 'Nobody')).value.error.code).toBe('NOT_FOUND');
    expect((await sourcebook('review', 'county', passage)).out).toContain('checked');
  });
});

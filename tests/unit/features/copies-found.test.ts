import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { article, reprint } from '../../support/copies.ts';
import { addFile, codeOf, openFor, testProject } from '../../support/project.ts';
import { type Seeded, seeded } from '../../support/seeded.ts';

/** A news item in three papers, one of them in traditional characters, and once within a longer page; and two other texts. */
async function newspapers(engine: Engine, random: Seeded) {
  const text = article(random, 'chinese', 4);
  const texts = [
    text,
    reprint(random, text, 'chinese', 'edited'),
    reprint(random, text, 'chinese', 'traditional'),
    reprint(random, text, 'chinese', 'within'),
    article(random, 'chinese'),
    article(random, 'english'),
  ];
  const ids: SourceId[] = [];
  for (const [at, one] of texts.entries()) ids.push((await addFile(engine, `${at}.txt`, one)).id);
  return { ids, text };
}
const offers = async (engine: Engine) => (await engine.call('copies.list', {})).offers;

describe('copies that are found', () => {
  it('are offered with how each has the text, and count for nothing', async () => {
    const { engine } = await testProject();
    const { ids } = await newspapers(engine, seeded(1));
    expect(await engine.call('copies.list', {})).toMatchObject({ offers: [], looked: null });
    expect(await engine.call('copies.find', {})).toEqual({ offers: 1 });
    const [offer] = await offers(engine);
    expect(offer?.sources.map(({ source, how }) => [source, how])).toEqual([
      [ids[0], 'same'],
      [ids[1], 'same'],
      [ids[2], 'same'],
      [ids[3], 'holds'],
    ]);
    expect(offer?.sources[2]?.share).toBeGreaterThan(0.95);
    expect(offer?.sources[3]?.share).toBeLessThan(0.8);
    expect(await engine.call('copies.list', {})).toMatchObject({ groups: [], looked: { sources: 6, since: 0 } });
  });

  it('are said beside a claim that counts them as several origins, until somebody decides', async () => {
    const { engine } = await testProject();
    const { ids } = await newspapers(engine, seeded(1));
    const passages = [];
    for (const id of ids.slice(0, 5)) {
      const { layer } = await engine.call('sources.get', { id });
      if (layer === null) throw new Error('It has no text');
      const marked = { kind: 'text' as const, start: 0, end: 30 };
      passages.push((await engine.call('passages.create', { source: id, layer, marked })).id);
    }
    const { id } = await engine.call('claims.create', { text: 'It was reported.' });
    await engine.call('claims.link', { id, passages, as: 'supports' });
    const claim = async () => (await engine.call('claims.list', {})).claims[0];
    expect(await claim()).toMatchObject({ supports: { origins: 5 }, undecidedCopies: 0 });
    await engine.call('copies.find', {});
    const hinted = await claim();
    expect(hinted).toMatchObject({ supports: { passages: 5, origins: 5 }, undecidedCopies: 4 });
    expect(hinted?.gaps).toContain('undecidedCopies');
    await engine.call('copies.confirm', { sources: ids.slice(0, 4), origin: null });
    const decided = await claim();
    expect(decided).toMatchObject({ supports: { passages: 5, origins: 2 }, undecidedCopies: 0 });
    expect(decided?.gaps).not.toContain('undecidedCopies');
  });

  it('that somebody confirmed are said to have other texts, where the last run found nothing of one in another', async () => {
    const { engine } = await testProject();
    const { ids } = await newspapers(engine, seeded(1));
    const unlike = async () => (await engine.call('copies.list', {})).unlike;
    const [one, two, , , other, english] = ids;
    if (one === undefined || two === undefined || other === undefined || english === undefined) throw new Error('Six');
    // A colleague takes two sources away from what evidence counts by saying that they are copies of a third.
    await engine.call('copies.confirm', { sources: [one, two, other, english], origin: one });
    expect(await unlike()).toEqual([]);
    await engine.call('copies.find', {});
    expect(await unlike()).toEqual([other, english]);
    const twin = await addFile(engine, 'late.txt', 'A text that was added later, which nobody has looked through yet.');
    await engine.call('copies.confirm', { sources: [one, twin.id], origin: one });
    expect(await unlike()).toEqual([]);
    await engine.call('copies.find', {});
    expect(await unlike()).toEqual([other, english, twin.id]);
  });

  it('are no longer offered once they are decided, either way, and are again after undo', async () => {
    const { engine } = await testProject();
    const { ids } = await newspapers(engine, seeded(2));
    await engine.call('copies.find', {});
    const held = ids.slice(3, 4);
    await engine.call('copies.confirm', { sources: ids.slice(0, 3), origin: ids[0] ?? null });
    expect((await offers(engine)).map(({ sources }) => sources.map(({ source }) => source))).toContainEqual(
      expect.arrayContaining(held),
    );
    await engine.call('copies.apart', { sources: held, from: ids.slice(0, 3) });
    expect(await offers(engine)).toEqual([]);
    expect(await engine.call('copies.list', {})).toMatchObject({ apart: 3 });
    await engine.call('copies.find', {});
    expect(await offers(engine)).toEqual([]);
    await engine.call('history.undo', {});
    expect(await offers(engine)).toHaveLength(1);
  });

  it('stay listed when the project is opened again, and a new source is the only one read', async () => {
    const { engine, folder, person } = await testProject();
    const { text } = await newspapers(engine, seeded(3));
    await engine.call('copies.find', {});
    const before = await offers(engine);
    await engine.close();
    const again = await openFor(folder, person);
    expect(await offers(again)).toEqual(before);
    const late = await addFile(again, 'late.txt', `Reprinted: ${text}`);
    expect(await again.call('copies.list', {})).toMatchObject({ looked: { sources: 6, since: 1 } });
    await again.call('copies.find', {});
    expect((await offers(again))[0]?.sources.map(({ source }) => source)).toContain(late.id);
  });

  it('are found without a cache, or with one that is damaged or cut off', async () => {
    const { engine, folder } = await testProject();
    await newspapers(engine, seeded(4));
    await engine.call('copies.find', {});
    const before = await offers(engine);
    const [found, prints] = ['copies.json', 'copies-prints'].map((name) => join(folder, 'cache', name));
    if (found === undefined || prints === undefined) throw new Error('Two files');
    expect([existsSync(found), existsSync(prints)]).toEqual([true, true]);
    writeFileSync(prints, readFileSync(prints).subarray(0, 1001));
    writeFileSync(found, '{"version":1,"pairs":[{}]}');
    await engine.call('copies.find', {});
    expect(await offers(engine)).toEqual(before);
    rmSync(found);
    rmSync(prints);
    await engine.call('copies.find', {});
    expect(await offers(engine)).toEqual(before);
  });

  it('lose what goes to the trash', async () => {
    const { engine } = await testProject();
    const { ids } = await newspapers(engine, seeded(5));
    await engine.call('copies.find', {});
    await engine.call('sources.remove', { ids: ids.slice(0, 1) });
    expect((await offers(engine)).flatMap(({ sources }) => sources.map(({ source }) => source))).not.toContain(ids[0]);
  });

  it('can be stopped, and are looked for once at a time', async () => {
    const { engine } = await testProject();
    await newspapers(engine, seeded(6));
    const running = codeOf(engine.call('copies.find', {}));
    expect(await codeOf(engine.call('copies.find', {}))).toBe('NOT_ALLOWED');
    await engine.call('copies.stop', {});
    expect(await running).toBe('CANCELLED');
    expect(await engine.call('copies.find', {})).toEqual({ offers: 1 });
  });

  it('are compared: what both have, and what only one has', async () => {
    const { engine } = await testProject();
    const random = seeded(7);
    const [text, more] = [article(random, 'chinese', 2), article(random, 'english', 1)];
    const one = await addFile(engine, 'a.txt', text);
    const other = await addFile(engine, 'b.txt', `${text}\n${more}`);
    const compared = await engine.call('copies.compare', { one: one.id, other: other.id });
    expect(compared.one).toMatchObject({ share: 1, isCut: false });
    expect(compared.other.share).toBeLessThan(1);
    expect(compared.other.pieces.map(({ text: words }) => words).join('')).toBe(`${text}\n${more}`);
    expect(
      compared.other.pieces
        .filter(({ isShared }) => !isShared)
        .map(({ text: words }) => words)
        .join(''),
    ).toContain(more.slice(0, 50));
    expect(await codeOf(engine.call('copies.compare', { one: one.id, other: 'c'.repeat(8) as SourceId }))).toBe(
      'BAD_INPUT',
    );
  });
});

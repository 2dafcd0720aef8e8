import { expect, it } from 'vitest';
import { categoriesOf, addFile, mark, newFolder, openFor, somebody } from '../../../support/project.ts';

it.each([
  ['one computer', 'aa', 'aa', ['Ann']],
  ['two computers', 'aa', 'bb', []],
] as const)(
  'a step of someone whose key signed on %s with the coder’s names the coder if it was the same',
  async (_, anns, bens, names) => {
    const [ann, ben] = [somebody('Ann'), somebody('Ben')];
    const folder = newFolder({ person: ann });
    const on = (installation: string) => ({ installation: installation.repeat(16) });
    const first = await openFor(folder, ann, on(anns));
    const { id: source } = await addFile(first, 'report.txt', '流转土地4.8万亩。\n');
    const { id } = await mark(first, source, '流转土地', { categories: await categoriesOf(first, 'TRF.PAIR') });
    await first.close();
    const second = await openFor(folder, ben, on(bens));
    await second.call('review.move', { passage: id, to: 'checked' });
    const { moves } = await second.call('review.get', { passage: id });
    expect(moves.map(({ name, sameInstallation }) => [name, sameInstallation])).toEqual([['Ben', names]]);
  },
);

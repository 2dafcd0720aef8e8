import { expect, it } from 'vitest';
import { type ChainsEngine, createSeenChains } from '../../../electron/host/seen-chains.ts';
import { readJson } from '../../../electron/host/files.ts';
import type { ReadFile } from '../../../electron/host/key-files.ts';
import { commitHash, projectId } from '../../../shared/model/index.ts';
import { tempFolder } from '../../support/temp.ts';

const PROJECT = projectId.parse('01a22934-58c2-7000-80f4-e3061938088f');
const hash = (name: string) => commitHash.parse(Buffer.from(name).toString('hex').padEnd(64, '0'));

const read: ReadFile = (path, schema) => {
  const back = readJson(path, schema);
  return back.state === 'read' ? back.value : null;
};

/** A copy of a project with the edits of some people, named a1, a2, and so on, in their order. */
const copyWith = (edits: Readonly<Record<string, number>>): ChainsEngine => {
  const all = Object.entries(edits).flatMap(([who, n]) => Array.from({ length: n }, (_, k) => hash(`${who}${k + 1}`)));
  const chains = Object.entries(edits).map(([who, n]) => ({
    first: hash(`${who}1`),
    tip: hash(`${who}${n}`),
    edits: n,
    person: who,
  }));
  const lacks = (tip: string): boolean => !all.some((one) => one === tip);
  return {
    call: (_name, { tips }) =>
      Promise.resolve({ project: PROJECT, chains, lacking: tips.filter(lacks).map((tip) => commitHash.parse(tip)) }),
  };
};

it('says when edits were seen that a copy lacks, whatever was seen since', async () => {
  let now = 1000;
  const seen = createSeenChains(tempFolder(), read, () => now);
  await seen.note(copyWith({ ann: 5, ben: 2 }), false);
  now = 2000;
  const cut = copyWith({ ann: 3, ben: 2 });
  await seen.note(cut, false);
  expect(await seen.lacking(cut)).toEqual({ at: 1000, edits: 2, by: [{ person: 'ann', edits: 2 }], isOlder: true });
  now = 3000;
  const own = copyWith({ ann: 3, cat: 1 });
  await seen.note(own, false);
  expect(await seen.lacking(copyWith({ ann: 2 }))).toMatchObject({ at: 3000, edits: 6, by: [{ edits: 3 }] });
  expect(await seen.lacking(own)).toMatchObject({ at: 2000, edits: 4, isOlder: true });
  expect(await seen.lacking(copyWith({ ann: 5, ben: 2, cat: 1 }))).toBeNull();
});

import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { openHome } from '../../../electron/host/home.ts';
import { codeOf } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const [first, second] = rootCertificates;
if (first === undefined || second === undefined) throw new Error('Node brings roots.');

test('no root is trusted until somebody adds it, on this installation only, and it can be removed by its fingerprint', async () => {
  const folder = tempFolder();
  const homeIn = (at: string) => openHome({ SOURCEBOOK_HOME: at });
  const home = homeIn(folder);
  expect(home.roots()).toEqual([]);
  home.trustRoots([first, second]);
  home.trustRoots([first]);
  const [one, other] = homeIn(folder).roots();
  expect(homeIn(folder).roots()).toHaveLength(2);
  expect(homeIn(tempFolder()).roots()).toEqual([]);
  const written = (one?.fingerprint ?? '').toUpperCase().replaceAll(/(..)(?=.)/g, '$1:');
  expect(home.removeRoot(written)).toEqual(one);
  expect(home.roots()).toEqual([other]);
  expect(await codeOf(() => void home.removeRoot(written))).toBe('NOT_FOUND');
  expect(await codeOf(() => void home.removeRoot(''))).toBe('NOT_FOUND');
});

import i18next from 'i18next';
import { expect, it } from 'vitest';
import { keptWords } from '../../../../renderer/features/merge/conflicts.ts';
import { chooseValue } from '../../../../renderer/features/merge/merge-state.ts';
import { startI18n } from '../../../../renderer/shell/strings.ts';
import { fakeCodebook, fakeSources } from '../../../support/shell/fixtures.ts';
import { fakePreview } from '../../../support/shell/merge-preview.ts';

it('says which side of a conflict is kept, whose it is, and its value; and that a choice was taken back', () => {
  const [conflict] = fakePreview({ categories: fakeCodebook().categories, sources: fakeSources(9) }).conflicts;
  if (conflict === undefined) throw new Error('The preview has conflicts');
  startI18n();
  const t: Parameters<typeof keptWords>[0] = (key, values = {}) => i18next.t(key, { ...values });
  const { mine, incoming } = conflict;
  expect(keptWords(t, conflict, 'mine')).toBe(`Kept ${mine.person}’s: ${mine.text}`);
  expect(keptWords(t, conflict, 'incoming')).toBe(`Kept incoming, ${incoming.person}’s: ${incoming.text}`);
  expect(keptWords(t, conflict, 'both')).toBe('Kept both.');
  expect([chooseValue(conflict.id, 'mine'), chooseValue(conflict.id, 'mine')]).toEqual([true, false]);
});

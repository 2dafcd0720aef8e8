import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { startI18n } from '../../../../renderer/shell/strings.ts';

beforeAll(startI18n);

it('the undo button names the edit within its sentence', () => {
  expect(i18next.t('undo.undo', { label: 'Tag passage with FIG.ACT' })).toBe('Undo tag passage with FIG.ACT');
  expect(i18next.t('undo.redo', { label: 'Rename “Land” to “LAND”' })).toBe('Redo rename “Land” to “LAND”');
});

it('the notice after an undo quotes the edit, whose label may have a colon and quotation marks of its own', () => {
  expect(i18next.t('undo.undoDone', { label: 'Set rating: Mostly reliable' })).toBe(
    'Undid “Set rating: Mostly reliable”.',
  );
  expect(i18next.t('undo.redoDone', { label: 'Rename “Land” to “LAND”' })).toBe('Redid “Rename ‘Land’ to ‘LAND’”.');
});

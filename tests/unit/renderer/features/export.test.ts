import { expect, test } from 'vitest';
import { FIRST_CHOICES, optionsOf, wrongWith } from '../../../../renderer/features/export/export.ts';
import { contract } from '../../../../shared/contract/index.ts';

const ENCRYPTION_KEY = 'age14kxseuwvjsw64s9a2cs9zcjhgekrvh8yxgtw3s63g4qcxyvl8spsl2azgw';

test('by default the whole project is exported, neither encrypted nor signed', () => {
  expect(wrongWith(FIRST_CHOICES)).toBeNull();
  expect(contract['app.exportProject'].input.parse(optionsOf(FIRST_CHOICES))).toEqual(
    contract['app.exportProject'].input.parse(undefined),
  );
});

test('a passphrase must be long and typed twice alike; it is sent only for passphrase encryption', () => {
  const encrypted = {
    ...FIRST_CHOICES,
    encryption: 'passphrase' as const,
    passphrase: 'four plain words here',
    again: '',
  };
  expect(wrongWith({ ...encrypted, passphrase: 'short', again: 'short' })).toBe('short');
  expect(wrongWith(encrypted)).toBe('differ');
  expect(wrongWith({ ...encrypted, again: encrypted.passphrase })).toBeNull();
  expect(optionsOf(encrypted).protection).toMatchObject({ passphrase: 'four plain words here', recipients: [] });
  expect(JSON.stringify(optionsOf({ ...encrypted, encryption: 'none' }))).not.toContain('plain');
  expect(JSON.stringify(optionsOf({ ...encrypted, encryption: 'recipients' }))).not.toContain('plain');
  // Reports are not encrypted, so the passphrase does not matter.
  expect(wrongWith({ ...encrypted, format: 'csv' })).toBeNull();
});

test('encryption keys are accepted one a line or separated by commas, and nothing else is', () => {
  const set = { ...FIRST_CHOICES, encryption: 'recipients' as const };
  expect(wrongWith(set)).toBe('noRecipient');
  expect(wrongWith({ ...set, recipients: 'RWQ…' })).toBe('badRecipient');
  const two = { ...set, recipients: ` ${ENCRYPTION_KEY}\n${ENCRYPTION_KEY}, ` };
  expect(wrongWith(two)).toBeNull();
  expect(optionsOf(two).protection?.recipients).toEqual([ENCRYPTION_KEY, ENCRYPTION_KEY]);
});

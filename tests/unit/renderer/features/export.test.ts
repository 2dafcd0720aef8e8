import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, optionsOf, wrongWith } from '../../../../renderer/features/export/export.ts';
import { contract } from '../../../../shared/contract/index.ts';

const SEALING_KEY = 'age14kxseuwvjsw64s9a2cs9zcjhgekrvh8yxgtw3s63g4qcxyvl8spsl2azgw';

test('nothing set is the whole project, open and unsigned, as the host understands it', () => {
  expect(wrongWith(DEFAULT_SETTINGS)).toBeNull();
  expect(contract['app.exportProject'].input.parse(optionsOf(DEFAULT_SETTINGS))).toEqual(
    contract['app.exportProject'].input.parse(undefined),
  );
});

test('a passphrase must be long and typed twice alike; it goes out only where it was asked for', () => {
  const sealed = { ...DEFAULT_SETTINGS, seal: 'passphrase' as const, passphrase: 'four plain words here', again: '' };
  expect(wrongWith({ ...sealed, passphrase: 'short', again: 'short' })).toBe('short');
  expect(wrongWith(sealed)).toBe('differ');
  expect(wrongWith({ ...sealed, again: sealed.passphrase })).toBeNull();
  expect(optionsOf(sealed).seal).toMatchObject({ passphrase: 'four plain words here', recipients: [] });
  expect(JSON.stringify(optionsOf({ ...sealed, seal: 'none' }))).not.toContain('plain');
  expect(JSON.stringify(optionsOf({ ...sealed, seal: 'recipients' }))).not.toContain('plain');
  // A report is not sealed: what was typed keeps it from nothing.
  expect(wrongWith({ ...sealed, format: 'csv' })).toBeNull();
});

test('sealing keys are taken as they were pasted, one a line or by commas, and nothing else is', () => {
  const set = { ...DEFAULT_SETTINGS, seal: 'recipients' as const };
  expect(wrongWith(set)).toBe('noRecipient');
  expect(wrongWith({ ...set, recipients: 'RWQ…' })).toBe('badRecipient');
  const two = { ...set, recipients: ` ${SEALING_KEY}\n${SEALING_KEY}, ` };
  expect(wrongWith(two)).toBeNull();
  expect(optionsOf(two).seal?.recipients).toEqual([SEALING_KEY, SEALING_KEY]);
});

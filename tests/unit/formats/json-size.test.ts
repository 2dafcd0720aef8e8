import { expect, it } from 'vitest';
import { jsonExcess } from '../../../electron/formats/json-size.ts';

it('JSON with too many levels or values is named before it is parsed; brackets and commas in texts don’t count', () => {
  expect(jsonExcess('['.repeat(201))).toBe('depth');
  expect(jsonExcess(`${'['.repeat(200)}${']'.repeat(200)}`)).toBeNull();
  expect(jsonExcess(`[${'{},'.repeat(10)}{}]`, 20)).toBe('values');
  expect(jsonExcess(JSON.stringify({ text: '"[{,\\'.repeat(100) }), 20)).toBeNull();
});

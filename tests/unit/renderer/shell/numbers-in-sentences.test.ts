// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { say } from '../../../../renderer/common/strings/use-translation.ts';
import { startI18n } from '../../../../renderer/shell/strings.ts';

afterEach(() => void vi.restoreAllMocks());

it('numbers in sentences are grouped, and no formatter is made for each', () => {
  startI18n();
  const made = vi.spyOn(Intl, 'NumberFormat');
  // i18next once took a value named like an option of a formatter, such as `unit`, for that option.
  const sentences = [1, 12_345].map((count) => say('reader.codeAndOthers', { codes: 'TRF', count, unit: 'person' }));
  expect(sentences.map((one) => /\d[\d,]*/.exec(one)?.[0])).toEqual(['1', '12,345']);
  expect(made).not.toHaveBeenCalled();
});

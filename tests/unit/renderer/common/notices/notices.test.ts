import { expect, it } from 'vitest';
import { createApi } from '../../../../../renderer/api/client.ts';
import { dismissNews, notify, useNotice, withNewsPassing } from '../../../../../renderer/common/notices/notices.ts';
import { fail } from '../../../../../shared/errors.ts';

it('a message disappears when work goes on; an error stays until it is closed', () => {
  notify('plain', 'Undone: Write memo on passage.');
  dismissNews();
  expect(useNotice.getState().notice).toBeNull();
  notify('bad', 'This could not be saved.');
  dismissNews();
  expect(useNotice.getState().notice?.text).toBe('This could not be saved.');
});

it('any write dismisses the message of the one before; reading does not', () => {
  const answer = () => Promise.resolve(fail('INTERNAL', 'Not asked here.'));
  const api = withNewsPassing(createApi({ call: answer, offer: answer, listen: () => () => undefined }, false));
  const after = (act: () => Promise<unknown>): string | undefined => {
    notify('plain', 'Undone: Merge.');
    act().catch(() => undefined);
    return useNotice.getState().notice?.text;
  };
  expect(after(() => api.call('codebook.get', {}))).toBe('Undone: Merge.');
  expect(after(() => api.call('view.set', { key: 'x', value: 1 }))).toBe('Undone: Merge.');
  expect(after(() => api.call('history.redo', {}))).toBeUndefined();
});

import { expect, it } from 'vitest';
import { dismissNews, notify, useNotice } from '../../../../renderer/app/state/notices.ts';

it('what was only told goes when one works on; a failure stays until it is closed', () => {
  notify('plain', 'Undone: Write memo on passage.');
  dismissNews();
  expect(useNotice.getState().notice).toBeNull();
  notify('bad', 'This could not be saved.');
  dismissNews();
  expect(useNotice.getState().notice?.text).toBe('This could not be saved.');
});

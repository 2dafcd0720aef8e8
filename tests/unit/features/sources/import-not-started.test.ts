import { expect, it } from 'vitest';
import { desk, folderOf } from './support.ts';

it('an import that never started leaves its report for a page that is loaded later', async () => {
  const { engine } = await desk();
  const paths = [folderOf({ 'a.txt': 'open' })];
  // A rating needs a reason.
  const record = { grade: 'C' as const };
  await expect(engine.call('import.run', { job: 'job', paths, record })).rejects.toMatchObject({
    data: { code: 'BAD_INPUT' },
  });
  expect((await engine.call('import.lastReport', {})).report).toMatchObject({
    job: 'job',
    items: [{ status: 'failed', error: { code: 'BAD_INPUT' } }],
  });
});

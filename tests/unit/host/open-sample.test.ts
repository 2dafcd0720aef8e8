import { expect, test } from 'vitest';
import { testHost } from '../../support/host.ts';

test('the sample opens as a project of the person’s own, labelled fictional', async () => {
  const host = testHost();
  expect(await host.calls['app.openSample']('main-1', {})).toEqual({ opened: true });
  const { project, recents } = await host.calls['app.state']('main-1', {});
  expect(project?.title).toContain('fictional');
  expect(recents).toMatchObject([{ sources: 4, missing: false }]);
});

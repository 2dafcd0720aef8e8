import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fill, smallDisk } from '../support/small-disk.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

test.skipIf(process.getuid?.() !== 0)(
  'on a full disk the window says so, shows the project, and opens it for editing once there is room',
  async () => {
    const journey = new Journey(browserHost);
    const disk = smallDisk(8, join(journey.home, 'projects'));
    if (disk === null) return;
    await journey.start();
    await journey.newProject('County');
    await journey.quit();
    fill(disk);

    await journey.start(journey.project('County'));
    const { page } = journey;
    const banner = page.getByText(/This project is read-only: its disk is full/);
    await banner.waitFor();
    await journey.inspect('full-disk');
    await expect(journey.call('snapshots.make', { name: 'Now' })).rejects.toThrow(/disk is full/);

    for (const name of readdirSync(disk)) if (name.startsWith('fill-')) rmSync(join(disk, name));
    await page.getByRole('button', { name: 'Reopen' }).click();
    await banner.waitFor({ state: 'detached' });
    await journey.call('snapshots.make', { name: 'Now' });
  },
);

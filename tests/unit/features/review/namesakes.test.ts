import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fingerprintOf, rawPublicKey } from '../../../../electron/project/people/people.ts';
import { openFor, somebody } from '../../../support/project.ts';
import { reviewProject } from '../../../support/review.ts';
import { tempFolder } from '../../../support/temp.ts';

/** Cat, the same name with a Cyrillic letter, and with a character that can’t be seen. */
it.each(['Cat', 'Сat', 'Cat\u200b'])(
  'an approval by a namesake names its key, in the review and in reports: %s',
  async (name) => {
    const { as, folder, passage, moveAs, people } = await reviewProject();
    await moveAs('cat', 'checked');
    const other = somebody(name);
    const engine = await openFor(folder, other);
    await engine.call('review.move', { passage: passage.id, to: 'approved', comment: '' });
    await engine.close();
    const [cats, others] = [people.cat, other].map((one) => fingerprintOf(rawPublicKey(one.privateKey)));
    const { moves } = await as('dan', (by) => by.call('review.get', { passage: passage.id }));
    const shown = JSON.stringify(moves);
    expect(shown).toContain(`(key ${others ?? ''})`);
    expect(shown).toContain(`Cat (key ${cats ?? ''})`);
    expect(shown).not.toContain('\u200b');
    for (const format of ['csv', 'html'] as const) {
      const path = join(tempFolder(), `report.${format}`);
      await as('dan', (by) => by.call('report.write', { path, format }));
      const written = readFileSync(path, 'utf8');
      expect(written).toContain(`(key ${others ?? ''})`);
      expect(written).not.toContain('\u200b');
    }
  },
);

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { armor } from 'age-encryption';
import { expect, it } from 'vitest';
import { encryptText } from '../../../../electron/project/export/encryption.ts';
import { encrypted } from '../../../support/encryption.ts';
import { tempFolder } from '../../../support/temp.ts';

/** Age's own work, which is not less for being asked for in a test: other files of tests ask for less (tests/support/scrypt.ts). */
const OWN_WORK = /^age-encryption\.org\/v1\n-> scrypt \S+ 18\n/;
const passphrase = 'seven words that nobody has used before';

it('a signing key and a file are encrypted with all of age’s work', async () => {
  const [path, folder] = [join(tempFolder(), 'letter.txt'), tempFolder()];
  writeFileSync(path, 'evidence');
  await encrypted(path, join(folder, 'letter.age'), { passphrase });
  expect(readFileSync(join(folder, 'letter.age'), 'latin1')).toMatch(OWN_WORK);
  const key = await encryptText('a key', passphrase);
  expect(Buffer.from(armor.decode(key)).toString('latin1')).toMatch(OWN_WORK);
});

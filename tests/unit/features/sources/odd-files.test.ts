import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gzippedWarc, warcinfo } from '../../../support/warc.ts';
import { desk, folderOf, inShort } from './support.ts';

async function run(paths: string[]) {
  const { engine } = await desk();
  return engine.call('import.run', { job: 'job', paths, shortPaths: true });
}

describe('an import of odd files', () => {
  it('says that a gzip file holds another one', async () => {
    const twice = gzipSync(gzippedWarc([warcinfo('Crawler 1.0')]));
    const { items } = await run([join(folderOf({ 'a.warc.gz': twice }), 'a.warc.gz')]);
    expect(inShort(items)).toEqual({ 'a.warc.gz': 'failed: UNSUPPORTED' });
    expect(items[0]?.error?.message).toContain('compressed twice');
  });

  it.runIf(process.platform === 'linux')('says that a name is not UTF-8, and imports the rest', async () => {
    const folder = folderOf({ 'a.txt': 'words' });
    const name = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xb1, 0xa8, 0xb8, 0xe6]), Buffer.from('.txt')]);
    writeFileSync(name, '报告');
    const { items } = await run([folder, `${folder}/\ufffd\ufffd\ufffd\ufffd.txt`]);
    expect(items.map(({ status }) => status)).toEqual(['added', 'failed', 'failed']);
    for (const item of items.slice(1)) expect(item.error?.message).toContain('isn’t valid UTF-8');
  });
});

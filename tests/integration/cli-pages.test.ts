import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { html } from '../support/archives.ts';
import { commandLine } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';
import { digest, gzippedWarc, response } from '../support/warc.ts';

it('sourcebook pages lists the pages of an archive without a project, and stores nothing', async () => {
  const folder = tempFolder();
  vi.stubEnv('TMPDIR', folder);
  const wrong = { 'WARC-Payload-Digest': digest(Buffer.from('another')) };
  const body = html('A \u001b[31mtitle');
  writeFileSync(
    join(folder, 'captures.warc.gz'),
    gzippedWarc([response({ url: 'http://example.org/', body, fields: wrong })]),
  );
  const sourcebook = commandLine(folder, join(folder, 'home'));
  const [asJson, asLines, absent] = await Promise.all([
    sourcebook.json('pages', 'captures.warc.gz'),
    sourcebook('pages', 'captures.warc.gz'),
    sourcebook.json('pages', 'nowhere.warc'),
  ]);
  expect(asJson.value).toEqual({
    pages: [
      {
        url: 'http://example.org/',
        title: 'A \u001b[31mtitle',
        time: '2024-05-06T07:08:09Z',
        status: 200,
        bytes: body.length,
      },
    ],
  });
  expect(asJson.err).toMatch(/digests of 1 record do not match/);
  expect([asJson.code, asLines.code]).toEqual([0, 0]);
  expect(asLines.out).toMatch(/^2024-05-06T07:08:09Z {2}200 {2}\d+ {2}.*http:\/\/example\.org\/.*A ␛\[31mtitle/);
  expect([absent.code, absent.value.error.code]).toEqual([1, 'NOT_FOUND']);
  vi.unstubAllEnvs();
  expect(readdirSync(folder).filter((name) => name.startsWith('sourcebook-pages-'))).toEqual([]);
});

import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { wacz } from '../support/wacz.ts';
import { gzippedWarc, response } from '../support/warc.ts';
import { lessScryptWork } from '../support/scrypt.ts';

lessScryptWork();

const ROOT = join(import.meta.dirname, '../..');
const PAGES = globSync(['*.md', 'docs/*.md'], { cwd: ROOT });
const page = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const COMMANDS = /```sh\n([\s\S]*?)```/.exec(page('docs/command-line.md'))?.[1]?.trim().split('\n') ?? [];

/** Words as a shell would split them: the block uses double quotes and nothing else. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');

describe('the documentation', () => {
  it('shows a session that runs as written, in order', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'captures.wacz'), await captures());
    const sourcebook = commandLine(folder, join(folder, 'home'), {}, true);
    const known = new Map<string, string>();
    try {
      expect(COMMANDS.length).toBeGreaterThan(10);
      for (const line of COMMANDS) {
        const [program, ...args] = words(line).map((word) =>
          word.replace(/^[A-Z]+(?=\/|$)/, (name) => known.get(name) ?? name),
        );
        expect(program).toBe('sourcebook');
        const given = args.map((word) => (word.startsWith('electron/') ? join(ROOT, word) : word));
        const { code, out, err } = await sourcebook(...given);
        expect(`${line}: ${err}`.trim(), out).not.toMatch(/sourcebook: /);
        expect([line, code]).toEqual([line, 0]);
        learn(known, line, out);
      }
    } finally {
      removeFolder(folder);
    }
  }, 300_000);

  it('names every shipped dependency', () => {
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
    for (const name of Object.keys(dependencies)) expect(page('docs/architecture.md')).toContain(`\`${name}\``);
  });

  it('has a README under 90 lines, and every file that a page links to exists', () => {
    expect(page('README.md').split('\n').length).toBeLessThan(90);
    for (const name of PAGES) {
      const links = [...page(name).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to = '']) => join(dirname(name), to));
      const paths = [...page(name).matchAll(/`((?:electron|renderer|shared|tests|docs)\/[^`<…*{ ]*)`/g)];
      for (const path of [...links, ...paths.map(([, path = '']) => path)])
        expect([name, path, existsSync(join(ROOT, path))]).toEqual([name, path, true]);
    }
  });
});

/** The archive of two pages that the block imports. */
const captures = (): Promise<Buffer> => {
  const saved = (url: string, words: string): Buffer =>
    response({ url, body: `<!doctype html><meta charset="utf-8"><title>${words}</title><p>${words}</p>` });
  const pages = ['https://news.liuquan.example/2023/0516.html', 'https://news.liuquan.example/2023/0517.html'];
  const records = pages.map((url) => saved(url, `转移就业 ${url}`));
  return wacz({ warcs: { 'data.warc.gz': gzippedWarc(records) }, pages: pages.map((url) => ({ url })) });
};

/** SOURCE, NEWER and PASSAGE in the block are replaced by ids that earlier commands printed. */
function learn(known: Map<string, string>, line: string, stdout: string): void {
  if (line.startsWith('sourcebook sources ')) {
    const { sources } = z
      .object({ sources: z.array(z.object({ id: z.string(), title: z.string() })) })
      .parse(JSON.parse(stdout));
    const report = sources.find((source) => source.title.startsWith('柳泉县2023年政府工作报告'));
    if (report !== undefined) known.set('SOURCE', report.id);
    const other = sources.find((source) => source.id !== report?.id);
    if (other !== undefined) known.set('NEWER', other.id);
  }
  const passage = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(stdout)?.[0];
  if (line.includes(' highlight ') && passage !== undefined) known.set('PASSAGE', passage);
}

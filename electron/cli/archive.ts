import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ArchiveFacts } from '../../shared/contract/sources.ts';
import { Fault } from '../../shared/errors.ts';
import { createPool } from '../workers/pool.ts';
import type { Answer } from './answer.ts';
import type { Register } from './register.ts';
import { columns, oneLine } from './terminal.ts';

/** `pages <archive>`: {pages:[{url,title,time,status,bytes}]}, in the order they are offered. It needs no project. */
async function pages(given: string): Promise<Answer> {
  // What the archive makes of its reader happens in a worker, which can be ended; what is found out is not kept.
  const folder = mkdtempSync(join(tmpdir(), 'sourcebook-pages-'));
  const pool = createPool({ size: 1 });
  try {
    const read = await pool.run('archive', { path: resolve(given), index: join(folder, 'index') });
    if (!read.ok) throw new Fault(read.error.code, read.error.message, read.error.context);
    const found = read.value.pages.map(({ url, title, time, status, bytes }) => ({ url, title, time, status, bytes }));
    return {
      json: { pages: found },
      lines: columns(
        found.map((one) => [
          one.time ?? '-',
          String(one.status ?? '-'),
          String(one.bytes),
          oneLine(one.url, 200),
          oneLine(one.title ?? '', 120),
        ]),
      ),
      remarks: [
        ...remarksOn(read.value.archive),
        ...(found.length === 0 ? ['This archive has no page, PDF, image or text to import.'] : []),
      ],
    };
  } finally {
    await pool.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function remarksOn({ digests, signature, notes }: ArchiveFacts): string[] {
  return [
    ...notes.map((note) => oneLine(note)),
    ...(digests === 'none' ? ['This archive has no digests, so its bytes can’t be verified.'] : []),
    ...(signature === null
      ? []
      : [
          `Signature: ${signature.state}${signature.by === null ? '' : `, ${oneLine(signature.by)}`}. ${oneLine(signature.note)}`,
        ]),
  ];
}

/** The command that looks into an archive. */
export const archiveCommands: Register = (program, run) => {
  program
    .command('pages <archive>')
    .description('list the pages in a WARC or WACZ')
    .action((archive: string) => run(() => pages(archive)));
};

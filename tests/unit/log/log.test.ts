import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setEnvironmentData } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { diagnostics, diagnosticsText } from '../../../electron/log/diagnostics.ts';
import { loggedPageError } from '../../../electron/log/entry.ts';
import { logError, logPageError, openLog } from '../../../electron/log/log.ts';
import { Fault } from '../../../shared/errors.ts';
import { tempFolder } from '../../support/temp.ts';

afterEach(() => setEnvironmentData('sourcebook.log-folder', undefined));

/** A log in a folder of its own, and everything in that folder. */
function openedLog() {
  const folder = tempFolder();
  openLog(folder, 'main');
  const logs = join(folder, 'logs');
  return {
    logs,
    entries: () =>
      readFileSync(join(logs, 'sourcebook.log'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    bytes: () => Buffer.concat(readdirSync(logs).map((name) => readFileSync(join(logs, name)))),
  };
}

const EVIDENCE = [
  '全县转移农村富余劳动力',
  'ئەمگەك كۈچى',
  'Gulnara Yusup',
  'GULNARA_YUSUP',
  'Hotan work report 2019.pdf',
  '/home/gulnara/Evidence/Hotan work report 2019.pdf',
  'C:\\Users\\gulnara\\Evidence\\report.pdf',
  '“12,350 persons were transferred”',
];

/** Every form a text may hide in: as it is, escaped, and in the encodings that a careless writer might produce. */
function formsOf(text: string): Buffer[] {
  const utf8 = Buffer.from(text, 'utf8');
  const escaped = JSON.stringify(text).slice(1, -1);
  const ascii = [...text].map((one) => (one.charCodeAt(0) < 128 ? one : escapedUnits(one))).join('');
  return [
    ...[text, escaped, ascii, text.toLowerCase(), encodeURIComponent(text), encodeURI(text)].map((one) =>
      Buffer.from(one),
    ),
    ...(['utf16le', 'latin1'] as const).map((encoding) => Buffer.from(text, encoding)),
    ...(['base64', 'base64url', 'hex'] as const).map((encoding) =>
      Buffer.from(utf8.toString(encoding).replace(/=+$/, '')),
    ),
    // A part of it would be too much already.
    ...text
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 5)
      .map((word) => Buffer.from(word)),
  ];
}
const escapedUnits = (one: string): string =>
  Array.from({ length: one.length }, (_, at) => `\\u${one.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** Errors as they are thrown, with a text in every place that one has. */
function carrying(text: string): unknown[] {
  const place = `    at ${text} (${import.meta.filename}:1:1)`;
  const faked = `    at fake (/program/${text}.ts:1:1)\n${place}\n    at ${text.replaceAll(/\W/g, '')} (electron/${text}.ts:2:2)`;
  const named = new Error(text);
  named.name = text;
  const rewritten = new Error('short');
  rewritten.message = text;
  rewritten.stack = `${text}: ${text}\n${faked}\n${text}`;
  const lying = new Error(`first\n${faked}`);
  lying.message = 'something else';
  return [
    new Error(text),
    new TypeError(`bad\n${text}\n${faked}`),
    new Fault('BAD_INPUT', `No such source “${text}”.`, { file: text, list: [text], [text]: 1 }),
    new Error('outer', { cause: new Error(text, { cause: new Fault('DAMAGED', text, { text }) }) }),
    Object.assign(new Error(text), { code: text, path: text, syscall: text, errno: text }),
    Object.assign(new Error(text), { data: { code: text, message: text } }),
    Object.assign(new Error('x'), { [text]: text }),
    new AggregateError([new Error(text)], text),
    named,
    rewritten,
    lying,
    text,
    { message: text, stack: text },
    null,
  ];
}

describe('the local log', () => {
  it.each(EVIDENCE)('holds none of an error’s words: %s', (text) => {
    const log = openedLog();
    const all = carrying(text);
    for (const thrown of all) logError(thrown, { event: 'call-failed', call: 'sources.get', job: text, ms: 3.4 });
    for (const thrown of all)
      if (thrown instanceof Error) logPageError(loggedPageError(text, [text, ...(thrown.stack ?? '').split('\n')]));
    const written = log.bytes();
    expect(log.entries().length).toBeGreaterThan(all.length);
    const found = formsOf(text).filter((form) => written.includes(form));
    expect(found.map(String)).toEqual([]);
    expect(diagnosticsText(diagnostics())).not.toContain(text);
  });

  it('holds what failed, where in the program, and how long it took', () => {
    const log = openedLog();
    const cause = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    logError(new Fault('DISK_FULL', 'The disk is full.', undefined), {
      event: 'call-failed',
      call: 'project.info',
      ms: 12.6,
    });
    logError(new RangeError('x', { cause }), { event: 'exception' });
    const [first, second] = log.entries();
    expect(first).toMatchObject({
      level: 'warn',
      process: 'main',
      event: 'call-failed',
      call: 'project.info',
      ms: 13,
      error: { name: 'Fault', code: 'DISK_FULL' },
    });
    expect(Object.keys(first)).toEqual(['time', 'level', 'process', 'event', 'version', 'call', 'ms', 'error']);
    expect(first.error.stack[0]).toMatch(/^tests\/unit\/log\/log\.test\.ts:\d+:\d+$/);
    expect(second).toMatchObject({ level: 'error', error: { name: 'RangeError', cause: { code: 'ENOSPC' } } });
    expect(JSON.stringify(log.entries())).not.toContain(process.cwd());
  });

  it('knows places in a built page, of either browser', () => {
    const page = loggedPageError('TypeError', [
      'TypeError: evidence',
      '    at https://example.org/x.js:1:1',
      `    at Object.evidence (file://${import.meta.filename}:3:4)`,
      `evidence@${import.meta.filename}:5:6`,
      '    at async evidence (node:internal/process/task_queues:7:8)',
      '    at evidence (/etc/passwd:1:1)',
      `    at evidence (${process.cwd()}/../evidence.ts:1:1)`,
    ]);
    expect(page.stack).toEqual([
      'tests/unit/log/log.test.ts:3:4',
      'tests/unit/log/log.test.ts:5:6',
      'node:internal/process/task_queues:7:8',
    ]);
  });

  it('has no entry for what people did on purpose: a stop, or an undo with nothing to undo', () => {
    const log = openedLog();
    for (const code of ['CANCELLED', 'NOTHING_TO_UNDO', 'NOTHING_TO_REDO'] as const)
      logError(new Fault(code, 'Stopped.'), { event: 'call-failed' });
    logError(new Error('x'), { event: 'rejection' });
    expect(log.entries()).toHaveLength(1);
  });

  it('keeps five files of 1 MB, the newest entries first in the first', () => {
    const log = openedLog();
    logError(new Error('x'), { event: 'rejection' });
    for (let turn = 0; turn < 6; turn += 1) {
      writeFileSync(join(log.logs, 'sourcebook.log'), `${'-'.repeat(2 ** 20 - 10)}\n`);
      logError(new Error('x'), { event: 'rejection', ms: turn });
    }
    const names = readdirSync(log.logs).toSorted();
    expect(names).toEqual([
      'sourcebook.1.log',
      'sourcebook.2.log',
      'sourcebook.3.log',
      'sourcebook.4.log',
      'sourcebook.log',
    ]);
    expect(log.entries()).toMatchObject([{ ms: 5 }]);
    for (const name of names) expect(statSync(join(log.logs, name)).size).toBeLessThanOrEqual(2 ** 20);
  });

  it('never throws, and writes nothing if no log was opened', () => {
    logError(new Error('x'), { event: 'exception' });
    expect(diagnostics().entries).toEqual([]);
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    openLog(file, 'cli');
    expect(() => logError(new Error('x'), { event: 'exception' })).not.toThrow();
  });

  it.skipIf(process.platform === 'win32')('is readable by this account alone', () => {
    const log = openedLog();
    logError(new Error('x'), { event: 'exception' });
    expect(statSync(log.logs).mode & 0o077).toBe(0);
    expect(statSync(join(log.logs, 'sourcebook.log')).mode & 0o077).toBe(0);
  });

  it('is shown with the versions and the system, and nothing else', () => {
    const log = openedLog();
    expect(diagnosticsText(diagnostics())).toMatch(
      /^Sourcebook: [\d.]+\nNode: [\d.]+\nSystem: \w+ [\d.]* \w+\n\nNo problems recorded\.\n$/,
    );
    logError(new Error('x'), { event: 'exception' });
    expect(diagnosticsText(diagnostics())).toContain(
      `Last problems, newest at the end:\n${JSON.stringify(log.entries()[0])}`,
    );
  });
});

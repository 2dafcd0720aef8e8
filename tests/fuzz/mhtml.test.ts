import { describe, expect, it } from 'vitest';
import { readMhtml } from '../../electron/formats/mhtml/index.ts';
import { LIMITS } from '../../electron/formats/mhtml/limits.ts';
import { freezeCapture } from '../../electron/formats/page/index.ts';
import { makeMhtml, type MadePart } from '../support/mhtml.ts';
import { mutate } from '../support/mutate.ts';
import { seeded, seeds, type Seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { processorTime } from '../support/processor-time.ts';

const FILE = { fileName: 'saved.mhtml' };
const ENCODINGS = ['base64', 'quoted-printable', '8bit', 'binary'] as const;
const ADDRESSES = [
  'https://a.example/',
  'https://a.example/b/c.html',
  'x.css',
  '../p.png',
  'cid:1@x',
  'file:///C:/x y',
  '',
];
const BODIES = [
  '<html><p>农村劳动力<img src="../p.png"><iframe src="cid:1@x"></iframe>',
  '<link rel=stylesheet href=x.css><frameset><frame src="cid:1@x"></frameset>',
  '@import "x.css"; p{background:url(../p.png)}',
  '\u0089PNG\r\n',
  '%PDF-1.7',
  '',
];
const TYPES = [
  'text/html',
  'text/html; charset=gbk',
  'text/css',
  'image/png',
  'text/plain',
  'multipart/mixed; boundary=a',
  '',
];

function part(random: Seeded, depth: number): MadePart | Buffer {
  if (depth < 3 && random.chance(0.15)) return message(random, depth + 1);
  const headers: Record<string, string> = { 'Content-Type': random.pick(TYPES) };
  if (random.chance(0.8)) headers['Content-Location'] = random.pick(ADDRESSES);
  if (random.chance(0.3)) headers['Content-ID'] = '<1@x>';
  if (random.chance(0.1)) headers['Content-Base'] = random.pick(ADDRESSES);
  return { headers, body: random.pick(BODIES), encoding: random.pick(ENCODINGS) };
}

/** A message as some program could have written it; half of them begin with a page. */
function message(random: Seeded, depth = 0): Buffer {
  const boundary = random.pick(['a', 'ab', '----MultipartBoundary--x----', "=_(b)'+,./:=? c"]);
  const headers: Record<string, string> = {
    'Content-Type': `multipart/related; ${random.chance(0.2) ? 'start="<1@x>"; ' : ''}boundary="${boundary}"`,
    Subject: random.pick(['x', '=?utf-8?B?5Yac?=\r\n =?utf-8?Q?=E5=86=9C?=', '=?gbk?B?xak=?=']),
    Date: 'Thu, 2 Mar 2023 09:30:05 +0800',
  };
  if (random.chance()) headers['Snapshot-Content-Location'] = random.pick(ADDRESSES);
  const first: MadePart = { headers: { 'Content-Type': 'text/html' }, body: BODIES[0] ?? '', encoding: 'base64' };
  const parts = Array.from({ length: random.int(0, 6) }, () => part(random, depth));
  return makeMhtml({
    headers,
    boundary,
    parts: random.chance() ? [first, ...parts] : parts,
    newline: random.chance() ? '\r\n' : '\n',
    closed: random.chance(0.9),
  });
}

function readAll(bytes: Uint8Array): string {
  const capture = readMhtml(bytes, FILE);
  if (!capture.ok) return capture.error.code;
  const frozen = freezeCapture(capture.value, { ...FILE, charset: null });
  return frozen.ok ? 'frozen' : frozen.error.code;
}

describe('damaged MHTML files', () => {
  it.each(seeds(share(400)))('give a page or a plain error, in limited time (seed %i)', (seed) => {
    const random = seeded(seed);
    for (let one = 0; one < 25; one++) {
      const bytes = random.chance(0.2) ? message(random) : mutate(message(random), random);
      expect(processorTime(() => expect(['frozen', 'BAD_INPUT']).toContain(readAll(bytes)))).toBeLessThan(5000);
    }
  });
});

describe('hostile MHTML files', () => {
  const start = 'Content-Type: multipart/related; boundary=b\n\n';
  const page = '--b\nContent-Type: text/html\n\n<p>x';
  it.each<[string, () => string, string]>([
    ['20 MB of boundaries that are none', () => `${start}${page}${'--bx'.repeat(5 << 20)}`, 'TOO_LARGE'],
    ['20 MB of header lines', () => `${start}${page}\n--b\n${'x: y\n'.repeat(4 << 20)}`, 'frozen'],
    ['a header of 20 MB in one line', () => `x: ${'y'.repeat(20 << 20)}\n${start}${page}`, 'BAD_INPUT'],
    ['64 KB of folds', () => `Subject: ${'\n '.repeat(30_000)}\n${start}${page}`, 'frozen'],
    ['a subject of beginnings', () => `Subject: ${'=?utf-8?q?'.repeat(6000)}\n${start}${page}`, 'frozen'],
    [
      'a type of semicolons',
      () => `Content-Type: multipart/related${'; '.repeat(30_000)}\n\n--b\ncontent-type: text/html\n\nx`,
      'frozen',
    ],
    [
      'a type of quotes',
      () => `Content-Type: multipart/related; a="${'\\'.repeat(60_000)}\n\n--b\ncontent-type: text/html\n\nx`,
      'frozen',
    ],
    [
      'soft breaks only',
      () =>
        `${start}--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>${'=\n'.repeat(5 << 20)}x`,
      'frozen',
    ],
    [
      'blanks only',
      () =>
        `${start}--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>${'= '.repeat(1 << 18)}x`,
      'frozen',
    ],
    [
      'as many parts as there may be, with one address',
      () =>
        `${start}${page}\n${'--b\nContent-Location: x\nContent-Type: text/css\n\n@import "x";\n'.repeat(LIMITS.parts - 1)}`,
      'frozen',
    ],
    [
      'parts in parts in parts',
      () =>
        Array.from({ length: 5000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`).join(''),
      'BAD_INPUT',
    ],
    [
      'parts in parts of one boundary',
      () => 'Content-Type: multipart/mixed; boundary=b\n\n--b\n'.repeat(5000),
      'BAD_INPUT',
    ],
    ['dashes', () => '--'.repeat(10 << 20), 'BAD_INPUT'],
    ['line ends', () => '\n'.repeat(20 << 20), 'BAD_INPUT'],
  ])('%s', { timeout: 30_000 }, (_, make, outcome) => {
    const bytes = Buffer.from(make(), 'latin1');
    const started = process.cpuUsage();
    expect(readAll(bytes)).toBe(outcome);
    // Of the processor, in microseconds: the machine may be busy with other tests.
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });
});

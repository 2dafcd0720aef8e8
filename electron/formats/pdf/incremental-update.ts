import { closeSync, fstatSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { CrossReferences } from './cross-references.ts';
import { entryOf } from './syntax.ts';

/** An object as it will stand in the file; its body is in Latin-1. */
export interface NewObject {
  readonly number: number;
  readonly generation: number;
  readonly body: string;
}

interface Update {
  readonly references: CrossReferences;
  /** In the order of their numbers, each once. */
  readonly objects: readonly NewObject[];
  /** Whether the file ends in a line break. */
  readonly endsInLine: boolean;
  /** 32 hexadecimal digits: the second half of the file’s new /ID. */
  readonly id: string;
}

/**
 * Appends objects and a new section of cross-references to the copy of a PDF, a table or a stream as its last one is. Returns the
 * file’s length in bytes.
 */
export function writeUpdate(path: string, update: Update): number {
  const { references, objects, endsInLine } = update;
  const file = openSync(path, 'a');
  try {
    let at = fstatSync(file).size;
    const put = (text: string): void => {
      const bytes = Buffer.from(text, 'latin1');
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      at += bytes.length;
    };
    if (!endsInLine) put('\n');
    const places = new Map<number, { at: number; generation: number }>();
    for (const { number, generation, body } of objects) {
      places.set(number, { at: at - references.base, generation });
      put(`${number} ${generation} obj\n${body}\nendobj\n`);
    }
    const start = at - references.base;
    put(references.isStream ? streamSection(update, places, start) : tableSection(update, places));
    put(`startxref\n${start}\n%%EOF\n`);
    fsyncSync(file);
    return at;
  } finally {
    closeSync(file);
  }
}

type Places = Map<number, { readonly at: number; readonly generation: number }>;

/** Numbers that follow each other are one range. */
function rangesOf(numbers: readonly number[]): { first: number; count: number }[] {
  const ranges: { first: number; count: number }[] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last.first + last.count === number) last.count++;
    else ranges.push({ first: number, count: 1 });
  }
  return ranges;
}

function tableSection(update: Update, places: Places): string {
  const lines = ['xref'];
  for (const { first, count } of rangesOf([...places.keys()])) {
    lines.push(`${first} ${count}`);
    for (let number = first; number < first + count; number++) {
      const { at, generation } = places.get(number) ?? { at: 0, generation: 0 };
      lines.push(`${String(at).padStart(10, '0')} ${String(generation).padStart(5, '0')} n `);
    }
  }
  return `${lines.join('\n')}\ntrailer\n<< ${entriesOf(update, sizeWith(update))} >>\n`;
}

const WIDTHS = [1, 5, 2] as const;

function streamSection(update: Update, places: Places, start: number): string {
  const number = sizeWith(update);
  const all = new Map([...places, [number, { at: start, generation: 0 }]]);
  const rows = Buffer.alloc(all.size * 8);
  for (const [row, { at, generation }] of [...all.values()].entries()) {
    rows.writeUInt8(1, row * 8);
    rows.writeUIntBE(at, row * 8 + 1, WIDTHS[1]);
    rows.writeUInt16BE(generation, row * 8 + 6);
  }
  const index = rangesOf([...all.keys()]).map(({ first, count }) => `${first} ${count}`);
  const says = `/Type /XRef /W [${WIDTHS.join(' ')}] /Index [${index.join(' ')}] /Length ${rows.length}`;
  const body = `<< ${says} ${entriesOf(update, number + 1)} >>\nstream\n${rows.toString('latin1')}\nendstream`;
  return `${number} 0 obj\n${body}\nendobj\n`;
}

/** The first number that no object has. */
const sizeWith = ({ references, objects }: Update): number =>
  Math.max(references.size, (objects.at(-1)?.number ?? 0) + 1);

/** The entries of the new trailer: those of the last trailer that describe the document, with the new size and /ID. */
function entriesOf({ references, id }: Update, size: number): string {
  const { value, bytes } = references.trailer;
  const raw = (key: string): string | null => {
    const found = entryOf(value, key);
    return found === null ? null : Buffer.from(bytes.subarray(found.start, found.end)).toString('latin1');
  };
  const kept = ['Root', 'Info'].flatMap((key) => {
    const text = raw(key);
    return text === null ? [] : [`/${key} ${text}`];
  });
  const before = entryOf(value, 'ID')?.value;
  const first = before?.kind === 'array' ? before.items[0] : undefined;
  const firstId =
    first?.value.kind === 'string' ? Buffer.from(bytes.subarray(first.start, first.end)).toString('latin1') : null;
  const ids = firstId === null ? [] : [`/ID [${firstId} <${id}>]`];
  return [`/Size ${size}`, ...kept, ...ids, `/Prev ${references.start}`].join(' ');
}

import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { foldedTerm, termFinder } from '../../../shared/suggest/find-terms.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { openOriginals } from '../../project/files/originals.ts';
import type { TermsCounted, TermsToCount } from '../../workers/jobs.ts';

/** A line of the file: a text's hash and the count of each term in it. The first line of the file lists the terms. */
const line = z.tuple([z.string(), z.array(z.tuple([z.string(), z.number().int()]))]);
type Counts = z.infer<typeof line>[1];
/** Lines written at once. If the program is killed, the unwritten ones are counted again. */
const BATCH = 50;

/** Counts terms in the texts for which no count with these terms is kept. Runs in a worker. */
export function countTerms(
  { folder, kept, terms, layers }: TermsToCount,
  report: (done: number, total: number) => void,
): TermsCounted {
  const files = openOriginals(folder);
  const finder = termFinder(terms);
  const known = new Kept(kept, createHash('sha256').update(JSON.stringify(terms)).digest('hex'));
  const places = new Map<string, { places: number; sources: number }>();
  let failed = 0;
  for (const [at, layer] of layers.entries()) {
    const counts =
      known.of(layer) ??
      readable(
        () => openLayerFile(files.readLayer(layer)).text(),
        (text) => finder.find(text),
      );
    if (counts === null) failed += 1;
    else known.put(layer, counts);
    for (const [term, count] of counts ?? []) {
      const there = places.get(term) ?? { places: 0, sources: 0 };
      places.set(term, { places: there.places + count, sources: there.sources + 1 });
    }
    report(at + 1, layers.length);
  }
  known.save();
  return {
    terms: [...places]
      .map(([folded, counted]) => ({ folded, ...counted }))
      .sort((a, b) => (a.folded < b.folded ? -1 : 1)),
    failed,
  };
}

/** Returns null for a text that can’t be read; verifying the project reports it. */
function readable(read: () => string, find: ReturnType<typeof termFinder>['find']): Counts | null {
  try {
    const counts = new Map<string, number>();
    for (const { term } of find(read())) {
      const folded = foldedTerm(term);
      counts.set(folded, (counts.get(folded) ?? 0) + 1);
    }
    return [...counts];
  } catch {
    return null;
  }
}

/** The kept counts by text. The file is only appended to while the terms stay the same. */
class Kept {
  private readonly counts = new Map<string, Counts>();
  private readonly path: string;
  private waiting: string[] = [];

  constructor(path: string, terms: string) {
    this.path = path;
    const [head, ...lines] = linesOf(path);
    if (head === JSON.stringify(terms)) {
      // A line left unfinished by a killed program is not JSON: its text is counted again.
      for (const one of lines) {
        const read = line.safeParse(jsonOf(one)).data;
        if (read !== undefined) this.counts.set(read[0], read[1]);
      }
      return;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.part`, `${JSON.stringify(terms)}\n`);
    renameSync(`${path}.part`, path);
  }
  of(layer: string): Counts | null {
    return this.counts.get(layer) ?? null;
  }
  put(layer: string, counts: Counts): void {
    if (this.counts.has(layer)) return;
    this.counts.set(layer, counts);
    this.waiting.push(JSON.stringify([layer, counts]));
    if (this.waiting.length >= BATCH) this.save();
  }
  save(): void {
    // Begins with a line end, so that it does not continue an unfinished line.
    if (this.waiting.length > 0) appendFileSync(this.path, `\n${this.waiting.join('\n')}\n`);
    this.waiting = [];
  }
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

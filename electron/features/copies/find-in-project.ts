import { candidatesOf } from '../../../shared/copies/candidates.ts';
import { type ComparedTexts } from '../../../shared/copies/pairs.ts';
import {
  type CopyWords,
  countCommon,
  distinct,
  printsOf,
  shinglesOf,
  wordsOf,
} from '../../../shared/copies/shingles.ts';
import { piecesOf, sharedRuns } from '../../../shared/copies/runs.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Sha256 } from '../../../shared/model/index.ts';
import { type LayerFile, openLayerFile } from '../../../shared/text/layer-file.ts';
import { openOriginals, type Originals } from '../../project/files/originals.ts';
import type { CopySide, CopiesInput, SidesInput } from '../../workers/jobs.ts';
import {
  type KeptFound,
  type KeptPair,
  readFoundNow,
  readPrints,
  writeKept,
} from '../../project/sources/kept-copies.ts';

/** Shingles held in memory at once while texts are compared: 64 MB. */
const MOST_SHINGLES = 16_000_000;

type Report = (done: number, total: number) => void;

/** Finds copies among text layers; runs in a worker of the pool. */
export function findCopies({ folder, cache, layers }: CopiesInput, report: Report): KeptFound {
  const files = openOriginals(folder);
  const before = cache === null ? null : readFoundNow(cache);
  const known = cache === null ? new Map<Sha256, Uint32Array>() : readPrints(cache);
  const all = [...new Set(layers)];
  const total = all.length * 2;
  const unread: Sha256[] = [];
  const prints = new Map<Sha256, Uint32Array>();
  for (const [at, layer] of all.entries()) {
    const there = known.get(layer) ?? printsOfLayer(files, layer);
    if (there === null) unread.push(layer);
    else prints.set(layer, there);
    if (at % 10 === 0) report(at, total);
  }
  const readable = [...prints.keys()];
  const candidates = candidatesOf([...prints.values()], { onProgress: () => report(all.length, total) });
  const compared = new Map((before?.pairs ?? []).map((pair) => [keyOf(pair.one, pair.other), pair]));
  const shingles = new ShinglesOf(files);
  const pairs = candidates.flatMap(({ a, b }, at): KeptPair[] => {
    const [one, other] = [readable[a], readable[b]];
    if (one === undefined || other === undefined) return [];
    if (at % 10 === 0) report(all.length + Math.floor((all.length * at) / candidates.length), total);
    return [compared.get(keyOf(one, other)) ?? { one, other, ...compare(shingles.of(one), shingles.of(other)) }];
  });
  const found: KeptFound = { version: 1, at: Date.now(), layers: readable, unread, pairs };
  if (cache !== null) writeKept(cache, found, prints);
  return found;
}

/** In the order of the list, which is that of the sources: the same two layers always have the same key. */
const keyOf = (one: Sha256, other: Sha256): string => `${one} ${other}`;

function printsOfLayer(files: Originals, layer: Sha256): Uint32Array | null {
  const words = wordsIn(files, layer);
  return words === null ? null : printsOf(shinglesOf(words));
}

/** Null for a layer that is damaged or missing, which verifying says. */
function wordsIn(files: Originals, layer: Sha256): CopyWords | null {
  try {
    const file = openLayerFile(files.readLayer(layer));
    return wordsOfFile(file);
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return null;
  }
}

const wordsOfFile = (file: LayerFile): CopyWords =>
  wordsOf(file.text(), file.engine === 'frozen-page' ? 'lines' : 'flowing');

const compare = (one: Uint32Array, other: Uint32Array): ComparedTexts => ({
  shared: countCommon(one, other),
  ofOne: one.length,
  ofOther: other.length,
});

/** The distinct shingles of layers. Those used last are kept, up to {@link MOST_SHINGLES}. */
class ShinglesOf {
  private readonly files: Originals;
  private readonly kept = new Map<Sha256, Uint32Array>();
  private held = 0;

  constructor(files: Originals) {
    this.files = files;
  }
  of(layer: Sha256): Uint32Array {
    const there = this.kept.get(layer);
    if (there !== undefined) {
      this.kept.delete(layer);
      this.kept.set(layer, there);
      return there;
    }
    const words = wordsIn(this.files, layer);
    const made = words === null ? new Uint32Array(0) : distinct(shinglesOf(words));
    this.kept.set(layer, made);
    this.held += made.length;
    for (const [oldest, { length }] of this.kept) {
      if (this.held <= MOST_SHINGLES || oldest === layer) break;
      this.kept.delete(oldest);
      this.held -= length;
    }
    return made;
  }
}

/** So much of each text is shown side by side, UTF-16 code units. */
const LONGEST = 300_000;

/** What two layers share and where, for looking at them side by side; runs in a worker. Faults: DAMAGED for a layer that can't be read. */
export function compareSides({ folder, one, other }: SidesInput): {
  one: CopySide;
  other: CopySide;
  compared: ComparedTexts;
} {
  const files = openOriginals(folder);
  const [first, second] = [one, other].map((layer) => {
    const file = openLayerFile(files.readLayer(layer));
    return { text: file.text(), words: wordsOfFile(file) };
  });
  if (first === undefined || second === undefined) throw new Error('Two layers are compared.');
  const runs = sharedRuns(first.words, second.words);
  const compared = compare(distinct(shinglesOf(first.words)), distinct(shinglesOf(second.words)));
  return {
    one: sideOf(
      first.text,
      runs.map((run) => run.one),
    ),
    other: sideOf(
      second.text,
      runs.map((run) => run.other),
    ),
    compared,
  };
}

const HAS_WORDS = /[\p{L}\p{N}]/u;

function sideOf(text: string, runs: readonly { readonly start: number; readonly end: number }[]): CopySide {
  const shown = text.length > LONGEST ? text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/u, '') : text;
  return {
    pieces: piecesOf(text.length, runs)
      .filter(({ start }) => start < shown.length)
      .map(({ isShared, start, end }) => {
        const words = shown.slice(start, end);
        // Texts are compared without spaces and punctuation.
        return { isShared: isShared || !HAS_WORDS.test(words), start, text: words };
      }),
    isCut: shown.length < text.length,
  };
}

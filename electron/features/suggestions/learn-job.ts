import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LearnedSummary, learnedSummary } from '../../../shared/contract/suggestions.ts';
import { type CategoryId, type PassageId, type Sha256, sha256 } from '../../../shared/model/index.ts';
import { clausesOf, unitOf } from '../../../shared/suggest/features.ts';
import { Learner, type TaggedUnit } from '../../../shared/suggest/learn.ts';
import { LearnedFinder, type LearnedFound } from '../../../shared/suggest/learned-finder.ts';
import { learnedModel } from '../../../shared/suggest/model.ts';
import { lineEndsOf } from '../../../shared/text/blocks.ts';
import { type LayerFile, openLayerFile } from '../../../shared/text/layer-file.ts';
import { openOriginals } from '../../project/files/originals.ts';
import type { TagsToLearn } from '../../workers/jobs.ts';

/** The file that names the current model and describes it. */
const SUMMARY = 'learned.json';
const modelName = (digest: string): string => `learned-${digest}.json`;
const MODEL = /^learned-[0-9a-f]{64}\.json$/;

/** Learns a model and writes it. Runs in a worker. The model is used only after `adopt`, so the job may be stopped until it has answered. */
export function learn(
  { folder, to, now, sources }: TagsToLearn,
  report: (done: number, total: number) => void,
): LearnedSummary {
  const files = openOriginals(folder);
  const learner = new Learner();
  let read = 0;
  for (const [at, { source, layer, tags }] of sources.entries()) {
    const file = readable(() => openLayerFile(files.readLayer(layer)));
    if (file !== null) {
      const whole = !learner.isFull;
      learner.add(source, taggedUnits(file, tags, whole), whole);
      read += 1;
    }
    report(at + 1, sources.length);
  }
  const model = learner.learn(report);
  const text = JSON.stringify(model);
  const digest = sha256.parse(createHash('sha256').update(text).digest('hex'));
  const summary: LearnedSummary = {
    digest,
    at: now,
    sources: read,
    categories: model.categories.map(({ category, passages, sources: from, measured }) => ({
      category,
      passages,
      sources: from,
      measured,
    })),
  };
  mkdirSync(to, { recursive: true });
  replace(join(to, modelName(digest)), text);
  return summary;
}

/** Makes the model with this summary the current one and removes all others. */
export function adopt(folder: string, summary: LearnedSummary): void {
  replace(join(folder, SUMMARY), JSON.stringify(summary));
  for (const name of readdirSync(folder))
    if (MODEL.test(name) && name !== modelName(summary.digest)) rmSync(join(folder, name), { force: true });
}

/** The summary of the current model; null if there is none that this version can read. */
export function lastLearned(folder: string): LearnedSummary | null {
  try {
    return learnedSummary.parse(JSON.parse(readFileSync(join(folder, SUMMARY), 'utf8')));
  } catch {
    return null;
  }
}

/** Returns null for a damaged layer: learning goes on without it, and verifying the project reports it. */
function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function replace(path: string, text: string): void {
  const part = `${path}.part`;
  writeFileSync(part, text);
  renameSync(part, path);
}

/** The text's clauses with their tags. A clause has a passage's tags if their overlap is at least half of the shorter of the two. */
function taggedUnits(file: LayerFile, tags: TagsToLearn['sources'][number]['tags'], whole: boolean): TaggedUnit[] {
  const text = file.text();
  const places = tags.toSorted((a, b) => a.start - b.start);
  const longest = places.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  let first = 0;
  return clausesOf(text, lineEndsOf(file.engine, text)).flatMap((clause): TaggedUnit[] => {
    while ((places[first]?.start ?? Infinity) < clause.start - longest) first += 1;
    const own = new Map<CategoryId, PassageId>();
    for (let at = first; (places[at]?.start ?? Infinity) < clause.end; at += 1) {
      const place = places[at];
      if (place === undefined) break;
      const shared = Math.min(place.end, clause.end) - Math.max(place.start, clause.start);
      if (shared * 2 >= Math.min(clause.end - clause.start, place.end - place.start) && shared > 0)
        own.set(place.category, place.passage);
    }
    return own.size === 0 && !whole ? [] : [{ ...unitOf(text, clause), tags: own }];
  });
}

let finder: { readonly path: string; readonly finder: LearnedFinder } | null = null;

/** The suggestions of the model at path `model` for a layer. Runs in a worker, which keeps the last model. */
export function learnedIn(folder: string, layer: Sha256, model: string): readonly LearnedFound[] {
  if (finder?.path !== model)
    finder = { path: model, finder: new LearnedFinder(learnedModel.parse(JSON.parse(readFileSync(model, 'utf8')))) };
  const file = openLayerFile(openOriginals(folder).readLayer(layer));
  const text = file.text();
  return finder.finder.find(text, lineEndsOf(file.engine, text));
}

/** The path of the model with this digest. */
export const modelPath = (folder: string, digest: string): string => join(folder, modelName(digest));

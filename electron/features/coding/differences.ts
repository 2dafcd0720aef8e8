import { pageAt } from '../../../shared/anchoring/anchor.ts';
import type { Disagreement } from '../../../shared/contract/coding.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { type Adjudication, categoryId, passageId, sourceId } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { type Judged, type JudgedUnit, judgedUnits, type Mark } from './judged.ts';
import { liveSources } from './queries.ts';
import { readAdjudications } from './records.ts';
import { questionOf } from './report.ts';
import { type LayerText, layerText, type Texts } from './texts.ts';

/** Characters of context on either side. */
const AROUND = 120;

/** Units on which two of their coders gave different categories, in reading order, with what was decided. */
export function differences(
  context: ReadContext,
  input: CallArgs<'agreement.differences'>,
): CallOutput<'agreement.differences'> {
  const judged = judgedUnits(context, questionOf(context, input));
  const decisions = new Map(readAdjudications(context.db).map((one) => [one.passage, one]));
  const titles = new Map(
    context.db.all(liveSources, {}).map(({ id, title, fileName }) => [id, title ?? fileName ?? '']),
  );
  const textOf = textReader(context);
  const byUnit = Map.groupBy(judged.marks, ({ unit }) => unit);
  const found = judged.units.flatMap((unit, at): Disagreement[] => {
    const marks = byUnit.get(at) ?? [];
    const codings = codingsOf(judged, at, marks);
    if (!codings.some(({ categories }) => categories.join() !== codings[0]?.categories.join())) return [];
    const passages = hanging(unit, marks);
    const [passage] = passages;
    if (passage === undefined) return [];
    const decided = passages.map((id) => decisions.get(id)).find((one) => one !== undefined) ?? null;
    return [{ ...placeIn(textOf(unit.layer), unit, titles.get(unit.source) ?? ''), coders: codings, passage, decided }];
  });
  return {
    differences: input.open ? found.filter(({ decided }) => decided === null) : found,
    decided: found.filter(({ decided }) => decided !== null).length,
  };
}

/** What each of a unit's coders gave, categories sorted; all of them, also who gave nothing. */
function codingsOf(judged: Judged, unit: number, marks: readonly Mark[]): Disagreement['coders'] {
  const judges = judged.judges[unit] ?? [];
  if (judges.length < 2) return [];
  return judges.flatMap((coder) => {
    const who = judged.coders[coder];
    const own = marks.filter((mark) => mark.coder === coder).toSorted((a, b) => a.start - b.start);
    if (who === undefined) return [];
    const passages = [...new Set(own.map(({ passage }) => passage))].map((id) => passageId.parse(id));
    const categories = [...new Set(own.map(({ category }) => category))].sort().map((id) => categoryId.parse(id));
    return [{ person: who.id, name: who.name, passages, categories }];
  });
}

/** The passages a decision can hang on: the given one, then those in the unit in reading order. */
function hanging(unit: JudgedUnit, marks: readonly Mark[]): Adjudication['passage'][] {
  const inside = marks.toSorted((a, b) => a.start - b.start || (a.passage < b.passage ? -1 : 1));
  const ids = [...(unit.passage === null ? [] : [unit.passage]), ...inside.map(({ passage }) => passage)];
  return [...new Set(ids)].map((id) => passageId.parse(id));
}

function placeIn({ layer, text }: LayerText, unit: JudgedUnit, sourceTitle: string) {
  return {
    source: sourceId.parse(unit.source),
    sourceTitle,
    page: pageAt(layer.file.pages, unit.start),
    start: unit.start,
    end: unit.end,
    text: text.slice(unit.start, unit.end),
    before: text.slice(Math.max(0, unit.start - AROUND), unit.start).toWellFormed(),
    after: text.slice(unit.end, unit.end + AROUND).toWellFormed(),
  };
}

/** Reads a layer's text once for all the units that follow each other on it. */
function textReader(context: Texts): (layer: string) => LayerText {
  let last: { id: string; text: LayerText } | undefined;
  return (id) => {
    if (last?.id !== id) last = { id, text: layerText(context, id) };
    return last.text;
  };
}

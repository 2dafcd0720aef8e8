import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../electron/engine/engine.ts';
import type { Draft, DraftDesk, DraftSentence } from '../../shared/contract/drafts.ts';
import type { DraftId } from '../../shared/model/index.ts';
import { tempFolder } from './temp.ts';

/** A work report, an English working note, and a draft on both. */
export const REPORT =
  '2023年，全县转移就业12600人次，完成计划的108%。各村工作队引导群众转变就业观念。秋收时节，组织劳务协作。\n';
export const NOTE =
  'The setting is pervasively coercive. One worker who leaves twice is counted twice in the person-times of the report.\n';
export const DRAFT = `# Counted and exceeded

The county counted 12,600 person-times of transfers for 2023 (Liuquan County Government, January 18).
A note calls the setting “pervasively coercive in every way” (Institute for County Studies, 2024).

## Work teams

Teams were told to “guide the masses to change their view of work” (“鼓励引导群众转变就业观念”) (Liuquan County Government, January 18).
“One worker who leaves twice is counted once in the person-times of the report”, it says (Institute for County Studies, 2024).
Nobody asked them.
`;

export interface Opened {
  readonly text?: string;
  readonly name?: string;
  readonly published?: string;
  readonly author?: string;
  readonly replaces?: DraftId;
}

/** Opens a text as a draft. */
export function openText(engine: Engine, given: Opened = {}): Promise<Draft> {
  const { text = DRAFT, name = 'quota.md', published = '2024-06-03', author = 'A. Lindqvist', replaces = null } = given;
  const path = join(tempFolder(), name);
  writeFileSync(path, text);
  return engine.call('drafts.open', { path, published, author, replaces });
}

export const deskOf = (engine: Engine, id: DraftId): Promise<DraftDesk> => engine.call('drafts.desk', { id });

/** The sentence that begins so. */
export function sentenceOf({ sentences }: Pick<DraftDesk, 'sentences'>, beginning: string): DraftSentence {
  const found = sentences.find(({ text }) => text.startsWith(beginning));
  if (found === undefined) throw new Error(`No sentence begins with “${beginning}”`);
  return found;
}

/** Accepts the sentence that begins so. */
export async function accept(
  engine: Engine,
  id: DraftId,
  beginning: string,
  as: 'accepted' | 'nothing' = 'accepted',
): Promise<void> {
  const { text, nth } = sentenceOf(await deskOf(engine, id), beginning);
  await engine.call('drafts.accept', { draft: id, text, nth, as });
}

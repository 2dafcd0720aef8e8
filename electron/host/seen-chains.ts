import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { CallInput, CallOutput } from '../../shared/contract/index.ts';
import { commitHash } from '../../shared/model/index.ts';
import { writeWhole } from './files.ts';
import type { ReadFile } from './key-files.ts';

/** How far the edits of one person in one folder went in some copy of the project. `at`: when such a copy was last seen, epoch ms. */
const seenChain = z.object({ first: commitHash, tip: commitHash, edits: z.number().int(), at: z.number() });
type SeenChain = z.infer<typeof seenChain>;
const file = z.record(z.string(), z.object({ at: z.number(), chains: z.array(seenChain) }));

/** More projects, and more folders of one, than anyone has. The longest unseen projects are forgotten first. */
const KEPT_PROJECTS = 500;
const KEPT_CHAINS = 500;

/** What is asked of an open project. */
export interface ChainsEngine {
  call(name: 'project.chains', input: CallInput<'project.chains'>): Promise<CallOutput<'project.chains'>>;
}

/** What another copy of a project had, and this one lacks. */
export type Lacking = NonNullable<CallOutput<'app.lacking'>['lacking']>;

/**
 * The edits that this installation has seen of each project, in all copies of it together. The beginning of a project's history is
 * valid in itself: what somebody cut off its end shows only where it was seen.
 */
export interface SeenChains {
  /** Null if the copy has all that was seen, or has no edit in common with it, as a copy under pseudonyms. Notes nothing. */
  lacking(engine: ChainsEngine): Promise<Lacking | null>;
  /** Notes what the copy has; `isAll`: what else was seen is forgotten, since a person said that this state is right. */
  note(engine: ChainsEngine, isAll: boolean): Promise<void>;
}

export function createSeenChains(home: string, read: ReadFile, now: () => number): SeenChains {
  const path = join(home, 'seen-edits.json');
  const all = (): z.infer<typeof file> => read(path, file, 'The list of edits seen') ?? {};
  const keyOf = (project: string): string => createHash('sha256').update(project).digest('hex').slice(0, 32);

  const look = async (engine: ChainsEngine) => {
    const { project } = await engine.call('project.chains', { tips: [] });
    const before = all()[keyOf(project)] ?? { at: 0, chains: [] };
    const here = await engine.call('project.chains', { tips: before.chains.map(({ tip }) => tip) });
    return { key: keyOf(project), before, here };
  };

  return {
    async lacking(engine) {
      const { before, here } = await look(engine);
      const gone = new Set(here.lacking);
      const own = new Map(here.chains.map((one) => [one.first, one]));
      if (gone.size === 0 || !before.chains.some(({ first }) => own.has(first))) return null;
      const tips = before.chains.filter(({ tip }) => gone.has(tip));
      const missing = [...Map.groupBy(tips, ({ first }) => first)].map(([first, some]) => {
        const left = own.get(first);
        const most = Math.max(...some.map(({ edits }) => edits));
        return { person: left?.person ?? null, edits: Math.max(1, most - (left?.edits ?? 0)) };
      });
      const people = Map.groupBy(missing, ({ person }) => person);
      const sum = (some: readonly { edits: number }[]): number => some.reduce((n, { edits }) => n + edits, 0);
      const seen = Map.groupBy(before.chains, ({ first }) => first);
      return {
        at: Math.max(...tips.map(({ at }) => at)),
        edits: sum(missing),
        by: [...people].flatMap(([person, some]) => (person === null ? [] : { person, edits: sum(some) })),
        isOlder: here.chains.every(({ first, edits }) => seen.get(first)?.some((one) => edits <= one.edits) === true),
      };
    },
    async note(engine, isAll) {
      const { key, before, here } = await look(engine);
      const gone = new Set(here.lacking);
      const kept = isAll ? [] : before.chains.filter(({ tip }) => gone.has(tip));
      const chains = here.chains.map(({ first, tip, edits }): SeenChain => ({ first, tip, edits, at: now() }));
      const others = Object.entries(all())
        .filter(([one]) => one !== key)
        .sort(([, a], [, b]) => b.at - a.at)
        .slice(0, KEPT_PROJECTS - 1);
      const next = { at: now(), chains: [...chains, ...kept].slice(0, KEPT_CHAINS) };
      writeWhole(path, `${JSON.stringify({ [key]: next, ...Object.fromEntries(others) })}\n`);
    },
  };
}

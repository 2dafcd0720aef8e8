import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CallArgs } from '../../shared/contract/index.ts';
import { Fault } from '../../shared/errors.ts';
import {
  categoryId,
  type Category,
  type CategoryId,
  type Passage,
  passageId,
  type PassageId,
  sourceId,
  type SourceId,
} from '../../shared/model/index.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import { openHome, type Home } from '../host/home.ts';
import { PROJECT_SUFFIX } from '../host/names.ts';

/** What every command has at hand. */
export interface Session {
  readonly home: Home;
  readonly person: ReturnType<Home['person']>;
}
export function startSession(personName: string | undefined): Session {
  const home = openHome();
  return { home, person: home.person(personName) };
}

/** The folder of a project as a person names it: with or without `.sourcebook`. */
export function folderOf(project: string): string {
  const path = resolve(project);
  if (existsSync(path) && statSync(path).isDirectory()) return path;
  return path.endsWith(PROJECT_SUFFIX) ? path : `${path}${PROJECT_SUFFIX}`;
}

/** Opens the project, does the work and closes it, whatever happens. */
export async function withProject<T>(
  session: Session,
  project: string,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openEngine({
    folder: folderOf(project),
    person: session.person,
    installation: session.home.installation(),
    workers: 2,
  });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** Ids may be cut short as long as only one fits: nobody types 36 characters. */
const SHORTEST = 6;
function pick<T extends { readonly id: string }>(all: readonly T[], id: string, what: string): T {
  const whole = all.find((one) => one.id === id);
  if (whole !== undefined) return whole;
  const fitting = id.length >= SHORTEST ? all.filter((one) => one.id.startsWith(id)) : [];
  const [only] = fitting;
  if (fitting.length === 1 && only !== undefined) return only;
  if (fitting.length > 1)
    throw new Fault('AMBIGUOUS', `${fitting.length} ${what}s begin with “${id}”. Give more of the id.`, {
      id,
      places: fitting.length,
    });
  throw new Fault('NOT_FOUND', `This project has no ${what} “${id}”.`, { id });
}

export async function findSource(engine: Engine, id: string): Promise<SourceId> {
  const exact = sourceId.safeParse(id);
  if (exact.success) return (await engine.call('sources.get', { id: exact.data })).id;
  const { sources } = await engine.call('sources.list', { deleted: false });
  return pick(sources, id, 'source').id;
}

export async function findPassage(engine: Engine, id: string): Promise<PassageId> {
  const exact = passageId.safeParse(id);
  if (exact.success) return (await engine.call('passages.get', { id: exact.data })).id;
  const { passages } = await engine.call('passages.list', {});
  return pick(passages, id, 'passage').id;
}

export interface Codes {
  /** By the codebook's id (`LND.RIGHTS`), whatever its case. */
  idOf(code: string): CategoryId;
  codeOf(id: CategoryId): string;
  readonly categories: readonly Category[];
}
export async function codesOf(engine: Engine): Promise<Codes> {
  const { categories } = await engine.call('codebook.get', {});
  const byCode = new Map(categories.map((category) => [category.code.toUpperCase(), category.id]));
  const byId = new Map(categories.map((category) => [category.id, category.code]));
  return {
    categories,
    codeOf: (id) => byId.get(id) ?? id,
    idOf: (code) => {
      const direct = categoryId.safeParse(code);
      const id = byCode.get(code.toUpperCase()) ?? (direct.success && byId.has(direct.data) ? direct.data : undefined);
      if (id === undefined)
        throw new Fault('NOT_FOUND', `The codebook has no category “${code}”. \`sourcebook codebook\` lists them.`, {
          category: code,
        });
      return id;
    },
  };
}

/** A passage as scripts get it: offsets count in what `text` prints without `--page`; an area has none. */
export function passageJson(passage: Passage, codes: Codes, nameOf: ReadonlyMap<string, string>) {
  const { anchor } = passage;
  const place =
    anchor.kind === 'text'
      ? {
          exact: anchor.exact,
          prefix: anchor.prefix,
          suffix: anchor.suffix,
          start: anchor.start,
          end: anchor.end,
          page: anchor.page,
        }
      : { exact: null, prefix: null, suffix: null, start: null, end: null, page: anchor.page, area: anchor.area };
  return {
    id: passage.id,
    source: passage.source,
    ...place,
    state: passage.tags.length > 0 ? 'coded' : 'draft',
    tags: passage.tags.map((tag) => ({
      category: codes.codeOf(tag.category),
      person: nameOf.get(tag.person) ?? tag.person,
    })),
    memos: passage.memos.map((memo) => ({ text: memo.text, person: nameOf.get(memo.person) ?? memo.person })),
  };
}

export async function namesOf(engine: Engine): Promise<ReadonlyMap<string, string>> {
  const { people } = await engine.call('project.info', {});
  return new Map(people.map((person) => [person.id, person.name]));
}

export type PassagesFilter = Pick<CallArgs<'passages.list'>, 'source' | 'category'>;

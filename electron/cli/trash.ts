import { Fault, toErrorData } from '../../shared/errors.ts';
import { memoId, passageId, sourceId } from '../../shared/model/index.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { startingWith } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { oneLine } from './terminal.ts';

type Act = 'remove' | 'restore';

/** Tries an ID as one kind of record. NOT_FOUND if it is another kind. */
type Attempt = (engine: Engine, act: Act, id: string) => Promise<unknown>;
const ATTEMPTS: readonly Attempt[] = [
  (engine, act, id) => engine.call(`sources.${act}`, { ids: [sourceId.parse(id)] }),
  (engine, act, id) => engine.call(`passages.${act}`, { ids: [passageId.parse(id)] }),
  (engine, act, id) => engine.call(`memos.${act}`, { id: memoId.parse(id) }),
];

/** `remove|restore <project> <id>` of a source, a passage or a memo: {label,left}; `label` is null if nothing changed. */
const change = (caller: Caller, project: string, given: string, act: Act): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const id = await findId(engine, given);
    let label: string | null = null;
    engine.onEvent(({ event, payload }) => {
      if (event === 'project.changed') label = payload.label;
    });
    for (const attempt of ATTEMPTS) if (await succeeds(attempt(engine, act, id))) return answerOf(label, act);
    throw new Fault('NOT_FOUND', 'No such source, passage or memo in this project. List them to find its id.', { id });
  });

/** A whole ID, or the beginning of the ID of a source, a passage or something in the trash. */
async function findId(engine: Engine, given: string): Promise<string> {
  const whole = memoId.safeParse(given.trim().toLowerCase());
  if (whole.success) return whole.data;
  const { sources } = await engine.call('sources.list', {});
  const { passages } = await engine.call('passages.list', {});
  const { removed } = await engine.call('trash.list', {});
  const gone = removed.flatMap(({ what }) => (what.kind === 'category' ? [] : [what]));
  const ids = new Set([...sources, ...passages, ...gone].map(({ id }) => String(id)));
  return startingWith(
    Array.from(ids, (id) => ({ id })),
    given.trim(),
    'source or passage',
    'sources, passages or trash',
  ).id;
}

async function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch (thrown) {
    if (toErrorData(thrown).code === 'NOT_FOUND') return false;
    throw thrown;
  }
}

function answerOf(label: string | null, act: Act): Answer {
  const nothing = act === 'remove' ? 'Already in the trash.' : 'Not in the trash, so there’s nothing to restore.';
  return { json: { label, left: [] }, lines: [label === null ? nothing : oneLine(label)] };
}

export const trashCommands: Register = (program, run) => {
  for (const act of ['remove', 'restore'] as const)
    program
      .command(`${act} <project> <id>`)
      .description(`${act} a source, a passage or a memo`)
      .action((project: string, id: string) => run((by) => change(by, project, id, act)));
};

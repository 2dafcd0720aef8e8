import { resolve } from 'node:path';
import type { ExchangeAnswers, ExchangeQuestion } from '../../shared/contract/exchange-questions.ts';
import type { ExchangeLedger } from '../../shared/contract/exchange.ts';
import { Fault } from '../../shared/errors.ts';
import type { Engine } from '../engine/engine.ts';
import { findCategories, findPeople } from './find.ts';

/** `--code NAME=X`, `--coder NAME=X`, `--find NAME=FILE`; `--codes` and `--coders` answer what none of them names. */
export interface AnswerOptions {
  readonly code: readonly string[];
  readonly coder: readonly string[];
  readonly find: readonly string[];
  readonly codes?: string;
  readonly coders?: string;
  readonly preview?: true;
}
type Said = { readonly answers: ExchangeAnswers; readonly files: Record<string, string> };

/** What the options say of a file, whose questions `ledger` has. USAGE, NOT_FOUND, AMBIGUOUS. */
export async function saidInOptions(
  engine: Engine,
  { questions, missing }: ExchangeLedger,
  options: AnswerOptions,
): Promise<Said> {
  const answers: ExchangeAnswers = { codes: {}, coders: {} };
  const codes = questions.filter((one) => one.kind === 'code');
  const coders = questions.filter((one) => one.kind === 'coder');
  for (const { id, options: alike } of codes) {
    const [only, ...more] = alike;
    if (options.codes === 'new') answers.codes[id] = 'new';
    // Which of several is meant, nobody has said.
    else if (options.codes === 'same' && only !== undefined && more.length === 0) answers.codes[id] = only.category;
  }
  for (const { id, options: people } of coders) {
    const me = people.find(({ isMe }) => isMe);
    if (options.coders === 'new') answers.coders[id] = 'new';
    else if (options.coders === 'me' && me !== undefined) answers.coders[id] = me.person;
  }
  for (const { name, value } of options.code.map(pairOf)) {
    const { id, options: alike } = named(codes, name, 'code');
    answers.codes[id] =
      value === 'new'
        ? 'new'
        : value === 'same'
          ? onlyOf(alike, name)
          : ((await findCategories(engine, [value]))[0] ?? 'new');
  }
  for (const { name, value } of options.coder.map(pairOf)) {
    const { id, options: people } = named(coders, name, 'coder');
    const me = people.find(({ isMe }) => isMe)?.person;
    answers.coders[id] =
      value === 'new'
        ? 'new'
        : value === 'me' && me !== undefined
          ? me
          : ((await findPeople(engine, [value]))[0] ?? 'new');
  }
  const files = Object.fromEntries(
    options.find.map(pairOf).map(({ name, value }) => [named(missing, name, 'missing source').id, resolve(value)]),
  );
  return { answers, files };
}

/** `NAME=VALUE`; a name may have a sign of equality, too. */
function pairOf(text: string): { readonly name: string; readonly value: string } {
  const at = text.lastIndexOf('=');
  if (at <= 0 || at === text.length - 1)
    throw new Fault('USAGE', `“${text}” isn’t NAME=VALUE. Run the command with --help.`);
  return { name: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}

function onlyOf(
  options: Extract<ExchangeQuestion, { kind: 'code' }>['options'],
  name: string,
): ExchangeAnswers['codes'][string] {
  const [only, ...more] = options;
  if (only !== undefined && more.length === 0) return only.category;
  throw new Fault(
    'AMBIGUOUS',
    `${options.length} categories have the name “${name}”: ${options.map(({ code }) => code).join(', ')}. Say which: --code "${name}=${only?.code ?? 'CODE'}".`,
    { name, codes: options.map(({ code }) => code) },
  );
}

/** What has this name, or ID, in the file. */
function named<T extends { readonly id: string; readonly name: string }>(
  all: readonly T[],
  name: string,
  what: string,
): T {
  const key = (text: string): string => text.normalize('NFC').trim().toLowerCase();
  const byId = all.filter(({ id }) => id === key(name));
  const fitting = byId.length > 0 ? byId : all.filter((one) => key(one.name) === key(name));
  const [only] = fitting;
  if (only === undefined)
    throw new Fault('NOT_FOUND', `No ${what} “${name}” is asked for. Run the command with --preview.`, { name });
  if (fitting.length === 1) return only;
  throw new Fault('AMBIGUOUS', `${fitting.length} have the name “${name}”. Use their IDs: --preview --json has them.`, {
    name,
    ids: fitting.map(({ id }) => id),
  });
}

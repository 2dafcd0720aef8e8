import type { Engine } from '../../electron/engine/engine.ts';
import type { ExchangeAnswers } from '../../shared/contract/exchange-questions.ts';
import type { ExchangeLedger } from '../../shared/contract/exchange.ts';
import { ProjectReader, type ReadProject } from '../../electron/formats/qda/read.ts';

/** Reads the XML of a REFI-QDA project or codebook, given in pieces. */
export function readProject(pieces: Iterable<string>): ReadProject {
  const reader = new ProjectReader();
  for (const piece of pieces) reader.write(piece);
  return reader.end();
}

/** Answers to every question of a file: whether codes are the first category of their name, and who the coders are. */
export async function answersFor(
  engine: Engine,
  path: string,
  { codes = 'same', coders = 'new' }: { readonly codes?: 'same' | 'new'; readonly coders?: 'me' | 'new' } = {},
): Promise<ExchangeAnswers> {
  const { questions } = await engine.call('exchange.preview', { path });
  const answers: ExchangeAnswers = { codes: {}, coders: {} };
  for (const question of questions) {
    if (question.kind === 'code')
      answers.codes[question.id] = codes === 'new' ? 'new' : (question.options[0]?.category ?? 'new');
    else
      answers.coders[question.id] =
        coders === 'new' ? 'new' : (question.options.find(({ isMe }) => isMe)?.person ?? 'new');
  }
  return answers;
}

/** Imports a file, with {@link answersFor} it. */
export const importAnswered = async (
  engine: Engine,
  path: string,
  how?: Parameters<typeof answersFor>[2],
): Promise<ExchangeLedger> => engine.call('exchange.import', { path, answers: await answersFor(engine, path, how) });

/** The kinds in a ledger whose sum is wrong: what is found is added, here, asked for, or listed as not carried. */
export const wrongSums = ({ lines, notCarried }: ExchangeLedger): string[] =>
  lines.flatMap(({ inFile, found, added, here, asked }) => {
    const left = notCarried.filter(({ kind }) => kind === inFile).reduce((sum, { count }) => sum + count, 0);
    return added + here + asked + left === found
      ? []
      : [`${inFile}: ${String(found)} is not ${String(added)} + ${String(here)} + ${String(asked)} + ${String(left)}`];
  });

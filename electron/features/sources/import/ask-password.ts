import type { ImportItem } from '../../../../shared/contract/sources.ts';
import { type Candidate, type Importing, itemOf, type Made, type Protected } from './context.ts';
import { makeSource } from './make-source.ts';

/** How a person is asked about it: an archive may hold several that are protected. */
const nameOf = ({ taken, page }: Candidate): string =>
  page === null ? taken.found.path : `${taken.found.path} · ${page.archive.url}`;

/** Asks for the password of something protected until one fits or it is skipped; null when the import was cancelled. */
export async function askUntilOpen(importing: Importing, first: Protected): Promise<ImportItem | null> {
  const { context, input, running, passwords } = importing;
  const { candidate } = first;
  const path = nameOf(candidate);
  // An answer for an earlier file may fit this one too.
  let made: Made = passwords.length === 0 ? first : await makeSource(importing, candidate);
  let asked = false;
  while (made.kind === 'protected') {
    if (!input.askPassword) return itemOf(candidate, 'failed', { error: made.error });
    const answer = running.answer(path, asked);
    context.emit('import.password', { job: input.job, path, wrong: asked });
    const password = await answer;
    if (running.signal.aborted) return null;
    if (password === null) return itemOf(candidate, 'skipped', { error: made.error });
    asked = true;
    passwords.push(password);
    made = await makeSource(importing, candidate);
  }
  return made.item;
}

import type { PassageId, SourceId } from '../../shared/model/index.ts';
import { addFile, categoriesOf, mark, testProject } from './project.ts';

const REPORT = 'The county transferred 12,600 workers. Work teams called on every household.';
const NEWS = 'Everyone signed up of their own will. The teams only informed.';

/** A claim that the report supports twice, and the news contradicts and limits; the reprint is a copy of the report. */
export async function withClaim() {
  const project = await testProject();
  const { engine } = project;
  const [team, transfer] = await categoriesOf(engine, 'GRA.TEAM', 'TRF.ORG');
  if (team === undefined || transfer === undefined) throw new Error('No categories');
  const report = await addFile(engine, 'report.txt', REPORT);
  const news = await addFile(engine, 'news.txt', NEWS);
  const reprint = await addFile(engine, 'reprint.txt', `Reprinted. ${REPORT}`);
  const at = async (source: SourceId, exact: string, categories = [team]): Promise<PassageId> =>
    (await mark(engine, source, exact, { categories })).id;
  const passages = {
    teams: await at(report.id, 'Work teams called on every household.'),
    workers: await at(report.id, 'transferred 12,600 workers', [transfer]),
    will: await at(news.id, 'Everyone signed up of their own will.'),
    informed: await at(news.id, 'The teams only informed.'),
    again: await at(reprint.id, 'Work teams called on every household.'),
  };
  await engine.call('copies.confirm', { sources: [report.id, reprint.id], origin: report.id });
  const { id: claim } = await engine.call('claims.create', { text: 'Nobody could refuse.' });
  // One after the other: those of one edit have no order.
  await engine.call('claims.link', { id: claim, passages: [passages.teams], as: 'supports' });
  await engine.call('claims.link', { id: claim, passages: [passages.again], as: 'supports' });
  await engine.call('claims.link', { id: claim, passages: [passages.informed], as: 'limits' });
  await engine.call('claims.link', { id: claim, passages: [passages.will], as: 'contradicts' });
  return { ...project, claim, passages, sources: { report: report.id, news: news.id, reprint: reprint.id } };
}

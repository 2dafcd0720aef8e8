import { expect, it } from 'vitest';
import { withClaim } from '../../support/with-claim.ts';

const FROM = { kind: 'claims' as const, claims: [] };
const wordsOf = (html: string): string => html.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');

it('what rests on a claim, what it lacks and what is open are said in sentences, also of none and of one', async () => {
  const { engine, passages } = await withClaim();
  const { id } = await engine.call('claims.create', { text: 'Land was taken.' });
  await engine.call('claims.link', { id, passages: [passages.workers], as: 'supports' });
  await engine.call('claims.create', { text: 'Nobody was asked.' });
  const { html } = await engine.call('dossier.show', { from: FROM });
  const words = wordsOf(html);
  expect(words).toContain(
    'Supported by 1 passage of 1 origin; limited by no passage; contradicted by no passage. Exhibit 5. ',
  );
  expect(words).toContain('Supported by no passage; limited by no passage; contradicted by no passage.');
  expect(words).toContain(
    'Gaps: all that supports it is of one origin; a contradiction is not answered; a passage that supports it is not approved; ',
  );
  expect(words).toContain('No edits of the project await a decision.');
  expect(words).toMatch(/not a picture\. Characters \d+–\d+, text as read by/);
  // A claim without exhibits looks in the contents as the others do.
  expect(html).toMatch(/<p class="note">(?:<[^>]*>)*Claim 3: Nobody was asked\. \(no passage supports it\)/);
  expect(words).toContain('It contradicts claim 1: “Nobody could refuse.” Nobody has answered it.');
  expect(words).toContain('Of claim 1: “Nobody could refuse.”');
});

import { addFile, categoriesOf, testProject } from './project.ts';
import { taggedTexts } from './tagged-texts.ts';

/** 24 made-up reports with tagged clauses of four subjects, enough to learn from, and one that nobody tagged. */
export async function taggedProject() {
  const project = await testProject();
  const { engine } = project;
  const given = await categoriesOf(engine, 'TRF.ORG', 'LND.RIGHTS', 'TRN', 'MON');
  const byName = new Map(['transfer', 'land', 'training', 'monitor'].map((name, at) => [name, given[at]]));
  const texts = taggedTexts(11, 25, 40);
  for (const [at, { text, tags }] of texts.slice(0, 24).entries()) {
    const source = await addFile(engine, `${at}.txt`, text);
    for (const { start, end, subject } of tags) {
      const category = byName.get(subject);
      if (category === undefined || source.layer === null) throw new Error('Nothing to tag.');
      await engine.call('passages.create', {
        source: source.id,
        layer: source.layer,
        marked: { kind: 'text', start, end },
        categories: [category],
      });
    }
  }
  const fresh = await addFile(engine, 'fresh.txt', texts[24]?.text ?? '');
  return { ...project, fresh, byName };
}

/** Adds one memo after the other to a search index, saying each; the test kills it. Run as `node search-child.ts <file>`. */
import { writeSync } from 'node:fs';
import { SearchIndex } from '../../electron/db/search/search-index.ts';

const [file = ''] = process.argv.slice(2);
const index = SearchIndex.open(file, 'p');
for (let n = index.notes().length; ; n++) {
  const ref = `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const text = `就业 new${n.toString(36)} labour`;
  index.writing(() =>
    index.putNotes([{ kind: 'memo', ref, source: `s${n % 5}`, mark: '', text, joins: [], place: null }]),
  );
  index.tidy();
  writeSync(1, `${n}\n`);
}

import { compareTexts } from '../../shared/anchoring/reanchor.ts';
import { seeded, type Seeded } from '../support/seeded.ts';
import { amount, bench, figure, peakMemory } from './harness.ts';

/**
 * Two captures of one page are compared, and the passages of the older are found in the newer. Two in a hundred paragraphs were
 * added, removed, moved or changed. Goal: 500 passages in a second.
 */
const random = seeded(4);
const HAN = Array.from({ length: 800 }, (_, n) => String.fromCharCode(0x4e00 + n * 17));

const paragraph = (from: Seeded): string =>
  `${Array.from({ length: from.int(30, 200) }, () => from.pick(HAN)).join('')}。`;

function versions(units: number): { older: string; newer: string } {
  const before: string[] = [];
  for (let length = 0; length < units; length += before.at(-1)?.length ?? 0) before.push(paragraph(random));
  const after = before.flatMap((one) => {
    if (!random.chance(0.02)) return [one];
    const middle = one.length >> 1;
    return random.pick([[], [one, paragraph(random)], [`${one.slice(0, middle)}改动${one.slice(middle + 3)}`]]);
  });
  for (let n = 0; n < before.length / 100; n++) {
    const [moved = ''] = after.splice(random.int(0, after.length - 1), 1);
    after.splice(random.int(0, after.length), 0, moved);
  }
  return { older: before.join('\n'), newer: after.join('\n') };
}

const passagesOf = (text: string, count: number) =>
  Array.from({ length: count }, (_, n) => {
    const start = random.int(0, text.length - 200);
    return { id: String(n), start, end: start + random.int(6, 120) };
  });

async function measure(name: string, units: number, count: number, goal: { atMost?: number } = {}): Promise<void> {
  const { older, newer } = versions(units);
  const passages = passagesOf(older, count);
  await bench(`${count.toLocaleString('en-GB')} passages, ${name}`, () => compareTexts(older, newer, passages), {
    goal,
  });
}

await measure('a page of 60,000 characters', 60_000, 500, { atMost: 1000 });
await measure('a report of 700,000 characters (2 MB)', 700_000, 500, { atMost: 1000 });
await measure('a report of 700,000 characters (2 MB)', 700_000, amount(5_000, 500));
await measure('16 million characters', amount(16_000_000, 100_000), 500);

const LONG = amount(2_000_000, 50_000);
// Nothing of the older text is in the newer: every passage goes through all stages.
const [one, other] = [versions(LONG).older, versions(LONG).older];
const lost = passagesOf(one, amount(5_000, 500));
await bench('5,000 passages, two reports that share nothing', () => compareTexts(one, other, lost));
figure('peak memory of the process', peakMemory(), 'MB');

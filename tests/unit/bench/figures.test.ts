import { expect, it } from 'vitest';
import { aboutOf, chosenPage, figuresPage, type Section } from '../../bench/figures.ts';

const figure = (name: string, value: string, goal = '') => ({ name, value, goal });
const ran = (name: string, when: string, ...figures: ReturnType<typeof figure>[]): Section => ({
  name,
  about: `About ${name}.`,
  run: { when, figures },
});
const notRun = (name: string): Section => ({ name, about: `About ${name}.`, run: null });

it('the page keeps the figures of benches that were not run, and shows earlier figures beside new ones', () => {
  const empty = figuresPage([notRun('tag'), notRun('verify')], '');
  expect(empty.match(/Not measured yet\./g)).toHaveLength(2);
  const first = figuresPage(
    [
      ran(
        'tag',
        'Monday',
        figure('one tag', '12.0 ms', 'at most 5'),
        figure('… to a scan', '0.10 ×'),
        figure('… to a scan', '0.20 ×'),
      ),
      notRun('verify'),
    ],
    empty,
  );
  const second = figuresPage([notRun('tag'), ran('verify', 'Tuesday', figure('verify', '5.00 s'))], first);
  expect(second).toContain('## tag\n\nAbout tag.\n\nMeasured on Monday.\n\n');
  expect(second).toContain('| one tag | 12.0 ms |  | at most 5 |');
  expect(second).toContain('Measured on Tuesday.');
  const third = figuresPage(
    [
      ran(
        'tag',
        'Wednesday',
        figure('one tag', '4.00 ms', 'at most 5'),
        figure('new', '1 MB'),
        figure('… to a scan', '0.11 ×'),
        figure('… to a scan', '0.19 ×'),
      ),
      notRun('verify'),
    ],
    // As prettier leaves it.
    second.replaceAll('| 12.0 ms |', '|    12.0 ms |').replaceAll('| one tag |', '| one tag     |'),
  );
  expect(third).toContain('| one tag | 4.00 ms | 12.0 ms | at most 5 |');
  expect(third).toContain('| new | 1 MB |  |  |');
  expect(third).toContain('| … to a scan | 0.11 × | 0.10 × |  |');
  expect(third).toContain('| … to a scan | 0.19 × | 0.20 × |  |');
  expect(third).toContain('| verify | 5.00 s |  |  |');
  expect(third).not.toContain('Monday');
});

it('docs/figures.md has the chosen figures, and keeps those of benches that were not run', () => {
  const tagged = (value: string) => [
    figure('one tag, key to frame with the tag, not saved yet', value, 'at most 20'),
    figure('until it is drawn', '4 ms'),
    figure('one tag, key to frame with the tag, saved', '44.2 ms'),
  ];
  const first = chosenPage('tag', { when: '2026-11-30: a machine, 2 cores', figures: tagged('17.6 ms') }, '');
  expect(first).toContain('| tag | from a key to its tag on the screen | 17.6 ms | at most 20 | 2026-11-30 |');
  expect(first).not.toContain('until it is drawn');
  const verified = { when: '2026-12-01: another: one', figures: [figure('verify', '5.00 s')] };
  // As prettier leaves it.
  const second = chosenPage('verify', verified, first.replaceAll('| tag |', '| tag    |').replaceAll('| 17', '|  17'));
  expect(second).toContain('| tag | from a key to its tag on the screen | 17.6 ms | at most 20 | 2026-11-30 |');
  expect(second).toContain('| verify | verifying a million changes | 5.00 s |  | 2026-12-01 |');
  expect(second).toContain('- 2026-11-30: a machine, 2 cores\n- 2026-12-01: another: one\n');
  const third = chosenPage('tag', { when: '2026-12-01: another: one', figures: tagged('9.0 ms') }, second);
  expect(third).toContain('| 9.0 ms |');
  expect(third).not.toContain('2026-11-30');
  expect(() => chosenPage('verify', { when: '2026-12-01: it', figures: [] }, third)).toThrow(
    'prints no figure “verify”',
  );
});

it('what a bench measures is the first comment of its script', () => {
  expect(aboutOf('import x;\n/**\n * One tag.\n * Goal: 5 ms.\n */\nconst a = 1; /** no */')).toBe(
    'One tag.\nGoal: 5 ms.',
  );
});

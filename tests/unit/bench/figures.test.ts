import { expect, it } from 'vitest';
import { aboutOf, figuresPage, type Section } from '../../bench/figures.ts';

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
        'on Monday',
        figure('one tag', '12.0 ms', 'at most 5'),
        figure('… to a scan', '0.10 ×'),
        figure('… to a scan', '0.20 ×'),
      ),
      notRun('verify'),
    ],
    empty,
  );
  const second = figuresPage([notRun('tag'), ran('verify', 'on Tuesday', figure('verify', '5.00 s'))], first);
  expect(second).toContain('## tag\n\nAbout tag.\n\nMeasured on Monday.\n\n');
  expect(second).toContain('| one tag | 12.0 ms |  | at most 5 |');
  expect(second).toContain('Measured on Tuesday.');
  const third = figuresPage(
    [
      ran(
        'tag',
        'on Wednesday',
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

it('what a bench measures is the first comment of its script', () => {
  expect(aboutOf('import x;\n/**\n * One tag.\n * Goal: 5 ms.\n */\nconst a = 1; /** no */')).toBe(
    'One tag.\nGoal: 5 ms.',
  );
});

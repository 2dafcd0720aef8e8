import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

export type Tone = 'plain' | 'ok' | 'warn' | 'bad';

/** A state in a word, with an icon: never by colour alone. */
export function Badge({ tone = 'plain', icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className="badge" data-tone={tone}>
      {icon === undefined ? null : <Icon name={icon} size="small" />}
      {children}
    </span>
  );
}

/** A missing detail of a source. */
export function GapBadge({ children }: { children: ReactNode }) {
  return <span className="gap-badge">{children}</span>;
}

/** A person's initials; the name is shown beside them or given in `name`. The colour is the same wherever `of`, their id, is. */
export function Initials({ name, of, size = 'normal' }: { name: string; of: string; size?: 'normal' | 'small' }) {
  return (
    <span className="initials" data-size={size} data-tint={tintOf(of)} aria-hidden>
      {initialsOf(name)}
    </span>
  );
}

/** How many colours there are for people: rules of `.initials`. */
const TINTS = 8;

/** FNV-1a: ids of one project can begin alike. */
export function tintOf(id: string): number {
  let hash = 0x811c9dc5;
  for (const one of id) hash = Math.imul(hash ^ (one.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (hash >>> 8) % TINTS;
}

/** Two letters for a name: first of the first word, first of the last; of a Chinese name its first two characters. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s.·]+/u)
    .filter((word) => word !== '');
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.at(-1);
  const letters =
    words.length === 1 || last === undefined
      ? [...first].slice(0, 2)
      : [...[...first].slice(0, 1), ...[...last].slice(0, 1)];
  return letters.join('').toLocaleUpperCase();
}

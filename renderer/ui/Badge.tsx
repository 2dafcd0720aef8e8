import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

export type Tone = 'plain' | 'ok' | 'warn' | 'bad';

/** A state as a word with an icon, never as a colour alone. */
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

/** How a person's initials look: one of eight colours, as letters in a ring or on a disc. */
export interface Look {
  readonly tint: number;
  readonly filled: boolean;
}

/** A person's initials; the name is shown beside them or given in `name`. */
export function Initials({ name, look, size = 'normal' }: { name: string; look: Look; size?: 'normal' | 'small' }) {
  return (
    <span
      className="initials"
      data-size={size}
      data-tint={look.tint}
      data-filled={look.filled || undefined}
      aria-hidden
    >
      {initialsOf(name)}
    </span>
  );
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

import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import type { Tone } from './Badge.tsx';

const ICON = { plain: 'info', ok: 'check', warn: 'alert', bad: 'alert' } as const;

/** A note next to its subject. Errors are shown beside what failed, not in a corner. */
export function Note({
  tone = 'plain',
  children,
  role,
}: {
  tone?: Tone;
  children: ReactNode;
  role?: 'alert' | 'status';
}) {
  return (
    <div className="note" data-tone={tone} role={role}>
      <Icon name={ICON[tone]} size="small" />
      <div className="grow">{children}</div>
    </div>
  );
}

/** What failed, and what to do. */
export function InlineError({ message, action }: { message: string; action?: ReactNode }) {
  return (
    <Note tone="bad" role="alert">
      <span className="line" data-wrap>
        <span className="grow">{message}</span>
        {action}
      </span>
    </Note>
  );
}

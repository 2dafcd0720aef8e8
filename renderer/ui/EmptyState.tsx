import type { ReactNode } from 'react';

/** Shown instead of an empty list: what would be here, and the first action. */
export function EmptyState({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="empty-state">
      <h2 className="title">{title}</h2>
      <p className="reading mid">{text}</p>
      {children}
    </div>
  );
}

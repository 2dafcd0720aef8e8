import type { ReactNode } from 'react';

/** Keys as they are pressed together: `['Ctrl', 'Z']`. */
export function Kbd({ keys }: { keys: readonly string[] }): ReactNode {
  // The command has no key.
  if (keys.length === 0) return null;
  return (
    <span className="keys">
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}

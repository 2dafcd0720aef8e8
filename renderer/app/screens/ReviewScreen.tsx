/** Passages on their way to publication: queues, and one passage at a time. */
export function ReviewScreen() {
  return null;
}

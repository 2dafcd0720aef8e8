/** The program's sign: a page with one line marked. */
export function Wordmark() {
  return (
    <svg className="wordmark" viewBox="0 0 20 20" aria-hidden focusable={false}>
      <path className="paper-line" d="M4 2.5h12v15H4zM7 6.5h6M7 13.5h4" strokeWidth={1.5} />
      <path className="marked-line" d="M6 10h8" strokeWidth={3} />
    </svg>
  );
}
